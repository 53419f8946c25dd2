//go:build e2e

// Package cleanroom_test installs the packages on a Debian on which nothing is,
// with what apt fetches for them. On a machine that builds and tests the
// programs every library is there already, and a package that forgets to name
// one works all the same.
//
// Only the package is on the clean system. What is the computer's desktop, and
// not the package's to bring, stays outside and is met through its sockets: the
// screen, the session bus, the tray, the keyring, the screen reader's bus, and
// the browser.
//
// It fetches some 200 megabytes for each suite, and so is no part of "make test":
// "make test-clean-debian" runs it.
package cleanroom_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/mounts"
	"github.com/kontent/kontent-connect/build/e2e/stage"
)

func TestMain(m *testing.M) { mounts.Main(m, func() error { return nil }) }

// world is a clean Debian, and a desktop beside it.
type world struct {
	*stage.Stage
	root
	t        *testing.T
	ctx      context.Context
	pictures string
	before   []string // the clean system's files, before something came
}

func TestACleanDebian(t *testing.T) {
	if os.Getuid() != 0 {
		t.Fatal("a system is made by root: run it as root")
	}
	// Debian's last two: the newer one gave many libraries other names.
	for _, suite := range []string{"bookworm", "trixie"} {
		t.Run(suite, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
			defer cancel()
			w := &world{t: t, ctx: ctx, root: newRoot(t, suite), pictures: filepath.Join(module, "build/out/cleanroom", suite)}
			ok(t, os.MkdirAll(w.pictures, 0o755))
			w.makePrograms(t)
			t.Setenv("PATH", w.programs()+":"+os.Getenv("PATH")) // where a menu entry is looked for
			w.live(t)
		})
	}
}

func (w *world) live(t *testing.T) {
	for _, step := range []struct {
		name string
		do   func(*world, *testing.T)
	}{
		{"a server gets the command line and nothing else", (*world).server},
		{"purged, the command line leaves nothing", (*world).purgeServer},
		{"a desktop gets the window with all that it needs", (*world).install},
		{"the menu entry opens the window, and the tray has its icon", (*world).openFromMenu},
		{"purged, it ends its agents and leaves the person's data alone", (*world).purge},
		{"with what it recommends, a demonstration is completed", (*world).demonstrate},
	} {
		if !t.Run(step.name, func(t *testing.T) { w.t = t; step.do(w, t) }) {
			break
		}
	}
	if w.Stage != nil {
		ok(t, w.Close())
	}
}
