package linkedin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// facts is what introspection says of a token (linkedin.md 1.8).
type facts struct {
	Active    bool            `json:"active"`
	Status    string          `json:"status"`
	Scope     *string         `json:"scope"`
	ClientID  string          `json:"client_id"`
	CreatedAt provider.Number `json:"created_at"`
	ExpiresAt provider.Number `json:"expires_at"`
}

func (p *Provider) introspect(ctx context.Context, app social.ProviderApp, secret, token social.Secret) (facts, error) {
	return p.introspectWith(ctx, app, secret, token, p.explainClient)
}

func (p *Provider) introspectWith(ctx context.Context, app social.ProviderApp, secret, token social.Secret, explain provider.Explain) (facts, error) {
	var f facts
	err := p.http.Call(ctx, provider.Request{
		Act: "introspect token", Method: http.MethodPost, URL: p.web + "/oauth/v2/introspectToken",
		Form: url.Values{
			"client_id": {app.ClientID}, "client_secret": {secret.Reveal()}, "token": {token.Reveal()},
		},
		Limit: provider.TokenLimit,
	}, explain, &f)
	return f, err
}

// explainClient reads errors of calls that the app makes with its own secret.
// They are about the app and say nothing about a login.
func (p *Provider) explainClient(r provider.Reply) *social.Trouble {
	fault := provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppSetup}
	switch r.Status {
	case http.StatusUnauthorized:
		fault.Code = problem.AppSecretWrong // (linkedin.md 1.8)
		fallthrough
	case http.StatusBadRequest, http.StatusForbidden:
		return fault.Trouble(&codeError{0, r.Errorf("app's own credentials")})
	}
	return p.explain(r)
}

// judge returns nil for a living token of app. Expired and revoked are
// LinkedIn's explicit word; not active and nothing else is what a token of
// another app gets, and one refusal of that kind is not enough.
func (f facts) judge(app social.ProviderApp) error {
	if !f.Active {
		fault := provider.Fault{Cause: social.CauseRefused, Refused: true, Code: problem.AccessEnded}
		switch f.Status {
		case "expired":
			fault.Cause, fault.Explicit = social.CauseExpired, true
		case "revoked":
			fault.Cause, fault.Explicit = social.CauseRevoked, true
		}
		return fault.Trouble(fmt.Errorf("introspect token: not active"))
	}
	if f.ClientID != "" && f.ClientID != app.ClientID {
		return provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppSetup}.
			Trouble(fmt.Errorf("introspect token: it belongs to another app"))
	}
	return nil
}

// apply replaces what was told at the exchange with what holds now.
func (f facts) apply(login *social.Login) {
	if f.Scope != nil {
		login.Granted = provider.SplitScopes(*f.Scope)
	}
	if at, ok := epoch(f.ExpiresAt); ok {
		login.Clocks.Token = social.ExpiresAt(at, social.ToldByProvider)
	}
}

// epoch reads a date of this century; anything else was not meant as one.
func epoch(n provider.Number) (time.Time, bool) {
	const first, last = 946_684_800, 4_102_444_800
	return time.Unix(n.N, 0).UTC(), n.Told && n.N >= first && n.N < last
}
