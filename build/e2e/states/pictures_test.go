//go:build e2e

package states_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/stage"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

// TestPictures connects accounts and looks at their pictures in the real window,
// light and dark: those that the networks have, and initials for the rest.
func TestPictures(t *testing.T) {
	const pictures = "../../out/pictures"
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s, err := stage.Open(ctx, programs)
	ok(t, err)
	t.Cleanup(func() { ok(t, s.Close()) })
	networks, err := s.StartNetworks(ctx)
	ok(t, err)
	ok(t, os.MkdirAll(pictures, 0o755))
	w := &world{Stage: s, networks: networks}
	ok(t, s.OpenWindow(ctx))
	w.connect(ctx, t, "meta")
	w.connect(ctx, t, "linkedin")

	// The Page, its Instagram account and another Page; the Company Page has
	// initials.
	w.shows(ctx, t, 3)
	ok(t, s.EveryControlHasAName(ctx))
	ok(t, s.Desktop.Screenshot(ctx, filepath.Join(pictures, "light.png")))
	ok(t, s.Window.Click(ctx, webdriver.RolePart("link", "Aparência")))
	ok(t, s.Window.Click(ctx, webdriver.RolePart("radio", "Escuro")))
	ok(t, s.Window.Click(ctx, webdriver.RolePart("link", "Integrações")))
	w.shows(ctx, t, 3)
	ok(t, s.Desktop.Screenshot(ctx, filepath.Join(pictures, "dark.png")))

	// They are kept here: the networks' servers are not asked again.
	before, err := networks.Count(ctx, "picture")
	ok(t, err)
	ok(t, networks.Act(ctx, stage.Action{Do: "picture", Target: "missing"}))
	ok(t, s.CloseWindow(ctx))
	ok(t, s.OpenWindow(ctx))
	w.shows(ctx, t, 3)
	after, err := networks.Count(ctx, "picture")
	ok(t, err)
	if before != 3 || after != before {
		t.Errorf("the networks were asked for %d pictures, and for %d more by a window", before, after-before)
	}
}

// shows waits until so many pictures are on show, none is broken, and none comes
// from elsewhere.
func (w *world) shows(ctx context.Context, t *testing.T, want int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	ok(t, poll.Until(ctx, "the pictures", func(ctx context.Context) error {
		var shown struct{ Whole, All, Elsewhere int }
		err := w.Window.Execute(ctx, `const all = [...document.querySelectorAll(".avatar img")];
			return {whole: all.filter(i => i.complete && i.naturalWidth === 96).length, all: all.length,
				elsewhere: all.filter(i => new URL(i.src).host !== location.host).length}`, &shown)
		if err == nil && (shown.Whole != want || shown.All != want || shown.Elsewhere != 0) {
			err = fmt.Errorf("%d of %d are whole, %d from elsewhere", shown.Whole, shown.All, shown.Elsewhere)
		}
		return err
	}))
}
