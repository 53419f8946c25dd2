package linkedin

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

const canary = "CANARY0123456789"

// Every line of linkedin.md 4. How a refusal is told from trouble is written
// out here a second time on purpose.
//
// Covers GR03, GR04, GR05, T4.
func TestErrorTable(t *testing.T) {
	t.Parallel()
	const (
		no       = "not a refusal"
		once     = "one refusal"
		explicit = "the provider's word"
	)
	p := New(Config{Now: func() time.Time { return time.Date(2026, 11, 22, 23, 59, 0, 0, time.UTC) }})
	covered := map[rule]bool{}
	for _, tc := range []struct {
		status  int
		service int64
		code    string
		cause   social.Cause
		refusal string
		problem problem.Code
	}{
		{400, 0, "VERSION_MISSING", social.CauseVersionRetired, no, problem.VersionRetired},
		{400, 0, "ILLEGAL_ARGUMENT", social.CauseProviderTrouble, no, problem.ProviderReply},
		{401, 65600, "", social.CauseRefused, once, problem.AccessEnded},
		{401, 0, "INVALID_ACCESS_TOKEN", social.CauseRefused, once, problem.AccessEnded},
		{401, 65601, "", social.CauseRevoked, explicit, problem.AccessEnded},
		{401, 0, "REVOKED_ACCESS_TOKEN", social.CauseRevoked, explicit, problem.AccessEnded},
		{401, 65602, "", social.CauseExpired, explicit, problem.AccessEnded},
		{401, 0, "EXPIRED_ACCESS_TOKEN", social.CauseExpired, explicit, problem.AccessEnded},
		{401, 65604, "", social.CauseProviderTrouble, no, problem.ProviderReply},
		{401, 401, "", social.CauseRefused, once, problem.AccessEnded},
		{401, 0, "", social.CauseRefused, once, problem.AccessEnded},
		{403, 100, "ACCESS_DENIED", social.CausePermissionMissing, no, problem.PermissionNeeded},
		{403, 65601, "", social.CausePermissionMissing, no, problem.PermissionNeeded},
		{404, 0, "", social.CauseNotInGrant, no, problem.PermissionNeeded},
		{414, 0, "", social.CauseProviderTrouble, no, problem.ProviderReply},
		{426, 0, "NONEXISTENT_VERSION", social.CauseVersionRetired, no, problem.VersionRetired},
		{429, 101, "", social.CauseRateLimited, no, problem.RateLimited},
		{500, 0, "", social.CauseProviderTrouble, no, problem.ProviderTrouble},
		{503, 65601, "", social.CauseProviderTrouble, no, problem.ProviderTrouble},
		{504, 0, "", social.CauseProviderTrouble, no, problem.ProviderTrouble},
	} {
		at := slices.IndexFunc(rules(), func(r rule) bool {
			return r.fits(tc.status, apiError{Service: provider.Number{N: tc.service, Told: true}, Code: tc.code})
		})
		if at < 0 {
			t.Errorf("%d/%d: no line", tc.status, tc.service)
			continue
		}
		covered[rules()[at]] = true
		for _, body := range []string{
			fmt.Sprintf(`{"status":%d,"serviceErrorCode":%d,"code":%q,"message":%q}`, tc.status, tc.service, tc.code, canary),
			fmt.Sprintf(`{"serviceErrorCode":"%d","code":%q,"x":%q}`, tc.service, tc.code, canary),
		} {
			got := p.explain(provider.Reply{Status: tc.status, Header: http.Header{"X-Li-Uuid": {"abc=="}}, Body: []byte(body)})
			want := map[string][2]bool{no: {}, once: {true, false}, explicit: {true, true}}[tc.refusal]
			if got.Cause != tc.cause || [2]bool{got.Refused, got.Explicit} != want || problem.CodeOf(got) != tc.problem || got.TraceID != "abc==" {
				t.Errorf("%d/%d: got %s, refused %v, explicit %v, %s", tc.status, tc.service, got.Cause, got.Refused, got.Explicit, problem.CodeOf(got))
			}
			if strings.Contains(got.Error(), canary) {
				t.Errorf("%d/%d: error quotes the reply", tc.status, tc.service)
			}
			if tc.status == http.StatusTooManyRequests && got.RetryAfter != time.Minute {
				t.Errorf("limited for %v, want until midnight", got.RetryAfter)
			}
		}
	}
	for _, r := range rules() {
		if !covered[r] {
			t.Errorf("no test for %d/%d", r.status, r.service)
		}
	}
}

