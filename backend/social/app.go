package social

import "strconv"

// RedirectMode says how a provider's answer comes back to this computer.
type RedirectMode string

// The redirect modes (design.md 5).
const (
	RedirectLocalhost RedirectMode = "localhost"
	RedirectNative    RedirectMode = "native"
	RedirectRelay     RedirectMode = "relay"
	RedirectPaste     RedirectMode = "paste"
)

// Valid reports whether m is a known mode that provider p offers.
func (m RedirectMode) Valid(p Provider) bool {
	switch m {
	case RedirectLocalhost, RedirectRelay:
		return p.Valid()
	case RedirectNative:
		return p == LinkedIn
	case RedirectPaste:
		return p == Meta
	default:
		return false
	}
}

// DefaultPorts are the fixed loopback ports to register at a provider, tried
// in this order.
func DefaultPorts() []int { return []int{17653, 27653, 37653} }

// Product says which of LinkedIn's products an app has. They exclude each
// other: Community Management must be the only one on its app (linkedin.md 0.5).
type Product string

// The products. Meta's apps have none of them.
const (
	// ProductCommunity: Community Management, for Company Pages and profiles.
	ProductCommunity Product = "community_management"
	// ProductShare: Sign In with LinkedIn and Share on LinkedIn, for profiles
	// that publish.
	ProductShare Product = "sign_in_share"
)

// Valid reports whether an app of provider p can be of this kind; "" is only
// for Meta.
func (k Product) Valid(p Provider) bool {
	if p != LinkedIn {
		return k == ""
	}
	return k == ProductCommunity || k == ProductShare
}

// Tier says how much LinkedIn lets an app ask for (linkedin.md 2.1).
type Tier string

// The tiers of Community Management.
const (
	// TierDevelopment: few calls a day, and none for many at once.
	TierDevelopment Tier = "development"
	TierStandard    Tier = "standard"
)

// Valid reports whether an app of provider p can have this tier; "" is only for
// Meta.
func (t Tier) Valid(p Provider) bool {
	if p != LinkedIn {
		return t == ""
	}
	return t == TierDevelopment || t == TierStandard
}

// ProviderApp is the OAuth client of the admin's organisation at a provider.
// Its secret is in the keychain under SecretRef.
type ProviderApp struct {
	Provider   Provider
	ClientID   string
	Redirect   RedirectMode
	Ports      []int
	RelayURL   string
	APIVersion string
	// LoginConfig is the config_id of Facebook Login for Business; empty for
	// a classic login (meta.md 1.2).
	LoginConfig string
	// Product and Tier describe a LinkedIn app; empty at Meta.
	Product   Product
	Tier      Tier
	SecretRef TokenRef
}

// RedirectURIs lists the exact addresses to register at the provider. The
// native flow takes any port, so its address names none.
func (a ProviderApp) RedirectURIs() []string {
	path := "/callback/" + string(a.Provider)
	switch a.Redirect {
	case RedirectNative:
		return []string{"http://127.0.0.1" + path}
	case RedirectRelay:
		return []string{a.RelayURL}
	case RedirectPaste:
		return nil
	case RedirectLocalhost:
	}
	uris := make([]string, 0, len(a.Ports))
	for _, port := range a.Ports {
		uris = append(uris, "http://localhost:"+strconv.Itoa(port)+path)
	}
	return uris
}
