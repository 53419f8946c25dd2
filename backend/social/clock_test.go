package social_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/social"
)

func TestClock(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		clock         social.Clock
		ended, within bool
	}{
		"a second before its end it runs, within a day of it": {in(time.Second), false, true},
		"at its end it has ended":                             {in(0), true, false},
		"after its end it has ended":                          {in(-day), true, false},
		"exactly a day before its end is within a day":        {in(day), false, true},
		"a second earlier is not":                             {in(day + time.Second), false, false},
		"one that never ends":                                 {social.Never(social.Assumed), false, false},
		"one whose end is not known":                          {social.UnknownClock(), false, false},
		"one that does not apply":                             {social.Clock{}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tc.clock.Ended(noon); got != tc.ended {
				t.Errorf("ended: %t", got)
			}
			if got := tc.clock.EndsWithin(day, noon); got != tc.within {
				t.Errorf("ends within a day: %t", got)
			}
		})
	}
}

// TestExpiresAt holds that a clock compares equal to itself after a trip
// through storage, which keeps whole seconds in UTC.
func TestExpiresAt(t *testing.T) {
	t.Parallel()
	local := time.Date(2026, 3, 10, 9, 0, 0, 999_999_999, time.FixedZone("BRT", -3*60*60))
	want := social.Clock{Kind: social.ClockExpires, At: noon, Source: social.ToldByProvider}
	if got := social.ExpiresAt(local, social.ToldByProvider); got != want {
		t.Errorf("clock %+v, want %+v", got, want)
	}
}

func TestClocks(t *testing.T) {
	t.Parallel()
	all := social.Clocks{Token: in(2 * day), Refresh: in(3 * day), DataAccess: in(day)}
	for name, tc := range map[string]struct {
		clocks social.Clocks
		named  []social.ClockName
		first  social.ClockName
	}{
		"the first to end is found whatever its place": {
			all, []social.ClockName{social.TokenClock, social.RefreshClock, social.DataAccessClock}, social.DataAccessClock,
		},
		"of two that end together the token is named": {
			social.Clocks{Token: in(day), DataAccess: in(day)}, []social.ClockName{social.TokenClock, social.DataAccessClock}, social.TokenClock,
		},
		"one without a date is never first": {
			social.Clocks{Token: social.Never(social.Assumed), Refresh: in(day)},
			[]social.ClockName{social.TokenClock, social.RefreshClock}, social.RefreshClock,
		},
		"unknown is listed, absent is not, and neither is first": {
			social.Clocks{Token: social.UnknownClock()}, []social.ClockName{social.TokenClock}, "",
		},
		"none applies": {social.Clocks{}, []social.ClockName{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			names := []social.ClockName{}
			for _, clock := range tc.clocks.Named() {
				names = append(names, clock.Name)
			}
			if diff := cmp.Diff(tc.named, names); diff != "" {
				t.Errorf("names (-want +got):\n%s", diff)
			}
			first, ok := tc.clocks.First()
			if first.Name != tc.first || ok != (tc.first != "") {
				t.Errorf("first %q, %t; want %q", first.Name, ok, tc.first)
			}
		})
	}
}
