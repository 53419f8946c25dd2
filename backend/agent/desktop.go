package agent

import (
	"context"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/notify"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/tray"
	"github.com/kontent/kontent-connect/backend/view"
)

// Desktop is what the agent has of its admin's desktop. The zero value is none,
// as for one command on a server: then nobody is told anything outside of the
// faces.
type Desktop struct {
	Notifications notifications
	Tray          notificationArea
	// Autostart is nil where the agent is not to start at login.
	Autostart startEntry
	// OpenWindow starts the window's program, which brings forward the window
	// that is open already, if one is.
	OpenWindow func(context.Context) error
}

type notifications interface {
	Show(ctx context.Context, m notify.Message) error
	Withdraw(ctx context.Context, key string) error
	There(ctx context.Context, key string) bool
	Status(ctx context.Context) notify.Status
}

type notificationArea interface {
	Show(m tray.Menu)
	Hosted(ctx context.Context) bool
	Watch(ctx context.Context, f func(hosted bool))
}

type startEntry interface {
	Enabled() (bool, error)
	Enable() error
	Disable() error
}

// WithDesktop gives the agent a desktop to tell things on.
func WithDesktop(d Desktop) Option { return func(a *Agent) { a.desktop = d } }

// surroundings is what the desktop was last seen to offer.
type surroundings struct {
	// turn is held while somebody looks: of two looks the later one counts.
	turn sync.Mutex

	mu   sync.Mutex // protects what follows
	seen view.System
}

func (s *surroundings) get() view.System {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen
}

// set notes what is seen and reports whether that is news.
func (s *surroundings) set(seen view.System) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	news := s.seen != seen
	s.seen = seen
	return news
}

// lookAround sees what the desktop offers, and tells the faces where that is
// news.
func (a *Agent) lookAround(ctx context.Context) {
	a.around.turn.Lock()
	defer a.around.turn.Unlock()
	seen := view.System{Notifications: view.NotificationsNoService}
	if a.desktop.Notifications != nil {
		status := a.desktop.Notifications.Status(ctx)
		seen.Notifications, seen.Buttons = view.NotificationState(status.State), status.Buttons
	}
	if a.desktop.Tray != nil {
		seen.Tray = a.desktop.Tray.Hosted(ctx)
	}
	if a.desktop.Autostart != nil {
		seen.CanStartAtLogin = true
		on, err := a.desktop.Autostart.Enabled()
		if err != nil {
			a.log.Warn("see whether the agent starts at login", "err", err)
		}
		seen.StartAtLogin = on
	}
	if ctx.Err() == nil && a.around.set(seen) {
		a.changed("")
	}
}

// SetStartAtLogin implements control.Service.
func (a *Agent) SetStartAtLogin(ctx context.Context, on bool) error {
	entry := a.desktop.Autostart
	if entry == nil {
		return problem.New(problem.StartAtLogin, nil)
	}
	change := entry.Disable
	if on {
		change = entry.Enable
	}
	if err := change(); err != nil {
		return problem.New(problem.StartAtLogin, err)
	}
	a.lookAround(ctx)
	return nil
}

const (
	// drawSettle is how long changes are left alone before the tray is drawn
	// again, and drawAnew how often it is drawn without any: days pass.
	drawSettle = 300 * time.Millisecond
	drawAnew   = time.Minute
	// drawShare is how many times longer than a drawing took the next one
	// waits at least: a check of thousands is news twice a second, and the
	// tray is not to cost more than the check.
	drawShare = 20
)

// face keeps the tray as the snapshot is.
type face struct {
	poked chan struct{}
}

func newFace() *face { return &face{poked: make(chan struct{}, 1)} }

func (f *face) poke() {
	select {
	case f.poked <- struct{}{}:
	default: // it knows
	}
}

// keepFace draws the tray and looks around until ctx ends.
func (a *Agent) keepFace(ctx context.Context) {
	ticker := time.NewTicker(drawAnew)
	defer ticker.Stop()
	settled := time.NewTimer(0)
	defer settled.Stop()
	var rested time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-a.face.poked:
			settled.Reset(max(drawSettle, time.Until(rested)))
			continue
		case <-ticker.C:
			a.lookAround(ctx)
		case <-settled.C:
		}
		begun := time.Now()
		a.draw(ctx)
		rested = time.Now().Add(drawShare * time.Since(begun))
	}
}

// draw shows the present state in the tray.
func (a *Agent) draw(ctx context.Context) {
	s, err := a.Snapshot(ctx)
	if err != nil {
		if ctx.Err() == nil {
			a.log.Warn("draw the tray", "err", err)
		}
		return
	}
	a.desktop.Tray.Show(a.speech(ctx).menuOf(s))
}
