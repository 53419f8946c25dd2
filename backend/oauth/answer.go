package oauth

import (
	"crypto/subtle"
	"net/url"
	"strings"

	"github.com/kontent/kontent-connect/backend/social"
)

// maxQuery is the longest query that is looked at (L4).
const maxQuery = 8 << 10

// answer is what a provider said, after every check.
type answer struct {
	code        string // or, when empty:
	err         string
	reason      string // Meta's error_reason
	description string // hostile text, for logic only
}

// parseAnswer reads the query of a callback, in L4's order: size and form,
// exactly one state and the right one, then exactly one of code and error. It
// returns the reason for a rejection, or "". An error without the right state
// is anybody's error and counts for nothing (L5).
func parseAnswer(query string, p social.Provider, state string) (answer, string) {
	if len(query) > maxQuery || strings.Contains(query, "#") {
		return answer{}, badQuery
	}
	values, err := url.ParseQuery(query) // refuses ";" and "%zz" (CB13)
	if err != nil {
		return answer{}, badQuery
	}
	given := values["state"]
	if len(given) != 1 || subtle.ConstantTimeCompare([]byte(given[0]), []byte(state)) != 1 {
		return answer{}, badState
	}
	if !single(values) {
		return answer{}, badParameters
	}
	if issuer, ok := values["iss"]; ok && !issues(p, issuer[0]) {
		return answer{}, badIssuer
	}
	return readAnswer(values)
}

func readAnswer(values url.Values) (answer, string) {
	a := answer{
		code:        values.Get("code"),
		err:         values.Get("error"),
		reason:      values.Get("error_reason"),
		description: values.Get("error_description"),
	}
	// Meta has been seen to send error_code and error_message alone
	// (meta.md 1.3).
	if !values.Has("error") && values.Has("error_code") {
		a.err = "error_code"
	}
	if (a.code == "") == (a.err == "") || values.Has("code") && values.Has("error") {
		return answer{}, badParameters
	}
	if !legal(a.code) || !legal(a.err) || !legal(a.reason) {
		return answer{}, badParameters
	}
	return a, ""
}

// single reports whether no parameter that means something comes twice, also
// not in the list spelling of some frameworks (CB10, ASVS 15.3.7).
func single(values url.Values) bool {
	for name, given := range values {
		base, _, list := strings.Cut(name, "[")
		switch base {
		case "code", "state", "error", "error_reason", "error_code", "error_description", "iss":
			if list || len(given) != 1 {
				return false
			}
		}
	}
	return true
}

// legal reports whether text holds only what RFC 6749 allows in a code and in
// an error: printable ASCII (CB12).
func legal(text string) bool {
	for _, c := range []byte(text) {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// issues reports whether issuer is p's own (L13, linkedin.md 3.1). Neither
// provider says that it sends one, so that none is fine.
func issues(p social.Provider, issuer string) bool {
	switch p {
	case social.Meta:
		return issuer == "https://www.facebook.com"
	case social.LinkedIn:
		return issuer == "https://www.linkedin.com/oauth" || issuer == "https://www.linkedin.com"
	default:
		return false
	}
}
