// Package social is the domain of Kontent Connect: the words that the product
// uses for projects, logins and accounts, and the pure rules over them.
//
// It does no I/O, reads no clock (every rule takes a now) and imports nothing
// of the project. Whoever needs to know what "reconnect" means reads this
// package and nothing else.
package social

// Provider names one of the networks whose accounts can be connected.
type Provider string

// The providers. Instagram and Facebook are one provider because one Meta
// sign-in serves both.
const (
	Meta     Provider = "meta"
	LinkedIn Provider = "linkedin"
)

// Providers lists every provider in the order in which faces show them.
func Providers() []Provider { return []Provider{Meta, LinkedIn} }

// Valid reports whether p is a provider that this build knows.
func (p Provider) Valid() bool { return p == Meta || p == LinkedIn }

// ReplacesConsent reports whether a new consent at p replaces the former one
// with all of its scopes, so that what is still wanted must be asked for again
// (linkedin.md 1.1). At Meta a consent adds to what was granted.
func (p Provider) ReplacesConsent() bool { return p == LinkedIn }

// TellsRefusals reports whether p itself says which permissions were refused.
// Elsewhere one that was asked for and is not among those granted was
// (linkedin.md 1.2).
func (p Provider) TellsRefusals() bool { return p == Meta }

// AccountKind says what sort of thing an account is at its provider.
type AccountKind string

// The kinds of account.
const (
	FacebookPage         AccountKind = "facebook_page"
	InstagramAccount     AccountKind = "instagram_account"
	LinkedInOrganization AccountKind = "linkedin_organization"
	LinkedInMember       AccountKind = "linkedin_member"
)

// Provider returns the provider that has accounts of this kind, or "" for an
// unknown kind.
func (k AccountKind) Provider() Provider {
	switch k {
	case FacebookPage, InstagramAccount:
		return Meta
	case LinkedInOrganization, LinkedInMember:
		return LinkedIn
	default:
		return ""
	}
}

// Scope is a permission in the provider's own spelling.
type Scope string
