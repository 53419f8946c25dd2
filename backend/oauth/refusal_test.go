package oauth

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Covers CB05, CB06, CB07, CB08.
func TestProviderErrorWithTheRightState(t *testing.T) {
	t.Parallel()
	scope := `Scope &quot;w_organization_social&quot; is not authorized for your application`
	for _, tc := range []struct {
		name  string
		query map[string]string
		want  problem.Code
		args  map[string]string
	}{
		{"CB05 access_denied is a no", map[string]string{"error": "access_denied"}, problem.ConsentDenied, nil},
		{"CB06 a declined LinkedIn login is a no", map[string]string{"error": "user_cancelled_login"}, problem.ConsentDenied, nil},
		{"CB06 a declined LinkedIn consent is a no", map[string]string{"error": "user_cancelled_authorize"}, problem.ConsentDenied, nil},
		{"CB06 Meta's reason is a no", map[string]string{"error": "other", "error_reason": "user_denied"}, problem.ConsentDenied, nil},
		{"CB07 server_error is the provider's trouble", map[string]string{"error": "server_error"}, problem.ProviderTrouble, nil},
		{"CB07 temporarily_unavailable is the provider's trouble", map[string]string{"error": "temporarily_unavailable"}, problem.ProviderTrouble, nil},
		{"CB08 an unauthorized scope is named", map[string]string{"error": "unauthorized_scope_error", "error_description": scope}, problem.ScopeUnauthorized, map[string]string{"scope": "w_organization_social"}},
		{"CB08 an unauthorized scope without a name", map[string]string{"error": "invalid_scope"}, problem.ScopeUnauthorized, nil},
		{"CB08 a scope that is no name is left out", map[string]string{"error": "invalid_scope", "error_description": `Scope "<b>x</b>" no`}, problem.ScopeUnauthorized, nil},
		{"CB08 unauthorized_client is the app's set-up", map[string]string{"error": "unauthorized_client"}, problem.AppSetup, map[string]string{"error": "unauthorized_client"}},
		{"an unknown error is the app's set-up", map[string]string{"error": "<script>"}, problem.AppSetup, nil},
		{"Meta's error_code alone is an error too", map[string]string{"error_code": "200", "error_message": "Permissions error"}, problem.AppSetup, map[string]string{"error": "error_code"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			changes := []func(url.Values){without("code")}
			for name, value := range tc.query {
				changes = append(changes, with(name, value))
			}
			if got := w.visit(w.target(changes...)); got.status != http.StatusSeeOther {
				t.Fatalf("status %d", got.status)
			}
			found := w.failsWith(tc.want)
			if len(found.Args) != len(tc.args) {
				t.Fatalf("args %v, want %v", found.Args, tc.args)
			}
			for name, value := range tc.args {
				if found.Args[name] != value {
					t.Errorf("args %v, want %v", found.Args, tc.args)
				}
			}
			if strings.Contains(found.Error(), "script") || strings.Contains(found.Error(), w.state) {
				t.Errorf("the error quotes the request: %v", found)
			}
		})
	}
}

// Covers CB05, L7.
func TestRefusalIsFinal(t *testing.T) {
	t.Parallel()
	w := newLocalhostWorld(t, social.Meta)
	w.visit(w.target(without("code"), with("error", "access_denied")))
	if got := w.visit(w.target()); got.header.Get("Location") != w.path+"/again" {
		t.Errorf("a code after the refusal led to %q", got.header.Get("Location"))
	}
	_ = w.failsWith(problem.ConsentDenied)
}
