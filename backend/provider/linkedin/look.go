package linkedin

import (
	"context"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// look is what the versioned calls of one inspection share.
type look struct {
	*Provider
	app   social.ProviderApp
	token social.Secret
	age   age
}

// request returns a call on behalf of the login.
func (l look) request(act, path string) provider.Request { return l.rest(l.app, l.token, act, path) }

// call sends r. A new token that is called revoked is shown again: the flake
// may come at any call, not only at the first (linkedin.md 4).
func (l look) call(ctx context.Context, r provider.Request, into any) error {
	return l.patiently(ctx, r, l.age, into)
}
