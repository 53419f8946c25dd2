package social

import "time"

// limitedForTheDay reports whether the login's allowance is used up until
// midnight in UTC: LinkedIn counts by the day, and asking on until then only uses
// up the patience of the next one (linkedin.md 4).
func (g Grant) limitedForTheDay() bool {
	return g.Provider == LinkedIn && g.Verdict.Cause == CauseRateLimited
}

// nextDay returns the midnight in UTC that follows t.
func nextDay(t time.Time) time.Time {
	return t.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
}
