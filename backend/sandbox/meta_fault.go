package sandbox

import (
	"fmt"
	"time"
)

// metaFault answers a failure that somebody asked for, in Meta's own words
// where they are known: every code of meta.md 5 can be had.
func (c *call) metaFault(f fault) {
	e := &graphError{Status: f.status, Code: f.code, Subcode: f.subcode, Message: f.message}
	if e.Message == "" {
		e.Message = faultMessage(f.code, f.subcode)
	}
	switch f.code {
	case 0:
		e.Code, e.Transient = 2, true
	case 1, 2:
		e.Transient = true
	case 4, 17, 32, 341, 613:
		c.w.Header().Set("X-App-Usage", `{"call_count":100,"total_time":42,"total_cputime":30}`)
	}
	if kind, limited := businessUseCase(f.code); limited {
		c.businessUsage(kind, 100, 17*time.Minute)
	}
	c.graphRefuse(e)
}

// businessUseCase is the type under which X-Business-Use-Case-Usage counts.
func businessUseCase(code int) (kind string, limited bool) {
	switch {
	case code == 80001:
		return "pages", true
	case code == 80002:
		return "instagram", true
	case code == 80006:
		return "messenger", true
	case code >= 80000 && code <= 80014:
		return "ads_management", true
	}
	return "", false
}

func faultMessage(code, subcode int) string {
	if code == 190 || code == 102 {
		return sessionMessage(subcode)
	}
	known := map[int]string{
		0: "An unexpected error has occurred. Please retry your request later.",
		1: "An unknown error has occurred.",
		2: "Service temporarily unavailable",
		3: "(#3) Application does not have the capability to make this API call.",
		4: "(#4) Application request limit reached", 10: "(#10) Application does not have permission for this action",
		17: "(#17) User request limit reached", 32: "(#32) Page request limit reached",
		33: "(#33) This object does not exist or does not support this action", 100: "(#100) Invalid parameter",
		101: "Error validating application. Invalid application ID.", 104: "(#104) Incorrect signature",
		200: "(#200) Permissions error", 341: "(#341) Feed action request limit reached",
		368: "The action attempted has been deemed abusive or is otherwise disallowed", 506: "(#506) Duplicate status message",
		613: "(#613) Calls to this api have exceeded the rate limit.", 2635: "(#2635) You are calling a deprecated version of the API.",
		2500: "An active access token must be used to query information about the current user.",
	}
	if message, ok := known[code]; ok {
		return message
	}
	if _, limited := businessUseCase(code); limited {
		return fmt.Sprintf("(#%d) There have been too many calls to this account. Please wait a bit and try again.", code)
	}
	return fmt.Sprintf("(#%d) Failure asked for by the sandbox", code)
}

func sessionMessage(subcode int) string {
	switch subcode {
	case 458:
		return endedToken(endedRevoked, MetaClientID).Message
	case 459, 464:
		return checkpointToken(subcode).Message
	case 460:
		return endedToken(endedPassword, "").Message
	case 463:
		return expiredToken(time.Unix(0, 0), time.Unix(1, 0)).Message
	case 467:
		return endedToken(endedSession, "").Message
	case 492:
		return tokenError(492, "The user must be an administrator, editor, or moderator of the page in order to impersonate it.").Message
	}
	return "Error validating access token: The session is invalid."
}
