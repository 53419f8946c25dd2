//go:build e2e

// Package canary_test looks for marked secrets, during and after one whole
// journey through the programs that are shipped, in every place where they must
// not be. Then it puts one there, place by place, and wants it found: a search
// that finds nothing proves something only where it would have.
package canary_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/process"
	"github.com/kontent/kontent-connect/build/e2e/secrets"
	"github.com/kontent/kontent-connect/build/e2e/stage"
)

const (
	programs = "../../bin"
	out      = "../../out/canary"
	// service is the name under which the demonstration keeps its secrets.
	service  = "kontent-connect-demo"
	patience = 6 * time.Minute
)

// world is a stage on which everything that could give a secret away is written
// down: the agent's data and the faces' stand in different folders, with a tap
// between the two.
type world struct {
	*stage.Stage
	ctx      context.Context
	agent    *process.Process
	record   *process.Record
	tap      *secrets.Tap
	networks stage.Networks

	pages      strings.Builder // of the window, after each step
	clipboards strings.Builder
	states     [][]byte        // of the sign-ins
	seen       map[string]bool // places where something known was found
}

func newWorld(t *testing.T) *world {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	ok(t, os.MkdirAll(out, 0o755))
	on, err := stage.OpenOn(ctx, desktop.Options{
		Notifications: desktop.ScriptedNotifications, BusRecord: filepath.Join(out, "bus.jsonl"),
	}, programs)
	ok(t, err)
	t.Cleanup(func() { ok(t, on.Close()) })
	w := &world{Stage: on, ctx: ctx, record: process.StartRecord(on.Desktop.Path()), seen: map[string]bool{}}
	t.Cleanup(func() { ok(t, w.record.Close()) })
	faces := on.Desktop.Path("run", "faces")
	w.Setenv("KONTENT_DATA_DIR", faces)
	w.tap, err = secrets.Listen(filepath.Join(faces+"-demo", "agent.sock"), w.socket())
	ok(t, err)
	t.Cleanup(func() { ok(t, w.tap.Close()) })
	w.startAgent(t)
	return w
}

func (w *world) socket() string { return filepath.Join(w.Data(), "agent.sock") }

// startAgent starts it so that it would say as much as it can when it crashes.
func (w *world) startAgent(t *testing.T) {
	t.Helper()
	program, err := filepath.Abs(filepath.Join(programs, "kontent"))
	ok(t, err)
	w.agent, err = w.Desktop.Launch(w.ctx, "env", "GOTRACEBACK=crash", program, "agent", "--demo")
	ok(t, err)
	ok(t, poll.Until(w.ctx, "the agent", func(context.Context) error {
		if err := w.agent.Running(); err != nil {
			return poll.Final(err)
		}
		_, err := os.Stat(w.socket())
		return err
	}))
}

// look keeps what only this moment shows.
func (w *world) look(t *testing.T) {
	t.Helper()
	if w.Window != nil {
		w.pages.WriteString(w.page(t))
	}
	copied, err := w.Desktop.Clipboard(w.ctx)
	ok(t, err)
	w.clipboards.WriteString(copied)
	addresses, err := w.BrowserRequests(w.ctx)
	ok(t, err)
	for _, address := range addresses {
		u, err := url.Parse(address)
		ok(t, err)
		if strings.HasPrefix(u.Path, "/sandbox/flow/") {
			w.networks, err = stage.NetworksOf(address)
			ok(t, err)
		}
		state := []byte(u.Query().Get("state"))
		if len(state) > 0 && !slices.ContainsFunc(w.states, func(s []byte) bool { return string(s) == string(state) }) {
			w.states = append(w.states, state)
		}
	}
}

// page is the whole page as it stands, with what its fields hold.
func (w *world) page(t *testing.T) string {
	t.Helper()
	var page string
	ok(t, w.Window.Execute(w.ctx, `return document.documentElement.outerHTML + "\n" +
		Array.from(document.querySelectorAll("input,textarea,select"), e => e.value).join("\n") + "\n" +
		JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage}) + document.cookie + location.href`, &page))
	return page
}

// kept are the secrets in the keyring, without the structure around them.
func (w *world) kept(t *testing.T) map[string][]byte {
	t.Helper()
	entries, err := secrets.Keyring(w.ctx, w.Desktop, service)
	ok(t, err)
	all := map[string][]byte{}
	for _, entry := range entries {
		for i, token := range entry.Tokens() {
			all[fmt.Sprintf("secret %d of %s", i+1, entry.Attributes["username"])] = []byte(token)
		}
	}
	return all
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
