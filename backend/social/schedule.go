package social

import (
	"hash/fnv"
	"time"
)

// Schedule says how often a login is looked at without being asked.
type Schedule struct {
	// Every is the rhythm of a login that is well. Meta wants it at least
	// daily (meta.md 4).
	Every time.Duration
	// Spread moves each login by its own part of this, so that they do not
	// all fall due at once.
	Spread time.Duration
	// Retry is how soon to look again when nobody could be asked.
	Retry time.Duration
}

// DefaultSchedule looks daily, spread over an hour, and tries again after 15
// minutes (peers.md D4).
func DefaultSchedule() Schedule {
	return Schedule{Every: 24 * time.Hour, Spread: time.Hour, Retry: 15 * time.Minute}
}

// Next returns when login g is to be looked at next. ok is false for one that
// needs a person: looking again and again changes nothing (peers.md E20).
func (s Schedule) Next(g Grant) (at time.Time, ok bool) {
	switch {
	case g.State == GrantRevoking:
		return g.Verdict.At.Add(s.Retry), true
	case g.State != GrantActive:
		return time.Time{}, false
	}
	switch g.Verdict.Outcome {
	case OutcomeInconclusive:
		if g.limitedForTheDay() {
			return nextDay(g.Verdict.At).Add(s.offset(g.ID)), true
		}
		return g.Verdict.At.Add(s.Retry), true
	case OutcomeSuspected:
		return g.Verdict.At.Add(ConfirmRefusalAfter), true
	case OutcomeRefused:
		if g.Verdict.Cause != CauseCheckpoint {
			return time.Time{}, false
		}
		return g.Verdict.At.Add(s.Every), true
	case OutcomeGood:
	}
	return g.Verdict.At.Add(s.Every + s.offset(g.ID)), true
}

// offset is the login's own part of the spread; the same at every start.
func (s Schedule) offset(id GrantID) time.Duration {
	if s.Spread <= 0 {
		return 0
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	return time.Duration(h.Sum64() % uint64(s.Spread)) //nolint:gosec // below Spread, which is positive
}
