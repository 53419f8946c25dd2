package linkedin

import (
	"net/http"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// The service error codes that matter here (linkedin.md 4).
const (
	codeInvalidToken = 65600
	codeRevokedToken = 65601
	codeExpiredToken = 65602
	codeEmptyToken   = 65604
)

// rule is one line of LinkedIn's error table. An error of its status fits when
// it has its service code or its code; a line with neither fits all.
type rule struct {
	status  int
	service int64
	code    string
	fault   provider.Fault
}

// rules is the error table of linkedin.md 4. The first line that fits decides.
//
// 403 is a missing permission or a lost role and never the end of an access:
// the token is as healthy as before.
func rules() []rule {
	ended := func(cause social.Cause, explicit bool) provider.Fault {
		return provider.Fault{Cause: cause, Refused: true, Explicit: explicit, Code: problem.AccessEnded}
	}
	bug := provider.Fault{Cause: social.CauseProviderTrouble, Code: problem.ProviderReply}
	down := provider.Fault{Cause: social.CauseProviderTrouble, Code: problem.ProviderTrouble}
	permission := provider.Fault{Cause: social.CausePermissionMissing, Code: problem.PermissionNeeded}
	retired := provider.Fault{Cause: social.CauseVersionRetired, Code: problem.VersionRetired}
	return []rule{
		{http.StatusBadRequest, 0, "VERSION_MISSING", retired},
		{http.StatusBadRequest, 0, "", bug},
		{http.StatusUnauthorized, codeExpiredToken, "EXPIRED_ACCESS_TOKEN", ended(social.CauseExpired, true)},
		{http.StatusUnauthorized, codeRevokedToken, "REVOKED_ACCESS_TOKEN", ended(social.CauseRevoked, true)},
		// "Invalid" does not say why, and may be our own damage.
		{http.StatusUnauthorized, codeInvalidToken, "INVALID_ACCESS_TOKEN", ended(social.CauseRefused, false)},
		{http.StatusUnauthorized, codeEmptyToken, "EMPTY_ACCESS_TOKEN", bug},
		{http.StatusUnauthorized, 0, "", ended(social.CauseRefused, false)},
		{http.StatusForbidden, 0, "", permission},
		{http.StatusNotFound, 0, "", provider.Fault{Cause: social.CauseNotInGrant, Code: problem.PermissionNeeded}},
		{http.StatusRequestURITooLong, 0, "", bug},
		{http.StatusUpgradeRequired, 0, "", retired},
		{http.StatusTooManyRequests, 0, "", provider.Fault{Cause: social.CauseRateLimited, Code: problem.RateLimited}},
		{http.StatusInternalServerError, 0, "", down},
		{http.StatusServiceUnavailable, 0, "", down},
		{http.StatusGatewayTimeout, 0, "", down},
	}
}

// apiError is the body of an error. Its message is looked at by nobody.
type apiError struct {
	Service provider.Number `json:"serviceErrorCode"`
	Code    string          `json:"code"`
}

func (r rule) fits(status int, e apiError) bool {
	all := r.service == 0 && r.code == ""
	return r.status == status && (all || r.service != 0 && r.service == e.Service.N || r.code != "" && r.code == e.Code)
}

func (e apiError) fault(status int) (provider.Fault, bool) {
	for _, r := range rules() {
		if r.fits(status, e) {
			return r.fault, true
		}
	}
	return provider.Fault{}, false
}

// codeError keeps LinkedIn's numbers for whoever has to look closer.
type codeError struct {
	service int64
	*provider.ReplyError
}

// Unwrap lets errors.As find the reply.
func (e *codeError) Unwrap() error { return e.ReplyError }

// explain reads an error of the API. The body is a help and no condition:
// proxies and older services answer without one.
func (p *Provider) explain(r provider.Reply) *social.Trouble {
	var e apiError
	if r.Decode(&e) != nil {
		e = apiError{}
	}
	fault, ok := e.fault(r.Status)
	if !ok {
		return nil
	}
	t := fault.Trouble(&codeError{e.Service.N, r.Errorf("service code %d", e.Service.N)})
	t.TraceID = traceID(r.Header.Get("X-Li-Uuid"))
	if fault.Cause == social.CauseRateLimited {
		t.RetryAfter = provider.RetryAfter(r.Header)
		if t.RetryAfter == 0 {
			t.RetryAfter = untilMidnight(p.now())
		}
	}
	return t
}

// untilMidnight is how long a daily allowance stays used up (linkedin.md 4).
func untilMidnight(now time.Time) time.Duration {
	now = now.UTC()
	midnight := now.Truncate(24 * time.Hour).Add(24 * time.Hour)
	return provider.BoundWait(midnight.Sub(now))
}

func traceID(id string) string {
	if len(id) > 64 || !provider.ValidToken(id) {
		return ""
	}
	return id
}
