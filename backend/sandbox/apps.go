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
	LinkedInShareClientID  = "86demopublica1"
	LinkedInShareSecret    = "WPL_AP1.publicacao.segredo-falso"
	MetaBusinessClientID   = "1140265938472615"
	MetaLiveClientID       = "1183746592038475"
	MetaDesktopClientID    = "1092837465019283"
	MetaConfig             = "778899001122334"
	MetaSystemConfig       = "778899001122335"
	RelayURLMeta           = "https://kontent.example/callback/meta"
	RelayURLLinkedIn       = "https://kontent.example/callback/linkedin"
)

// The kinds of LinkedIn app, which exclude each other (linkedin.md 0.5), and
// the tiers of the first, of which only Standard reads many at once
// (linkedin.md 0.9).
const (
	ProductCommunity = "community_management"
	ProductShare     = "sign_in_share"
	TierDevelopment  = "development"
	TierStandard     = "standard"
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
	// Scopes the LinkedIn app may ask for; those of its product when nil
	// (linkedin.md 2.1).
	Scopes []string
	// Product and Tier are what LinkedIn has given the app; empty means the
	// Community Management API on its Development tier (linkedin.md 2.1).
	Product string
	Tier    string
	// Native is LinkedIn's PKCE client: no secret, loopback IPs on any port. Of
	// Meta's it is the type Native/Desktop, whose app tokens are ignored
	// (meta.md 1.4).
	Native bool
	// Configurations are those of Facebook Login for Business; an app of Meta's
	// without any has the classic login, which does not know them (meta.md 1.2).
	Configurations []Configuration
	// Roles are the keys of the admins, developers and testers of Meta's app;
	// nil means everybody. In Development mode nobody else can sign in.
	Roles []string
	// Advanced are the permissions with advanced access, all that people
	// without a role can give a Live app (meta.md 1.8).
	Advanced []string
	// RefreshTokens is LinkedIn's programmatic refresh, for approved partners only.
	RefreshTokens bool
	// strangers have lost their role; see console.
	strangers []string
}

// DefaultMetaApps returns four apps with one secret: a classic one in
// Development mode; one with Facebook Login for Business; a Live one, which
// wants the relay page and drops what has no advanced access for all but João;
// and one of type Native/Desktop.
func DefaultMetaApps() []App {
	app := func(id string) App {
		return App{ID: id, Secret: MetaClientSecret, Name: "Kontent", Redirects: []string{RelayURLMeta}}
	}
	business, live, desktop := app(MetaBusinessClientID), app(MetaLiveClientID), app(MetaDesktopClientID)
	business.Configurations = []Configuration{
		{ID: MetaConfig, Permissions: productPermissions()},
		{ID: MetaSystemConfig, Permissions: productPermissions(), SystemUser: true},
	}
	live.Live, live.Roles = true, []string{"joao"}
	live.Advanced = []string{"pages_show_list", "business_management", "pages_read_engagement", "instagram_basic"}
	desktop.Native = true
	return []App{app(MetaClientID), business, live, desktop}
}

// productPermissions are those that a product of this kind asks for (meta.md 2).
func productPermissions() []string {
	return without(MetaPermissions(), []string{"email", "ads_read", "ads_management"})
}

// DefaultLinkedInApps returns the Community Management app, its native PKCE
// sibling, and an app with Sign In and Share.
func DefaultLinkedInApps() []App {
	redirects := []string{
		"http://localhost:17653/callback/linkedin",
		"http://localhost:27653/callback/linkedin",
		"http://localhost:37653/callback/linkedin",
		RelayURLLinkedIn,
	}
	return []App{
		{
			ID: LinkedInClientID, Secret: LinkedInClientSecret, Name: "Kontent", Redirects: redirects,
			Product: ProductCommunity, Tier: TierDevelopment, Scopes: CommunityManagementScopes(),
		},
		{
			ID: LinkedInNativeClientID, Name: "Kontent", Native: true,
			Product: ProductCommunity, Tier: TierDevelopment, Scopes: CommunityManagementScopes(),
		},
		{
			ID: LinkedInShareClientID, Secret: LinkedInShareSecret, Name: "Kontent", Redirects: slices.Clone(redirects),
			Product: ProductShare, Tier: TierDevelopment, Scopes: SignInShareScopes(),
		},
	}
}

// SignInShareScopes are those of Sign In with LinkedIn and Share on LinkedIn
// (linkedin.md 2.1).
func SignInShareScopes() []string { return []string{"openid", "profile", "email", "w_member_social"} }

// linkedInScopes are those that the app may ask for.
func (a App) linkedInScopes() []string {
	switch {
	case a.Scopes != nil:
		return a.Scopes
	case a.Product == ProductShare:
		return SignInShareScopes()
	default:
		return CommunityManagementScopes()
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
