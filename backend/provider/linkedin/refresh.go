package linkedin

import (
	"context"
	"net/http"
	"net/url"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// Refresh trades the refresh token for a new access, where the app has
// programmatic refresh (linkedin.md 1.7). It is sent once: LinkedIn may have
// spent the token although its answer was lost.
func (p *Provider) Refresh(ctx context.Context, app social.ProviderApp, secret social.Secret, tokens social.TokenSet) (social.Login, error) {
	form := url.Values{
		"grant_type":    {"refresh_token"},
		"refresh_token": {tokens.Refresh.Reveal()},
		"client_id":     {app.ClientID},
	}
	// The native flow has no secret; whether LinkedIn renews without one is
	// not documented (linkedin.md 1.6).
	if !native(app) {
		if secret.Empty() {
			return social.Login{}, provider.NoSecret("renew")
		}
		form.Set("client_secret", secret.Reveal())
	}
	token, err := p.http.Token(ctx, provider.Request{
		Act: "renew", Method: http.MethodPost, URL: p.web + "/oauth/v2/accessToken", Form: form,
	}, explainRefresh)
	if err != nil {
		return social.Login{}, err
	}
	return social.Login{
		Tokens:  social.TokenSet{Access: token.Access, Refresh: token.Refresh},
		Granted: token.Scopes, Clocks: token.Clocks(p.now()),
	}, nil
}

// explainRefresh reads errors of a renewal. LinkedIn says invalid_request where
// the standard has invalid_grant (linkedin.md 1.7).
func explainRefresh(r provider.Reply) *social.Trouble {
	if r.Status >= http.StatusInternalServerError || r.Status == http.StatusTooManyRequests {
		return nil
	}
	e, ok := readOAuth(r)
	if !ok {
		return nil
	}
	switch {
	case e.Error == "invalid_grant", e.Error == "invalid_request" && e.says("refresh token is invalid", "expired or revoked"):
		return &social.Trouble{
			Cause: social.CauseExpired, Refused: true, Explicit: true,
			Err: problem.New(problem.AccessEnded, r.Errorf("%s", e.Error)),
		}
	case e.ours():
		return provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppSetup}.Trouble(r.Errorf("%s", e.Error))
	default:
		// What is temporary, and what nobody has heard of, says nothing of the
		// app or of the access.
		return nil
	}
}
