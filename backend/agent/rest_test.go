package agent

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestRest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var total, gaveBack atomic.Uint64
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			rest(ctx, total.Load, func() { gaveBack.Add(1); total.Add(4096) })
		}()
		wait := settled
		for _, c := range []struct {
			when  string
			takes uint64
			gives uint64
		}{
			{"after the start", 3 * worthIt, 1},
			{"when nothing was done", 0, 1},
			{"after a little work", worthIt / 2, 1},
			{"after as much again", worthIt / 2, 2},
			{"when that was all", 0, 2},
		} {
			total.Add(c.takes)
			time.Sleep(wait)
			wait = seldom
			synctest.Wait()
			if got := gaveBack.Load(); got != c.gives {
				t.Errorf("%s it has given back %d times, want %d", c.when, got, c.gives)
			}
		}
		cancel()
		<-ended
	})
}
