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
	SecretRef   TokenRef
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
