package meta

import (
	"slices"

	"github.com/kontent/kontent-connect/backend/social"
)

// Explain says what does not work without permission s. Meta's permissions are
// granted by the person and come with no product of the app.
func (p *Provider) Explain(_ social.ProviderApp, s social.Scope) social.Lack {
	lack := social.Lack{Scope: s}
	for _, k := range []social.AccountKind{social.FacebookPage, social.InstagramAccount} {
		for _, c := range social.AllCapabilities() {
			if slices.Contains(needs(k, c), s) {
				lack.Uses = append(lack.Uses, social.Use{Kind: k, Capability: c})
			}
		}
	}
	return lack
}
