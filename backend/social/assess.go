package social

import "time"

// Policy holds the thresholds of Assess.
type Policy struct {
	// ExpiringWithin is how long before its end an access counts as expiring.
	ExpiringWithin time.Duration
}

// DefaultPolicy warns from the first rung of the notice ladder: 14 days.
func DefaultPolicy() Policy { return Policy{ExpiringWithin: 14 * 24 * time.Hour} }

// Assessment is a health with its cause and, where a date decides, the clock
// that does and when it ends.
type Assessment struct {
	Health Health
	Cause  Cause
	Clock  ClockName
	EndsAt time.Time
}

// Assess derives the health of account a under grant g at now. The first rule
// that speaks wins, in the order of what the admin must act on first; a date
// that ends soon comes before "could not check", because it is known and the
// other is not.
//
// The login's own token counts for each of its accounts, Pages included. A
// Page token outlives it (meta.md 1.5), but without the login nobody can tell
// whether it still does, and nobody can withdraw it.
func (p Policy) Assess(a Account, g Grant, now time.Time) Assessment { return p.assess(&a, &g, now) }

// assess is Assess without the copies, for thousands.
func (p Policy) assess(a *Account, g *Grant, now time.Time) Assessment {
	if a.State != AccountActive {
		return disconnected(g)
	}
	clocks := deciding(a.Clocks, g.Clocks)
	if found, ok := byVerdict(&g.Verdict); ok {
		return found
	}
	if found, ok := byEndedClock(&clocks, now); ok {
		return found
	}
	if found, ok := byStanding(a.Standing); ok {
		return found
	}
	if found, ok := p.byEndingClock(&clocks, now); ok {
		return found
	}
	if found, ok := byDoubt(&g.Verdict); ok {
		return found
	}
	found, _ := byCapabilities(a, g.Wanted)
	return found
}

// deciding returns the clocks that decide about an account: its own, and the
// login's token where that ends first.
func deciding(own, login Clocks) Clocks {
	if login.Token.Kind == ClockExpires && (own.Token.Kind != ClockExpires || login.Token.At.Before(own.Token.At)) {
		own.Token = login.Token
	}
	return own
}

// AssessGrant derives the health of the login itself at now.
func (p Policy) AssessGrant(g Grant, now time.Time) Assessment {
	if g.State == GrantRevoking || g.State == GrantClosed {
		return disconnected(&g)
	}
	if found, ok := byVerdict(&g.Verdict); ok {
		return found
	}
	if found, ok := byEndedClock(&g.Clocks, now); ok {
		return found
	}
	if found, ok := p.byEndingClock(&g.Clocks, now); ok {
		return found
	}
	if found, ok := byDoubt(&g.Verdict); ok {
		return found
	}
	return Assessment{Health: Healthy}
}

func disconnected(g *Grant) Assessment {
	if g.State == GrantRevoking {
		return Assessment{Health: Disconnected, Cause: CauseWithdrawalPending}
	}
	return Assessment{Health: Disconnected}
}

func byVerdict(v *Verdict) (Assessment, bool) {
	switch {
	case v.Cause == CauseKeychainLocked || v.Cause == CauseKeychainAbsent:
		return Assessment{Health: Keychain, Cause: v.Cause}, true
	case v.Outcome == OutcomeRefused && v.Cause == CauseCheckpoint:
		return Assessment{Health: Checkpoint, Cause: v.Cause}, true
	case v.Outcome == OutcomeRefused:
		return Assessment{Health: Reconnect, Cause: v.Cause}, true
	default:
		return Assessment{}, false
	}
}

func byEndedClock(c *Clocks, now time.Time) (Assessment, bool) {
	switch {
	case c.Token.Ended(now):
		return Assessment{Health: Reconnect, Cause: CauseExpired, Clock: TokenClock, EndsAt: c.Token.At}, true
	case c.DataAccess.Ended(now):
		return Assessment{Health: Reconnect, Cause: CauseDataAccessEnded, Clock: DataAccessClock, EndsAt: c.DataAccess.At}, true
	default:
		return Assessment{}, false
	}
}

func byStanding(s Standing) (Assessment, bool) {
	switch s {
	case StandingMissing:
		return Assessment{Health: Missing, Cause: CauseNotInGrant}, true
	case StandingRoleLost:
		return Assessment{Health: Limited, Cause: CauseRoleLost}, true
	case StandingCheckpoint:
		return Assessment{Health: Checkpoint, Cause: CauseCheckpoint}, true
	case StandingPresent, StandingRoleLimited:
	}
	return Assessment{}, false
}

func (p Policy) byEndingClock(c *Clocks, now time.Time) (Assessment, bool) {
	first, ok := c.running(now).First()
	if !ok || !first.EndsWithin(p.warningFor(first.Name, *c, now), now) {
		return Assessment{}, false
	}
	return Assessment{Health: Expiring, Clock: first.Name, EndsAt: first.At}, true
}

// renewalGrace is how long the program may try to renew an access by itself
// before the admin is bothered with it.
const renewalGrace = 3 * 24 * time.Hour

// warningFor is how long before its end a clock counts as ending. A token that
// renews itself is nobody's business until that has failed for a while.
func (p Policy) warningFor(name ClockName, c Clocks, now time.Time) time.Duration {
	renewsItself := name == TokenClock && c.Refresh.Kind != "" && !c.Refresh.Ended(now)
	if !renewsItself {
		return p.ExpiringWithin
	}
	return min(p.ExpiringWithin, RenewBefore-renewalGrace)
}

func byDoubt(v *Verdict) (Assessment, bool) {
	if v.Outcome == OutcomeInconclusive || v.Outcome == OutcomeSuspected {
		return Assessment{Health: Unverified, Cause: v.Cause}, true
	}
	return Assessment{}, false
}

func byCapabilities(a *Account, wanted []Capability) (Assessment, bool) {
	switch {
	case !a.Capabilities.lack(wanted):
		return Assessment{Health: Healthy}, false
	case a.Standing == StandingRoleLimited:
		return Assessment{Health: Limited, Cause: CauseRoleLimited}, true
	default:
		return Assessment{Health: Limited, Cause: CausePermissionMissing}, true
	}
}
