package linkedin

import (
	"slices"

	"github.com/kontent/kontent-connect/backend/social"
)

// The products of LinkedIn's portal that give an app its scopes, by their names
// there (linkedin.md 2.1).
const (
	communityManagement = "Community Management API"
	openIDConnect       = "Sign In with LinkedIn using OpenID Connect"
	shareOnLinkedIn     = "Share on LinkedIn"
	advertising         = "Advertising API"
)

// Explain says which product gives app the scope s, and what does not work
// without it. No product for a scope that this build does not know.
func (p *Provider) Explain(app social.ProviderApp, s social.Scope) social.Lack {
	return social.Lack{Scope: s, Product: productOf(app, s), Uses: usesOf(s)}
}

func productOf(app social.ProviderApp, s social.Scope) string {
	switch {
	case s == memberWrite && app.Product == social.ProductShare:
		return shareOnLinkedIn // Community Management has it too, and excludes this one
	case slices.Contains([]social.Scope{openID, profile, "email"}, s):
		return openIDConnect
	case s == orgAdminRead:
		return advertising
	case s == basicProfile || s == orgAdmin || len(usesOf(s)) > 0:
		return communityManagement
	default:
		return ""
	}
}

// usesOf lists what needs scope s. Without the list of the roles there are no
// Company Pages at all.
func usesOf(s social.Scope) []social.Use {
	var uses []social.Use
	for _, k := range []social.AccountKind{social.LinkedInOrganization, social.LinkedInMember} {
		for _, c := range social.AllCapabilities() {
			table := scopeTable(k, c)
			lists := s == orgAdmin && k == social.LinkedInOrganization && len(table) > 0
			if lists || slices.Contains(table, s) {
				uses = append(uses, social.Use{Kind: k, Capability: c})
			}
		}
	}
	return uses
}

// shares reports whether a login is one of Sign In and Share, which opens
// userinfo and a profile that publishes, and no Company Pages. What was granted
// decides, and the app's setting only where LinkedIn did not say
// (linkedin.md 2.1, 3.1).
func shares(app social.ProviderApp, login social.Login) bool {
	if login.Granted == nil {
		return app.Product == social.ProductShare
	}
	return granted(login, openID, profile) && !granted(login, basicProfile)
}

// managesPages reports whether the roles on Company Pages may be asked for:
// each of two scopes opens them (linkedin.md 2.1).
func managesPages(app social.ProviderApp, login social.Login) bool {
	if login.Granted == nil {
		return app.Product != social.ProductShare
	}
	return granted(login, orgAdmin, orgAdminRead)
}
