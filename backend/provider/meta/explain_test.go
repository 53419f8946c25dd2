package meta

import (
	"slices"
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
)

func TestPermissionsSayWhatTheyCost(t *testing.T) {
	t.Parallel()
	p := New(Config{})
	for s, want := range map[social.Scope][]social.Use{
		"pages_messaging":           {{Kind: social.FacebookPage, Capability: social.Messages}},
		"instagram_manage_insights": {{Kind: social.InstagramAccount, Capability: social.Analytics}},
		"pages_manage_metadata": {
			{Kind: social.FacebookPage, Capability: social.Messages}, {Kind: social.InstagramAccount, Capability: social.Messages},
		},
		"business_management": nil,
		"unheard_of":          nil,
	} {
		if got := p.Explain(social.ProviderApp{}, s); !slices.Equal(got.Uses, want) || got.Product != "" || got.Scope != s {
			t.Errorf("%s: %+v", s, got)
		}
	}
}
