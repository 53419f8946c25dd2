package linkedin

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

// TestApp finds out whether LinkedIn takes the app's id and secret, without
// anybody signing in, by introspecting a token that is none (linkedin.md 1.8).
// A native app has no secret; all that can be found out of it is whether
// LinkedIn answers.
//
// It says nothing about the API version: only calls with a token are versioned
// (linkedin.md 3.4), and "the test passes, everything else fails" is what
// comes of pretending.
func (p *Provider) TestApp(ctx context.Context, app social.ProviderApp, secret social.Secret) error {
	switch {
	case app.ClientID == "":
		return problem.New(problem.AppMissing, nil)
	case native(app):
		return p.testReach(ctx)
	case secret.Empty():
		return provider.NoSecret("test app")
	}
	err := p.testIntrospection(ctx, app, secret)
	if !errors.Is(err, errUnclear) {
		return err
	}
	return p.testExchange(ctx, app, secret)
}

// errUnclear is for an answer that may be about the app or about the token.
var errUnclear = errors.New("test app: answered about the id or the token")

// testReach asks for what needs a token and sends none. Any answer that is not
// about trouble will do.
func (p *Provider) testReach(ctx context.Context) error {
	err := p.http.Call(ctx, p.get(social.Secret{}, "test reach", "/v2/me"), nil, nil)
	var reply *provider.ReplyError
	if errors.As(err, &reply) && reply.Status >= 400 && reply.Status < 500 && reply.Status != http.StatusTooManyRequests {
		return nil
	}
	return err
}

func (p *Provider) testIntrospection(ctx context.Context, app social.ProviderApp, secret social.Secret) error {
	_, err := p.introspectWith(ctx, app, secret, social.NewSecret("none"), p.explainTest)
	return err
}

// testExchange shows id and secret to the token endpoint, with a code that is
// none. LinkedIn refuses the client or else the code (linkedin.md 1.5).
func (p *Provider) testExchange(ctx context.Context, app social.ProviderApp, secret social.Secret) error {
	err := p.http.Call(ctx, provider.Request{
		Act: "test exchange", Method: http.MethodPost, URL: p.web + "/oauth/v2/accessToken",
		Form: url.Values{
			"grant_type": {"authorization_code"}, "code": {"none"}, "redirect_uri": {"http://localhost/"},
			"client_id": {app.ClientID}, "client_secret": {secret.Reveal()},
		},
		Limit: provider.TokenLimit,
	}, p.explainTest, nil)
	switch {
	case errors.Is(err, errUnclear):
		return nil // about the code, then: the client came first
	case err == nil:
		return provider.Unexpected("test exchange", "a code that is none was taken")
	default:
		return err
	}
}

// explainTest reads what a test is answered with. Only words tell a bad id
// from a bad token, so an answer without them is unclear and no verdict.
func (p *Provider) explainTest(r provider.Reply) *social.Trouble {
	e, _ := readOAuth(r)
	fault := provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppSetup}
	switch {
	case r.Status == http.StatusTooManyRequests || r.Status >= http.StatusInternalServerError:
		return p.explain(r)
	case e.Error == "invalid_client_id", e.says("client_id", "client id"):
		fault.Code = problem.AppUnknown
	case e.Error == "invalid_client", e.says("client_secret", "client secret", "client authentication"):
		fault.Code = problem.AppSecretWrong
	case r.Status == http.StatusUnauthorized && e.Error != "invalid_request":
		fault.Code = problem.AppSecretWrong // (linkedin.md 1.8)
	default:
		return fault.Trouble(fmt.Errorf("%w: %w", errUnclear, r.Errorf("")))
	}
	return fault.Trouble(r.Errorf("%s", fault.Code))
}
