// Package tray shows an icon and a menu in the system's notification area.
//
// It owns how a Menu gets onto the screen of each system and how a click comes
// back as a call. It knows nothing of accounts or health and has no words of
// its own. The tray is a courtesy: many desktops have none, so nothing may be
// reached through it alone (security.md W11).
package tray

import (
	"context"
	"log/slog"
	"sync"
)

// Tray is the process's one tray; the library behind it keeps its state in the
// process, so that a second one would share its menu.
type Tray struct {
	actions Actions
	log     *slog.Logger

	orders  chan order    // what was clicked
	changed chan struct{} // holds one token while wanted may be newer than shown
	stopped chan struct{}
	once    sync.Once

	mu     sync.Mutex // guards what follows
	wanted look
	shown  look
}

// screen is what a system offers. One goroutine at a time calls it.
type screen interface {
	// row changes one slot from one line to another; before the first change
	// all are hidden.
	row(slot int, from, to row)
	face(f face)
}

// New returns a Tray that Run starts. A handler of log must not itself write
// through the standard library's log package, whose lines Run sends to it.
func New(a Actions, log *slog.Logger) *Tray {
	return &Tray{
		actions: a,
		log:     log,
		orders:  make(chan order),
		changed: make(chan struct{}, 1),
		stopped: make(chan struct{}),
		wanted:  lookOf(Menu{}),
	}
}

// Run shows the tray until ctx ends or Stop is called, and only waits where
// the system has none. It belongs on the process's main thread, which macOS
// insists on, and is called once.
//
// On Linux its end closes the session bus connection that the process shares,
// the keychain's too, because the icon goes with it. So the tray ends last: a
// caller ends everything else before it ends ctx (security.md P6).
func (t *Tray) Run(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	running.Go(func() {
		defer cancel()
		select {
		case <-t.stopped:
		case <-ctx.Done():
		}
	})
	running.Go(func() { t.obey(ctx) })
	divert(t.log)
	t.host(ctx)
}

// Stop lets Run return. It does not wait for it and may be called from an
// action, twice, or before Run.
func (t *Tray) Stop() { t.once.Do(func() { close(t.stopped) }) }

// Show replaces the menu, before Run or during it. It does not wait for the
// screen; of several calls in a row the last one counts, and lines that stay
// the same are left alone, so that an open menu does not flicker.
func (t *Tray) Show(m Menu) {
	t.mu.Lock()
	t.wanted = lookOf(m)
	t.mu.Unlock()
	select {
	case t.changed <- struct{}{}:
	default:
	}
}

// serve keeps s up to date until ctx ends.
func (t *Tray) serve(ctx context.Context, s screen) {
	for {
		t.draw(s)
		select {
		case <-t.changed:
		case <-ctx.Done():
			return
		}
	}
}

func (t *Tray) draw(s screen) {
	t.mu.Lock()
	from, to := t.shown, t.wanted
	t.shown = to
	t.mu.Unlock()
	if from.face != to.face {
		s.face(to.face)
	}
	for slot := range to.rows {
		if from.rows[slot] != to.rows[slot] {
			s.row(slot, from.rows[slot], to.rows[slot])
		}
	}
}

// press is a click on a slot.
func (t *Tray) press(ctx context.Context, slot int) {
	t.mu.Lock()
	o := t.shown.rows[slot].click
	t.mu.Unlock()
	t.ask(ctx, o)
}

func (t *Tray) ask(ctx context.Context, o order) {
	select {
	case t.orders <- o:
	case <-ctx.Done():
	}
}

// obey carries out what was clicked, away from the threads that draw menus.
func (t *Tray) obey(ctx context.Context) {
	for {
		select {
		case o := <-t.orders:
			t.actions.do(o)
		case <-ctx.Done():
			return
		}
	}
}
