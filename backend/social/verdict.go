package social

import "time"

// Outcome is what asking a provider about a grant led to.
type Outcome string

// The outcomes. The zero value means that nobody has asked yet.
const (
	// OutcomeGood: the provider answered and the access lives.
	OutcomeGood Outcome = "good"
	// OutcomeRefused: the provider's explicit word, or two refusals some time
	// apart, that the access is over.
	OutcomeRefused Outcome = "refused"
	// OutcomeSuspected: one refusal that the provider did not explain.
	OutcomeSuspected Outcome = "suspected"
	// OutcomeInconclusive: nobody could be asked. It says nothing about the
	// access.
	OutcomeInconclusive Outcome = "inconclusive"
)

// Verdict is the latest that is known about whether a grant lives.
type Verdict struct {
	Outcome Outcome
	Cause   Cause
	// At is when the provider was last asked, successfully or not.
	At time.Time
	// GoodAt is when the provider last said that the access lives.
	GoodAt time.Time
	// SuspectedAt is when the first of two unexplained refusals came.
	SuspectedAt time.Time
	// Tries counts the answers since the last that said something about the
	// access.
	Tries int
	// NotBefore is when the provider wants to be asked again at the earliest;
	// zero if it did not say.
	NotBefore time.Time
	// TraceID is the provider's own id of the call that came to this verdict,
	// for its support; "" where that was well, or nobody told.
	TraceID string
}

// ConfirmRefusalAfter is how far apart two unexplained refusals must be before
// they count as the end of an access (peers.md D4).
const ConfirmRefusalAfter = 10 * time.Minute

// Good returns the verdict after the provider confirmed the access at now.
func (v Verdict) Good(now time.Time) Verdict {
	return Verdict{Outcome: OutcomeGood, At: now, GoodAt: now}
}

// After returns the verdict after asking failed with trouble at now. Nothing
// but a good answer or another explicit word replaces what a refusal has
// settled, and an inconclusive answer never clears a suspicion.
func (v Verdict) After(trouble *Trouble, now time.Time) Verdict {
	next := v
	next.At, next.NotBefore, next.TraceID = now, time.Time{}, trouble.TraceID
	if next.Tries++; trouble.Refused {
		next.Tries = 0
	}
	if trouble.RetryAfter > 0 {
		next.NotBefore = now.Add(trouble.RetryAfter).Truncate(time.Second)
	}
	switch {
	case trouble.Refused && trouble.Explicit:
		next.Outcome, next.Cause = OutcomeRefused, trouble.Cause
	case v.Outcome == OutcomeRefused:
	case !trouble.Refused:
		next.Outcome, next.Cause = OutcomeInconclusive, trouble.Cause
	case v.SuspectedAt.IsZero():
		next.Outcome, next.Cause, next.SuspectedAt = OutcomeSuspected, trouble.Cause, now
	case now.Sub(v.SuspectedAt) >= ConfirmRefusalAfter:
		next.Outcome, next.Cause = OutcomeRefused, trouble.Cause
	default:
		next.Outcome, next.Cause = OutcomeSuspected, trouble.Cause
	}
	return next
}

// Trouble is the error of a provider call, put into the words of the domain.
// Adapters return it; rules read it.
type Trouble struct { //nolint:errname // the word of the domain; an error only because calls return it
	Cause Cause
	// Refused: the provider answered that the access does not hold. False
	// means that nobody could be asked, or that the answer says nothing
	// about the access.
	Refused bool
	// Explicit: the provider named the reason, so that one refusal is enough.
	Explicit bool
	// RetryAfter is how long the provider wants to be left alone; 0 if it
	// did not say.
	RetryAfter time.Duration
	// TraceID is the provider's own id of the failed call, for support.
	TraceID string
	// Err is the chain for the log; it holds no secret and no URL.
	Err error
}

// Error returns the cause and the chain below it.
func (t *Trouble) Error() string {
	if t.Err == nil {
		return string(t.Cause)
	}
	return string(t.Cause) + ": " + t.Err.Error()
}

// Unwrap returns the error below.
func (t *Trouble) Unwrap() error { return t.Err }
