package view

import "github.com/kontent/kontent-connect/backend/social"

// The words of the domain that cross, under the names that they have there.
// The faces know this package and nothing deeper, so they take them from here.
type (
	AccountID   = social.AccountID
	AccountKind = social.AccountKind
	Capability  = social.Capability
	GrantID     = social.GrantID
	Health      = social.Health
	ProjectID   = social.ProjectID
	Product     = social.Product
	Provider    = social.Provider
	Redirect    = social.RedirectMode
	Tier        = social.Tier
)

// Members of enumerations that a face decides by.
const (
	ClockExpires = social.ClockExpires
	ClockNever   = social.ClockNever
	StillListed  = social.StillListed

	Checkpoint   = social.Checkpoint
	Disconnected = social.Disconnected
	Expiring     = social.Expiring
	Healthy      = social.Healthy
	Keychain     = social.Keychain
	Limited      = social.Limited
	Missing      = social.Missing
	Reconnect    = social.Reconnect
	Unverified   = social.Unverified
)
