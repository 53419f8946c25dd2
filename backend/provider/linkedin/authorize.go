package linkedin

import (
	"fmt"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"golang.org/x/oauth2"
)

// AuthorizeURL returns the address of LinkedIn's sign-in page and the scopes
// that it asks for. There is never a prompt in it: prompt=none is known to end
// on LinkedIn's "Bummer" page (linkedin.md 1.1).
func (p *Provider) AuthorizeURL(app social.ProviderApp, r social.SignInRequest) (string, []social.Scope, error) {
	if app.ClientID == "" {
		return "", nil, problem.New(problem.AppMissing, nil)
	}
	scopes := keeping(app.Product, scopesFor(app.Product, r.Capabilities, r.Kinds), r.Keep)
	config := p.oauth(app, r.RedirectURI)
	for _, s := range scopes {
		config.Scopes = append(config.Scopes, string(s))
	}
	if !native(app) {
		// A challenge here makes the standard flow answer invalid_client later
		// (linkedin.md 1.5).
		return config.AuthCodeURL(r.State), scopes, nil
	}
	if r.Challenge == "" {
		return "", nil, problem.New(problem.Internal, fmt.Errorf("build sign-in address: native flow needs a challenge"))
	}
	return config.AuthCodeURL(r.State,
		oauth2.SetAuthURLParam("code_challenge", r.Challenge),
		oauth2.SetAuthURLParam("code_challenge_method", "S256")), scopes, nil
}

// oauth describes the app's flow. x/oauth2 would otherwise try Basic
// authentication first and send the code twice (security.md 0.4).
func (p *Provider) oauth(app social.ProviderApp, redirect string) oauth2.Config {
	page := "/oauth/v2/authorization"
	if native(app) {
		page = "/oauth/native-pkce/authorization"
	}
	return oauth2.Config{
		ClientID:    app.ClientID,
		RedirectURL: redirect,
		Endpoint: oauth2.Endpoint{
			AuthURL:   p.web + page,
			TokenURL:  p.web + "/oauth/v2/accessToken",
			AuthStyle: oauth2.AuthStyleInParams,
		},
	}
}
