//go:build e2e

package watch_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/process"
	"github.com/kontent/kontent-connect/build/e2e/stage"
)

// The networks' own app at Meta (backend/sandbox).
const (
	clientID     = "1029384756473829"
	clientSecret = "demonstracao00meta00segredo00falso"
)

// mostMemory is what a watcher may hold that runs all day.
const mostMemory = 32 << 20

// newInstallation is a world in which the programs work for somebody, and not in
// the demonstration.
func newInstallation(t *testing.T, name string) *world {
	t.Helper()
	w := newWorld(t, name, shell())
	w.Install()
	set := w.Command(w.ctx, "apps", "set", "meta", "--client-id", clientID, "--secret-stdin", "--json")
	set.Stdin = strings.NewReader(clientSecret)
	ok(t, stage.Run(set, nil))
	w.connect("João Prado", page, instagram)
	return w
}

// TestTheAgentWatchesWithoutAWindow: when the window is closed, then the agent
// goes on watching and gives the window's memory back; the tray brings the window
// back, and ends it all.
//
// Covers UI02.
func TestTheAgentWatchesWithoutAWindow(t *testing.T) {
	w := newInstallation(t, "resident")
	ok(t, w.OpenWindow(w.ctx))
	w.looks("Tudo certo")
	agent, err := w.Agent(w.ctx)
	ok(t, err)
	ok(t, w.CloseWindow(w.ctx))
	for _, program := range []string{"kontent-connect", "WebKitWebProcess", "WebKitNetworkProcess"} {
		w.ended(program)
	}
	kept, err := process.Weigh(agent)
	ok(t, err)
	t.Logf("without a window the agent holds %d MiB", kept>>20)
	if kept > mostMemory {
		t.Errorf("that is more than %d MiB", mostMemory>>20)
	}

	w.act("expire", "joao", threeDays)
	w.checkNow()
	w.awaitNotice(1)
	w.survivesAKill(agent)
	w.trayOpensTheWindow()
	w.quitsFromTheTray()
}

// survivesAKill: an agent that is killed loses nothing, and the next one repeats
// nothing.
func (w *world) survivesAKill(agent int) {
	w.t.Helper()
	before := w.snapshot()
	ok(w.t, syscall.Kill(agent, syscall.SIGKILL))
	w.ended("kontent", "agent")
	ok(w.t, w.OpenWindow(w.ctx))
	ok(w.t, w.Reads(w.ctx, "main", "Prado Comunicação", "Expira em 3 dias"))
	after := w.snapshot()
	if len(after.Accounts) != len(before.Accounts) || len(after.Notices) != 1 || after.Notices[0].ToldAt != before.Notices[0].ToldAt {
		w.t.Errorf("before there were %d accounts and %+v, then %d and %+v",
			len(before.Accounts), before.Notices, len(after.Accounts), after.Notices)
	}
	w.looks("em breve")
	w.staysSilent()
	ok(w.t, w.CloseWindow(w.ctx))
	w.ended("kontent-connect")
}

// trayOpensTheWindow: a line of its menu opens a window on the account, in
// whatever project that is.
func (w *world) trayOpensTheWindow() {
	w.t.Helper()
	asked := w.account(instagram)
	w.lookAtAnotherProject()
	labels := w.labels()
	at := slices.IndexFunc(labels, func(l string) bool { return strings.HasPrefix(l, "@"+asked.Username) })
	if at < 0 {
		w.t.Fatalf("the tray's menu is %q", labels)
	}
	ok(w.t, w.icon().Choose(w.ctx, labels[at]))
	w.inFront("Kontent Connect")
	_, err := w.Desktop.Shown(w.ctx, "kontent-connect", "heading", "Integrações")
	ok(w.t, err)
	w.awaitSnapshot("the account's project", func(s snapshot) bool { return s.Preferences.Project == asked.ProjectID })
	w.picture("1-opened-by-the-tray")
}

// lookAtAnotherProject has the next window begin in a project without accounts.
func (w *world) lookAtAnotherProject() {
	w.t.Helper()
	client := control.NewClient(filepath.Join(w.Data(), "agent.sock"))
	defer client.Close()
	other, err := client.AddProject(w.ctx, "Outra loja")
	ok(w.t, err)
	preferences := w.snapshot().Preferences
	preferences.Project = other.ID
	ok(w.t, client.SetPreferences(w.ctx, preferences))
}

// quitsFromTheTray: soon nothing is left, of the window and of the agent.
func (w *world) quitsFromTheTray() {
	w.t.Helper()
	begun := time.Now()
	ok(w.t, w.icon().Choose(w.ctx, "Sair e parar de vigiar"))
	w.ended("kontent-connect")
	w.ended("kontent", "agent")
	took := time.Since(begun)
	w.t.Logf("all ended after %v", took.Round(time.Millisecond))
	if took > 3*time.Second {
		w.t.Errorf("it took %v", took)
	}
	if _, err := os.Stat(filepath.Join(w.Data(), "agent.sock")); !errors.Is(err, fs.ErrNotExist) {
		w.t.Errorf("the socket is left: %v", err)
	}
	buses, err := process.Find(w.Desktop.Path(), "dbus-daemon")
	ok(w.t, err)
	// The session's, and the one of the screen reader.
	if len(buses) != 2 {
		w.t.Errorf("%d buses are there", len(buses))
	}
	w.picture("2-quit")
}

// ended waits until no program runs whose command line begins so.
func (w *world) ended(command ...string) {
	w.t.Helper()
	ok(w.t, poll.Until(w.ctx, "the end of "+strings.Join(command, " "), func(context.Context) error {
		left, err := process.Find(w.Desktop.Path(), command...)
		if err == nil && len(left) > 0 {
			err = fmt.Errorf("processes %v are still there", left)
		}
		return err
	}))
}
