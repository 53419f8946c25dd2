package provider

import (
	"net/http"
	"time"
)

// Usage is how much of an allowance a provider says is used up.
type Usage struct {
	// Percent may exceed 100; 0 means that nothing was told.
	Percent float64
	// Regain is after how long calls are let through again; 0 when that was
	// not told.
	Regain time.Duration
}

// Where usage begins to matter, in percent, and what it leads to (meta.md 5:
// "slow down near 90-100").
const (
	slowFrom  = 80
	pauseFrom = 97

	mostSpacing   = 3 * time.Second
	standardPause = time.Minute
	// forgetAfter is how long a percentage is worth anything: allowances are
	// counted over an hour (meta.md 7).
	forgetAfter = time.Hour
)

// Spacing returns how far calls keep apart: not at all up to 80 %, then
// further the nearer the limit is.
func (u Usage) Spacing() time.Duration {
	if u.Percent < slowFrom {
		return 0
	}
	part := min((u.Percent-slowFrom)/(pauseFrom-slowFrom), 1)
	return time.Duration(part * float64(mostSpacing))
}

// Pause returns for how long no call is made at all. Whoever goes on calling
// at the limit makes the provider extend it.
func (u Usage) Pause() time.Duration {
	switch {
	case u.Regain > 0:
		return BoundWait(u.Regain)
	case u.Percent < pauseFrom:
		return 0
	default:
		return standardPause
	}
}

// worse returns the usage that restrains more.
func (u Usage) worse(other Usage) Usage {
	return Usage{Percent: max(u.Percent, other.Percent), Regain: max(u.Regain, other.Regain)}
}

// WorstUsage returns what restrains most.
func WorstUsage(of ...Usage) Usage {
	var worst Usage
	for _, u := range of {
		worst = worst.worse(u)
	}
	return worst
}

// Budget says on whose allowance a request draws. The zero value is nobody's:
// such a request is never held back.
type Budget struct {
	// App is the provider app's id. All of its requests share one allowance.
	App string
	// Part is what has an allowance of its own besides, such as a Page; ""
	// where there is none.
	Part string
	// Read finds in a reply's headers what is used up of either.
	Read func(http.Header) (app, part Usage)
}
