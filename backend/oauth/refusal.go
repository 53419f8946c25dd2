package oauth

import (
	"errors"
	"html"
	"strings"

	"github.com/kontent/kontent-connect/backend/problem"
)

// problem returns what a provider's error means for the person, or nil for a
// code. The provider's own description does not go further: it is text of
// somebody else's making.
func (a answer) problem() error {
	if a.code != "" {
		return nil
	}
	cause := errors.New("the provider sent an error")
	if a.reason == "user_denied" {
		return problem.New(problem.ConsentDenied, cause)
	}
	switch a.err {
	case "access_denied", "user_cancelled_login", "user_cancelled_authorize":
		return problem.New(problem.ConsentDenied, cause)
	case "server_error", "temporarily_unavailable":
		return problem.New(problem.ProviderTrouble, cause)
	case "unauthorized_scope_error", "invalid_scope":
		return withName(problem.New(problem.ScopeUnauthorized, cause), "scope", quoted(a.description))
	default:
		return withName(problem.New(problem.AppSetup, cause), "error", a.err)
	}
}

// withName adds an argument that people will see, if it is no more than a
// name.
func withName(p *problem.Error, key, name string) *problem.Error {
	if !isName(name) {
		return p
	}
	return p.With(key, name)
}

// quoted returns what stands in quotes in a description: LinkedIn names the
// scope there, with the quotes escaped for HTML (linkedin.md 1.2).
func quoted(description string) string {
	_, rest, found := strings.Cut(html.UnescapeString(description), `"`)
	name, _, closed := strings.Cut(rest, `"`)
	if !found || !closed {
		return ""
	}
	return name
}

// maxName is longer than any scope or error code.
const maxName = 64

func isName(text string) bool {
	if text == "" || len(text) > maxName {
		return false
	}
	for _, c := range []byte(text) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-', c == '.', c == ':':
		default:
			return false
		}
	}
	return true
}
