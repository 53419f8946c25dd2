package picture

import (
	"errors"
	"sync"
	"time"
)

// news is what one stretch of work came to. It tells the faces now and then,
// and the log once.
type news struct {
	keeper *Keeper

	mu      sync.Mutex // protects what follows
	fetched int
	failed  int
	last    error // the last failure
	inARow  int   // failures of the way there
	untold  bool
	toldAt  time.Time
}

// noWay reports whether so many pictures in a row could not be reached that
// asking for the rest is in vain.
func (n *news) noWay() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.inARow >= enough
}

// note counts one picture that was asked for.
func (n *news) note(err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if err == nil {
		n.fetched++
	} else {
		n.failed, n.last = n.failed+1, err
	}
	if n.inARow++; !errors.Is(err, errUnreachable) {
		n.inARow = 0
	}
}

// changed notes that an account has another picture.
func (n *news) changed() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.untold = true
	if now := n.keeper.Now(); now.Sub(n.toldAt).Abs() >= tellEvery {
		n.untold, n.toldAt = false, now
		n.keeper.Changed()
	}
}

// end tells what was not told yet.
func (n *news) end() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.untold {
		n.keeper.Changed()
	}
	if n.fetched+n.failed > 0 {
		n.keeper.Log.Info("fetched pictures", "fetched", n.fetched, "failed", n.failed, "last_failure", n.last)
	}
}
