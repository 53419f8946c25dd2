package social

import "slices"

// Use is one capability of one kind of account.
type Use struct {
	Kind       AccountKind
	Capability Capability
}

// Lack is a permission that was asked for and not granted, and what that costs.
type Lack struct {
	Scope Scope
	// Product is what the provider's portal calls the product that gives the
	// permission to an app; empty where permissions do not come from products.
	Product string
	// Uses are what does not work without it; none where nobody knows.
	Uses []Use
}

// Ungranted lists what was asked for and not granted. Where the provider never
// said what it granted, granted is nil and nothing counts as refused.
func Ungranted(requested, granted []Scope) []Scope {
	if granted == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(requested), func(s Scope) bool { return slices.Contains(granted, s) })
}

// Against returns the inspection with what was refused of the permissions that
// the login was asked for, where the provider leaves finding that out to us.
func (i Inspection) Against(p Provider, requested []Scope) Inspection {
	if !p.TellsRefusals() {
		i.Declined = Ungranted(requested, i.Granted)
	}
	return i
}
