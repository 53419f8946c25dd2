package social

import "time"

// ClockKind says what is known about the end of an access.
type ClockKind string

// The kinds of clock. The zero value "" means that this clock does not exist
// for the account, which is not the same as ClockUnknown.
const (
	ClockExpires ClockKind = "expires"
	ClockNever   ClockKind = "never"
	ClockUnknown ClockKind = "unknown"
)

// ClockSource says who told a date.
type ClockSource string

// The sources of a date.
const (
	ToldByProvider ClockSource = "provider"
	Assumed        ClockSource = "assumed"
)

// Clock is one date that can end an access.
type Clock struct {
	Kind ClockKind
	// At is when the access ends, in UTC; zero unless Kind is ClockExpires.
	At     time.Time
	Source ClockSource
}

// ExpiresAt returns a clock that ends at t. Times are kept to the second and
// without the monotonic reading, as they come back from storage.
func ExpiresAt(t time.Time, source ClockSource) Clock {
	return Clock{Kind: ClockExpires, At: t.UTC().Truncate(time.Second), Source: source}
}

// Never returns a clock that does not end.
func Never(source ClockSource) Clock { return Clock{Kind: ClockNever, Source: source} }

// UnknownClock returns a clock whose end the provider did not tell.
func UnknownClock() Clock { return Clock{Kind: ClockUnknown} }

// Ended reports whether the clock has run out at now.
func (c Clock) Ended(now time.Time) bool {
	return c.Kind == ClockExpires && !now.Before(c.At)
}

// EndsWithin reports whether the clock still runs at now and ends within d.
func (c Clock) EndsWithin(d time.Duration, now time.Time) bool {
	return c.Kind == ClockExpires && now.Before(c.At) && !now.Add(d).Before(c.At)
}

// ClockName tells the clocks of one access apart.
type ClockName string

// The names of clocks.
const (
	TokenClock      ClockName = "token"
	RefreshClock    ClockName = "refresh"
	DataAccessClock ClockName = "data_access"
)

// Clocks holds the dates that can end one access. A zero Clock does not apply.
type Clocks struct {
	Token      Clock
	Refresh    Clock
	DataAccess Clock
}

// Named lists the clocks that apply, in the order token, refresh, data_access.
func (c Clocks) Named() []NamedClock {
	all := []NamedClock{{TokenClock, c.Token}, {RefreshClock, c.Refresh}, {DataAccessClock, c.DataAccess}}
	named := all[:0]
	for _, clock := range all {
		if clock.Kind != "" {
			named = append(named, clock)
		}
	}
	return named
}

// NamedClock is a clock with its name.
type NamedClock struct {
	Name ClockName
	Clock
}

// First returns the clock that ends first. ok is false when none has a date.
func (c Clocks) First() (first NamedClock, ok bool) {
	for _, clock := range [...]NamedClock{{TokenClock, c.Token}, {RefreshClock, c.Refresh}, {DataAccessClock, c.DataAccess}} {
		if clock.Kind == ClockExpires && (!ok || clock.At.Before(first.At)) {
			first, ok = clock, true
		}
	}
	return first, ok
}

// running returns the clocks without those that have ended at now. A refresh
// token that has run out ends no access by itself, and must not hide a date
// that will.
func (c Clocks) running(now time.Time) Clocks {
	for _, clock := range []*Clock{&c.Token, &c.Refresh, &c.DataAccess} {
		if clock.Ended(now) {
			*clock = Clock{}
		}
	}
	return c
}
