//go:build e2e

package trouble_test

import (
	"context"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/process"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

// agentKilled: the window says nothing of it and finds another one; what was
// stored is there.
func agentKilled(ctx context.Context, t *testing.T, w *world) {
	ok(t, w.OpenWindow(ctx))
	shows(ctx, t, w, "main", "Prado Comunicação")
	for range 3 {
		ok(t, w.EndAgent(ctx, syscall.SIGKILL))
		ok(t, w.Window.Click(ctx, webdriver.Role("link", "Histórico")))
		shows(ctx, t, w, "main", "foi conectada")
		ok(t, w.Window.Click(ctx, webdriver.RolePart("link", "Integrações")))
		shows(ctx, t, w, "main", "Prado Comunicação")
	}
}

// twentyWindows at once are one window with one agent, whoever of them is first.
func twentyWindows(ctx context.Context, t *testing.T, w *world) {
	const atOnce = 20
	failed := make(chan error, atOnce)
	for range atOnce {
		go func() { failed <- w.Command(ctx, "window").Run() }() // unlike a pipe, it is not held open by the window
	}
	for range atOnce {
		ok(t, <-failed)
	}
	windows := func() []int {
		running, err := process.Find(w.Desktop.Path(), "kontent-connect")
		ok(t, err)
		return running
	}
	defer await(ctx, t, "the end of the windows", func() bool {
		running := windows()
		for _, window := range running {
			_ = syscall.Kill(window, syscall.SIGTERM) // fails when it is gone, which is the aim
		}
		return len(running) == 0
	})
	// Longer than await: twenty programs have to load a web engine first.
	ok(t, poll.Until(ctx, "one window", func(context.Context) error {
		if n := len(windows()); n != 1 {
			return fmt.Errorf("there are %d", n)
		}
		return nil
	}))
	_, err := w.Desktop.Shown(ctx, "kontent-connect", "heading", "Integrações")
	ok(t, err)
	_, err = w.Agent(ctx)
	ok(t, err)
	if n := len(windows()); n != 1 {
		t.Errorf("%d windows are left", n)
	}
}

// noInspector: neither the mouse nor the keys open the engine's own tools over
// the page; the engine does not, either, where the page does not hold it back.
func noInspector(ctx context.Context, t *testing.T, w *world) {
	ok(t, w.OpenWindow(ctx))
	shows(ctx, t, w, "main", "Prado Comunicação")
	heading, err := w.Desktop.Shown(ctx, "kontent-connect", "heading", "Integrações")
	ok(t, err)
	ok(t, w.Window.Execute(ctx, `
		window.seen = {};
		window.addEventListener('contextmenu', e => { window.seen.menu = e.defaultPrevented ? 'held back' : 'shown'; });
		window.addEventListener('keydown', e => { window.seen[e.key] = 'pressed'; }, true);`, nil))
	seen := func(what, want string) {
		t.Helper()
		await(ctx, t, what+" "+want, func() bool {
			var got string
			ok(t, w.Window.Execute(ctx, fmt.Sprintf("return window.seen[%q] ?? ''", what), &got))
			return got == want
		})
	}
	before := toplevels(ctx, t, w)
	ok(t, w.Desktop.Click(ctx, heading, desktop.RightButton))
	seen("menu", "held back")
	for _, keys := range []string{"F12", "ctrl+shift+i", "ctrl+shift+c", "F10"} {
		ok(t, w.Desktop.Command(ctx, "xdotool", "key", keys).Run())
	}
	seen("F12", "pressed")
	if after := toplevels(ctx, t, w); after != before {
		t.Errorf("%d windows before, %d after", before, after)
	}

	ok(t, w.Window.Execute(ctx, `
		window.addEventListener('contextmenu', e => { e.stopImmediatePropagation(); window.seen.engine = 'asked'; }, true);`, nil))
	ok(t, w.Desktop.Click(ctx, heading, desktop.RightButton))
	seen("engine", "asked")
	ok(t, w.EveryControlHasAName(ctx)) // a round through the window's own thread, which would open the menu
	if after := toplevels(ctx, t, w); after != before {
		t.Errorf("%d windows before, %d after the engine was asked", before, after)
	}
}

// toplevels counts what our window's program has put on the screen.
func toplevels(ctx context.Context, t *testing.T, w *world) int {
	t.Helper()
	out, err := w.Desktop.Command(ctx, "xwininfo", "-root", "-tree").Output()
	ok(t, err)
	return strings.Count(string(out), `("kontent-connect"`)
}
