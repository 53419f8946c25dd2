package meta

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// TestApp finds out whether Meta takes the app, without anybody signing in.
// Two requests say that it does: one without a token for the version, and one
// with which the app inspects its own token. A third one finds out why not.
//
// It says nothing about the addresses that are registered, the permissions or
// the mode of the app: Meta tells those only to whoever signs in.
func (p *Provider) TestApp(ctx context.Context, app social.ProviderApp, secret social.Secret) error {
	if app.ClientID == "" {
		return problem.New(problem.AppMissing, nil)
	}
	s := session{app, secret}
	if err := p.testVersion(ctx, s); err != nil {
		return err
	}
	switch {
	case secret.Empty() && app.Redirect == social.RedirectPaste:
		return nil // a pasted token asks about itself
	case secret.Empty():
		return provider.NoSecret("test app")
	}
	err := p.testAppToken(ctx, s)
	if !tokenRefused(err) {
		return err
	}
	return p.testSecret(ctx, s)
}

// tokenRefused reports whether the app's own token was refused or ignored;
// both hide whether it is the id, the secret or the type.
func tokenRefused(err error) bool {
	if errors.Is(err, errNotValid) {
		return true
	}
	of, ok := asCode(err)
	return ok && (of.code == 190 || of.code == 102 || of.code == 2500)
}

var errNotValid = errors.New("test app: its token is not valid")

// testVersion asks something without a token. Where the version exists Meta
// misses the token; where it does not, it does not know the path (meta.md 1.1).
// A version that was retired may still be answered by a later one, which
// nothing in the answer tells.
func (p *Provider) testVersion(ctx context.Context, s session) error {
	r := provider.Request{
		Act: "test version", Method: http.MethodGet, URL: p.endpoint(s, "me"),
		Limit: provider.TokenLimit,
	}
	err := p.http.Call(ctx, r, explain, nil)
	trouble, ok := asTrouble(err)
	if !ok {
		return err
	}
	switch trouble.Cause {
	case social.CauseVersionRetired, social.CauseOffline, social.CauseRateLimited:
		return err
	default:
	}
	if of, spoken := asCode(err); !spoken || of.code == 1 || of.code == 2 {
		return err
	}
	return nil
}

// testAppToken lets the app ask about its own token (meta.md 4), as every
// inspection of a login does.
func (p *Provider) testAppToken(ctx context.Context, s session) error {
	f, err := p.debug(ctx, s, s.appToken())
	if err == nil && (!f.Valid || string(f.AppID) != s.app.ClientID) {
		return provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppSetup}.
			Trouble(errNotValid)
	}
	return err
}

// testSecret shows id and secret where nothing else is looked at: with a token
// to exchange that is none. Meta refuses the id, or the secret, or else the
// token; then both are right, and it is the app's type that makes Meta ignore
// its token (meta.md 1.4, 1.7).
func (p *Provider) testSecret(ctx context.Context, s session) error {
	r := p.tokenRequest(s, "test secret", "", url.Values{
		"grant_type":        {"fb_exchange_token"},
		"fb_exchange_token": {"none"},
	})
	r.Limit = provider.TokenLimit
	err := p.http.Call(ctx, r, explainApp, nil)
	if trouble, ok := asTrouble(err); err != nil && (!ok || trouble.Cause != social.CauseAppSetup) {
		return err
	}
	if code := problem.CodeOf(err); code == problem.AppSecretWrong || code == problem.AppUnknown {
		return err
	}
	return provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppTypeWrong}.
		Trouble(fmt.Errorf("test app: its secret is right and its token is ignored"))
}
