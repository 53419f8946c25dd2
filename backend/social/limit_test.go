package social_test

import (
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// LinkedIn's allowances come back at midnight in UTC and not before
// (linkedin.md 4); Meta's come back within the hour.
func TestALimitOfTheDayIsWaitedFor(t *testing.T) {
	t.Parallel()
	evening := time.Date(2026, 11, 25, 21, 30, 0, 0, time.FixedZone("BRT", -3*3600)) // 00:30 of the 26th in UTC
	midnight := time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)
	schedule := social.DefaultSchedule()
	next := func(p social.Provider, cause social.Cause) time.Time {
		t.Helper()
		verdict := social.Verdict{}.Good(evening.Add(-time.Hour)).After(&social.Trouble{Cause: cause}, evening)
		at := schedule.Next(social.Grant{ID: "g1", Provider: p, State: social.GrantActive, Verdict: verdict})
		if at.IsZero() {
			t.Fatalf("%s is not looked at any more", p)
		}
		return at
	}
	if at := next(social.LinkedIn, social.CauseRateLimited); at.Before(midnight) || at.After(midnight.Add(schedule.Spread)) {
		t.Errorf("LinkedIn is asked again at %v", at)
	}
	for _, at := range []time.Time{next(social.Meta, social.CauseRateLimited), next(social.LinkedIn, social.CauseOffline)} {
		if !at.Equal(evening.Add(schedule.Retries[0])) {
			t.Errorf("asked again at %v", at)
		}
	}
}
