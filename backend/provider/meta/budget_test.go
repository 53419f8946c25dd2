package meta_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

// budget is the most requests that an inspection may make for P listed Pages,
// B portfolios and L granted accounts in no listing.
func budget(pages, businesses, leftovers int) int64 {
	ceil := func(n, by int) int { return (n + by - 1) / by }
	return int64(5 + ceil(pages, 100) + ceil(businesses, 25) + ceil(leftovers, 50))
}

func sizes() []sandbox.Size {
	var all []sandbox.Size
	for _, pages := range []int{1, 25, 100, 500} {
		all = append(all, sandbox.Size{Pages: pages, Businesses: 7, Instagram: min(pages, 300)})
	}
	return append(all, sandbox.Size{Pages: 500, Businesses: 60, Instagram: 300})
}

// outside counts the Pages that stand in no portfolio.
func outside(p sandbox.Person) int {
	count := 0
	for _, page := range p.Pages {
		if page.Business == "" {
			count++
		}
	}
	return count
}

func TestDiscoveryKeepsToItsBudget(t *testing.T) {
	t.Parallel()
	for _, size := range sizes() {
		for name, declined := range map[string][]string{"everything granted": nil, "portfolios declined": {"business_management"}} {
			t.Run(fmt.Sprintf("%d pages, %d portfolios, %d instagram, %s", size.Pages, size.Businesses, size.Instagram, name), func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, func(o *sandbox.Options) { o.Giant = size })
				login := w.signIn(t, choice{person: "gigante", declined: declined})
				listed, leftovers := size.Pages, 0
				if declined != nil {
					listed = outside(w.person("gigante"))
					leftovers = size.Pages - listed
				}
				var found social.Inspection
				n := w.asksFor(func() { found = w.inspect(t, login) })
				most := budget(listed, size.Businesses, leftovers)
				t.Logf("P=%d B=%d I=%d L=%d: %d requests, at most %d", listed, size.Businesses, size.Instagram, leftovers, n, most)
				if n > most {
					t.Errorf("%d requests, at most %d", n, most)
				}
				if want := size.Pages + size.Instagram; len(found.Candidates) != want || len(found.Tokens.Pages) != size.Pages || !found.Complete {
					t.Errorf("%d candidates of %d, %d tokens, complete %v", len(found.Candidates), want, len(found.Tokens.Pages), found.Complete)
				}
				w.asksForNoPage(t)
			})
		}
	}
}

// asksForNoPage fails when a request was for one Page or one account alone.
func (w *world) asksForNoPage(t *testing.T) {
	t.Helper()
	ids := slices.Concat(w.pagesOf("gigante"), w.instagramOf("gigante"))
	for _, entry := range w.box.Log() {
		if slices.Contains(ids, entry.Target) || slices.ContainsFunc(strings.Split(entry.Path, "/"), func(s string) bool { return slices.Contains(ids, s) }) {
			t.Errorf("%s %s is about one account", entry.Method, entry.Path)
		}
	}
}

// Further pages of one portfolio are counted apart: this one has three hundred.
//
// Covers GR10.
func TestGreatPortfolioIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *sandbox.Options) { o.Giant = sandbox.Size{Pages: 600, Businesses: 1, Instagram: 10} })
	login := w.signIn(t, choice{person: "gigante", pages: []string{}, instagram: []string{}})
	found := w.inspect(t, login)
	pages := 0
	for _, c := range found.Candidates {
		if c.Usable || c.Reason != social.ReasonNotTicked {
			t.Fatalf("got %+v", c)
		}
		pages++
	}
	if pages != 300 || !found.Complete {
		t.Errorf("%d pages, complete %v", pages, found.Complete)
	}
}

// Covers GR08, GR11.
func TestHugeIDsAndHostileNamesOfARealSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *sandbox.Options) { o.Giant = sandbox.Size{Pages: 500, Businesses: 7, Instagram: 300} })
	found := w.inspect(t, w.signIn(t, choice{person: "gigante"}))
	seen := map[string]bool{}
	for _, c := range found.Candidates {
		if seen[c.RemoteID] || len(c.RemoteID) < 16 {
			t.Errorf("id %s", c.RemoteID)
		}
		seen[c.RemoteID] = true
		if c.Name == "" || c.Name != social.CleanName(c.Name) || strings.ContainsAny(c.Name, "\r\n\u202e\u200b") {
			t.Errorf("%s is called %q", c.RemoteID, c.Name)
		}
	}
	for _, id := range slices.Concat(w.pagesOf("gigante"), w.instagramOf("gigante")) {
		if !seen[id] {
			t.Errorf("%s is missing", id)
		}
	}
}

func TestProgressIsToldPageByPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *sandbox.Options) { o.Giant = sandbox.Size{Pages: 500, Businesses: 7, Instagram: 300} })
	login := w.signIn(t, choice{person: "gigante"})
	type step struct{ found, expected int }
	watch := func() (steps []step) {
		_, err := w.Inspect(t.Context(), w.app, w.secret, login, func(found, expected int) { steps = append(steps, step{found, expected}) })
		if err != nil {
			t.Fatal(err)
		}
		return steps
	}
	steps := watch()
	for i, s := range steps {
		if s.expected != 800 || i > 0 && s.found < steps[i-1].found {
			t.Errorf("step %d: %+v", i, s)
		}
	}
	if len(steps) < 6 || steps[0].found >= steps[1].found || steps[len(steps)-1].found != 800 {
		t.Errorf("told %v", steps)
	}
	// Where everything was granted, nobody knows how much that is, until the
	// end.
	w.do(t, sandbox.Action{Do: "all_targets", Person: "gigante"})
	steps = watch()
	if steps[0].expected != 0 || steps[len(steps)-1] != (step{800, 800}) {
		t.Errorf("told %v", steps)
	}
}

// BenchmarkDiscovery prints what connecting and what a later check cost, beside
// the budget and the accounts: others ask about each.
func BenchmarkDiscovery(b *testing.B) {
	for _, size := range sizes() {
		b.Run(fmt.Sprintf("pages=%d/portfolios=%d/instagram=%d", size.Pages, size.Businesses, size.Instagram), func(b *testing.B) {
			w := newWorld(b, func(o *sandbox.Options) { o.Giant = size })
			login := w.signIn(b, choice{person: "gigante"})
			first := w.asksFor(func() { w.inspect(b, login) })
			var again int64
			for b.Loop() {
				again = w.asksFor(func() { w.inspect(b, login) })
			}
			b.ReportMetric(float64(first), "connecting")
			b.ReportMetric(float64(again), "checking")
			b.ReportMetric(float64(budget(size.Pages, size.Businesses, 0)), "budget")
			b.ReportMetric(float64(size.Pages+size.Instagram), "accounts")
		})
	}
}
