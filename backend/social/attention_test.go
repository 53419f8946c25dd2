package social_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/social"
)

// attend assesses a login with accounts by the default policy at noon.
func attend(g social.Grant, accounts ...social.Account) (social.Attention, bool) {
	return social.DefaultPolicy().Attend(g, accounts, noon)
}

// ending returns login g with a token that ends in d.
func ending(d time.Duration) social.Grant {
	g := wellGrant()
	g.Clocks.Token = social.ExpiresAt(noon.Add(d), social.ToldByProvider)
	return g
}

// named returns a healthy account with an id.
func named(id social.AccountID) social.Account {
	a := wellAccount()
	a.ID = id
	return a
}

func TestAttend(t *testing.T) {
	t.Parallel()
	t.Run("a login that is well needs nothing", func(t *testing.T) {
		t.Parallel()
		if found, ok := attend(wellGrant(), named("a1")); ok {
			t.Errorf("found %+v", found)
		}
	})
	t.Run("a login that ends soon concerns all of its accounts", func(t *testing.T) {
		t.Parallel()
		found, ok := attend(ending(3*day), named("a1"), named("a2"))
		if !ok || found.Health != social.Expiring || found.Accounts != 2 || found.Account.ID != "a1" || found.Clock != social.TokenClock {
			t.Errorf("found %+v, %t", found, ok)
		}
	})
	t.Run("of several dates the first counts", func(t *testing.T) {
		t.Parallel()
		late, soon := named("a1"), named("a2")
		late.Clocks.DataAccess = social.ExpiresAt(noon.Add(9*day), social.ToldByProvider)
		soon.Clocks.DataAccess = social.ExpiresAt(noon.Add(2*day), social.ToldByProvider)
		found, _ := attend(wellGrant(), late, soon)
		if found.Account.ID != "a2" || found.Accounts != 2 || !found.EndsAt.Equal(noon.Add(2*day)) {
			t.Errorf("found %+v", found)
		}
	})
	t.Run("what is broken comes before what ends, and is counted alone", func(t *testing.T) {
		t.Parallel()
		missing := named("a2")
		missing.Standing = social.StandingMissing
		found, _ := attend(ending(3*day), named("a1"), missing, named("a3"))
		if found.Health != social.Missing || found.Account.ID != "a2" || found.Accounts != 1 {
			t.Errorf("found %+v", found)
		}
	})
	for name, change := range map[string]func(*social.Grant, *social.Account){
		"a lost role is nobody's sign-in":        func(_ *social.Grant, a *social.Account) { a.Standing = social.StandingRoleLost },
		"nobody could be asked":                  func(g *social.Grant, _ *social.Account) { g.Verdict.Outcome = social.OutcomeInconclusive },
		"a locked keychain is no fault of it":    func(g *social.Grant, _ *social.Account) { g.Verdict.Cause = social.CauseKeychainLocked },
		"a disconnected account needs nothing":   func(_ *social.Grant, a *social.Account) { a.State = social.AccountDisconnected },
		"a login that is withdrawn needs nobody": func(g *social.Grant, _ *social.Account) { g.State = social.GrantRevoking },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, a := wellGrant(), named("a1")
			change(&g, &a)
			if found, ok := attend(g, a); ok {
				t.Errorf("found %+v", found)
			}
		})
	}
}

// TestTurns walks a login from one turn to the next: in between nothing
// changes, so that nothing has to be looked at.
func TestTurns(t *testing.T) {
	t.Parallel()
	policy := social.DefaultPolicy()
	g, accounts := ending(40*day), []social.Account{named("a1")}
	accounts[0].Clocks.DataAccess = social.ExpiresAt(noon.Add(70*day), social.ToldByProvider)
	at := func(now time.Time) (social.Health, social.Rung) {
		found, ok := policy.Attend(g, accounts, now)
		if !ok {
			return social.Healthy, 0
		}
		rung, _ := social.RungBefore(found.EndsAt, now)
		return found.Health, rung
	}
	now, turns := noon, 0
	for {
		next := policy.Turns(g, accounts, now)
		if next.IsZero() {
			break
		}
		wasHealth, wasRung := at(now)
		if health, rung := at(next.Add(-time.Second)); health != wasHealth || rung != wasRung {
			t.Errorf("between %s and %s it turned from %s %d to %s %d", now, next, wasHealth, wasRung, health, rung)
		}
		now = next
		turns++
	}
	if turns < 6 || now.Before(noon.Add(70*day)) {
		t.Errorf("%d turns, the last at %s", turns, now)
	}
	if diff := cmp.Diff(time.Time{}, policy.Turns(wellGrant(), []social.Account{{}}, noon)); diff != "" {
		t.Errorf("a login without an account turns: %s", diff)
	}
}
