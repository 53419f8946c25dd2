//go:build e2e

package canary_test

import (
	"bytes"
	"crypto/rand"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/build/e2e/journey"
	"github.com/kontent/kontent-connect/build/e2e/secrets"
	"github.com/kontent/kontent-connect/build/e2e/stage"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

// typed is an app secret that somebody types in.
const typed = "Rouxinol7daManha7"

// Covers S5, S7, S8, DB13, PL10, G6.
func TestMarkedSecretsAreFoundNowhere(t *testing.T) {
	w := newWorld(t)
	w.liveThroughTheJourney(t)
	w.hearOfARevokedLogin(t)
	w.typeAnAppSecret(t)
	kept := w.kept(t)
	w.nothingIsFound(t, kept, "while all runs")
	w.isFoundWherePlanted(t, w.thePage())
	ok(t, w.CloseWindow(w.ctx)) // or it would start an agent of its own

	w.endTheAgent(t, syscall.SIGTERM) // which leaves nothing in the journal
	w.nothingIsFound(t, kept, "after the agent's end")
	w.startAgent(t)
	ok(t, w.Kontent(w.ctx, nil, "check"))
	w.leavesNoDump(t)
	w.endTheAgent(t, syscall.SIGABRT) // upon which it says all it can
	w.nothingIsFound(t, kept, "after the agent's crash")
	for _, p := range w.places() {
		if !w.seen[p.name] && p.known != "" {
			t.Errorf("%s never held %q, which is no secret: is it the right place?", p.name, p.known)
		}
		if p.name != w.thePage().name {
			w.isFoundWherePlanted(t, p)
		}
	}
}

// isFoundWherePlanted holds that the search finds something in a place.
func (w *world) isFoundWherePlanted(t *testing.T, p place) {
	t.Helper()
	t.Run("planted in "+p.name+" it is found", func(t *testing.T) {
		secret := "Planted" + rand.Text()
		if leaks := secrets.Search(map[string][]byte{"it": []byte(secret)}, p.name, p.holds(t)); len(leaks) > 0 {
			t.Fatalf("found before it was there: %v", leaks)
		}
		p.plant(t, secret)
		if len(secrets.Search(map[string][]byte{"it": []byte(secret)}, p.name, p.holds(t))) == 0 {
			t.Errorf("a secret in %s goes unseen", p.name)
		}
	})
}

// liveThroughTheJourney does what an admin does, but for ending the agent, which
// the tap has to itself here. It looks at everything after each step.
func (w *world) liveThroughTheJourney(t *testing.T) {
	t.Helper()
	for _, part := range journey.Parts() {
		if strings.HasPrefix(part.Title, "Restart") {
			continue
		}
		for _, step := range part.Steps {
			if err := step.Do(w.ctx, w.Stage); err != nil {
				_ = w.Desktop.Screenshot(w.ctx, filepath.Join(out, "failed.png"))
				t.Fatalf("%s: %v\n%s", step.Name, err, w.crashes(t))
			}
			if step.Name == "let it open LinkedIn" {
				ok(t, w.Window.Click(w.ctx, webdriver.Role("button", "Copiar link")))
			}
			w.look(t)
		}
	}
}

// hearOfARevokedLogin has the desktop told of something.
func (w *world) hearOfARevokedLogin(t *testing.T) {
	t.Helper()
	ok(t, w.networks.Act(w.ctx, stage.Action{Do: "revoke", Provider: "linkedin", Person: "joao"}))
	ok(t, w.Kontent(w.ctx, nil, "check"))
	_, err := w.Desktop.Notices().Await(w.ctx, 1)
	ok(t, err)
	w.look(t)
}

func (w *world) typeAnAppSecret(t *testing.T) {
	t.Helper()
	set := w.Command(w.ctx, "apps", "set", "meta", "--client-id", "1029384756473829", "--secret-stdin", "--json")
	set.Stdin = strings.NewReader(typed + "\n")
	ok(t, stage.Run(set, nil))
	if !strings.Contains(w.tap.Asked(), typed) {
		t.Error("the tap has not heard the secret come in")
	}
	w.look(t)
}

// leavesNoDump: whatever ends the agent, its memory is written nowhere.
func (w *world) leavesNoDump(t *testing.T) {
	t.Helper()
	limits, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(w.agent.PID()), "limits"))
	ok(t, err)
	for line := range strings.Lines(string(limits)) {
		if size, found := strings.CutPrefix(line, "Max core file size"); found && strings.Fields(size)[1] != "0" {
			t.Errorf("the agent may leave its memory in a file: %s", line)
		}
	}
}

func (w *world) endTheAgent(t *testing.T, signal syscall.Signal) {
	t.Helper()
	ok(t, syscall.Kill(w.agent.PID(), signal))
	_ = w.agent.Wait(w.ctx) // how it ended is for the test to know
	if w.agent.Running() == nil {
		t.Fatal("the agent runs on")
	}
}

// nothingIsFound searches every place. What is kept at the end is looked for
// whole; what came and went before, by its mark.
func (w *world) nothingIsFound(t *testing.T, kept map[string][]byte, when string) {
	t.Helper()
	if len(kept) < 3 || len(w.states) < 2 {
		t.Fatalf("there are %d secrets in the keyring and %d states to look for", len(kept), len(w.states))
	}
	if !slices.ContainsFunc(slices.Collect(maps.Values(kept)), func(secret []byte) bool { return bytes.Contains(secret, []byte(sandbox.TokenMark)) }) {
		t.Error("no token in the keyring carries the mark")
	}
	for _, p := range w.places() {
		wanted := map[string][]byte{
			"a token": []byte(sandbox.TokenMark), "a code": []byte(sandbox.CodeMark), "a typed secret": []byte(typed),
			"Meta's app secret": []byte(sandbox.MetaClientSecret), "LinkedIn's app secret": []byte(sandbox.LinkedInClientSecret),
		}
		maps.Copy(wanted, kept)
		for i, state := range w.states {
			if !p.links {
				wanted["state "+strconv.Itoa(i+1)] = state
			}
		}
		there := p.holds(t)
		for _, leak := range secrets.Search(wanted, p.name, there) {
			t.Errorf("%s: %s", when, leak)
		}
		w.seen[p.name] = w.seen[p.name] || strings.Contains(there, p.known)
	}
	for _, leak := range secrets.Search(map[string][]byte{"a token": []byte(sandbox.TokenMark)}, "what the agent was asked", w.tap.Asked()) {
		t.Error(leak)
	}
}
