package agent

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// settled is when the start is over, and seldom how often it is looked after
	// that: a look wakes the computer.
	settled = 5 * time.Second
	seldom  = 30 * time.Second
	// worthIt is how many bytes were taken since, where giving back is worth a
	// collection of what is left.
	worthIt = 1 << 20
)

// rest has giveBack give the system back what work took, soon after the start
// and whenever enough was taken since, until ctx ends. Go's runtime keeps twice
// what it needs, and gives it back within minutes and not all of it; but nearly
// all of the day this program does nothing. taken returns how many bytes were
// ever taken.
func rest(ctx context.Context, taken func() uint64, giveBack func()) {
	next := time.NewTimer(settled)
	defer next.Stop()
	for before := uint64(0); ; next.Reset(seldom) {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		}
		if taken()-before < worthIt {
			continue
		}
		giveBack()
		before = taken()
	}
}

// allocated returns how many bytes this program has ever taken for its data.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// giveBack gives the system the memory that nothing uses.
func giveBack() {
	debug.FreeOSMemory()
	forgetProgram()
}
