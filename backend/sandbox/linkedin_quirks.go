package sandbox

import (
	"fmt"
	"slices"
	"time"
)

// quirks are what may be otherwise at LinkedIn than it usually is here. The zero
// value is the usual.
type quirks struct {
	withheld   []string // permissions left out of what is granted
	refresh    bool     // refresh tokens for every app
	ceiling    time.Time
	documented bool // tokens are answered as the documentation has it
	acls       string
	foreign    bool // introspection takes tokens for those of another app
	tier       string
	retired    []string // versions
}

// The shapes of a list of roles.
const (
	aclsUsual  = "usual"
	aclsTotal  = "total"  // with a total
	aclsTarget = "target" // under the name that some clients see (linkedin.md 3.2)
)

func (f *faults) quirk() quirks {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.quirks
}

// quirkActions change how LinkedIn behaves until the sandbox is healed.
func quirkActions() map[string]action {
	return map[string]action{
		"withhold": {"LinkedIn leaves the permission in target out of what it grants from now on, without a word (empty: none any more)", onQuirks(func(q *quirks, a Action, _ time.Time) error {
			q.withheld = append(slices.Clone(q.withheld), a.Target)
			if a.Target == "" {
				q.withheld = nil
			}
			return nil
		})},
		"refresh_tokens": {"every LinkedIn app gets refresh tokens, which end in millis (0: 365 days after the consent), or none when target is \"off\"", onQuirks(func(q *quirks, a Action, now time.Time) error {
			q.refresh, q.ceiling = *on(a), time.Time{}
			if a.Millis != 0 {
				q.ceiling = now.Add(time.Duration(a.Millis) * time.Millisecond)
			}
			return nil
		})},
		"token_answer": {"LinkedIn's token endpoint answers as target: live (commas, no token_type, 5183999 seconds) or documented", onQuirks(func(q *quirks, a Action, _ time.Time) error {
			q.documented = a.Target == "documented"
			return oneOf(a.Target, "live", "documented")
		})},
		"acls": {"LinkedIn's list of roles is as target: usual, total (it tells the total) or target (organizationTarget instead of organization)", onQuirks(func(q *quirks, a Action, _ time.Time) error {
			q.acls = a.Target
			return oneOf(a.Target, aclsUsual, aclsTotal, aclsTarget)
		})},
		"foreign": {"LinkedIn's introspection takes every token for another app's: on, or off when target is \"off\"", onQuirks(func(q *quirks, a Action, _ time.Time) error {
			q.foreign = *on(a)
			return nil
		})},
		"tier": {"every LinkedIn app has the tier in target: development or standard", onQuirks(func(q *quirks, a Action, _ time.Time) error {
			q.tier = a.Target
			return oneOf(a.Target, TierDevelopment, TierStandard)
		})},
		"retire_version": {"LinkedIn switches the API version in target off (empty: none any more)", onQuirks(func(q *quirks, a Action, _ time.Time) error {
			q.retired = append(slices.Clone(q.retired), a.Target)
			if a.Target == "" {
				q.retired = nil
			}
			return nil
		})},
	}
}

func onQuirks(change func(*quirks, Action, time.Time) error) func(*Server, Action) error {
	return func(s *Server, a Action) error {
		now := s.now()
		s.faults.mu.Lock()
		defer s.faults.mu.Unlock()
		changed := s.faults.quirks
		if err := change(&changed, a, now); err != nil {
			return err
		}
		s.faults.quirks = changed
		return nil
	}
}

func oneOf(target string, known ...string) error {
	if !slices.Contains(known, target) {
		return fmt.Errorf("target is one of %v, not %q", known, target)
	}
	return nil
}

// tierOf is the tier of an app, or the one that was asked for.
func (q quirks) tierOf(app App) string {
	if q.tier != "" {
		return q.tier
	}
	return app.Tier
}

// refreshLife is how long a refresh token lives that would live for usual, and
// whether there is one at all.
func (q quirks) refreshLife(app App, usual time.Duration, now time.Time) (life time.Duration, ok bool) {
	if !q.ceiling.IsZero() {
		usual = min(usual, q.ceiling.Sub(now))
	}
	return usual, app.RefreshTokens || q.refresh
}
