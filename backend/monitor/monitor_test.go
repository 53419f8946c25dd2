package monitor_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/monitor"
)

// logins is a checker that keeps when each login is due, and looks at one by
// moving its time.
type logins struct {
	mu    sync.Mutex
	due   map[string]time.Time
	every time.Duration
	looks []time.Time
	// asked is when each was last asked about before the test, and read counts
	// how often the due times were read.
	asked time.Time
	read  int
	// broken, if set, is what Due and Look fail with.
	brokenDue, brokenLook error
	// held, if set, keeps Look from returning until it is closed.
	held, looking chan struct{}
}

func (l *logins) Due(_ context.Context, now, asked time.Time) (ids []string, next time.Time, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.read++
	if l.brokenDue != nil {
		return nil, time.Time{}, l.brokenDue
	}
	for id, at := range l.due {
		if !now.Before(at) || l.asked.Before(asked) {
			ids = append(ids, id)
		}
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return ids, next, nil
}

func (l *logins) Look(_ context.Context, ids []string) error {
	if l.held != nil {
		close(l.looking)
		<-l.held
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.looks = append(l.looks, time.Now())
	if l.brokenLook != nil {
		return l.brokenLook
	}
	for _, id := range ids {
		l.due[id] = l.due[id].Add(l.every)
	}
	l.asked = time.Now()
	return nil
}

func (l *logins) seen() []time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]time.Time{}, l.looks...)
}

func (l *logins) reads() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.read
}

func (l *logins) breakWith(due, look error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.brokenDue, l.brokenLook = due, look
}

// wall is a wall clock that can be set, beside one that cannot. A computer
// that sleeps is one whose wall clock is set forward.
type wall struct {
	mu     sync.Mutex
	begun  time.Time
	offset time.Duration
	wrong  time.Duration // of the offset
}

func newWall() *wall { return &wall{begun: time.Now()} }

func (w *wall) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Now().Add(w.offset)
}

func (w *wall) step(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.offset += d
}

// err sets the clock wrong, or right again.
func (w *wall) err(d time.Duration) {
	w.step(d)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wrong += d
}

func (w *wall) errorNow() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.wrong
}

func (w *wall) elapsed() time.Duration { return time.Since(w.begun) }

// options are a monitor's over l with a clock that nobody sets and a provider
// that agrees with it.
func options(l *logins, w *wall) monitor.Options {
	return monitor.Options{
		Checker: l, Now: w.now, Elapsed: w.elapsed, Log: slog.New(slog.DiscardHandler),
		ServerTime: func(context.Context) (time.Time, error) { return time.Now(), nil },
	}
}

func start(t *testing.T, l *logins) *monitor.Monitor {
	t.Helper()
	m := monitor.New(options(l, newWall()))
	m.Start(t.Context())
	t.Cleanup(m.Stop)
	return m
}

// Covers CK01, CK10, P3.
func TestMonitor(t *testing.T) {
	t.Parallel()
	t.Run("looks within a minute of the due time and not before", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			due := time.Now().Add(time.Hour + 20*time.Second)
			l := &logins{due: map[string]time.Time{"g1": due}, every: 24 * time.Hour, asked: time.Now()}
			m := start(t, l)
			time.Sleep(time.Hour)
			synctest.Wait()
			if seen := l.seen(); len(seen) != 0 || !m.Next().Equal(due) {
				t.Fatalf("looked at %v before %v; next %v", seen, due, m.Next())
			}
			time.Sleep(time.Minute)
			synctest.Wait()
			if diff := cmp.Diff([]time.Time{due}, l.seen()); diff != "" {
				t.Errorf("looks (-want +got):\n%s", diff)
			}
			if !m.Next().Equal(due.Add(24 * time.Hour)) {
				t.Errorf("next look %v is not a day later", m.Next())
			}
		})
	})
	t.Run("keeps a daily rhythm for 90 days and never looks twice", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			begun := time.Now()
			l := &logins{due: map[string]time.Time{"g1": begun.Add(24 * time.Hour)}, every: 24 * time.Hour, asked: begun}
			start(t, l)
			time.Sleep(90*24*time.Hour + time.Second)
			synctest.Wait()
			seen := l.seen()
			if len(seen) != 90 {
				t.Fatalf("%d looks in 90 days", len(seen))
			}
			for i, at := range seen {
				if late := at.Sub(begun.Add(time.Duration(i+1) * 24 * time.Hour)); late < 0 || late > time.Minute {
					t.Errorf("look %d is %s late", i, late)
				}
			}
		})
	})
	t.Run("CK01 looks within a minute of waking when a laptop has slept past the due time", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			w := newWall()
			l := &logins{due: map[string]time.Time{"g1": time.Now().Add(3 * time.Hour)}, every: 24 * time.Hour, asked: time.Now()}
			m := monitor.New(options(l, w))
			m.Start(t.Context())
			defer m.Stop()
			time.Sleep(time.Hour)
			// Timers stand still while a laptop sleeps, the wall clock does not
			// (security.md P3).
			w.step(8 * time.Hour)
			woke := time.Now()
			time.Sleep(29 * time.Second)
			synctest.Wait()
			if len(l.seen()) != 0 {
				t.Error("the network was given no time to come back")
			}
			time.Sleep(31 * time.Second)
			synctest.Wait()
			if seen := l.seen(); len(seen) != 1 || seen[0].Sub(woke) > time.Minute {
				t.Errorf("looks: %v, woke at %v", seen, woke)
			}
		})
	})
	t.Run("after a sleep asks about those that nobody asked about for half a day", func(t *testing.T) {
		t.Parallel()
		for name, tc := range map[string]struct {
			asked time.Duration
			looks int
		}{"asked an hour before": {time.Hour, 0}, "asked at bedtime": {6 * time.Hour, 1}} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					w := newWall()
					l := &logins{due: map[string]time.Time{"g1": time.Now().Add(20 * time.Hour)}, every: 24 * time.Hour, asked: time.Now().Add(-tc.asked)}
					m := monitor.New(options(l, w))
					m.Start(t.Context())
					defer m.Stop()
					time.Sleep(time.Minute)
					w.step(8 * time.Hour)
					time.Sleep(time.Minute)
					synctest.Wait()
					if len(l.seen()) != tc.looks {
						t.Errorf("%d looks", len(l.seen()))
					}
				})
			})
		}
	})
	t.Run("reads the due times when something changed, and hourly at least", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			l := &logins{due: map[string]time.Time{"g1": time.Now().Add(24 * time.Hour)}, every: 24 * time.Hour, asked: time.Now()}
			m := start(t, l)
			time.Sleep(time.Minute)
			synctest.Wait()
			before := l.reads()
			time.Sleep(10 * time.Hour)
			synctest.Wait()
			if n := l.reads() - before; n != 10 {
				t.Errorf("read %d times in ten quiet hours", n)
			}
			before = l.reads()
			for range 50 {
				m.Poke()
			}
			time.Sleep(10 * time.Second)
			synctest.Wait()
			if n := l.reads() - before; n != 1 {
				t.Errorf("read %d times for fifty changes at once", n)
			}
		})
	})
	t.Run("costs nothing at start, even with a login overdue", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			l := &logins{due: map[string]time.Time{"g1": time.Now().Add(-time.Hour)}, every: 24 * time.Hour}
			start(t, l)
			time.Sleep(19 * time.Second)
			synctest.Wait()
			if len(l.seen()) != 0 || l.reads() != 0 {
				t.Error("did something at start")
			}
			time.Sleep(time.Second)
			synctest.Wait()
			if len(l.seen()) != 1 {
				t.Error("did not look after the first tick")
			}
		})
	})
}

