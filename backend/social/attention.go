package social

import "time"

// Attention is what a login needs of its admin now.
type Attention struct {
	Grant Grant
	// Account is the one to name: the most urgent, and of those alike the
	// first.
	Account Account
	// Accounts counts those of the login that need the same.
	Accounts int
	Assessment
}

// Attend says what login g with its accounts needs of its admin at now; ok is
// false when it needs nothing that a sign-in would mend. A login without
// active accounts is nobody's business.
func (p Policy) Attend(g Grant, accounts []Account, now time.Time) (found Attention, ok bool) {
	if g.State != GrantActive {
		return Attention{}, false
	}
	for i := range accounts {
		a := &accounts[i]
		if a.State != AccountActive {
			continue
		}
		assessed := p.assess(a, &g, now)
		switch {
		case !assessed.Health.needsPerson():
		case !ok || assessed.Health.Worse(found.Health) || assessed.Health == found.Health && assessed.EndsAt.Before(found.EndsAt):
			count := 1
			if ok && assessed.Health == found.Health {
				count += found.Accounts
			}
			found, ok = Attention{Grant: g, Account: *a, Accounts: count, Assessment: assessed}, true
		case assessed.Health == found.Health:
			found.Accounts++
		}
	}
	return found, ok
}

// needsPerson reports whether nobody but the person who signed in can mend it.
func (h Health) needsPerson() bool {
	return h == Reconnect || h == Checkpoint || h == Missing || h == Expiring
}

// Turns returns when Attend will next say something else of login g and its
// accounts by the passing of time alone; the zero time when it will not.
func (p Policy) Turns(g Grant, accounts []Account, now time.Time) time.Time {
	var next time.Time
	consider := func(at time.Time) {
		if at.After(now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	if g.State != GrantActive {
		return next
	}
	var former Clocks // most accounts of a login end together
	for i := range accounts {
		clocks := deciding(accounts[i].Clocks, g.Clocks)
		if accounts[i].State != AccountActive || clocks == former {
			continue
		}
		former = clocks
		for _, clock := range clocks.Named() {
			if clock.Kind != ClockExpires {
				continue
			}
			consider(clock.At.Add(-p.warningFor(clock.Name, clocks, now)))
			if _, next := RungBefore(clock.At, now); !next.IsZero() {
				consider(next)
			}
		}
	}
	return next
}
