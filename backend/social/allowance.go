package social

import "time"

// DailyCalls returns how many calls a day the provider allows the app for
// certain; 0 where it publishes no number, and only its replies tell. An app on
// LinkedIn's development tier has 500 for all of its members (linkedin.md 0.9).
func (a ProviderApp) DailyCalls() int {
	if a.Provider == LinkedIn && a.Product == ProductCommunity && a.Tier == TierDevelopment {
		return 500
	}
	return 0
}

// WatchCalls returns how many of the daily calls looking without being asked
// may use: half, so that a person who signs in or checks finds the rest.
func (a ProviderApp) WatchCalls() int { return a.DailyCalls() / 2 }

// CallsToCheck returns about how many calls a check of a login with so many
// accounts takes: who it is, whether the access lives, the list, and the details
// of each (linkedin.md 3).
func CallsToCheck(accounts int) int { return 4 + accounts }

// TomorrowFor returns when a login whose provider allows no more calls today is
// to be looked at: after midnight in UTC, when allowances come back
// (linkedin.md 4), at the login's own part of the spread.
func (s Schedule) TomorrowFor(g Grant, now time.Time) time.Time {
	return nextDay(now).Add(s.offset(g.ID))
}
