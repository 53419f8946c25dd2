package social

import "time"

// RenewBefore is how long before its end an access is renewed without the
// person, where the provider allows it (peers.md D4).
const RenewBefore = 10 * 24 * time.Hour

// NeedsRenewal reports whether an access with these clocks is to be renewed at
// now: its token ends soon, and what renews it still lives. Whether there is
// something to renew it with, the token set says.
func (c Clocks) NeedsRenewal(now time.Time) bool {
	return (c.Token.EndsWithin(RenewBefore, now) || c.Token.Ended(now)) && !c.Refresh.Ended(now)
}

// Renewed returns the clocks after a renewal. A refresh date that the provider
// did not tell again still holds: LinkedIn's ceiling only counts down
// (linkedin.md 1.7).
func (c Clocks) Renewed(told Clocks) Clocks {
	c.Token = told.Token
	if told.Refresh.Kind == ClockExpires {
		c.Refresh = told.Refresh
	}
	return c
}

// Renewed returns the token set after a renewal. A blank never overwrites a
// refresh token (peers.md E1).
func (t TokenSet) Renewed(fresh TokenSet) TokenSet {
	t.Access = fresh.Access
	if !fresh.Refresh.Empty() {
		t.Refresh = fresh.Refresh
	}
	return t
}
