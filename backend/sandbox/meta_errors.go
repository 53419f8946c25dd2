package sandbox

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"time"
)

// The types of a Graph error.
const (
	oauthException = "OAuthException"
	graphMethod    = "GraphMethodException"
)

// graphError is the envelope of every refusal (meta.md 5).
type graphError struct {
	Status    int    `json:"-"`
	Message   string `json:"message"`
	Type      string `json:"type"`
	Code      int    `json:"code"`
	Subcode   int    `json:"error_subcode,omitempty"`
	UserTitle string `json:"error_user_title,omitempty"`
	UserMsg   string `json:"error_user_msg,omitempty"`
	Transient bool   `json:"is_transient,omitempty"`
	TraceID   string `json:"fbtrace_id"`
}

func (c *call) graphRefuse(e *graphError) {
	answer := *e
	answer.TraceID = "A" + rand.Text()[:22]
	if answer.Type == "" {
		answer.Type = oauthException
	}
	if answer.Status == 0 {
		answer.Status = http.StatusBadRequest
	}
	if answer.Code == 190 {
		c.w.Header().Set("WWW-Authenticate", fmt.Sprintf(`OAuth "Facebook Platform" "invalid_token" %q`, answer.Message))
	}
	c.event("refused")
	c.entry.Code, c.entry.Subcode = answer.Code, answer.Subcode
	c.json(answer.Status, map[string]any{"error": answer})
}

func unknownPath(path string) *graphError {
	return &graphError{Code: 2500, Message: "Unknown path components: " + safePath(path)}
}

func parameterError(format string, args ...any) *graphError {
	return &graphError{Code: 100, Message: "(#100) " + fmt.Sprintf(format, args...)}
}

// noSuchObject is also what an object out of reach looks like.
func noSuchObject(id string) *graphError {
	return &graphError{
		Code: 100, Subcode: 33, Type: graphMethod,
		Message: fmt.Sprintf("Unsupported get request. Object with ID '%s' does not exist, cannot be loaded due to missing permissions, "+
			"or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api", safePath(id)),
	}
}

func permissionError(scope string) *graphError {
	return &graphError{
		Status: http.StatusForbidden, Code: 200,
		Message: fmt.Sprintf("(#200) Requires %s permission to manage the object", scope),
	}
}

func malformedToken() *graphError {
	return &graphError{Code: 190, Message: "Invalid OAuth access token - Cannot parse access token"}
}

func noToken() *graphError {
	return &graphError{Code: 2500, Message: "An active access token must be used to query information about the current user."}
}

// tokenError is 190 with the subcode that tells why (meta.md 5).
func tokenError(subcode int, why string) *graphError {
	return &graphError{Code: 190, Subcode: subcode, Message: "Error validating access token: " + why}
}

func expiredToken(end, now time.Time) *graphError {
	const layout = "Monday, 02-Jan-06 15:04:05 MST"
	return tokenError(463, fmt.Sprintf("Session has expired on %s. The current time is %s.",
		end.UTC().Format(layout), now.UTC().Format(layout)))
}

// endedToken says why the tokens of a former epoch are dead.
func endedToken(why, client string) *graphError {
	switch why {
	case endedPassword:
		return tokenError(460, "The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.")
	case endedSession:
		return tokenError(467, "The session is invalid because the user logged out.")
	}
	return tokenError(458, fmt.Sprintf("The user has not authorized application %s.", client))
}

func checkpointToken(subcode int) *graphError {
	if subcode == 464 {
		return tokenError(464, "Sessions for the user are not allowed because the user is not a confirmed user.")
	}
	return tokenError(459, "You cannot access the app till you log in to www.facebook.com and follow the instructions given.")
}
