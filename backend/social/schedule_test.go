package social_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// Covers NW07.
func TestSchedule(t *testing.T) {
	t.Parallel()
	// Without a spread the times are exact.
	schedule := social.Schedule{Every: day, Retries: []time.Duration{time.Minute, 5 * time.Minute}}
	for name, tc := range map[string]struct {
		state   social.GrantState
		verdict social.Verdict
		after   time.Duration
		never   bool
	}{
		"a login that is well is looked at daily":             {social.GrantActive, social.Verdict{}.Good(noon), day, false},
		"one that could not be asked about is retried soon":   {social.GrantActive, doubted(social.OutcomeInconclusive, social.CauseOffline), time.Minute, false},
		"and then less and less":                              {social.GrantActive, tried(2), 5 * time.Minute, false},
		"but never more seldom than the last pause":           {social.GrantActive, tried(200), 5 * time.Minute, false},
		"a provider that wants to be left alone is":           {social.GrantActive, leftAlone(7 * time.Hour), 7 * time.Hour, false},
		"a suspicion is confirmed as soon as it can be":       {social.GrantActive, doubted(social.OutcomeSuspected, social.CauseRefused), social.ConfirmRefusalAfter, false},
		"a dead login leaves the loop":                        {social.GrantActive, refused(social.CauseRevoked), 0, true},
		"a checkpoint may clear by itself, so it stays in it": {social.GrantActive, refused(social.CauseCheckpoint), day, false},
		"a withdrawal that is due is retried soon":            {social.GrantRevoking, refused(social.CauseRevoked), time.Minute, false},
		"a closed login is left alone":                        {social.GrantClosed, social.Verdict{}.Good(noon), 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := schedule.Next(social.Grant{ID: "g1", State: tc.state, Verdict: tc.verdict})
			if at.IsZero() != tc.never {
				t.Fatalf("due: %s", at)
			}
			if !tc.never && !at.Equal(noon.Add(tc.after)) {
				t.Errorf("due %s after the last look, want %s", at.Sub(noon), tc.after)
			}
		})
	}
	t.Run("a login that nobody has looked at is due", func(t *testing.T) {
		t.Parallel()
		if at := social.DefaultSchedule().Next(social.Grant{ID: "g1", State: social.GrantActive}); at.After(noon) {
			t.Errorf("due %s", at)
		}
	})
}

func TestScheduleSpread(t *testing.T) {
	t.Parallel()
	schedule := social.DefaultSchedule()
	seen := map[time.Time]bool{}
	for i := range 200 {
		g := wellGrant()
		g.ID = social.GrantID(fmt.Sprint("grant-", i))
		at := schedule.Next(g)
		if again := social.DefaultSchedule().Next(g); !again.Equal(at) {
			t.Fatalf("%s is due at %s and at %s: the offset must survive a restart", g.ID, at, again)
		}
		if offset := at.Sub(noon.Add(schedule.Every)); offset < 0 || offset >= schedule.Spread {
			t.Fatalf("%s has offset %s, outside of [0, %s)", g.ID, offset, schedule.Spread)
		}
		seen[at] = true
	}
	if len(seen) < 190 {
		t.Errorf("200 logins share %d times: they are not spread", len(seen))
	}
}

// tried is the verdict of a login that could not be asked about so many times.
func tried(times int) social.Verdict {
	v := doubted(social.OutcomeInconclusive, social.CauseOffline)
	v.Tries = times
	return v
}

// leftAlone is the verdict of a login whose provider wants no question for d.
func leftAlone(d time.Duration) social.Verdict {
	return social.Verdict{}.Good(noon).After(&social.Trouble{Cause: social.CauseRateLimited, RetryAfter: d}, noon)
}
