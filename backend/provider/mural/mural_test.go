// Package mural_test is the smallest whole provider: Mural, a network that does
// not exist, as docs/add-a-provider.md walks through it. It is in tests only, so
// that the guide cannot rot and the programs carry nothing of it.
package mural_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/oauth2"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// The words that a real network adds to backend/social.
const (
	mural social.Provider    = "mural"
	board social.AccountKind = "mural_board"
)

// The scopes of Mural.
const (
	readBoards social.Scope = "boards:read"
	writePosts social.Scope = "posts:write"
)

// needs returns the scopes without which a board cannot do c; nil where Mural
// does not offer it.
func needs(c social.Capability) []social.Scope {
	return map[social.Capability][]social.Scope{
		social.Publish: {readBoards, writePosts},
	}[c]
}

// Provider is Mural: boards behind one sign-in. One value serves all apps and
// logins, because everything about them is passed in.
type Provider struct {
	base string // of pages and API
	http *provider.Client
	now  func() time.Time
}

// New returns Mural at base, which http must be allowed to reach.
func New(base string, http *provider.Client, now func() time.Time) *Provider {
	return &Provider{base: base, http: http, now: now}
}

// ID returns the network's word.
func (p *Provider) ID() social.Provider { return mural }

// AuthorizeURL returns the address of the sign-in page, and the scopes that it
// asks for. Publishing is all that there is, so all is always asked for.
func (p *Provider) AuthorizeURL(app social.ProviderApp, r social.SignInRequest) (string, []social.Scope, error) {
	if app.ClientID == "" {
		return "", nil, problem.New(problem.AppMissing, nil)
	}
	scopes := needs(social.Publish)
	config := oauth2.Config{
		ClientID: app.ClientID, RedirectURL: r.RedirectURI, Endpoint: oauth2.Endpoint{AuthURL: p.base + "/authorize"},
	}
	for _, s := range scopes {
		config.Scopes = append(config.Scopes, string(s))
	}
	return config.AuthCodeURL(r.State), scopes, nil
}

// Exchange trades a code for the login's token. Token sends it once: a code
// that was seen twice ends the access that it gave.
func (p *Provider) Exchange(ctx context.Context, app social.ProviderApp, secret social.Secret, callback social.Callback) (social.Login, error) {
	token, err := p.http.Token(ctx, provider.Request{
		Act: "exchange code", Method: http.MethodPost, URL: p.base + "/token",
		Form: url.Values{
			"grant_type": {"authorization_code"}, "code": {callback.Code.Reveal()}, "redirect_uri": {callback.RedirectURI},
			"client_id": {app.ClientID}, "client_secret": {secret.Reveal()},
		},
	}, explain)
	if err != nil {
		return social.Login{}, err
	}
	return social.Login{
		Tokens: social.TokenSet{Access: token.Access}, Granted: token.Scopes, Clocks: token.Clocks(p.now()),
	}, nil
}

// Inspect asks who signed in and which boards there are. Mural tells scopes and
// dates at the exchange alone, so those of login are passed on.
func (p *Provider) Inspect(ctx context.Context, _ social.ProviderApp, _ social.Secret, login social.Login, progress social.Progress) (social.Inspection, error) {
	var me struct {
		ID     provider.ID `json:"id"`
		Name   string      `json:"name"`
		Boards []struct {
			ID   provider.ID `json:"id"`
			Name string      `json:"name"`
		} `json:"boards"`
	}
	if err := p.http.Call(ctx, p.get(login.Tokens.Access, "list boards", "/me"), explain, &me); err != nil {
		return social.Inspection{}, err
	}
	if me.ID == "" {
		return social.Inspection{}, provider.Unexpected("list boards", "no id")
	}
	found := social.Inspection{
		Subject: social.Subject{ID: string(me.ID), Name: social.CleanName(me.Name)},
		Granted: login.Granted, Clocks: login.Clocks, Complete: true, Tokens: login.Tokens,
	}
	for _, b := range me.Boards {
		found.Candidates = append(found.Candidates, candidate(string(b.ID), b.Name, login))
	}
	progress(len(found.Candidates), len(found.Candidates))
	return found, nil
}

// candidate says what a board can do. Names are the network's text, which is
// hostile until it is cleaned.
func candidate(id, name string, login social.Login) social.Candidate {
	states := social.Capabilities{}
	for _, c := range social.AllCapabilities() {
		switch wanted := needs(c); {
		case wanted == nil:
			states[c] = social.Unavailable
		case len(social.Ungranted(wanted, login.Granted)) > 0:
			states[c] = social.NotGranted
		default:
			states[c] = social.Granted
		}
	}
	c := social.Candidate{
		Kind: board, RemoteID: id, Name: social.CleanName(name), Usable: true, Capabilities: states, Clocks: login.Clocks,
	}
	if states.Get(social.Publish) == social.NotGranted {
		c.Usable, c.Reason = false, social.ReasonPermissionMissing
	}
	return c
}

// TestApp finds out whether Mural takes the app's id and secret, with a code
// that is none: a client that it does not know it refuses before the code.
func (p *Provider) TestApp(ctx context.Context, app social.ProviderApp, secret social.Secret) error {
	_, err := p.Exchange(ctx, app, secret, social.Callback{Code: social.NewSecret("none")})
	if problem.CodeOf(err) == problem.CodeExpired {
		err = nil // it is about the code, so the client was taken
	}
	return err
}

// Release does nothing: Mural has no call that lets go of one board.
func (p *Provider) Release(context.Context, social.ProviderApp, social.Secret, social.Account, social.TokenSet) error {
	return nil
}

// Withdraw takes the access back, and then asks with it once more: that Mural
// said yes is not yet that it did.
func (p *Provider) Withdraw(ctx context.Context, _ social.ProviderApp, _ social.Secret, _ social.Subject, tokens social.TokenSet) (social.Withdrawal, error) {
	if tokens.Access.Empty() {
		return social.StillListed, nil
	}
	asked := p.get(tokens.Access, "withdraw", "/access")
	asked.Method = http.MethodDelete
	told := p.http.Call(ctx, asked, explain, nil)
	err := p.http.Call(ctx, p.get(tokens.Access, "try access", "/me"), explain, nil)
	var trouble *social.Trouble
	switch {
	case errors.As(err, &trouble) && trouble.Refused:
		return social.Withdrawn, nil
	case err != nil:
		return social.Unreachable, err
	case told != nil:
		return social.Unreachable, told
	default:
		return social.StillListed, nil
	}
}

func (p *Provider) get(token social.Secret, act, path string) provider.Request {
	return provider.Request{Act: act, Method: http.MethodGet, URL: p.base + path, Bearer: token}
}

// explain is Mural's error table. What is not in it is judged by its status,
// and never ends an access.
func explain(r provider.Reply) *social.Trouble {
	var body struct {
		Error string `json:"error"`
	}
	_ = r.Decode(&body) // what is no such body is judged by its status
	faults := map[string]provider.Fault{
		"revoked":        {Cause: social.CauseRevoked, Refused: true, Explicit: true, Code: problem.AccessEnded},
		"invalid_token":  {Cause: social.CauseRefused, Refused: true, Code: problem.AccessEnded},
		"invalid_client": {Cause: social.CauseAppSetup, Code: problem.AppSecretWrong},
		"invalid_grant":  {Cause: social.CauseRefused, Code: problem.CodeExpired},
	}
	fault, ok := faults[body.Error]
	if !ok {
		return nil
	}
	return fault.Trouble(r.Errorf("%s", body.Error))
}
