package monitor

import "time"

// Rules are what the admin chose about being told.
type Rules struct {
	// Desktop: notifications are wanted at all.
	Desktop bool
	// Quiet holds them back between two local times of day, counted from
	// midnight; the end may be on the next day.
	Quiet              bool
	QuietFrom, QuietTo time.Duration
	// PausedUntil holds all of them back until then.
	PausedUntil time.Time
}

// held returns until when nothing is to be told at now, in now's location; the
// zero time when it may be.
func (r Rules) held(now time.Time) time.Time {
	if now.Before(r.PausedUntil) {
		return r.PausedUntil
	}
	if !r.Quiet || r.QuietFrom == r.QuietTo {
		return time.Time{}
	}
	// The quiet hours that began yesterday, and those of today.
	for _, ago := range []int{-1, 0} {
		from, to := onDay(now, ago, r.QuietFrom), onDay(now, ago, r.QuietTo)
		if r.QuietTo < r.QuietFrom {
			to = onDay(now, ago+1, r.QuietTo)
		}
		if !now.Before(from) && now.Before(to) {
			return to
		}
	}
	return time.Time{}
}

// onDay returns a time of day on the day of now, or so many days later. The
// clock on the wall counts: on the day on which it is changed too.
func onDay(now time.Time, later int, ofDay time.Duration) time.Time {
	hour, minute := int(ofDay/time.Hour), int(ofDay%time.Hour/time.Minute)
	return time.Date(now.Year(), now.Month(), now.Day()+later, hour, minute, 0, 0, now.Location())
}
