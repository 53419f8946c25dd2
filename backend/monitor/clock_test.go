package monitor_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// TestADateIsNotBelievedOfAClockThatJumped: security.md CK02, CK03.
//
// Covers CK02, CK03, P4, TK23.
func TestADateIsNotBelievedOfAClockThatJumped(t *testing.T) {
	t.Parallel()
	offline := func(context.Context) (time.Time, error) { return time.Time{}, errors.New("no route") }
	truth := func(context.Context) (time.Time, error) { return time.Now(), nil }
	for name, tc := range map[string]struct {
		step   time.Duration
		server func(context.Context) (time.Time, error)
		after  time.Duration
		told   int
		wrong  bool
	}{
		"CK03 ten years ahead, and the provider disagrees": {10 * 365 * 24 * time.Hour, truth, 24 * time.Hour, 0, true},
		"two days ahead, with nobody to ask, for an hour":  {48 * time.Hour, offline, 55 * time.Minute, 0, false},
		"and then the clock is believed":                   {48 * time.Hour, offline, 2 * time.Hour, 1, false},
		"half an hour ahead is no step that matters":       {30 * time.Minute, truth, time.Minute, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := newHome(t)
				h.connect("g1", 30*time.Hour)
				h.serverTime = truth
				h.start()
				time.Sleep(time.Minute)
				synctest.Wait()
				h.voice.forget()
				h.serverTime = tc.server
				h.wall.step(tc.step)
				time.Sleep(tc.after)
				synctest.Wait()
				if told := len(h.voice.told()); told != tc.told {
					t.Errorf("%d notices: %+v", told, h.voice.told())
				}
				if h.monitor.ClockWrong() != tc.wrong {
					t.Errorf("the clock counts as wrong: %t", h.monitor.ClockWrong())
				}
			})
		})
	}
	t.Run("once it is set right, notices come again", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			h := newHome(t)
			h.connect("g1", 30*time.Hour)
			h.serverTime = truth
			h.wall.step(10 * 24 * time.Hour)
			h.start()
			time.Sleep(time.Hour)
			synctest.Wait()
			if len(h.voice.told()) != 0 || !h.monitor.ClockWrong() {
				t.Fatalf("told %+v by a clock that was wrong at start", h.voice.told())
			}
			h.wall.step(-10 * 24 * time.Hour)
			time.Sleep(2 * time.Minute)
			synctest.Wait()
			told := h.voice.told()
			if len(told) != 1 || told[0].health != social.Expiring || h.monitor.ClockWrong() {
				t.Errorf("told %+v; wrong %t", told, h.monitor.ClockWrong())
			}
		})
	})
	t.Run("nobody is asked for the time while there is nothing to tell", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			var asked atomic.Int32
			h := newHome(t)
			h.connect("g1", 50*24*time.Hour)
			h.serverTime = func(context.Context) (time.Time, error) { asked.Add(1); return time.Now(), nil }
			h.start()
			time.Sleep(24 * time.Hour)
			synctest.Wait()
			if asked.Load() != 0 {
				t.Errorf("asked %d times", asked.Load())
			}
		})
	})
}
