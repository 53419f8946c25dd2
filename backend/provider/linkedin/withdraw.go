package linkedin

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// Release does nothing: LinkedIn has no call that lets go of one account of a
// login.
func (p *Provider) Release(context.Context, social.ProviderApp, social.Secret, social.Account, social.TokenSet) error {
	return nil
}

// Withdraw asks LinkedIn to revoke the login's tokens and then asks whether it
// did. The call that revokes is documented nowhere (linkedin.md 1.9), so its
// answer counts for nothing: only a token that is no longer active is
// withdrawn.
//
// The error says why a withdrawal is Unreachable; it is nil otherwise.
func (p *Provider) Withdraw(ctx context.Context, app social.ProviderApp, secret social.Secret, _ social.Subject, tokens social.TokenSet) (social.Withdrawal, error) {
	if tokens.Access.Empty() {
		return social.StillListed, nil
	}
	if !tokens.Refresh.Empty() {
		// First, because the other order may leave a token that makes new
		// ones.
		_ = p.revoke(ctx, app, secret, tokens.Refresh)
	}
	asked := p.revoke(ctx, app, secret, tokens.Access)
	active, err := p.active(ctx, app, secret, tokens.Access)
	switch {
	case err != nil && unreachable(err):
		return social.Unreachable, err
	case err != nil:
		return social.StillListed, nil //nolint:nilerr // LinkedIn does not say that it is gone, so it counts as listed
	case !active:
		return social.Withdrawn, nil
	case unreachable(asked):
		return social.Unreachable, asked
	default:
		return social.StillListed, nil
	}
}

func (p *Provider) revoke(ctx context.Context, app social.ProviderApp, secret, token social.Secret) error {
	form := url.Values{"client_id": {app.ClientID}, "token": {token.Reveal()}}
	if !secret.Empty() && !native(app) {
		form.Set("client_secret", secret.Reveal())
	}
	return p.http.Call(ctx, provider.Request{
		Act: "revoke token", Method: http.MethodPost, URL: p.web + "/oauth/v2/revoke", Form: form, Limit: provider.TokenLimit,
	}, p.explainClient, nil)
}

// active reports whether token still opens something: by introspection, or by
// using it where there is no secret to introspect with.
func (p *Provider) active(ctx context.Context, app social.ProviderApp, secret, token social.Secret) (bool, error) {
	if !secret.Empty() && !native(app) {
		f, err := p.introspect(ctx, app, secret, token)
		return f.Active, err
	}
	err := p.http.Call(ctx, p.get(token, "try token", "/v2/me"), p.explain, nil)
	var trouble *social.Trouble
	switch {
	case errors.As(err, &trouble) && trouble.Refused:
		return false, nil
	case forbidden(err):
		return true, nil
	default:
		return true, err
	}
}

// unreachable reports whether err means that LinkedIn could not be told:
// trying again later may help.
func unreachable(err error) bool {
	var trouble *social.Trouble
	if !errors.As(err, &trouble) {
		return errors.Is(err, context.Canceled)
	}
	var reply *provider.ReplyError
	if errors.As(err, &reply) && reply.Status < http.StatusInternalServerError && trouble.Cause != social.CauseRateLimited {
		return false
	}
	switch trouble.Cause {
	case social.CauseOffline, social.CauseRateLimited, social.CauseProviderTrouble:
		return true
	default:
		return false
	}
}
