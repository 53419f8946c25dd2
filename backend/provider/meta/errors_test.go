package meta

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

const canary = "CANARY0123456789"

// ErrorRow is one line of meta.md 5, with what is to come of it. How a refusal
// is told from trouble is written out here a second time on purpose.
type ErrorRow struct {
	Code, Subcode int64
	Message       string // for errors that are told by words
	Cause         social.Cause
	Refusal       string
	Problem       problem.Code
	Health        social.Health // of the login, when everything was well before
	Wait          time.Duration // RetryAfter
}

// What an error says about the access.
const (
	No       = "not a refusal"
	Once     = "one refusal"
	Explicit = "the provider's word"
)

// ErrorRows is the table of meta.md 5 in full, and some codes beyond it.
func ErrorRows() []ErrorRow {
	const (
		regained = 17 * time.Minute // as the sandbox tells
		day      = 24 * time.Hour
	)
	return []ErrorRow{
		{0, 0, "", social.CauseProviderTrouble, No, problem.ProviderTrouble, social.Unverified, 0},
		{1, 0, "", social.CauseProviderTrouble, No, problem.ProviderTrouble, social.Unverified, 0},
		{2, 0, "", social.CauseProviderTrouble, No, problem.ProviderTrouble, social.Unverified, 0},
		{300, 0, "", social.CauseProviderTrouble, No, problem.ProviderTrouble, social.Unverified, 0},
		{999, 0, "", social.CauseProviderTrouble, No, problem.ProviderTrouble, social.Unverified, 0},
		{999999, 0, "", social.CauseProviderTrouble, No, problem.ProviderTrouble, social.Unverified, 0},
		{3, 0, "", social.CauseAppSetup, No, problem.AppSetup, social.Unverified, 0},
		{4, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, 0},
		{17, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, 0},
		{32, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, 0},
		{341, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, 0},
		{10, 0, "", social.CausePermissionMissing, No, problem.PermissionNeeded, social.Unverified, 0},
		{33, 0, "", social.CauseNotInGrant, No, problem.PermissionNeeded, social.Unverified, 0},
		{100, 33, "", social.CauseNotInGrant, No, problem.PermissionNeeded, social.Unverified, 0},
		{100, 0, "", social.CauseProviderTrouble, No, problem.ProviderReply, social.Unverified, 0},
		{100, 36007, "", social.CauseProviderTrouble, No, problem.ProviderReply, social.Unverified, 0},
		{101, 0, "", social.CauseAppSetup, No, problem.AppUnknown, social.Unverified, 0},
		{104, 0, "", social.CauseAppSetup, No, problem.AppSecretWrong, social.Unverified, 0},
		{102, 0, "", social.CauseRefused, Once, problem.AccessEnded, social.Unverified, 0},
		{102, 9999, "", social.CauseRefused, Once, problem.AccessEnded, social.Unverified, 0},
		{102, 458, "", social.CauseAppRemoved, Explicit, problem.AccessEnded, social.Reconnect, 0},
		{102, 459, "", social.CauseCheckpoint, Explicit, problem.AccessEnded, social.Checkpoint, 0},
		{102, 460, "", social.CausePasswordChanged, Explicit, problem.AccessEnded, social.Reconnect, 0},
		{102, 463, "", social.CauseExpired, Explicit, problem.AccessEnded, social.Reconnect, 0},
		{102, 464, "", social.CauseCheckpoint, Explicit, problem.AccessEnded, social.Checkpoint, 0},
		{102, 467, "", social.CauseRevoked, Explicit, problem.AccessEnded, social.Reconnect, 0},
		{102, 483, "", social.CauseRevoked, Explicit, problem.AccessEnded, social.Reconnect, 0},
		{102, 490, "", social.CauseExpired, Once, problem.AccessEnded, social.Unverified, 0},
		{102, 492, "", social.CauseRoleLost, No, problem.PermissionNeeded, social.Unverified, 0},
		{190, 0, "", social.CauseRefused, Once, problem.AccessEnded, social.Unverified, 0},
		{190, 9999, "", social.CauseRefused, Once, problem.AccessEnded, social.Unverified, 0},
		{190, 458, "", social.CauseAppRemoved, Explicit, problem.AccessEnded, social.Reconnect, 0},
		{190, 459, "", social.CauseCheckpoint, Explicit, problem.AccessEnded, social.Checkpoint, 0},
		{190, 460, "", social.CausePasswordChanged, Explicit, problem.AccessEnded, social.Reconnect, 0},
		{190, 463, "", social.CauseExpired, Explicit, problem.AccessEnded, social.Reconnect, 0},
		{190, 464, "", social.CauseCheckpoint, Explicit, problem.AccessEnded, social.Checkpoint, 0},
		{190, 467, "", social.CauseRevoked, Explicit, problem.AccessEnded, social.Reconnect, 0},
		{190, 483, "", social.CauseRevoked, Explicit, problem.AccessEnded, social.Reconnect, 0},
		{190, 490, "", social.CauseExpired, Once, problem.AccessEnded, social.Unverified, 0},
		{190, 492, "", social.CauseRoleLost, No, problem.PermissionNeeded, social.Unverified, 0},
		{200, 0, "", social.CausePermissionMissing, No, problem.PermissionNeeded, social.Unverified, 0},
		{210, 0, "", social.CausePermissionMissing, No, problem.PermissionNeeded, social.Unverified, 0},
		{299, 0, "", social.CausePermissionMissing, No, problem.PermissionNeeded, social.Unverified, 0},
		{368, 1390008, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, day},
		{368, 4854002, "", social.CauseCheckpoint, No, problem.ProviderTrouble, social.Unverified, 0},
		{368, 1404082, "", social.CauseProviderTrouble, No, problem.ProviderReply, social.Unverified, 0},
		{506, 0, "", social.CauseProviderTrouble, No, problem.ProviderReply, social.Unverified, 0},
		{613, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, 0},
		{613, 1996, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, 0},
		{803, 0, "", social.CauseNotInGrant, No, problem.PermissionNeeded, social.Unverified, 0},
		{2500, 0, "", social.CauseProviderTrouble, No, problem.ProviderReply, social.Unverified, 0},
		{2635, 0, "", social.CauseVersionRetired, No, problem.VersionRetired, social.Unverified, 0},
		{80000, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, regained},
		{80001, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, regained},
		{80002, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, regained},
		{80003, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, regained},
		{80004, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, regained},
		{80005, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, regained},
		{80006, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, regained},
		{80008, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, regained},
		{80009, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, regained},
		{80014, 0, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, regained},
		{10, 2207050, "", social.CauseCheckpoint, No, problem.ProviderTrouble, social.Unverified, 0},
		{4, 2207051, "", social.CauseRateLimited, No, problem.RateLimited, social.Unverified, day},
		// Told by words (meta.md 5).
		{190, 0, "You cannot access the app till you log in to www.facebook.com and follow", social.CauseCheckpoint, Explicit, problem.AccessEnded, social.Checkpoint, 0},
		{190, 0, "You cannot access the app till you log in to www.instagram.com and follow", social.CauseCheckpoint, No, problem.ProviderTrouble, social.Unverified, 0},
		{190, 0, "Session key is malformed", social.CauseCheckpoint, No, problem.ProviderTrouble, social.Unverified, 0},
		{100, 0, "Invalid appsecret_proof provided in the API argument", social.CauseAppSetup, No, problem.AppSecretWrong, social.Unverified, 0},
		{2500, 0, "Unknown path components: /v99.0/me", social.CauseVersionRetired, No, problem.VersionRetired, social.Unverified, 0},
	}
}

