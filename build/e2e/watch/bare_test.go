//go:build e2e

package watch_test

import (
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/view"
	"github.com/kontent/kontent-connect/build/e2e/desktop"
)

// TestADesktopWithoutNotificationsOrTray: where nothing shows a notification,
// then the window knows, keeps count, and the notice is shown once somebody can.
//
// Covers PL09, UI10, W11.
func TestADesktopWithoutNotificationsOrTray(t *testing.T) {
	w := newWorld(t, "bare", desktop.Options{Notifications: desktop.ScriptedNotifications})
	ok(t, w.Desktop.Notices().Leave())
	w.connect("João Prado", page)
	ok(t, w.OpenWindow(w.ctx))
	s := w.awaitSnapshot("a look around", func(s snapshot) bool { return s.System.Notifications != "" })
	if s.System.Notifications != view.NotificationsNoService || s.System.Buttons || s.System.Tray {
		t.Errorf("the window is told %+v", s.System)
	}
	if problem := w.call("TestNotice", ""); !strings.Contains(problem, "notices_unavailable") {
		t.Errorf("a test notification ends with %q", problem)
	}

	w.act("expire", "joao", threeDays)
	w.checkNow()
	w.awaitNotice(2) // in vain, as the one before
	s = w.awaitSnapshot("a notice", func(s snapshot) bool { return len(s.Notices) == 1 })
	if shown := w.Desktop.Notices().Shown(); len(shown) != 0 || s.Notices[0].ToldAt != "" {
		t.Errorf("the window says that the desktop has shown it; it was asked for %v", shown)
	}

	ok(t, w.Desktop.Notices().Return())
	w.checkNow()
	shown, err := w.Desktop.Notices().Await(w.ctx, 1)
	ok(t, err)
	if !strings.Contains(shown.Body, "O acesso expira em 3 dias") {
		t.Errorf("it says %q", shown.Body)
	}
	w.awaitSnapshot("a notice that was shown", func(s snapshot) bool { return len(s.Notices) == 1 && s.Notices[0].ToldAt != "" })
	if problem := w.call("TestNotice", ""); problem != "" {
		t.Errorf("a test notification ends with %q", problem)
	}
}
