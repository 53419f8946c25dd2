package linkedin_test

import (
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

// Every row of linkedin.md 4 comes over real HTTP from the sandbox, through an
// inspection, down to the health that an admin sees: once where introspection
// has just called the token active, and once where there is none and the
// refusal is all that is known. TestErrorTable keeps rows and rules together.
//
// Covers GR03, GR04, GR05.
func TestEveryErrorOfLinkedIn(t *testing.T) {
	t.Parallel()
	const untilMidnight = 11 * time.Hour // the login is an hour old, at noon
	for name, row := range map[string]struct {
		status, service int
		code            string
		cause           social.Cause
		problem         problem.Code
		refused         bool
		explicit        bool // where nobody says otherwise
		wait            time.Duration
		health          social.Health // the same
	}{
		"401 empty token":          {401, 65604, "EMPTY_ACCESS_TOKEN", social.CauseProviderTrouble, problem.ProviderReply, false, false, 0, social.Unverified},
		"401 as documented":        {401, 401, "", social.CauseRefused, problem.AccessEnded, true, false, 0, social.Unverified},
		"401 65600":                {401, 65600, "", social.CauseRefused, problem.AccessEnded, true, false, 0, social.Unverified},
		"401 65601":                {401, 65601, "", social.CauseRevoked, problem.AccessEnded, true, true, 0, social.Reconnect},
		"401 65602":                {401, 65602, "", social.CauseExpired, problem.AccessEnded, true, true, 0, social.Reconnect},
		"401 unknown schema":       {401, 0, "", social.CauseRefused, problem.AccessEnded, true, false, 0, social.Unverified},
		"403 100":                  {403, 100, "ACCESS_DENIED", social.CausePermissionMissing, problem.PermissionNeeded, false, false, 0, social.Unverified},
		"403 with a token's code":  {403, 65601, "REVOKED_ACCESS_TOKEN", social.CausePermissionMissing, problem.PermissionNeeded, false, false, 0, social.Unverified},
		"403 without a code":       {403, 0, "", social.CausePermissionMissing, problem.PermissionNeeded, false, false, 0, social.Unverified},
		"404":                      {404, 0, "", social.CauseNotInGrant, problem.PermissionNeeded, false, false, 0, social.Unverified},
		"400 VERSION_MISSING":      {400, 0, "VERSION_MISSING", social.CauseVersionRetired, problem.VersionRetired, false, false, 0, social.Unverified},
		"400 another":              {400, 0, "ILLEGAL_ARGUMENT", social.CauseProviderTrouble, problem.ProviderReply, false, false, 0, social.Unverified},
		"426 NONEXISTENT_VERSION":  {426, 0, "", social.CauseVersionRetired, problem.VersionRetired, false, false, 0, social.Unverified},
		"426 of an emulator":       {426, 0, "VERSION_DEPRECATED", social.CauseVersionRetired, problem.VersionRetired, false, false, 0, social.Unverified},
		"429":                      {429, 0, "", social.CauseRateLimited, problem.RateLimited, false, false, untilMidnight, social.Unverified},
		"429 101":                  {429, 101, "TOO_MANY_REQUESTS", social.CauseRateLimited, problem.RateLimited, false, false, untilMidnight, social.Unverified},
		"414":                      {414, 0, "", social.CauseProviderTrouble, problem.ProviderReply, false, false, 0, social.Unverified},
		"500":                      {500, 0, "", social.CauseProviderTrouble, problem.ProviderTrouble, false, false, 0, social.Unverified},
		"500 about a verification": {500, 65601, "", social.CauseProviderTrouble, problem.ProviderTrouble, false, false, 0, social.Unverified},
		"503":                      {503, 0, "", social.CauseProviderTrouble, problem.ProviderTrouble, false, false, 0, social.Unverified},
		"504":                      {504, 0, "", social.CauseProviderTrouble, problem.ProviderTrouble, false, false, 0, social.Unverified},
	} {
		for way, prepare := range map[string]func(*world){"introspected": func(*world) {}, "native": (*world).native} {
			t.Run(name+", "+way, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				prepare(w)
				login := w.signIn(t, "maria")
				w.pass(time.Hour) // beyond the flake of a new token
				w.do(t, sandbox.Action{Do: "fail", Target: "v2/me", Status: row.status, Code: row.service, Message: row.code})
				_, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
				trouble := asTrouble(t, err)
				explicit, health := row.explicit, row.health
				if explicit && way == "introspected" {
					explicit, health = false, social.Unverified // LinkedIn contradicts itself
				}
				if trouble.Cause != row.cause || trouble.Refused != row.refused || trouble.Explicit != explicit || problem.CodeOf(err) != row.problem {
					t.Errorf("got %v, %s, refused %v, explicit %v", err, trouble.Cause, trouble.Refused, trouble.Explicit)
				}
				if trouble.RetryAfter != row.wait {
					t.Errorf("retry after %v, want %v", trouble.RetryAfter, row.wait)
				}
				if trouble.TraceID == "" {
					t.Error("no id for LinkedIn's support")
				}
				if got := healthAfter(trouble); got != health {
					t.Errorf("the login is %s, want %s", got, health)
				}
			})
		}
	}
}

// healthAfter is what a login that was well becomes by one trouble.
func healthAfter(trouble *social.Trouble) social.Health {
	verdict := social.Verdict{}.Good(now().Add(-time.Hour)).After(trouble, now())
	return social.DefaultPolicy().AssessGrant(social.Grant{State: social.GrantActive, Verdict: verdict}, now()).Health
}

// The version is wrong in every versioned call and right in all others: the
// name is read, and then the whole look says what to change (linkedin.md 3.4).
//
// Covers GR12.
func TestRetiredVersionIsNamedByTheVersionedCall(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"202511", "202512", "202306", "209901"} {
		w := newWorld(t)
		login := w.signIn(t, "maria")
		w.app.APIVersion = version
		_, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
		if trouble := asTrouble(t, err); trouble.Cause != social.CauseVersionRetired || trouble.Refused || problem.CodeOf(err) != problem.VersionRetired {
			t.Errorf("%s: %v", version, err)
		}
	}
}

// 429 lasts until midnight in UTC, whatever the hour (linkedin.md 4).
func TestLimitEndsAtMidnightUTC(t *testing.T) {
	t.Parallel()
	for passed, want := range map[time.Duration]time.Duration{
		time.Minute: 11*time.Hour + 59*time.Minute, 11*time.Hour + 59*time.Minute: time.Minute, 12 * time.Hour: 24 * time.Hour,
	} {
		w := newWorld(t)
		login := w.signIn(t, "maria")
		w.pass(passed)
		w.do(t, sandbox.Action{Do: "fail", Target: "organizationAcls", Status: 429})
		_, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
		if trouble := asTrouble(t, err); trouble.RetryAfter != want || trouble.Refused {
			t.Errorf("after %v: %v, wait %v, want %v", passed, err, trouble.RetryAfter, want)
		}
	}
}

// 65601 within minutes of the consent is asked again, at whichever call it
// comes (linkedin.md 4).
func TestFlakeOfANewTokenIsAskedAgainEverywhere(t *testing.T) {
	t.Parallel()
	for _, target := range []string{"v2/me", "organizationAcls", "rest/organizations/"} {
		w := newWorld(t)
		login := w.signIn(t, "maria")
		w.do(t, sandbox.Action{Do: "fail", Target: target, Status: 401, Code: 65601, Count: 2})
		found, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
		if err != nil || !found.Complete || w.waits != 2 {
			t.Errorf("%s: %v, complete %v after %d waits", target, err, found.Complete, w.waits)
		}
	}
}
