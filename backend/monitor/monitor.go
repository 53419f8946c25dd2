// Package monitor decides when to look at the logins without being asked.
//
// It owns the loop and the times, and nothing of what looking means: that is
// behind an interface of two methods. It keeps no state of its own, so that a
// restart forgets nothing.
package monitor

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// tick is how often the wall clock is compared with the due times. Timers
// stand still while a laptop sleeps, so none is set for longer (security.md
// P3).
const tick = time.Minute

// checker looks at logins.
type checker interface {
	// Due lists the logins whose time has come at now, and when the next one
	// is due; the zero time when none will be.
	Due(ctx context.Context, now time.Time) (ids []string, next time.Time, err error)
	Look(ctx context.Context, ids []string) error
}

// Monitor looks at logins when they are due.
type Monitor struct {
	checker checker
	now     func() time.Time
	log     *slog.Logger

	stop    context.CancelFunc
	running sync.WaitGroup

	mu   sync.Mutex // protects next
	next time.Time
}

// New returns a Monitor that asks c. Start starts it.
func New(c checker, now func() time.Time, log *slog.Logger) *Monitor {
	return &Monitor{checker: c, now: now, log: log, stop: func() {}}
}

// Start begins watching. The first look is a tick away, so that starting costs
// nothing.
func (m *Monitor) Start(ctx context.Context) {
	ctx, m.stop = context.WithCancel(ctx)
	m.running.Go(func() { m.loop(ctx) })
}

// Stop ends watching and waits for a look under way. It may be called twice
// and without a start.
func (m *Monitor) Stop() {
	m.stop()
	m.running.Wait()
}

// Next returns when the next login is due; zero when none is.
func (m *Monitor) Next() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.next
}

func (m *Monitor) loop(ctx context.Context) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		m.plan(ctx)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			m.look(ctx)
		}
	}
}

// plan only learns when the next login is due.
func (m *Monitor) plan(ctx context.Context) []string {
	ids, next, err := m.checker.Due(ctx, m.now())
	if err != nil && ctx.Err() == nil {
		m.log.Warn("read the due times", "err", err)
		return nil
	}
	m.mu.Lock()
	m.next = next
	m.mu.Unlock()
	return ids
}

func (m *Monitor) look(ctx context.Context) {
	ids := m.plan(ctx)
	if len(ids) == 0 {
		return
	}
	if err := m.checker.Look(ctx, ids); err != nil && ctx.Err() == nil {
		m.log.Warn("look at logins", "err", err)
	}
}
