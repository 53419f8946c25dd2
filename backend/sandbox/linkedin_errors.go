package sandbox

import (
	"fmt"
	"net/http"
)

// liError is a refusal of the resource API (linkedin.md 4).
type liError struct {
	Status  int    `json:"status"`
	Service int    `json:"serviceErrorCode,omitempty"`
	Code    string `json:"code,omitempty"`
	Message string `json:"message"`
}

func (c *call) liRefuse(e *liError) {
	c.event("refused")
	c.entry.Code = e.Service
	c.json(e.Status, e)
}

// oauthRefuse is a refusal of the token endpoints (linkedin.md 1.5). No-one
// there says invalid_grant.
func (c *call) oauthRefuse(status int, kind, description string) {
	c.event("refused")
	c.json(status, map[string]string{"error": kind, "error_description": description})
}

func (c *call) missingParameter(name string) {
	c.oauthRefuse(http.StatusBadRequest, "invalid_request", fmt.Sprintf("A required parameter %q is missing", name))
}

func (c *call) badClient() {
	c.oauthRefuse(http.StatusUnauthorized, "invalid_client", "Client authentication failed")
}

func noResource() *liError {
	return &liError{Status: http.StatusNotFound, Code: "RESOURCE_NOT_FOUND", Message: "No virtual resource found"}
}

func invalidToken() *liError {
	return &liError{Status: 401, Service: 65600, Code: "INVALID_ACCESS_TOKEN", Message: "Invalid access token"}
}

func revokedToken() *liError {
	return &liError{Status: 401, Service: 65601, Code: "REVOKED_ACCESS_TOKEN", Message: "The token used in the request has been revoked by the user"}
}

func expiredAccess() *liError {
	return &liError{Status: 401, Service: 65602, Code: "EXPIRED_ACCESS_TOKEN", Message: "The token used in the request has expired"}
}

// denied covers a missing scope, product or role alike; the string names the
// resource and the version it was asked in (linkedin.md 3.4).
func denied(resource string) *liError {
	return &liError{Status: 403, Service: 100, Code: "ACCESS_DENIED", Message: "Not enough permissions to access: " + resource}
}

func illegal(format string, args ...any) *liError {
	return &liError{Status: 400, Code: "ILLEGAL_ARGUMENT", Message: fmt.Sprintf(format, args...)}
}

// retired is the answer to a version that was live once, or never
// (linkedin.md 3.4).
func retired(version string) *liError {
	return &liError{Status: http.StatusUpgradeRequired, Code: "NONEXISTENT_VERSION", Message: "Requested version " + safePath(version) + "01 is not active"}
}

// linkedInFault answers a failure that somebody asked for; those of LinkedIn's
// table have its own words. A message takes the place of the code in words.
func (c *call) linkedInFault(f fault) {
	e := &liError{Status: f.status, Service: f.code, Code: f.message, Message: "Failure asked for by the sandbox"}
	switch {
	case f.message != "":
	case f.status == http.StatusUpgradeRequired:
		e = retired(c.r.Header.Get("LinkedIn-Version"))
	case f.status == http.StatusForbidden && f.code == 100:
		e = denied("sandbox.GET.NO_VERSION")
	case f.status == http.StatusTooManyRequests:
		e.Message = "Resource level throttle limit for calls to this resource is reached."
	case f.code == 65600 && f.status <= http.StatusUnauthorized:
		e = invalidToken()
	case f.code == 65601 && f.status <= http.StatusUnauthorized:
		e = revokedToken()
	case f.code == 65602 && f.status <= http.StatusUnauthorized:
		e = expiredAccess()
	case f.status >= 500:
		e.Code = "INTERNAL_SERVER_ERROR"
	}
	c.liRefuse(e)
}
