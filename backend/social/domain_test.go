package social_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/social"
)

func TestTokenSetOnly(t *testing.T) {
	t.Parallel()
	all := social.TokenSet{
		Access: social.NewSecret("access"), Refresh: social.NewSecret("refresh"),
		Pages: map[string]social.Secret{"1": social.NewSecret("one"), "2": social.NewSecret("two")},
	}
	t.Run("keeps the tokens of the chosen pages and the login's own", func(t *testing.T) {
		t.Parallel()
		want := social.TokenSet{Access: all.Access, Refresh: all.Refresh, Pages: map[string]social.Secret{"2": social.NewSecret("two")}}
		if diff := cmp.Diff(want, all.Only([]string{"2", "3"})); diff != "" {
			t.Errorf("kept (-want +got):\n%s", diff)
		}
	})
	t.Run("leaves the original whole", func(t *testing.T) {
		t.Parallel()
		_ = all.Only(nil)
		if len(all.Pages) != 2 {
			t.Errorf("%d pages are left in the original", len(all.Pages))
		}
	})
}

func TestCapabilities(t *testing.T) {
	t.Parallel()
	cs := social.Capabilities{
		social.Analytics: social.NotGranted, social.Publish: social.NotGranted, social.Comments: social.Unavailable,
	}
	if got := cs.Get(social.Messages); got != social.Unknown {
		t.Errorf("what is not in the map is %q, want unknown", got)
	}
	if diff := cmp.Diff([]social.Capability{social.Publish, social.Analytics}, cs.Missing(nil)); diff != "" {
		t.Errorf("wanting none means all, in the order of display (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]social.Capability{social.Analytics}, cs.Missing([]social.Capability{social.Comments, social.Analytics})); diff != "" {
		t.Errorf("only what was wanted counts (-want +got):\n%s", diff)
	}
}

func TestRedirectURIs(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		app  social.ProviderApp
		want []string
	}{
		"localhost names every port": {
			social.ProviderApp{Provider: social.Meta, Redirect: social.RedirectLocalhost, Ports: social.DefaultPorts()},
			[]string{"http://localhost:17653/callback/meta", "http://localhost:27653/callback/meta", "http://localhost:37653/callback/meta"},
		},
		"native names none": {
			social.ProviderApp{Provider: social.LinkedIn, Redirect: social.RedirectNative, Ports: social.DefaultPorts()},
			[]string{"http://127.0.0.1/callback/linkedin"},
		},
		"relay is the organisation's page": {
			social.ProviderApp{Provider: social.Meta, Redirect: social.RedirectRelay, RelayURL: "https://example.com/relay"},
			[]string{"https://example.com/relay"},
		},
		"paste needs none": {social.ProviderApp{Provider: social.Meta, Redirect: social.RedirectPaste}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, tc.app.RedirectURIs()); diff != "" {
				t.Errorf("addresses (-want +got):\n%s", diff)
			}
		})
	}
}

func TestValid(t *testing.T) {
	t.Parallel()
	type pair struct {
		mode     social.RedirectMode
		provider social.Provider
	}
	for what, want := range map[pair]bool{
		{social.RedirectLocalhost, social.Meta}: true, {social.RedirectLocalhost, social.LinkedIn}: true,
		{social.RedirectNative, social.Meta}: false, {social.RedirectNative, social.LinkedIn}: true,
		{social.RedirectRelay, social.Meta}: true, {social.RedirectRelay, social.LinkedIn}: true,
		{social.RedirectPaste, social.Meta}: true, {social.RedirectPaste, social.LinkedIn}: false,
		{"", social.Meta}: false, {"oob", social.LinkedIn}: false, {social.RedirectLocalhost, "x"}: false,
	} {
		if got := what.mode.Valid(what.provider); got != want {
			t.Errorf("%q at %q is valid: %t", what.mode, what.provider, got)
		}
	}
	for _, p := range social.Providers() {
		if !p.Valid() {
			t.Errorf("%q is listed but not valid", p)
		}
	}
	for _, c := range social.AllCapabilities() {
		if !c.Valid() {
			t.Errorf("%q is listed but not valid", c)
		}
	}
	if social.Provider("x").Valid() || social.Capability("").Valid() || social.AccountKind("x").Provider() != "" {
		t.Error("an unknown word is taken for a known one")
	}
}
