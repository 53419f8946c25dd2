package monitor

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"
)

const (
	// sleptAtLeast is how far the wall clock runs ahead of the other when the
	// computer has slept, or somebody has set it.
	sleptAtLeast = 15 * time.Second
	// Steps of the wall clock after which dates are not believed before a
	// provider was asked what time it is (security.md P4).
	stepAhead, stepBack = time.Hour, time.Minute
	// tolerance is how far this computer's clock may be from a provider's.
	tolerance = 15 * time.Minute
	// askAgain is how often a provider is asked for the time while it could not
	// be asked, or said another one.
	askAgain = time.Minute
	// believeAfter is for how long nobody is told anything for want of a
	// provider to ask: after that the clock is believed, rather than that an
	// end goes untold.
	believeAfter = time.Hour
	timePatience = 10 * time.Second
)

// clock watches the wall clock against one that nobody can set.
type clock struct {
	serverTime func(context.Context) (time.Time, error)
	log        *slog.Logger

	wall    time.Time
	elapsed time.Duration
	// readyAt is when the network has had time to come back.
	readyAt time.Duration
	// unsure: the wall clock has made a step that nobody has confirmed.
	unsure      bool
	unsureSince time.Duration
	askAt       time.Duration
	wrong       atomic.Bool
}

// start takes the first reading. A clock that was wrong before the program
// began is no better than one that jumps later: it is unsure as well.
func (c *clock) start(wall time.Time, elapsed time.Duration) {
	c.wall, c.elapsed = wall, elapsed
	c.doubt(elapsed)
}

func (c *clock) doubt(elapsed time.Duration) {
	if !c.unsure {
		c.unsureSince = elapsed
	}
	c.unsure, c.askAt = true, elapsed
}

// observe compares the clocks. jumped says that the wall clock is not where it
// should be; ready, that enough time has passed since for the network to be
// back.
func (c *clock) observe(wall time.Time, elapsed time.Duration) (jumped, ready bool) {
	step := wall.Round(0).Sub(c.wall.Round(0)) - (elapsed - c.elapsed)
	c.wall, c.elapsed = wall, elapsed
	if step.Abs() >= sleptAtLeast {
		jumped = true
		c.readyAt = elapsed + grace
		c.log.Info("the clock made a step", "step", step)
	}
	if step >= stepAhead || step <= -stepBack {
		c.doubt(elapsed)
	}
	return jumped, elapsed >= c.readyAt
}

// sure reports whether dates may be believed, and asks a provider where that
// is in doubt.
func (c *clock) sure(ctx context.Context, wall time.Time, elapsed time.Duration) bool {
	if !c.unsure {
		return true
	}
	if elapsed < c.askAt {
		return false
	}
	c.askAt = elapsed + askAgain
	ctx, cancel := context.WithTimeout(ctx, timePatience)
	defer cancel()
	there, err := c.serverTime(ctx)
	switch {
	case err != nil:
		c.unsure = elapsed-c.unsureSince < believeAfter
		if !c.unsure {
			c.wrong.Store(false)
		}
	case wall.Sub(there).Abs() > tolerance:
		c.wrong.Store(true)
		// Not for want of a provider to ask: no end of doubt by waiting.
		c.unsureSince = elapsed
	default:
		c.unsure = false
		c.wrong.Store(false)
	}
	return !c.unsure
}

// isWrong reports whether a provider has said another time.
func (c *clock) isWrong() bool { return c.wrong.Load() }
