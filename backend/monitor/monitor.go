// Package monitor decides when to look at the logins without being asked, and
// what their admin is told, once.
//
// It owns the loop, the times and the ladder of notices; what looking and
// showing mean is behind small interfaces. What it must not forget is in the
// database, so that a restart repeats nothing and loses nothing.
package monitor

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

const (
	// tick is how often the wall clock is compared with the due times. Timers
	// stand still while a laptop sleeps, so none is set for longer (security.md
	// P3); after a sleep over an expiry the notice comes within a minute (CK01).
	tick = 20 * time.Second
	// settle is how long news is left alone before it is looked at, because
	// one change seldom comes alone.
	settle = 2 * time.Second
	// tellSpacing keeps what is to be told from being worked out all the time: with
	// thousands of accounts one change follows the other while they are checked.
	tellSpacing = 10 * time.Second
	// grace is how long the network is given after the computer has slept.
	grace = 30 * time.Second
	// staleAfter is how long ago a login was asked about when it is asked about
	// again at start and after a sleep, whatever its time.
	staleAfter = 12 * time.Hour
	// A look of which nothing could be stored leaves its logins due. It is
	// repeated after a minute, then twice as long each time, up to an hour.
	lookAgain, lookAgainAtMost = time.Minute, time.Hour
)

// checker looks at logins.
type checker interface {
	// Due lists the logins whose time has come at now, or that were last asked
	// about before asked, and when the next one is due; the zero time when none
	// will be.
	Due(ctx context.Context, now, asked time.Time) (ids []string, next time.Time, err error)
	Look(ctx context.Context, ids []string) error
}

// Options are what a Monitor works with.
type Options struct {
	Checker checker
	// Teller may be nil: then nobody is told anything.
	Teller *Teller
	// Now is the wall clock, and Elapsed a clock that nobody can set and that
	// stands still while the computer sleeps.
	Now     func() time.Time
	Elapsed func() time.Duration
	// ServerTime asks a provider what time it is.
	ServerTime func(context.Context) (time.Time, error)
	Log        *slog.Logger
}

// Monitor looks at logins when they are due, and lets their admin be told.
type Monitor struct {
	Options
	clock clock

	stop    context.CancelFunc
	running sync.WaitGroup
	poked   chan struct{}

	// hasten: the logins that were not asked about for long are due.
	hasten bool
	// lookAt and tellAt are when there is something to do at the earliest, and
	// toldAt is when that was last worked out, on the clock that nobody sets.
	lookAt, tellAt time.Time
	toldAt         time.Duration

	mu      sync.Mutex // protects what follows
	looking bool
	next    time.Time
	// pause is how long looking pauses after a look that failed, until pauseEnd
	// on the clock that nobody sets.
	pause, pauseEnd time.Duration
}

// New returns a Monitor. Start starts it.
func New(o Options) *Monitor {
	return &Monitor{
		Options: o, clock: clock{serverTime: o.ServerTime, log: o.Log}, hasten: true,
		stop: func() {}, poked: make(chan struct{}, 1),
	}
}

// Start begins watching. The first look is a tick away, so that starting costs
// nothing.
func (m *Monitor) Start(ctx context.Context) {
	ctx, m.stop = context.WithCancel(ctx)
	m.clock.start(m.Now(), m.Elapsed())
	m.running.Go(func() { m.loop(ctx) })
}

// Stop ends watching and waits for a look under way. It may be called twice
// and without a start.
func (m *Monitor) Stop() {
	m.stop()
	m.running.Wait()
}

// Poke says that something is not as it was: due times and what is to be told
// are worked out anew. It never blocks.
func (m *Monitor) Poke() {
	select {
	case m.poked <- struct{}{}:
	default: // it knows
	}
}

// Next returns when the next login is due; zero when none is.
func (m *Monitor) Next() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.next
}

// ClockWrong reports whether this computer's clock is known to be far from the
// providers'.
func (m *Monitor) ClockWrong() bool { return m.clock.isWrong() }

func (m *Monitor) loop(ctx context.Context) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	news := time.NewTimer(settle)
	news.Stop()
	defer news.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-m.poked:
			news.Reset(settle)
			m.lookAt, m.tellAt = time.Time{}, time.Time{}
			continue
		case <-news.C:
		case <-ticker.C:
		}
		m.beat(ctx)
	}
}

// beat does what is due.
func (m *Monitor) beat(ctx context.Context) {
	now := m.Now()
	jumped, ready := m.clock.observe(now, m.Elapsed())
	if jumped {
		m.hasten = true
		m.lookAt, m.tellAt = time.Time{}, time.Time{}
	}
	if !ready {
		return
	}
	if !now.Before(m.lookAt) {
		m.look(ctx, now)
	}
	if elapsed := m.Elapsed(); m.Teller != nil && !now.Before(m.tellAt) && (m.toldAt == 0 || elapsed-m.toldAt >= tellSpacing) {
		m.toldAt = elapsed
		m.tell(ctx, now)
	}
}

// look has the due logins looked at, beside the loop: a slow network must not
// keep a notice waiting. One look at a time is enough.
func (m *Monitor) look(ctx context.Context, now time.Time) {
	var asked time.Time
	if m.hasten {
		asked = now.Add(-staleAfter)
	}
	ids, next, err := m.Checker.Due(ctx, now, asked)
	if err != nil {
		if ctx.Err() == nil {
			m.Log.Warn("read the due times", "err", err)
		}
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.next = next
	if m.looking || m.Elapsed() < m.pauseEnd {
		return
	}
	m.hasten = false
	if len(ids) == 0 {
		m.lookAt = within(now, next)
		return
	}
	m.looking = true
	m.running.Go(func() {
		err := m.Checker.Look(ctx, ids)
		if err != nil && ctx.Err() == nil {
			m.Log.Warn("look at logins", "err", err)
		}
		m.looked(err)
	})
}

// looked notes that a look has ended, and rests after one that failed.
func (m *Monitor) looked(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.looking = false
	if err == nil {
		m.pause = 0
		return
	}
	m.pause = min(max(2*m.pause, lookAgain), lookAgainAtMost)
	m.pauseEnd = m.Elapsed() + m.pause
}

// tell lets the admin be told what is due to be told.
func (m *Monitor) tell(ctx context.Context, now time.Time) {
	next, err := m.Teller.Tell(ctx, now, func(ctx context.Context) bool {
		return m.clock.sure(ctx, m.Now(), m.Elapsed())
	})
	if err != nil {
		if ctx.Err() == nil {
			m.Log.Warn("tell the admin", "err", err)
		}
		return
	}
	m.tellAt = within(now, next)
}

// readAnew is after how long the times are read again even if nobody said that
// something changed.
const readAnew = time.Hour

// within returns next, or a time not too far away where that is later or none.
func within(now, next time.Time) time.Time {
	latest := now.Add(readAnew)
	if next.IsZero() || next.After(latest) {
		return latest
	}
	return next
}
