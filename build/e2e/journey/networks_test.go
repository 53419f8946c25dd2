//go:build e2e

package journey_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/build/e2e/stage"
)

// listen notes what the browser was asked for since the last step: where the
// networks are, and the codes and states that only the browser ever shows.
func (w *world) listen(t *testing.T) {
	t.Helper()
	urls, err := w.BrowserRequests(w.ctx)
	ok(t, err)
	for _, address := range urls {
		u, err := url.Parse(address)
		ok(t, err)
		if strings.HasPrefix(u.Path, "/sandbox/flow/") {
			networks, err := stage.NetworksOf(address)
			ok(t, err)
			w.networks[networks.Origin] = networks
		}
		for _, name := range []string{"code", "state"} {
			if value := u.Query().Get(name); value != "" && !slices.Contains(w.signIns, value) {
				w.signIns = append(w.signIns, value)
			}
		}
	}
}

// happened looks for an event in the logs of the networks, about a target unless
// that is empty. The networks of an agent that has ended are gone with it.
func (w *world) happened(t *testing.T, event, target string) {
	t.Helper()
	if !w.occurred(t, event, target) {
		t.Errorf("the networks know nothing of %s %s", event, target)
	}
}

func (w *world) neverHappened(t *testing.T, event string) {
	t.Helper()
	if w.occurred(t, event, "") {
		t.Errorf("the networks say %s, too early", event)
	}
}

func (w *world) occurred(t *testing.T, event, target string) bool {
	t.Helper()
	reached := false
	for _, networks := range w.networks {
		entries, err := networks.Log(w.ctx)
		if err != nil {
			continue
		}
		reached = true
		for _, entry := range entries {
			about := target == "" || entry.Target == target || strings.Contains(entry.Path, target)
			if slices.Contains(entry.Events, event) && about {
				return true
			}
		}
	}
	if !reached {
		t.Error("no networks to ask")
	}
	return false
}