// Flags returns what a *social.Trouble says for the row.
func (r ErrorRow) Flags() (refused, explicit bool) { return r.Refusal != No, r.Refusal == Explicit }

// Covers GR01, GR02, GR03, GR04, T4.
func TestErrorTable(t *testing.T) {
	t.Parallel()
	covered := map[rule]bool{}
	for _, tc := range ErrorRows() {
		for _, r := range rules() {
			if tc.Message == "" && r.fits(tc.Code, tc.Subcode) {
				covered[r] = true
				break
			}
		}
		body := fmt.Sprintf(`{"error":{"code":%d,"error_subcode":"%d","message":%q,"fbtrace_id":"Ab-_9"}}`, tc.Code, tc.Subcode, tc.Message+canary)
		got := explain(provider.Reply{Status: 400, Header: http.Header{}, Body: []byte(body)})
		refused, explicit := tc.Flags()
		if got.Cause != tc.Cause || got.Refused != refused || got.Explicit != explicit || problem.CodeOf(got) != tc.Problem || got.TraceID != "Ab-_9" {
			t.Errorf("%d/%d: got %s, refused %v, explicit %v, %s", tc.Code, tc.Subcode, got.Cause, got.Refused, got.Explicit, problem.CodeOf(got))
		}
		if strings.Contains(got.Error(), canary) {
			t.Errorf("%d/%d: error quotes the reply", tc.Code, tc.Subcode)
		}
		if number, ok := asCode(got); !ok || number.code != tc.Code || number.subcode != tc.Subcode {
			t.Errorf("%d/%d: its numbers are lost", tc.Code, tc.Subcode)
		}
	}
	for _, r := range rules() {
		if !covered[r] {
			t.Errorf("no test for %d-%d/%d", r.from, r.to, r.subcode)
		}
	}
}

