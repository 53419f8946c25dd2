package linkedin

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// Exchange trades a code for the login's token. The code is sent once. A
// refresh token comes for approved partners only (linkedin.md 1.7).
func (p *Provider) Exchange(ctx context.Context, app social.ProviderApp, secret social.Secret, callback social.Callback) (social.Login, error) {
	form := url.Values{
		"grant_type":   {"authorization_code"},
		"code":         {callback.Code.Reveal()},
		"redirect_uri": {callback.RedirectURI},
		"client_id":    {app.ClientID},
	}
	switch {
	case native(app):
		form.Set("code_verifier", callback.Verifier.Reveal())
	case secret.Empty():
		return social.Login{}, provider.NoSecret("exchange code")
	default:
		form.Set("client_secret", secret.Reveal())
	}
	token, err := p.http.Token(ctx, provider.Request{
		Act: "exchange code", Method: http.MethodPost,
		URL: p.oauth(app, callback.RedirectURI).Endpoint.TokenURL, Form: form,
	}, explainCode)
	if err != nil {
		return social.Login{}, err
	}
	return social.Login{
		Tokens:  social.TokenSet{Access: token.Access, Refresh: token.Refresh},
		Granted: token.Scopes,
		Clocks:  token.Clocks(p.now()),
	}, nil
}

// explainCode reads errors of the token endpoint (linkedin.md 1.5). No access
// was lost: there was none yet.
func explainCode(r provider.Reply) *social.Trouble {
	if r.Status >= http.StatusInternalServerError || r.Status == http.StatusTooManyRequests {
		return nil
	}
	e, ok := readOAuth(r)
	if !ok {
		return nil
	}
	setup := provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppSetup}
	late := provider.Fault{Cause: social.CauseRefused, Code: problem.CodeExpired}
	switch {
	case e.Error == "invalid_grant":
		return late.Trouble(r.Errorf("invalid_grant"))
	case e.ours() && e.says("authorization code not found", "code expired", "expired or revoked"):
		return late.Trouble(r.Errorf("%s, code is not good any more", e.Error))
	case e.ours():
		return setup.Trouble(r.Errorf("%s", e.Error))
	default:
		return nil
	}
}

// oauthError is the body of a token endpoint's error.
type oauthError struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
}

// ours reports whether the app's settings, or a request that makes no sense, are
// to blame.
func (e oauthError) ours() bool {
	switch e.Error {
	case "invalid_request", "invalid_redirect_uri", "invalid_client", "invalid_client_id", "unauthorized_client",
		"unsupported_grant_type", "invalid_scope":
		return true
	default:
		return false
	}
}

func (e oauthError) says(words ...string) bool {
	text := strings.ToLower(e.Description)
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

func readOAuth(r provider.Reply) (oauthError, bool) {
	var e oauthError
	return e, r.Decode(&e) == nil && e.Error != ""
}
