package meta

import (
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"golang.org/x/oauth2"
)

// AuthorizeURL returns the address of Facebook's sign-in page and the
// permissions that it asks for. There is no PKCE in it: Meta offers that for
// identity only (meta.md 1.2), and the app's secret binds the code.
func (p *Provider) AuthorizeURL(app social.ProviderApp, r social.SignInRequest) (string, []social.Scope, error) {
	if app.ClientID == "" {
		return "", nil, problem.New(problem.AppMissing, nil)
	}
	scopes := scopesFor(r.Capabilities, r.Kinds)
	config := p.oauth(app, r.RedirectURI)
	options := []oauth2.AuthCodeOption{oauth2.SetAuthURLParam("return_scopes", "true")}
	if app.LoginConfig != "" {
		// The configuration names the permissions; the type of answer has to
		// be forced where it is one for system users (meta.md 1.2).
		options = append(options,
			oauth2.SetAuthURLParam("config_id", app.LoginConfig),
			oauth2.SetAuthURLParam("override_default_response_type", "true"))
	} else {
		config.Scopes = words(scopes)
	}
	if kind := authType(r); kind != "" {
		options = append(options, oauth2.SetAuthURLParam("auth_type", kind))
	}
	return config.AuthCodeURL(r.State, options...), scopes, nil
}

// authType says why the dialog is opened once more (meta.md 1.2). Ended data
// access comes first: a dialog that only asks for Pages again leaves it ended.
func authType(r social.SignInRequest) string {
	switch {
	case r.Reauthorize:
		return "reauthorize"
	case r.ChooseAgain:
		// Without it a second login silently reuses the former choice of
		// Pages, and a new Page cannot be reached (meta.md 9, 3).
		return "rerequest"
	default:
		return ""
	}
}

func (p *Provider) oauth(app social.ProviderApp, redirect string) oauth2.Config {
	return oauth2.Config{
		ClientID:    app.ClientID,
		RedirectURL: redirect,
		Endpoint: oauth2.Endpoint{
			AuthURL:   p.web + "/" + version(app) + "/dialog/oauth",
			TokenURL:  p.endpoint(session{app: app}, "oauth/access_token"),
			AuthStyle: oauth2.AuthStyleInParams,
		},
	}
}

func words(scopes []social.Scope) []string {
	list := make([]string, len(scopes))
	for i, s := range scopes {
		list[i] = string(s)
	}
	return list
}
