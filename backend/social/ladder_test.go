package social_test

import (
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

func TestRungBefore(t *testing.T) {
	t.Parallel()
	end := time.Date(2026, 3, 20, 15, 12, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		left time.Duration
		want social.Rung
		next time.Duration // left at the next rung
	}{
		"fifteen days before there is nothing to say": {15 * day, 0, 14 * day},
		"fourteen days to the second":                 {14 * day, social.RungIn14, 7 * day},
		"eight days before":                           {8 * day, social.RungIn14, 7 * day},
		"a week":                                      {7 * day, social.RungIn7, 3 * day},
		"three days":                                  {3 * day, social.RungIn3, day},
		"one day, in the afternoon before":            {day, social.RungIn1, 6*time.Hour + 12*time.Minute},
		"the morning of the day":                      {6*time.Hour + 12*time.Minute, social.RungToday, 0},
		"a second before the end":                     {time.Second, social.RungToday, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, next := social.RungBefore(end, end.Add(-tc.left))
			if got != tc.want || !next.Equal(end.Add(-tc.next)) {
				t.Errorf("rung %d, next %s; want %d, next %s", got, next, tc.want, end.Add(-tc.next))
			}
		})
	}
	t.Run("the end itself", func(t *testing.T) {
		t.Parallel()
		if got, next := social.RungBefore(end, end); got != social.RungEnded || !next.IsZero() {
			t.Errorf("rung %d, next %s", got, next)
		}
	})
}

func TestTheDayItselfIsToldInTheMorningOfTheAdmin(t *testing.T) {
	t.Parallel()
	saoPaulo := time.FixedZone("BRT", -3*60*60)
	for name, tc := range map[string]struct{ end, told time.Time }{
		"an end in the afternoon is told at nine": {
			time.Date(2026, 3, 20, 15, 0, 0, 0, saoPaulo), time.Date(2026, 3, 20, 9, 0, 0, 0, saoPaulo),
		},
		"an end at nine is told two hours before": {
			time.Date(2026, 3, 20, 9, 0, 0, 0, saoPaulo), time.Date(2026, 3, 20, 7, 0, 0, 0, saoPaulo),
		},
		"an end after midnight is told no earlier than its day": {
			time.Date(2026, 3, 20, 0, 30, 0, 0, saoPaulo), time.Date(2026, 3, 20, 0, 0, 0, 0, saoPaulo),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before, next := social.RungBefore(tc.end.UTC(), tc.told.Add(-time.Second))
			if before != social.RungIn1 || !next.Equal(tc.told) {
				t.Errorf("a second before: rung %d, next %s, want next %s", before, next, tc.told)
			}
			if at, _ := social.RungBefore(tc.end.UTC(), tc.told); at != social.RungToday {
				t.Errorf("then: rung %d", at)
			}
		})
	}
}

func TestRungAfter(t *testing.T) {
	t.Parallel()
	steps := []time.Duration{0, day, 3 * day, 10 * day, 17 * day, 24 * day}
	for i, since := range steps {
		want := social.RungEnded + social.Rung(i)
		if got, _ := social.RungAfter(noon, noon.Add(since)); got != want {
			t.Errorf("%s after: rung %d, want %d", since, got, want)
		}
		if i == 0 {
			continue
		}
		got, next := social.RungAfter(noon, noon.Add(since-time.Second))
		if got != want-1 || !next.Equal(noon.Add(since)) {
			t.Errorf("a second before %s: rung %d, next %s", since, got, next)
		}
	}
	if got, _ := social.RungAfter(noon, noon.Add(-time.Hour)); got != social.RungEnded {
		t.Errorf("with a clock that went back: rung %d", got)
	}
}
