package agent_test

import (
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

// TestAGiantLogin connects, checks and disconnects 500 Pages in 7 businesses
// with 300 Instagram accounts through everything but the faces.
func TestAGiantLogin(t *testing.T) { //nolint:paralleltest // see world
	const pages, businesses, instagram = 500, 7, 300
	w := newWorld(t, func(o *sandbox.Options) {
		o.Giant = sandbox.Size{Pages: pages, Businesses: businesses, Instagram: instagram}
	})
	w.setUpApps()
	before := w.calls()
	offered := w.signIn(social.Meta, "Rede Gigante")
	// The code and the long-lived token take two; the inspection has the
	// budget of 5 + ceil(P/100) + ceil(B/25).
	if made := w.calls() - before - 2; made > 5+5+1 {
		t.Errorf("reading the login took %d requests", made)
	}
	if offered.Found != pages+instagram || offered.Expected != offered.Found {
		t.Errorf("progress ended at %d of %d", offered.Found, offered.Expected)
	}
	if !offered.Complete || len(offered.Candidates) != pages+instagram {
		t.Fatalf("%d candidates, complete %v", len(offered.Candidates), offered.Complete)
	}
	ids := make([]string, 0, len(offered.Candidates))
	for _, c := range offered.Candidates {
		ids = append(ids, c.RemoteID)
	}
	_, err := w.Select(t.Context(), offered.ID, ids)
	w.must(err)
	before = w.calls()
	result, err := w.Check(t.Context(), nil)
	w.must(err)
	if made := w.calls() - before; made > 5+5+1 || result.Accounts != pages+instagram {
		t.Errorf("checking %d accounts took %d requests", result.Accounts, made)
	}
	for _, a := range w.snapshot().Accounts {
		if a.Health != social.Healthy {
			t.Fatalf("%s is %s (%s)", a.Name, a.Health, a.Cause)
		}
	}
	ended, err := w.Disconnect(t.Context(), w.snapshot().Accounts[0].ID, true)
	w.must(err)
	if ended.Outcome != social.Withdrawn || len(ended.Closed) != pages+instagram {
		t.Errorf("%s, %d closed", ended.Outcome, len(ended.Closed))
	}
}

// calls counts the requests that the sandbox's API has answered.
func (w *world) calls() int {
	count := 0
	for _, entry := range w.sandbox.Log() {
		if strings.HasPrefix(entry.Path, "/v26.0/") && !strings.Contains(entry.Path, "dialog") {
			count++
		}
	}
	return count
}