func TestMonitorGoesOn(t *testing.T) {
	t.Parallel()
	for name, broken := range map[string][2]error{
		"after the due times could not be read": {errors.New("database is busy"), nil},
		"after a look failed":                   {nil, errors.New("offline")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				due := time.Now().Add(time.Minute)
				l := &logins{due: map[string]time.Time{"g1": due}, every: 24 * time.Hour, asked: time.Now()}
				m := start(t, l)
				time.Sleep(20 * time.Second)
				synctest.Wait()
				l.breakWith(broken[0], broken[1])
				time.Sleep(10 * time.Minute)
				synctest.Wait()
				if !m.Next().Equal(due) {
					t.Errorf("the known due time was lost: %v", m.Next())
				}
				l.breakWith(nil, nil)
				time.Sleep(10 * time.Minute)
				synctest.Wait()
				if !m.Next().Equal(due.Add(24 * time.Hour)) {
					t.Errorf("did not look once it could: next %v", m.Next())
				}
			})
		})
	}
}

// TestMonitorIsPatient: where nothing of a look can be stored, each login stays
// due, and the providers would be asked three times a minute for as long as a
// disk is full. Their daily allowances are small (linkedin.md 0.9).
func TestMonitorIsPatient(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &logins{due: map[string]time.Time{"g1": time.Now()}, every: 24 * time.Hour, asked: time.Now(), brokenLook: errors.New("the disk is full")}
		m := start(t, l)
		for range 24 * 60 {
			m.Poke() // news of something else changes nothing about it
			time.Sleep(time.Minute)
		}
		synctest.Wait()
		if got := len(l.seen()); got < 24 || got > 32 {
			t.Errorf("%d looks in a day on which none came to anything, want one an hour", got)
		}
		l.breakWith(nil, nil)
		time.Sleep(time.Hour + time.Minute)
		synctest.Wait()
		begun := len(l.seen())
		l.breakWith(nil, errors.New("the disk is full again"))
		time.Sleep(24*time.Hour + 2*time.Minute)
		synctest.Wait()
		if got := len(l.seen()) - begun; got < 2 {
			t.Errorf("%d looks after it had gone well in between: its patience is still that of before", got)
		}
	})
}

func TestMonitorStop(t *testing.T) {
	t.Parallel()
	t.Run("waits for a look under way", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			l := &logins{due: map[string]time.Time{"g1": time.Now()}, every: 24 * time.Hour, held: make(chan struct{}), looking: make(chan struct{})}
			m := start(t, l)
			<-l.looking
			stopped := make(chan struct{})
			go func() { m.Stop(); close(stopped) }()
			synctest.Wait()
			select {
			case <-stopped:
				t.Fatal("stopped with a look under way")
			default:
			}
			close(l.held)
			<-stopped
			if len(l.seen()) != 1 {
				t.Error("the look was cut off")
			}
		})
	})
	t.Run("ends looking, and may be called twice", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			l := &logins{due: map[string]time.Time{"g1": time.Now().Add(time.Hour)}, every: time.Hour, asked: time.Now()}
			m := start(t, l)
			m.Stop()
			m.Stop()
			time.Sleep(24 * time.Hour)
			if len(l.seen()) != 0 {
				t.Error("looked after it was stopped")
			}
		})
	})
	t.Run("may be called without a start", func(t *testing.T) {
		t.Parallel()
		m := monitor.New(options(&logins{}, newWall()))
		m.Stop()
		if !m.Next().IsZero() {
			t.Error("a monitor that never ran knows a due time")
		}
	})
}