func TestErrorsWithoutAReadableBody(t *testing.T) {
	t.Parallel()
	p := New(Config{})
	for _, body := range []string{"", "<html>" + canary, `{"serviceErrorCode":"x"}`, `[]`} {
		got := p.explain(provider.Reply{Status: 401, Body: []byte(body)})
		if got == nil || !got.Refused || got.Explicit || strings.Contains(got.Error(), canary) {
			t.Errorf("%s: got %v", body, got)
		}
	}
	if got := p.explain(provider.Reply{Status: 418}); got != nil {
		t.Errorf("418: got %v", got)
	}
}

// Covers TK01, TK02.
func TestTokenEndpointErrors(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		status int
		body   string
		want   problem.Code
	}{
		"code not found":    {401, `{"error":"invalid_request","error_description":"Unable to retrieve access token: authorization code not found"}`, problem.CodeExpired},
		"code expired":      {400, `{"error":"invalid_redirect_uri","error_description":"appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists"}`, problem.CodeExpired},
		"invalid_grant":     {400, `{"error":"invalid_grant"}`, problem.CodeExpired},
		"missing parameter": {400, `{"error":"invalid_request","error_description":"A required parameter \"code\" is missing"}`, problem.AppSetup},
		"bad secret":        {401, `{"error":"invalid_client","error_description":"Client authentication failed"}`, problem.AppSetup},
		"bad client":        {401, `{"error":"invalid_client_id"}`, problem.AppSetup},
		"another error":     {400, `{"error":"` + canary + `"}`, ""},
		"no body":           {400, ``, ""},
		"down":              {503, `{"error":"invalid_client"}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := explainCode(provider.Reply{Status: tc.status, Body: []byte(tc.body)})
			if got == nil {
				if tc.want != "" {
					t.Error("no trouble")
				}
				return
			}
			if problem.CodeOf(got) != tc.want || got.Refused || strings.Contains(got.Error(), canary) {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestEveryRoleIsKnownAndAnUnknownOneIsUnknown(t *testing.T) {
	t.Parallel()
	for _, role := range ranking() {
		for _, c := range []social.Capability{social.Publish, social.Comments, social.Analytics} {
			if allows(role, c) == social.Unavailable {
				t.Errorf("%s: %s", role, c)
			}
		}
	}
	if allows("SOMETHING_NEW", social.Publish) != social.Unknown || rank("SOMETHING_NEW") != len(ranking()) {
		t.Error("an unknown role is not unknown")
	}
	if canonical("CONTENT_ADMIN") != contentAdmin {
		t.Error("the short spelling is another role")
	}
	if got := anyAllows([]string{leadForms, contentAdmin}, social.Publish); got != social.Granted {
		t.Errorf("two roles: %s", got)
	}
}

func TestScopesByCapabilityAndKind(t *testing.T) {
	t.Parallel()
	type kinds = []social.AccountKind
	for name, tc := range map[string]struct {
		capabilities []social.Capability
		kinds        kinds
		product      social.Product
		want         string
	}{
		"everything": {want: "r_basicprofile rw_organization_admin w_organization_social w_member_social r_organization_social r_organization_social_feed w_organization_social_feed w_member_social_feed r_organization_followers r_member_postAnalytics r_member_profileAnalytics"},
		"messages":   {capabilities: []social.Capability{social.Messages}, want: "r_basicprofile rw_organization_admin"},
		"order does not matter": {
			[]social.Capability{social.Analytics, social.Publish}, kinds{social.LinkedInOrganization},
			social.ProductCommunity, "r_basicprofile rw_organization_admin w_organization_social r_organization_followers",
		},
		"profile":           {[]social.Capability{social.Publish}, kinds{social.LinkedInMember}, "", "r_basicprofile w_member_social"},
		"sign in and share": {product: social.ProductShare, want: "openid profile w_member_social"},
		"sign in and share, Pages wanted": {
			[]social.Capability{social.Analytics}, kinds{social.LinkedInOrganization},
			social.ProductShare, "openid profile w_member_social",
		},
		"foreign kind": {[]social.Capability{social.Publish}, kinds{social.FacebookPage}, "", "r_basicprofile rw_organization_admin w_organization_social w_member_social"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, s := range scopesFor(tc.product, tc.capabilities, tc.kinds) {
				got = append(got, string(s))
			}
			if strings.Join(got, " ") != tc.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
