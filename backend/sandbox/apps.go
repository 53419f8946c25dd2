package sandbox

import (
	"net/url"
	"slices"
	"strings"
)

// The clients that are registered by default. None of the values opens
// anything but this sandbox.
//
//nolint:gosec // G101: demonstration values, meant to be public.
const (
	MetaClientID           = "1029384756473829"
	MetaClientSecret       = "demonstracao00meta00segredo00falso"
	LinkedInClientID       = "86demokontent1"
	LinkedInClientSecret   = "WPL_AP1.demonstracao.segredo-falso"
	LinkedInNativeClientID = "86demonativo1x"
	RelayURLMeta           = "https://kontent.example/callback/meta"
	RelayURLLinkedIn       = "https://kontent.example/callback/linkedin"
)

// App is one OAuth client registered at a provider.
type App struct {
	ID     string
	Secret string
	Name   string
	// Redirects are the registered redirect URIs, matched exactly.
	Redirects []string
	// Live is Meta's published mode: localhost redirects, free in
	// Development mode, are refused (meta.md 1.7).
	Live bool
	// Scopes the LinkedIn app may ask for (linkedin.md 2.1).
	Scopes []string
	// Native is LinkedIn's PKCE client: no secret, loopback IPs on any port.
	Native bool
	// RefreshTokens is LinkedIn's programmatic refresh, for approved partners only.
	RefreshTokens bool
}

// DefaultMetaApps returns the one Meta app, in Development mode.
func DefaultMetaApps() []App {
	return []App{{
		ID: MetaClientID, Secret: MetaClientSecret, Name: "Kontent",
		Redirects: []string{RelayURLMeta},
	}}
}

// DefaultLinkedInApps returns the Community Management app and its native
// PKCE sibling.
func DefaultLinkedInApps() []App {
	return []App{
		{
			ID: LinkedInClientID, Secret: LinkedInClientSecret, Name: "Kontent",
			Redirects: []string{
				"http://localhost:17653/callback/linkedin",
				"http://localhost:27653/callback/linkedin",
				"http://localhost:37653/callback/linkedin",
				RelayURLLinkedIn,
			},
			Scopes: CommunityManagementScopes(),
		},
		{
			ID: LinkedInNativeClientID, Name: "Kontent", Native: true,
			Scopes: CommunityManagementScopes(),
		},
	}
}

// CommunityManagementScopes are those of the Community Management API, which
// must be the only product of its app: no openid next to them (linkedin.md 2.1).
func CommunityManagementScopes() []string {
	return []string{
		"r_basicprofile", "rw_organization_admin", "r_organization_social", "w_organization_social",
		"r_organization_social_feed", "w_organization_social_feed", "w_member_social", "w_member_social_feed",
		"r_member_postAnalytics", "r_organization_followers", "r_member_profileAnalytics", "r_1st_connections_size",
	}
}

func findApp(apps []App, id string) (App, bool) {
	i := slices.IndexFunc(apps, func(a App) bool { return a.ID == id && id != "" })
	if i < 0 {
		return App{}, false
	}
	return apps[i], true
}

// metaRedirectAllowed is Meta's strict match plus the exception for localhost
// in Development mode; 127.0.0.1 is no exception (meta.md 1.7).
func (a App) metaRedirectAllowed(redirect string) bool {
	if slices.Contains(a.Redirects, redirect) {
		return true
	}
	u, err := url.Parse(redirect)
	if err != nil || a.Live || u.Port() == "" {
		return false
	}
	return redirect == "http://localhost:"+u.Port()+"/callback/meta"
}

// linkedInRedirectAllowed is an exact match; the native client may use any
// port of a loopback address, but not the name localhost (linkedin.md 1.4, 1.6).
func (a App) linkedInRedirectAllowed(redirect string) bool {
	if !a.Native {
		return slices.Contains(a.Redirects, redirect)
	}
	u, err := url.Parse(redirect)
	if err != nil || u.Port() == "" || strings.Contains(redirect, "#") {
		return false
	}
	tail := ":" + u.Port() + "/callback/linkedin"
	return redirect == "http://127.0.0.1"+tail || redirect == "http://[::1]"+tail
}
