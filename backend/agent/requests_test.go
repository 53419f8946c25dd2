package agent_test

import (
	"testing"

	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

// mostRequests is what a check of three logins may cost, ten thousand accounts
// in all: each login's inspection takes 5 + ceil(P/100) + ceil(B/25), and nothing
// by account.
const mostRequests = 5 + manyPages/100 + (manyBusinesses+24)/25 + 2*(5+1+1)

func TestACheckCostsNoRequestPerAccount(t *testing.T) { //nolint:paralleltest // see world
	w, accounts := manyAccounts(t)
	made := w.checkAll(accounts)
	if made > mostRequests {
		t.Errorf("checking %d accounts took %d requests, want at most %d", accounts, made, mostRequests)
	}
	t.Logf("checking %d accounts took %d requests", accounts, made)
}

func BenchmarkCheck(b *testing.B) {
	w, accounts := manyAccounts(b)
	requests := 0
	for b.Loop() {
		requests += w.checkAll(accounts)
	}
	b.ReportMetric(float64(requests)/float64(b.N), "requests/op")
	b.ReportMetric(float64(accounts), "accounts")
}

// manyAccounts is a world with as many accounts, and how many they are.
func manyAccounts(tb testing.TB) (w *world, accounts int) {
	tb.Helper()
	w = newWorldOf(tb, func(o *sandbox.Options) {
		o.Giant = sandbox.Size{Pages: manyPages, Businesses: manyBusinesses, Instagram: manyPages}
	})
	w.setUpApps()
	for _, person := range []string{"Rede Gigante", "João Prado", "Maria Lima"} {
		offered := w.signIn(social.Meta, person)
		var ids []string
		for _, c := range offered.Candidates {
			if c.Usable {
				ids = append(ids, c.RemoteID)
			}
		}
		_, err := w.Select(tb.Context(), offered.ID, ids)
		w.must(err)
	}
	accounts = len(w.snapshot().Accounts) // one that two people administer counts once
	if accounts < 2*manyPages {
		tb.Fatalf("there are only %d accounts", accounts)
	}
	return w, accounts
}

// checkAll checks every login and returns how many requests that took.
func (w *world) checkAll(accounts int) (requests int) {
	w.t.Helper()
	before := w.calls()
	result, err := w.Check(w.t.Context(), nil)
	w.must(err)
	if result.Accounts != accounts || result.Unverified > 0 {
		w.t.Fatalf("%d accounts of %d were checked, %d logins were not", result.Accounts, accounts, result.Unverified)
	}
	return w.calls() - before
}
