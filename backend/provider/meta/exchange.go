package meta

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// Exchange trades a code for the login's long-lived token, in two steps
// (meta.md 1.4). The code is sent once. What was granted is not told here;
// Inspect finds it.
func (p *Provider) Exchange(ctx context.Context, app social.ProviderApp, secret social.Secret, callback social.Callback) (social.Login, error) {
	if secret.Empty() {
		return social.Login{}, provider.NoSecret("exchange code")
	}
	s := session{app, secret}
	short, err := p.http.Token(ctx, p.tokenRequest(s, "exchange code", callback.RedirectURI, url.Values{
		"redirect_uri": {callback.RedirectURI},
		"code":         {callback.Code.Reveal()},
	}), explainCode)
	if err != nil {
		return social.Login{}, err
	}
	long, err := p.lasting(ctx, s, short)
	if err != nil {
		return social.Login{}, err
	}
	return social.Login{
		Tokens: social.TokenSet{Access: long.Access},
		Clocks: long.Clocks(p.now()),
	}, nil
}

// lasting returns the long-lived token. One that already lives for weeks is
// it, and so is one without an end that Meta does not exchange: a login for
// business can give the token of a system user (meta.md 1.2).
func (p *Provider) lasting(ctx context.Context, s session, short provider.TokenReply) (provider.TokenReply, error) {
	if short.Lifetime > longest {
		return short, nil
	}
	long, err := p.prolong(ctx, s, short.Access)
	var trouble *social.Trouble
	if short.Lifetime == 0 && errors.As(err, &trouble) && trouble.Cause == social.CauseAppSetup {
		return short, nil
	}
	return long, err
}

// longest is more than the hours that a token lives before it was exchanged
// (meta.md 1.4).
const longest = 24 * time.Hour

// prolong turns the token of some hours into one of some 60 days, from which
// Page tokens come without an end (meta.md 1.5). It tries twice when the
// network fails, because the code is spent and the person would have to sign
// in again.
func (p *Provider) prolong(ctx context.Context, s session, short social.Secret) (provider.TokenReply, error) {
	r := p.tokenRequest(s, "exchange for long-lived token", "", url.Values{
		"grant_type":        {"fb_exchange_token"},
		"fb_exchange_token": {short.Reveal()},
	})
	long, err := p.http.Token(ctx, r, explainApp)
	var trouble *social.Trouble
	if errors.As(err, &trouble) && (trouble.Cause == social.CauseOffline || trouble.Cause == social.CauseProviderTrouble) {
		long, err = p.http.Token(ctx, r, explainApp)
	}
	return long, err
}

func (p *Provider) tokenRequest(s session, act, redirect string, form url.Values) provider.Request {
	form.Set("client_id", s.app.ClientID)
	form.Set("client_secret", s.secret.Reveal())
	return provider.Request{
		Act: act, Method: http.MethodPost, URL: p.oauth(s.app, redirect).Endpoint.TokenURL, Form: form,
	}
}

// explainCode reads errors about a code. Whatever Meta refuses here, no access
// was lost: there was none yet.
func explainCode(r provider.Reply) *social.Trouble {
	e, ok := readError(r)
	if !ok {
		return nil
	}
	fault := e.fault()
	switch {
	case e.says("redirect_uri"), e.Code.N == 191:
		fault = provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppSetup}
	case e.says("client secret"), e.Code.N == 101, e.Code.N == 104:
		fault, _ = e.appFault()
	case fault.Refused, e.Code.N == 100:
		// Used, expired or never issued (security.md TK01).
		fault = provider.Fault{Cause: social.CauseRefused, Code: problem.CodeExpired}
	}
	return e.trouble(r, fault)
}
