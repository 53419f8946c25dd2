package monitor

import (
	"testing"
	"time"
)

// Covers CK04.
func TestQuietHours(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 3, day, hour, minute, 0, 0, berlin) }
	night := Rules{Quiet: true, QuietFrom: 22 * time.Hour, QuietTo: 8 * time.Hour}
	lunch := Rules{Quiet: true, QuietFrom: 12 * time.Hour, QuietTo: 13*time.Hour + 30*time.Minute}
	for name, tc := range map[string]struct {
		rules Rules
		now   time.Time
		until time.Time
	}{
		"in the evening they last until the morning": {night, at(10, 23, 0), at(11, 8, 0)},
		"after midnight they are still last night's": {night, at(11, 3, 0), at(11, 8, 0)},
		"they begin on the minute":                   {night, at(10, 22, 0), at(11, 8, 0)},
		"and end on the minute":                      {night, at(11, 8, 0), time.Time{}},
		"by day there are none":                      {night, at(10, 12, 0), time.Time{}},
		"a span within one day":                      {lunch, at(10, 13, 0), at(10, 13, 30)},
		"outside of it":                              {lunch, at(10, 14, 0), time.Time{}},
		"CK04 the night in which the clock goes on":  {night, at(29, 4, 0), at(29, 8, 0)},
		"a span of no length is none":                {Rules{Quiet: true}, at(10, 0, 0), time.Time{}},
		"hours that are not wanted":                  {Rules{QuietFrom: 1, QuietTo: 20 * time.Hour}, at(10, 3, 0), time.Time{}},
		"a pause counts before the quiet hours":      {Rules{PausedUntil: at(10, 15, 0)}, at(10, 14, 0), at(10, 15, 0)},
		"a pause that is over":                       {Rules{PausedUntil: at(10, 15, 0)}, at(10, 15, 0), time.Time{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tc.rules.held(tc.now); !got.Equal(tc.until) {
				t.Errorf("held until %s, want %s", got, tc.until)
			}
		})
	}
}
