package social

import "time"

// GrantID identifies a grant.
type GrantID string

// GrantState is where in its life a grant is. It is stored; health is not.
type GrantState string

// The states of a grant.
const (
	GrantActive GrantState = "active"
	// GrantRevoking waits for the provider to hear that the access is to be
	// withdrawn. Its token is kept for that alone.
	GrantRevoking GrantState = "revoking"
	GrantClosed   GrantState = "closed"
)

// Subject is the person who signed in, as the provider names them.
type Subject struct {
	ID   string
	Name string
}

// Grant is what one person consented to, for one provider app, at one
// provider. It owns the login's token.
type Grant struct {
	ID           GrantID
	Provider     Provider
	ClientID     string
	Subject      Subject
	State        GrantState
	TokenRef     TokenRef
	TokenVersion int
	// Wanted are the capabilities that were asked for. One that nobody asked
	// for is no defect of an account when it is missing.
	Wanted    []Capability
	Requested []Scope
	Granted   []Scope
	Declined  []Scope
	Clocks    Clocks
	Verdict   Verdict
	// DueAt is when to look at the login without being asked; zero for one
	// that only a person can bring back.
	DueAt       time.Time
	ConnectedAt time.Time
	ClosedAt    time.Time
}
