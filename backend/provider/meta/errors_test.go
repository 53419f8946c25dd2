package meta

import (
	"errors"
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

// Every line of meta.md 5. How a refusal is told from trouble is written out
// here a second time on purpose.
func TestErrorTable(t *testing.T) {
	t.Parallel()
	const (
		no       = "not a refusal"
		once     = "one refusal"
		explicit = "the provider's word"
	)
	covered := map[rule]bool{}
	for _, tc := range []struct {
		code, subcode int64
		cause         social.Cause
		refusal       string
		problem       problem.Code
	}{
		{1, 0, social.CauseProviderTrouble, no, problem.ProviderTrouble},
		{2, 0, social.CauseProviderTrouble, no, problem.ProviderTrouble},
		{3, 0, social.CauseAppSetup, no, problem.AppSetup},
		{4, 0, social.CauseRateLimited, no, problem.RateLimited},
		{10, 0, social.CausePermissionMissing, no, problem.PermissionNeeded},
		{17, 0, social.CauseRateLimited, no, problem.RateLimited},
		{32, 0, social.CauseRateLimited, no, problem.RateLimited},
		{33, 0, social.CauseNotInGrant, no, problem.PermissionNeeded},
		{100, 33, social.CauseNotInGrant, no, problem.PermissionNeeded},
		{100, 0, social.CauseProviderTrouble, no, problem.ProviderReply},
		{100, 36007, social.CauseProviderTrouble, no, problem.ProviderReply},
		{101, 0, social.CauseAppSetup, no, problem.AppSetup},
		{102, 0, social.CauseRefused, once, problem.AccessEnded},
		{102, 463, social.CauseExpired, explicit, problem.AccessEnded},
		{104, 0, social.CauseAppSetup, no, problem.AppSetup},
		{190, 0, social.CauseRefused, once, problem.AccessEnded},
		{190, 9999, social.CauseRefused, once, problem.AccessEnded},
		{190, 458, social.CauseAppRemoved, explicit, problem.AccessEnded},
		{190, 459, social.CauseCheckpoint, explicit, problem.AccessEnded},
		{190, 460, social.CausePasswordChanged, explicit, problem.AccessEnded},
		{190, 463, social.CauseExpired, explicit, problem.AccessEnded},
		{190, 464, social.CauseCheckpoint, explicit, problem.AccessEnded},
		{190, 467, social.CauseRevoked, explicit, problem.AccessEnded},
		{190, 483, social.CauseRevoked, explicit, problem.AccessEnded},
		{190, 490, social.CauseExpired, once, problem.AccessEnded},
		{190, 492, social.CauseRoleLost, no, problem.PermissionNeeded},
		{102, 458, social.CauseAppRemoved, explicit, problem.AccessEnded},
		{102, 459, social.CauseCheckpoint, explicit, problem.AccessEnded},
		{102, 460, social.CausePasswordChanged, explicit, problem.AccessEnded},
		{102, 464, social.CauseCheckpoint, explicit, problem.AccessEnded},
		{102, 467, social.CauseRevoked, explicit, problem.AccessEnded},
		{102, 483, social.CauseRevoked, explicit, problem.AccessEnded},
		{102, 490, social.CauseExpired, once, problem.AccessEnded},
		{102, 492, social.CauseRoleLost, no, problem.PermissionNeeded},
		{200, 0, social.CausePermissionMissing, no, problem.PermissionNeeded},
		{299, 0, social.CausePermissionMissing, no, problem.PermissionNeeded},
		{300, 0, social.CauseProviderTrouble, no, problem.ProviderTrouble},
		{341, 0, social.CauseRateLimited, no, problem.RateLimited},
		{368, 1390008, social.CauseRateLimited, no, problem.RateLimited},
		{506, 0, social.CauseProviderTrouble, no, problem.ProviderTrouble},
		{613, 1996, social.CauseRateLimited, no, problem.RateLimited},
		{803, 0, social.CauseNotInGrant, no, problem.PermissionNeeded},
		{2500, 0, social.CauseProviderTrouble, no, problem.ProviderReply},
		{2635, 0, social.CauseVersionRetired, no, problem.VersionRetired},
		{80000, 0, social.CauseRateLimited, no, problem.RateLimited},
		{80014, 0, social.CauseRateLimited, no, problem.RateLimited},
		{0, 0, social.CauseProviderTrouble, no, problem.ProviderTrouble},
	} {
		for _, r := range rules() {
			if r.fits(tc.code, tc.subcode) {
				covered[r] = true
				break
			}
		}
		body := fmt.Sprintf(`{"error":{"code":%d,"error_subcode":"%d","message":%q,"fbtrace_id":"Ab-_9"}}`, tc.code, tc.subcode, canary)
		got := explain(provider.Reply{Status: 400, Header: http.Header{}, Body: []byte(body)})
		want := map[string][2]bool{no: {}, once: {true, false}, explicit: {true, true}}[tc.refusal]
		if got.Cause != tc.cause || [2]bool{got.Refused, got.Explicit} != want || problem.CodeOf(got) != tc.problem || got.TraceID != "Ab-_9" {
			t.Errorf("%d/%d: got %s, refused %v, explicit %v, %s", tc.code, tc.subcode, got.Cause, got.Refused, got.Explicit, problem.CodeOf(got))
		}
		if strings.Contains(got.Error(), canary) {
			t.Errorf("%d/%d: error quotes the reply", tc.code, tc.subcode)
		}
		var number *codeError
		if !errors.As(got, &number) || number.code != tc.code || number.subcode != tc.subcode {
			t.Errorf("%d/%d: its numbers are lost", tc.code, tc.subcode)
		}
	}
	for _, r := range rules() {
		if !covered[r] {
			t.Errorf("no test for %d-%d/%d", r.from, r.to, r.subcode)
		}
	}
}

func TestErrorsToldByWords(t *testing.T) {
	t.Parallel()
	for message, cause := range map[string]social.Cause{
		"Invalid appsecret_proof provided in the API argument":                  social.CauseAppSetup,
		"Unknown path components: /v99.0/me":                                    social.CauseVersionRetired,
		"You cannot access the app till you log in to www.instagram.com and so": social.CauseCheckpoint,
	} {
		body := fmt.Sprintf(`{"error":{"code":190,"message":%q}}`, message)
		if got := explain(provider.Reply{Status: 400, Body: []byte(body)}); got.Cause != cause {
			t.Errorf("%s: got %s", message, got.Cause)
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

func TestRegainIsBoundedAndInMinutes(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]time.Duration{
		`{"1":[{"estimated_time_to_regain_access":17},{"estimated_time_to_regain_access":3}]}`: 17 * time.Minute,
		`{"1":[{"estimated_time_to_regain_access":99999999}]}`:                                 24 * time.Hour,
		`{"1":[{"estimated_time_to_regain_access":0}]}`:                                        0,
		`{"1":[{"estimated_time_to_regain_access":-3}]}`:                                       0,
		canary: 0,
	} {
		if got := regain(http.Header{"X-Business-Use-Case-Usage": {header}}); got != want {
			t.Errorf("%s: got %v", header, got)
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
