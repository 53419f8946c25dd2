package desktop

import (
	"testing"
	"time"
)

func TestItIsAlwaysNoonOnTheDesktop(t *testing.T) {
	t.Parallel()
	for hour := range 24 {
		now := time.Date(2026, 11, 26, hour, 59, 59, 0, time.UTC)
		zone := noonZone(now)
		known, err := time.LoadLocation(zone.String())
		if err != nil {
			t.Fatal(err)
		}
		if got := now.In(known); got.Hour() != 12 || !got.Equal(now) || got.Format(time.DateTime) != now.In(zone).Format(time.DateTime) {
			t.Errorf("at %d it is %v there, and %v by the system's zones", hour, now.In(zone), got)
		}
	}
}
