package social

import "time"

// About says what a row of notices is about. A login is on one ladder for each.
type About string

// What notices are about.
const (
	// AboutAccess: the login's own access ends or has ended.
	AboutAccess About = "access"
	// AboutMissing: accounts are not in what the login grants any more.
	AboutMissing About = "missing"
	// AboutCheckpoint: the provider wants the person on its own site first.
	AboutCheckpoint About = "checkpoint"
)

// about returns the ladder of a health.
func (h Health) about() About {
	switch h {
	case Missing:
		return AboutMissing
	case Checkpoint:
		return AboutCheckpoint
	default:
		return AboutAccess
	}
}

// Incident is what the admin has been told about one login that needs them. It
// begins with the first notice and ends when the login is well again; it is
// what keeps a notice from being told twice, over restarts and clocks that
// jump.
type Incident struct {
	GrantID      GrantID
	About        About
	TokenVersion int
	// EndsAt is the date that the notices are about; zero where none is.
	EndsAt time.Time
	Health Health
	// Rung is the highest that was claimed.
	Rung Rung
	// ClaimedAt is when that was, and EndedAt when the end was first claimed.
	ClaimedAt time.Time
	EndedAt   time.Time
	// ToldAt is when the desktop last took a notice; zero when it never did.
	ToldAt time.Time
	// Undelivered: the desktop refused the last notice, which may be offered
	// to it again.
	Undelivered  bool
	SnoozedUntil time.Time
}

// LongestSnooze is for how long a login's notices are put off.
const LongestSnooze = 24 * time.Hour

// ahead is how far a stored time may lie further in the future than it could
// have been set: a clock that was set right by less has done no harm.
const ahead = time.Hour

// Next returns the incident as it stands once the admin has been told of a at
// now, and whether there is anything new to tell. turn is when that may change
// by the passing of time; zero when it does not.
//
// A rung below one that was claimed is never told, so that a clock that goes
// back repeats nothing (security.md CK02). A snooze that is over tells the rung
// of the day once more; what was put off as ending is told all the same when it
// has ended. What a clock that ran ahead has written does not hold anything up
// once the clock is right (CK03): a snooze longer than any is over, and an end
// that was told in the future is told again.
func (i Incident) Next(a Attention, now time.Time) (next Incident, due bool, turn time.Time) {
	if !i.sameLadder(a) || a.Health != Expiring && i.EndedAt.After(now.Add(ahead)) {
		i = Incident{GrantID: a.Grant.ID, About: a.Health.about()}
	}
	rung, turn := i.rung(a, now)
	left := i.SnoozedUntil.Sub(now)
	snoozed := left > 0 && left <= LongestSnooze+ahead && rung.Ended() == i.Rung.Ended()
	switch {
	case snoozed && i.SnoozedUntil.Before(turn):
		return i, false, i.SnoozedUntil
	case snoozed:
		return i, false, turn
	case rung <= i.Rung && i.SnoozedUntil.IsZero():
		return i, false, turn
	}
	next = i
	next.TokenVersion, next.EndsAt, next.Health = a.Grant.TokenVersion, a.EndsAt, a.Health
	next.Rung, next.ClaimedAt, next.SnoozedUntil, next.Undelivered = max(rung, i.Rung), now, time.Time{}, false
	if rung.Ended() && next.EndedAt.IsZero() {
		next.EndedAt = now
	}
	return next, true, turn
}

// rung returns the rung that a has reached at now, and when it reaches the
// next one.
func (i Incident) rung(a Attention, now time.Time) (reached Rung, next time.Time) {
	switch {
	case a.Health == Expiring:
		return RungBefore(a.EndsAt, now)
	case i.EndedAt.IsZero():
		return RungEnded, now.Add(day)
	default:
		return RungAfter(i.EndedAt, now)
	}
}

// sameEnd is how far two readings of one date may lie apart: providers round
// it, and an access that renewed itself may end on the same fixed date
// (linkedin.md 1.7).
const sameEnd = 24 * time.Hour

// sameLadder reports whether a is what the admin has been told about already.
func (i Incident) sameLadder(a Attention) bool {
	if i.Rung == 0 || i.About != a.Health.about() {
		return false
	}
	if a.Health != Expiring {
		return i.TokenVersion == a.Grant.TokenVersion || !i.EndsAt.IsZero() && near(i.EndsAt, a.EndsAt)
	}
	// After an end the same access does not begin to end again: the date must
	// be another one.
	return near(i.EndsAt, a.EndsAt)
}

func near(a, b time.Time) bool { return a.Sub(b).Abs() < sameEnd }

// Over reports whether what the admin was told of has been mended, now that the
// login needs nothing. What only a clock that went back makes look well is not
// (security.md CK02).
func (i Incident) Over(g Grant, accounts []Account) bool {
	if i.TokenVersion != g.TokenVersion || i.EndsAt.IsZero() {
		return true
	}
	for _, a := range accounts {
		for _, clock := range deciding(a.Clocks, g.Clocks).Named() {
			if a.State == AccountActive && clock.Kind == ClockExpires && near(i.EndsAt, clock.At) {
				return false
			}
		}
	}
	return true
}
