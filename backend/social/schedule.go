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
	// Retries are the pauses before asking again while nobody could be asked;
	// the last is repeated.
	Retries []time.Duration
}

// DefaultSchedule looks daily, spread over an hour. It tries again after 1, 5
// and 15 minutes (peers.md D4) and then less and less, at least hourly
// (security.md NW07).
func DefaultSchedule() Schedule {
	return Schedule{
		Every: day, Spread: time.Hour,
		Retries: []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour},
	}
}

// Next returns when login g is to be looked at next; the zero time for one that
// needs a person: looking again and again changes nothing (peers.md E20).
func (s Schedule) Next(g Grant) time.Time {
	v := g.Verdict
	switch {
	case g.State == GrantRevoking:
		return s.retry(v)
	case g.State != GrantActive:
		return time.Time{}
	}
	switch v.Outcome {
	case OutcomeInconclusive:
		if g.limitedForTheDay() {
			return latest(nextDay(v.At).Add(s.offset(g.ID)), v.NotBefore)
		}
		return s.retry(v)
	case OutcomeSuspected:
		return latest(v.At.Add(ConfirmRefusalAfter), v.NotBefore)
	case OutcomeRefused:
		if v.Cause != CauseCheckpoint {
			return time.Time{}
		}
		return v.At.Add(s.Every)
	case OutcomeGood:
	}
	return v.At.Add(s.Every + s.offset(g.ID))
}

// retry returns when to ask again after asking came to nothing.
func (s Schedule) retry(v Verdict) time.Time {
	if len(s.Retries) == 0 {
		return latest(v.At.Add(s.Every), v.NotBefore)
	}
	pause := s.Retries[min(max(v.Tries-1, 0), len(s.Retries)-1)]
	return latest(v.At.Add(pause), v.NotBefore)
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
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
