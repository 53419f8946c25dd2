package social

import "slices"

// Capability is something that an admin wants to do with an account, in our
// words. Providers map it to scopes.
type Capability string

// The capabilities, in the order in which faces show them.
const (
	Publish   Capability = "publish"
	Messages  Capability = "messages"
	Comments  Capability = "comments"
	Analytics Capability = "analytics"
)

// AllCapabilities lists every capability in the order of display.
func AllCapabilities() []Capability {
	return []Capability{Publish, Messages, Comments, Analytics}
}

// Valid reports whether c is a known capability.
func (c Capability) Valid() bool {
	return c == Publish || c == Messages || c == Comments || c == Analytics
}

// CapabilityState says whether an account can do a thing.
type CapabilityState string

// The states of a capability. Unknown is not missing: it means that the
// provider did not tell.
const (
	Granted     CapabilityState = "granted"
	NotGranted  CapabilityState = "missing"
	Unavailable CapabilityState = "unavailable"
	Unknown     CapabilityState = "unknown"
)

// Capabilities holds one state for each capability. A capability that is not
// in the map is Unknown.
type Capabilities map[Capability]CapabilityState

// Get returns the state of c.
func (cs Capabilities) Get(c Capability) CapabilityState {
	if state, ok := cs[c]; ok {
		return state
	}
	return Unknown
}

// lack reports whether one of the wanted capabilities was not granted.
func (cs Capabilities) lack(wanted []Capability) bool {
	for c, state := range cs {
		if state == NotGranted && (len(wanted) == 0 || slices.Contains(wanted, c)) {
			return true
		}
	}
	return false
}

// Missing lists those of the wanted capabilities that were not granted, in the
// order of display. Wanting none means wanting all.
func (cs Capabilities) Missing(wanted []Capability) []Capability {
	var missing []Capability
	for _, c := range AllCapabilities() {
		if cs.Get(c) == NotGranted && (len(wanted) == 0 || slices.Contains(wanted, c)) {
			missing = append(missing, c)
		}
	}
	return missing
}
