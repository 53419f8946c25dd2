package agent_test

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/notify"
	"github.com/kontent/kontent-connect/backend/tray"
	"github.com/kontent/kontent-connect/backend/view"
)

// desk is an admin's desktop that keeps what is on it.
type desk struct {
	mu      sync.Mutex
	changed chan struct{}

	// shown are the notifications that are there, by their keys; all is
	// everything that was ever shown.
	shown    map[string]notify.Message
	all      []notify.Message
	status   notify.Status
	showFail error

	menu   tray.Menu
	drawn  int
	hosted bool
	told   func(hosted bool)

	starts    bool
	startFail error

	opened   int
	openFail error
}

func newDesk() *desk {
	return &desk{
		changed: make(chan struct{}), shown: map[string]notify.Message{},
		status: notify.Status{State: notify.Available, Buttons: true}, hosted: true,
	}
}

// desktop is what the agent sees of d.
func (d *desk) desktop() agent.Desktop {
	return agent.Desktop{Notifications: notices{d}, Tray: area{d}, Autostart: entry{d}, OpenWindow: func(context.Context) error {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.opened++
		d.wake()
		return d.openFail
	}}
}

// wake tells those who wait; the caller holds the lock.
func (d *desk) wake() {
	close(d.changed)
	d.changed = make(chan struct{})
}

func (d *desk) set(change func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change()
	d.wake()
}

// until waits until the desktop is as is says.
func (d *desk) until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for {
		d.mu.Lock()
		found, changed := is(), d.changed
		d.mu.Unlock()
		if found {
			return
		}
		select {
		case <-changed:
		case <-t.Context().Done():
			t.Fatalf("never came about: %s", what)
		}
	}
}

type notices struct{ *desk }

func (n notices) Show(_ context.Context, m notify.Message) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	defer n.wake()
	if n.showFail != nil {
		return n.showFail
	}
	n.shown[m.Key] = m
	n.all = append(n.all, m)
	return nil
}

func (n notices) Withdraw(_ context.Context, key string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.shown, key)
	n.wake()
	return nil
}

func (n notices) There(_ context.Context, key string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	_, there := n.shown[key]
	return there
}

func (n notices) Status(context.Context) notify.Status {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.status
}

type area struct{ *desk }

func (a area) Show(m tray.Menu) {
	a.set(func() {
		a.menu = m
		a.drawn++
	})
}

func (a area) Hosted(context.Context) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.hosted
}

func (a area) Watch(ctx context.Context, f func(bool)) {
	a.set(func() { a.told = f })
	<-ctx.Done()
}

type entry struct{ *desk }

func (e entry) Enabled() (bool, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.starts, nil
}

func (e entry) Enable() error  { return e.change(true) }
func (e entry) Disable() error { return e.change(false) }

func (e entry) change(on bool) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.startFail == nil {
		e.starts = on
	}
	return e.startFail
}

// deskWorld is a world whose admin sits at a desktop.
type deskWorld struct {
	*world
	desk *desk
}

func newDeskWorld(t *testing.T) deskWorld {
	t.Helper()
	w := newWorld(t)
	d := deskWorld{w, newDesk()}
	d.reopen(d.desk.desktop())
	return d
}

// reopen opens the agent anew, on a desktop.
func (w *world) reopen(on agent.Desktop) {
	w.t.Helper()
	w.must(w.Close())
	a, err := agent.Open(w.t.Context(), w.settings, slog.New(slog.DiscardHandler), agent.WithVault(w.vault), agent.WithDesktop(on))
	w.must(err)
	w.Agent = a
}

// window follows the agent's events as the window does, until the test ends or
// it is closed. It returns once the agent knows of it.
func (w *world) window() (orders <-chan view.Event, closeIt func()) {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	told, ended, known := make(chan view.Event, 64), make(chan struct{}), make(chan struct{})
	opened := sync.OnceFunc(func() { close(known) })
	go func() {
		defer close(ended)
		_ = w.Events(ctx, view.FaceWindow, func(e view.Event) error {
			opened()
			if e.Show || e.Quit {
				told <- e
			}
			return nil
		})
	}()
	<-known
	closeIt = sync.OnceFunc(func() { cancel(); <-ended })
	w.t.Cleanup(closeIt)
	return told, closeIt
}

// grant returns the id of the login that serves an account.
func (w *world) grant(remoteID string) view.GrantID { return w.account(remoteID).GrantID }

func (d *desk) keys() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var keys []string
	for key := range d.shown {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// seen follows the events, as a face does, until the snapshot is as is says.
func (w *world) seen(what string, is func(view.Snapshot) bool) {
	w.t.Helper()
	ctx, found := context.WithCancel(w.t.Context())
	defer found()
	met := false
	_ = w.Events(ctx, "cli", func(view.Event) error {
		if met = is(w.snapshot()); met {
			found()
		}
		return nil
	})
	if !met {
		w.t.Fatalf("never came about: %s", what)
	}
}
