package linkedin

import (
	"slices"

	"github.com/kontent/kontent-connect/backend/social"
)

// The scopes of an app with the Community Management API, which must be its
// only product (linkedin.md 2.1), and the three that tell who signed in to an
// app of another product.
const (
	basicProfile    social.Scope = "r_basicprofile"
	orgAdmin        social.Scope = "rw_organization_admin"
	orgAdminRead    social.Scope = "r_organization_admin"
	orgWrite        social.Scope = "w_organization_social"
	orgRead         social.Scope = "r_organization_social"
	orgFeedRead     social.Scope = "r_organization_social_feed"
	orgFeedWrite    social.Scope = "w_organization_social_feed"
	orgFollowers    social.Scope = "r_organization_followers"
	memberWrite     social.Scope = "w_member_social"
	memberFeedWrite social.Scope = "w_member_social_feed"
	memberPosts     social.Scope = "r_member_postAnalytics"
	memberProfile   social.Scope = "r_member_profileAnalytics"
	openID          social.Scope = "openid"
	profile         social.Scope = "profile"
)

// scopeTable says what each capability of each kind is asked for with. Nothing
// stands for messages: LinkedIn has them for approved partners only
// (linkedin.md 2.2).
func scopeTable(k social.AccountKind, c social.Capability) []social.Scope {
	if k == social.LinkedInOrganization {
		return map[social.Capability][]social.Scope{
			social.Publish:   {orgWrite},
			social.Comments:  {orgRead, orgFeedRead, orgFeedWrite},
			social.Analytics: {orgFollowers},
		}[c]
	}
	return map[social.Capability][]social.Scope{
		social.Publish:   {memberWrite},
		social.Comments:  {memberFeedWrite},
		social.Analytics: {memberPosts, memberProfile},
	}[c]
}

// shareScopes are all that an app with Sign In and Share may ask for: who it is
// and leave to publish. They are always asked for together, whatever is wanted:
// there is nothing to choose, and a set that changes kills tokens
// (linkedin.md 0.4, 2.1).
func shareScopes() []social.Scope { return []social.Scope{openID, profile, memberWrite} }

// scopesFor returns what to ask for. An app without a product has Community
// Management. No capabilities means all of them, no
// kinds means both. One scope too many fails the whole request
// (linkedin.md 1.2), so nothing is asked for beyond what is wanted. The order
// is fixed: another set of scopes kills the tokens of the former one
// (linkedin.md 0.4), and so the set depends on nothing else.
func scopesFor(product social.Product, capabilities []social.Capability, kinds []social.AccountKind) []social.Scope {
	if product == social.ProductShare {
		return shareScopes()
	}
	if len(capabilities) == 0 {
		capabilities = social.AllCapabilities()
	}
	kinds = slices.DeleteFunc(slices.Clone(kinds), func(k social.AccountKind) bool { return k.Provider() != social.LinkedIn })
	if len(kinds) == 0 {
		kinds = []social.AccountKind{social.LinkedInOrganization, social.LinkedInMember}
	}
	scopes := []social.Scope{basicProfile}
	if slices.Contains(kinds, social.LinkedInOrganization) {
		scopes = append(scopes, orgAdmin)
	}
	for _, c := range social.AllCapabilities() {
		for _, k := range []social.AccountKind{social.LinkedInOrganization, social.LinkedInMember} {
			if slices.Contains(capabilities, c) && slices.Contains(kinds, k) {
				scopes = append(scopes, scopeTable(k, c)...)
			}
		}
	}
	return scopes
}

// keeping adds to what is asked for what logins of the app have already: another
// set of scopes kills the tokens of the former one, Pages and profile alike
// (linkedin.md 0.4). An app of Sign In and Share has nothing to choose.
func keeping(product social.Product, asked, keep []social.Scope) []social.Scope {
	if product == social.ProductShare {
		return asked
	}
	for _, s := range keep {
		if !slices.Contains(asked, s) {
			asked = append(asked, s)
		}
	}
	return asked
}
