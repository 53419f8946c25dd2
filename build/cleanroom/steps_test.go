//go:build e2e

package cleanroom_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/kontent/kontent-connect/build/e2e/atspi"
	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/journey"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/stage"
	"github.com/kontent/kontent-connect/build/e2e/trayhost"
)

const entry = "/usr/share/applications/kontent-connect.desktop"

func (w *world) server(t *testing.T) {
	w.run(t, "apt-get update -qq")
	w.before = w.files(t)
	packages := w.installed(t)
	w.run(t, "apt-get install -y --no-install-recommends "+brought+"/kontent_*.deb")
	if more := added(packages, w.installed(t)); !slices.Equal(more, []string{"kontent"}) {
		t.Errorf("apt brought %q", more)
	}
	if said := w.run(t, "kontent --version"); !strings.HasPrefix(said, "kontent ") {
		t.Errorf("it says %q", said)
	}
	// In words that a person can act on: there is nobody here who keeps secrets.
	cmd := w.command(t, t.TempDir(), "kontent connect linkedin --demo --list --json")
	if told := stage.ProblemOf(stage.Run(cmd, nil)); told.Code != "keychain_absent" || !strings.Contains(told.Action, "dbus-run-session") {
		t.Errorf("without a session bus it says %+v", told)
	}
}

func (w *world) purgeServer(t *testing.T) {
	w.run(t, "apt-get purge -y kontent")
	if left := added(w.before, w.files(t)); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func (w *world) install(t *testing.T) {
	w.run(t, "apt-get install -y --no-install-recommends "+brought+"/kontent-connect_*.deb")
	if slices.Contains(w.installed(t), "xdg-utils") {
		t.Error("what it only recommends is here: it may live on that")
	}
	if needs := w.run(t, "ldd /usr/bin/kontent-connect"); strings.Contains(needs, "not found") {
		t.Errorf("it needs\n%s", needs)
	}
	w.before = w.files(t)
}

// openFromMenu does what a panel does with the entry of a menu. The window's own
// processes and what they load are where a package that was not named is missed.
func (w *world) openFromMenu(t *testing.T) {
	var err error
	w.Stage, err = stage.OpenOn(w.ctx, desktop.Options{Tray: desktop.RealTray}, w.programs())
	ok(t, err)
	w.Install() // no demonstration: as the entry starts it
	ok(t, w.Desktop.Command(w.ctx, "gio", "launch", w.path(entry)).Run())
	bus, err := w.Desktop.Bus(w.ctx)
	ok(t, err)
	defer bus.Close() //nolint:errcheck // only read from
	err = poll.Until(w.ctx, "the window", func(ctx context.Context) error {
		window, err := atspi.Tree(ctx, bus, "kontent-connect")
		if err == nil && window.Controls() == 0 {
			err = errors.New("it has no controls yet")
		}
		return err
	})
	ok(t, errors.Join(err, w.picture("menu.png")))
	_, err = trayhost.Await(w.ctx, bus)
	ok(t, errors.Join(err, w.picture("menu.png")))
}

// picture leaves a picture of the desktop to whoever wants to look.
func (w *world) picture(name string) error {
	return w.Desktop.Screenshot(w.ctx, filepath.Join(w.pictures, name))
}

// purge leaves the window open meanwhile, which starts an agent where it misses one.
func (w *world) purge(t *testing.T) {
	if _, err := w.Agent(w.ctx); err != nil {
		t.Fatalf("no agent to end: %v", err)
	}
	w.run(t, "apt-get purge -y kontent-connect")
	ok(t, w.NoAgent(w.ctx, syscall.Signal(0)))
	if _, err := os.Stat(filepath.Join(w.Data(), "kontent-connect.db")); err != nil {
		t.Errorf("the person's data: %v", err)
	}
	ok(t, w.Close())
	after := w.files(t)
	left := slices.DeleteFunc(slices.Clone(after), func(name string) bool {
		return !strings.Contains(strings.ToLower(filepath.Base(name)), "kontent")
	})
	if left = append(left, added(w.before, after)...); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func (w *world) demonstrate(t *testing.T) {
	w.run(t, "apt-get install -y "+brought+"/kontent-connect_*.deb")
	if fonts := w.run(t, "fc-list :lang=und-zsye"); fonts == "" {
		t.Error("no typeface has emoji: in the names of accounts they are boxes")
	}
	w.lendBrowser(t)
	var err error
	w.Stage, err = stage.Open(w.ctx, w.programs())
	ok(t, err)
	for _, step := range journey.Parts()[0].Steps {
		if err := step.Do(w.ctx, w.Stage); err != nil {
			t.Fatalf("%s: %v", step.Name, errors.Join(err, w.picture("failed.png")))
		}
	}
	ok(t, w.picture("demonstration.png"))
	accounts, err := w.Accounts(w.ctx)
	if err != nil || len(accounts) != 3 {
		t.Errorf("%d accounts are connected: %v", len(accounts), err)
	}
}
