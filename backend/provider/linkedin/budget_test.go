package linkedin_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

// standard says in the settings that the app may read many at once.
func (w *world) standard() { w.app.Tier = social.TierStandard }

// standardTier makes it true at LinkedIn.
func standardTier(o *sandbox.Options) {
	o.LinkedInApps = sandbox.DefaultLinkedInApps()
	o.LinkedInApps[0].Tier = sandbox.TierStandard
}

func crowd(person string, n int) func(*sandbox.Options) {
	return func(o *sandbox.Options) { o.LinkedInOrganizations = map[string]int{person: n} }
}

func partsOf(n, size int) int { return (n + size - 1) / size }

// budget is the most that a discovery of n organizations may cost, with
// introspection, the name and one to spare.
func budget(tier social.Tier, n int) int64 {
	details := n
	if tier == social.TierStandard {
		details = partsOf(n, 50)
	}
	return int64(3 + partsOf(n, 100) + details)
}

func TestDiscoveryKeepsToItsBudget(t *testing.T) {
	t.Parallel()
	for _, tier := range []social.Tier{social.TierDevelopment, social.TierStandard} {
		for _, n := range []int{10, 37, 200} {
			t.Run(fmt.Sprintf("%s, %d organizations", tier, n), func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, standardTier, crowd("ana", n))
				w.app.Tier = tier
				login := w.signIn(t, "ana")
				var found social.Inspection
				asked := w.asksFor(func() { found = w.inspect(t, login) })
				t.Logf("N=%d %s: %d requests, at most %d", n, tier, asked, budget(tier, n))
				if asked > budget(tier, n) {
					t.Errorf("%d requests, at most %d", asked, budget(tier, n))
				}
				if len(found.Candidates) != 1+n || !found.Complete {
					t.Errorf("%d candidates, complete %v", len(found.Candidates), found.Complete)
				}
				named(t, found)
				if again := w.asksFor(func() { w.inspect(t, login) }); again > 2+int64(partsOf(n, 100))+1 {
					t.Errorf("the next look took %d requests", again)
				}
			})
		}
	}
}

// named fails for a candidate that has a number for a name.
func named(t *testing.T, found social.Inspection) {
	t.Helper()
	for _, c := range found.Candidates[1:] {
		if !strings.HasPrefix(c.Name, "Unidade ") || c.Reason == social.ReasonDetailsUnavailable {
			t.Errorf("got %+v", c)
		}
	}
}

// A partial failure inside a 200 costs the names it is about, and no other.
func TestPartOfABatchMayFail(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standardTier, crowd("ana", 37))
	w.standard()
	login := w.signIn(t, "ana")
	w.do(t, sandbox.Action{Do: "partial_batch", Count: 5})
	found := w.inspect(t, login)
	unread := 0
	for _, c := range found.Candidates[1:] {
		if strings.HasPrefix(c.Name, "Unidade ") {
			continue
		}
		unread++
		if c.Name == "" || c.Reason != social.ReasonDetailsUnavailable && c.Reason != social.ReasonRoleInsufficient && c.Reason != social.ReasonPermissionMissing {
			t.Errorf("got %+v", c)
		}
	}
	if unread != 7 || len(found.Candidates) != 38 || !found.Complete {
		t.Errorf("%d of %d without a name, complete %v", unread, len(found.Candidates), found.Complete)
	}
	w.do(t, sandbox.Action{Do: "heal"})
	if n := w.asksFor(func() { found = w.inspect(t, login) }); n != 4 {
		t.Errorf("%d requests: only those without a name are asked for again", n)
	}
	named(t, found)
}

// A setting that promises too much costs one call: the batch is closed, and the
// organizations are read one by one (linkedin.md 0.9).
func TestBatchThatIsClosedIsReadOneByOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crowd("ana", 37))
	w.standard()
	login := w.signIn(t, "ana")
	var found social.Inspection
	if n := w.asksFor(func() { found = w.inspect(t, login) }); n > 1+budget(social.TierDevelopment, 37) {
		t.Errorf("%d requests", n)
	}
	named(t, found)
}

func TestTroubleInABatch(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		action   sandbox.Action
		requests int64
		ends     bool
	}{
		"limit spent": {sandbox.Action{Status: 429}, 3 + 1 + 1, false},
		"down":        {sandbox.Action{Status: 500}, 3 + 1 + 3, false},
		"expired":     {sandbox.Action{Status: 401, Code: 65602}, 3 + 1 + 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, standardTier, crowd("ana", 150))
			w.standard()
			login := w.signIn(t, "ana")
			tc.action.Do, tc.action.Target, tc.action.Count = "fail", "rest/organizations", -1
			w.do(t, tc.action)
			var found social.Inspection
			var err error
			n := w.asksFor(func() { found, err = w.Inspect(t.Context(), w.app, w.secret, login, ignore) })
			if tc.ends != (err != nil) || n != tc.requests {
				t.Errorf("%v after %d requests", err, n)
			}
			if err == nil && (len(found.Candidates) != 151 || found.Candidates[1].Name != "70000001") {
				t.Errorf("%d candidates", len(found.Candidates))
			}
		})
	}
}

// A batch answer that is odd in one place is good in the others.
func TestOddBatches(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		answer string
		names  string
	}{
		"one odd result":        {`{"results":{"1":{"localizedName":"One"},"2":7,"3":{"localizedName":""}}}`, "One 2 3"},
		"result beside error":   {`{"results":{"1":{"localizedName":"One"},"2":{"localizedName":"Two"}},"errors":{"2":{"status":403}}}`, "One 2 3"},
		"status speaks":         {`{"results":{"1":{"localizedName":"One"},"2":{"localizedName":"Two"}},"statuses":{"1":200,"2":"403"},"errors":{}}`, "One 2 3"},
		"strangers":             {`{"results":{"9":{"localizedName":"Nine"}}}`, "1 2 3"},
		"nothing":               {`{}`, "1 2 3"},
		"not what was expected": {`[]`, "1 2 3"},
		"errors come first":     {`{"errors":{"3":{"status":404}},"results":{"1":{"localizedName":"One"},"2":{"localizedName":"Two"}}}`, "One Two 3"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := script{"/rest/organizationAcls": roles(3, 100, ``), "/rest/organizations": text(tc.answer)}
			inspect, _ := playAs(t, social.ProviderApp{ClientID: "c", Tier: social.TierStandard}, s)
			found, err := inspect()
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, c := range found.Candidates[1:] {
				names = append(names, c.Name)
			}
			if got := strings.Join(names, " "); got != tc.names {
				t.Errorf("got %s", got)
			}
		})
	}
}

// BenchmarkDiscovery prints what connecting and what a later check cost, beside
// the budget and the accounts: others ask about each.
func BenchmarkDiscovery(b *testing.B) {
	for _, tier := range []social.Tier{social.TierDevelopment, social.TierStandard} {
		for _, n := range []int{10, 37, 200} {
			b.Run(fmt.Sprintf("tier=%s/organizations=%d", tier, n), func(b *testing.B) {
				w := newWorld(b, standardTier, crowd("ana", n))
				w.app.Tier = tier
				login := w.signIn(b, "ana")
				first := w.asksFor(func() { w.inspect(b, login) })
				var again int64
				for b.Loop() {
					again = w.asksFor(func() { w.inspect(b, login) })
				}
				b.ReportMetric(float64(first), "connecting")
				b.ReportMetric(float64(again), "checking")
				b.ReportMetric(float64(budget(tier, n)), "budget")
				b.ReportMetric(float64(n+1), "accounts")
			})
		}
	}
}
