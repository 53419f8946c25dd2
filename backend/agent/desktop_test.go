package agent_test

import (
	"errors"
	"testing"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/notify"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

func TestTheDesktop(t *testing.T) { //nolint:paralleltest // see world
	w := newDeskWorld(t)

	// What it offers is seen at the start, and the tray is drawn.
	w.desk.until(t, "the tray is drawn", func() bool { return w.desk.menu.Open != "" })
	w.seen("the desktop was looked at", func(s view.Snapshot) bool {
		return s.System == view.System{Notifications: view.NotificationsAvailable, Buttons: true, Tray: true, CanStartAtLogin: true}
	})

	// A panel that goes is news to the faces.
	w.desk.until(t, "the tray is watched", func() bool { return w.desk.told != nil })
	window := w.follow()
	before := w.snapshot().Revision
	w.desk.set(func() { w.desk.hosted = false })
	w.desk.told(false)
	window.until(func(e view.Event) bool { return e.Revision > before })
	s := w.snapshot()
	if s.System.Tray || s.Revision == before {
		t.Errorf("the panel has gone: tray %v, revision %d after %d", s.System.Tray, s.Revision, before)
	}
	// What is no news is not.
	before = s.Revision
	w.LookAround(t.Context())
	if got := w.snapshot().Revision; got != before {
		t.Error("nothing changed, and the faces were told")
	}

	w.must(w.SetStartAtLogin(t.Context(), true))
	if !w.snapshot().System.StartAtLogin {
		t.Error("starting at login is on, and not shown")
	}
	w.must(w.SetStartAtLogin(t.Context(), false))
	if w.snapshot().System.StartAtLogin {
		t.Error("starting at login is off, and not shown")
	}
	w.desk.set(func() { w.desk.startFail = errors.New("the folder is read-only") })
	wantCode(t, w.SetStartAtLogin(t.Context(), true), problem.StartAtLogin)
}

// Covers UI10.
func TestTryingANotice(t *testing.T) { //nolint:paralleltest // see world
	w := newDeskWorld(t)
	w.must(w.TestNotice(t.Context()))
	if got := w.desk.keys(); len(got) != 1 || got[0] != "test" {
		t.Errorf("on the desktop are %v", got)
	}
	for _, step := range []struct {
		fail  error
		state notify.State
		code  problem.Code
	}{
		{notify.ErrDenied, notify.Denied, problem.NoticesDenied},
		{notify.ErrNoService, notify.NoService, problem.NoticesUnavailable},
	} {
		w.desk.set(func() { w.desk.showFail, w.desk.status = step.fail, notify.Status{State: step.state} })
		wantCode(t, w.TestNotice(t.Context()), step.code)
		// The screen that said that they work says now that they do not.
		if got := w.snapshot().System.Notifications; string(got) != string(step.state) {
			t.Errorf("the faces see %s, want %s", got, step.state)
		}
	}
}

// Covers W11, PL09.
func TestWithoutADesktop(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	w.reopen(agent.Desktop{})
	wantCode(t, w.TestNotice(t.Context()), problem.NoticesUnavailable)
	wantCode(t, w.Snooze(t.Context(), "g1"), problem.NoticesUnavailable)
	wantCode(t, w.SetStartAtLogin(t.Context(), true), problem.StartAtLogin)
	w.must(w.PauseNotices(t.Context(), 5)) // whoever tells obeys it
	w.OpenFromDesktop()
	w.Settle()
}