// A code that nobody has heard of may mean anything but the end of an access.
//
// Covers G13, GR03.
func TestUnknownCodesNeverMeanDead(t *testing.T) {
	t.Parallel()
	known := func(code int64) bool {
		for _, r := range rules() {
			if r.fits(code, 0) {
				return true
			}
		}
		return false
	}
	for code := range int64(100_000) {
		got := graphError{Code: provider.Number{N: code, Told: true}}.fault()
		if got.Refused && code != 102 && code != 190 {
			t.Fatalf("%d is taken for the end of an access", code)
		}
		if !known(code) && (got.Cause != social.CauseProviderTrouble || got.Code != problem.ProviderTrouble) {
			t.Fatalf("%d means %s", code, got.Cause)
		}
	}
}

func TestBodiesThatAreNotMetasErrors(t *testing.T) {
	t.Parallel()
	for _, body := range []string{``, `{}`, `{"error":null}`, `{"error":"` + canary + `"}`, `<html>`, `{"error":{"code":"x"}}`, `[]`} {
		if got := explain(provider.Reply{Status: 400, Body: []byte(body)}); got != nil {
			t.Errorf("%s: got %v", body, got)
		}
	}
}

func TestTraceIDFromABodyIsChecked(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"a b", "<script>", "ä", strings.Repeat("a", 65)} {
		if traceID(id) != "" {
			t.Errorf("%q was kept", id)
		}
	}
}

func TestScopesByCapabilityAndKind(t *testing.T) {
	t.Parallel()
	type kinds = []social.AccountKind
	for name, tc := range map[string]struct {
		capabilities []social.Capability
		kinds        kinds
		want         string
	}{
		"everything": {want: "pages_show_list business_management pages_read_engagement pages_read_user_content pages_manage_posts pages_manage_engagement pages_manage_metadata pages_messaging read_insights instagram_basic instagram_content_publish instagram_manage_comments instagram_manage_messages instagram_manage_insights"},
		"publish":    {capabilities: []social.Capability{social.Publish}, want: "pages_show_list business_management pages_read_engagement pages_manage_posts instagram_basic instagram_content_publish"},
		"pages only": {[]social.Capability{social.Messages}, kinds{social.FacebookPage}, "pages_show_list business_management pages_read_engagement pages_manage_metadata pages_messaging"},
		"accounts":   {[]social.Capability{social.Comments}, kinds{social.InstagramAccount}, "pages_show_list business_management pages_read_engagement instagram_basic instagram_manage_comments"},
		"foreign kind": {
			[]social.Capability{social.Analytics}, kinds{social.LinkedInMember},
			"pages_show_list business_management pages_read_engagement read_insights instagram_basic instagram_manage_insights",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := strings.Join(words(scopesFor(tc.capabilities, tc.kinds)), " "); got != tc.want {
				t.Errorf("got %s", got)
			}
		})
	}
}
