package main

import (
	"fmt"
	"slices"
	"time"
)

// tolerance is how far over its limit a ratio may be before the run fails.
const tolerance = 1.25

// knownOver are the ratios that are over their limit by more than that, and what
// they must not be worse than; docs/performance.md says why and what was tried.
func knownOver() map[string]float64 {
	return map[string]float64{
		sizeOfKontent:                    2.3,
		checkedEachSecond + "latency=0s": 0.25,
	}
}

// ratio is one measurement of ours against another of the same run.
type ratio struct {
	what       string
	ours, base string  // with their units, for people
	value      float64 // ours / base
	limit      float64 // at most this; at least this where atLeast
	atLeast    bool
}

func (r ratio) String() string {
	word := "at most"
	if r.atLeast {
		word = "at least"
	}
	return fmt.Sprintf("%-62s %10s / %-10s = %.2f (%s %.2f)%s", r.what, r.ours, r.base, r.value, word, r.limit, r.remark())
}

func (r ratio) remark() string {
	switch {
	case r.fails():
		return " OVER"
	case !r.holds(1):
		return " over"
	default:
		return ""
	}
}

// holds reports whether the ratio keeps its limit, relaxed by a factor.
func (r ratio) holds(factor float64) bool {
	if r.atLeast {
		return r.value >= r.limit/factor
	}
	return r.value <= r.limit*factor
}

func (r ratio) fails() bool {
	worst, known := knownOver()[r.what]
	if !known {
		return !r.holds(tolerance)
	}
	r.limit = worst
	return !r.holds(1)
}

// durations makes a ratio of the medians of two series.
func durations(what string, ours, base []time.Duration, limit float64) ratio {
	a, b := median(ours), median(base)
	return ratio{what: what, ours: spread(ours), base: spread(base), value: float64(a) / float64(b), limit: limit}
}

func median[T int64 | float64 | time.Duration](series []T) T {
	return slices.Sorted(slices.Values(series))[len(series)/2]
}

// spread renders a series as its median and how far it reaches.
func spread(series []time.Duration) string {
	low, high := slices.Min(series), slices.Max(series)
	return fmt.Sprintf("%d ms (%d…%d)", median(series).Milliseconds(), low.Milliseconds(), high.Milliseconds())
}

func mebibytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }
