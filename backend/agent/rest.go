package agent

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// restless is how long work may take that is one piece, such as the start:
	// what it needed is not given back before.
	restless = 5 * time.Second
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
	ticker := time.NewTicker(restless)
	defer ticker.Stop()
	for before := uint64(0); ; {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
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
