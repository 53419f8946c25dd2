package linkedin

import (
	"context"

	"github.com/kontent/kontent-connect/backend/social"
)

// TestApp finds out whether the provider takes the app.
func (p *Provider) TestApp(context.Context, social.ProviderApp, social.Secret) error { return nil }
