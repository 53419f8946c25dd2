package social

import (
	"slices"
	"time"
)

// Rung is a step of the ladder of notices, numbered upwards from 1: before an
// access ends 14, 7, 3 and 1 days and on the day itself, then at once when it
// has ended, a day and three days later, and every week from there (design.md
// 4). 0 is no step at all.
type Rung int

// The rungs up to the first after the end.
const (
	RungIn14 Rung = iota + 1
	RungIn7
	RungIn3
	RungIn1
	RungToday
	RungEnded
)

const day = 24 * time.Hour

// Ended reports whether r tells of an end that has come.
func (r Rung) Ended() bool { return r >= RungEnded }

// step is a rung and when it is reached.
type step struct {
	rung Rung
	from time.Time
}

// ending lists the rungs before an end, in the order in which they come. Days
// are spans of 24 hours before the end: an access ends at the hour at which
// somebody signed in, which is an hour at which people are awake. The day
// itself is told in the morning where there is a morning left.
func ending(end time.Time, zone *time.Location) []step {
	local := end.In(zone)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zone)
	morning := midnight.Add(9 * time.Hour)
	if early := end.Add(-2 * time.Hour); early.Before(morning) {
		morning = early
	}
	if morning.Before(midnight) {
		morning = midnight
	}
	return []step{
		{RungIn14, end.Add(-14 * day)},
		{RungIn7, end.Add(-7 * day)},
		{RungIn3, end.Add(-3 * day)},
		{RungIn1, end.Add(-day)},
		{RungToday, morning},
		{RungEnded, end},
	}
}

// RungBefore returns the rung that an access that ends at end has reached at
// now, and when it reaches the next. Days are told in now's location.
func RungBefore(end, now time.Time) (reached Rung, next time.Time) {
	for _, s := range slices.Backward(ending(end, now.Location())) {
		if !now.Before(s.from) {
			return s.rung, next
		}
		next = s.from
	}
	return 0, next
}

// RungAfter returns the rung at now of an access whose admin was first told at
// told that it has ended, and when it reaches the next.
func RungAfter(told, now time.Time) (reached Rung, next time.Time) {
	const week = 7 * day
	since := now.Sub(told)
	switch {
	case since < day:
		return RungEnded, told.Add(day)
	case since < 3*day:
		return RungEnded + 1, told.Add(3 * day)
	default:
		weeks := (since - 3*day) / week
		return RungEnded + 2 + Rung(weeks), told.Add(3*day + (weeks+1)*week)
	}
}
