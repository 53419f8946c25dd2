//go:build e2e

package watch_test

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
	"testing"

	"github.com/kontent/kontent-connect/build/e2e/process"
)

// TestTheAgentStartsAtLogin: when the admin wants it, then the entry that a
// session starts at login starts the agent, and when not, there is none.
func TestTheAgentStartsAtLogin(t *testing.T) {
	w := newInstallation(t, "login")
	ok(t, w.OpenWindow(w.ctx))
	w.looks("Tudo certo")
	if s := w.snapshot(); s.System.StartAtLogin || !s.System.CanStartAtLogin {
		t.Fatalf("before anybody asked for it: %+v", s.System)
	}
	if problem := w.call("SetStartAtLogin", "true"); problem != "" {
		t.Fatalf("it cannot be switched on: %s", problem)
	}
	w.awaitSnapshot("a start at login", func(s snapshot) bool { return s.System.StartAtLogin })
	ok(t, w.CloseWindow(w.ctx))
	ok(t, w.NoAgent(w.ctx, syscall.SIGTERM))

	// As a session does: without a word of the window's environment but the
	// session's own.
	entry := w.Desktop.Path("config", "autostart", "kontent-connect.desktop")
	ok(t, w.Desktop.Command(w.ctx, "gio", "launch", entry).Run()) // its words are not read: the agent keeps the pipe
	w.looks("Tudo certo")
	if found, err := process.Find(w.Desktop.Path(), "kontent", "agent"); err != nil || len(found) != 1 {
		t.Errorf("%d agents run, %v", len(found), err)
	}
	if s := w.snapshot(); len(s.Accounts) != 2 {
		t.Errorf("it watches %d accounts", len(s.Accounts))
	}

	ok(t, w.OpenWindow(w.ctx))
	if problem := w.call("SetStartAtLogin", "false"); problem != "" {
		t.Errorf("it cannot be switched off: %s", problem)
	}
	if _, err := os.Stat(entry); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the entry is left: %v", err)
	}
}
