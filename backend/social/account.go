package social

import "time"

// AccountID identifies a connected account.
type AccountID string

// AccountState is where in its life an account is. It is stored; health is not.
type AccountState string

// The states of an account.
const (
	AccountActive AccountState = "active"
	// AccountDisconnecting has been asked to go; start-up finishes it.
	AccountDisconnecting AccountState = "disconnecting"
	AccountDisconnected  AccountState = "disconnected"
)

// Standing says whether the login still reaches the account.
type Standing string

// The standings. The zero value means that the last complete listing had the
// account in it.
const (
	StandingPresent Standing = ""
	// StandingMissing: the account is not in what the login grants any more.
	StandingMissing Standing = "missing"
	// StandingRoleLost: the person has no sufficient role on it any more.
	StandingRoleLost Standing = "role_lost"
	// StandingRoleLimited: the person's role on the account does not allow all
	// of it. No permission could be asked for that would.
	StandingRoleLimited Standing = "role_limited"
	// StandingCheckpoint: the provider wants the person on its own site first.
	StandingCheckpoint Standing = "checkpoint"
)

// Account is a connected Page, Instagram account, Company Page or profile.
type Account struct {
	ID        AccountID
	ProjectID ProjectID
	GrantID   GrantID
	Provider  Provider
	Kind      AccountKind
	// RemoteID is the provider's own id, as text: ids exceed 2^53, and
	// LinkedIn's are URNs.
	RemoteID string
	Name     string
	Username string
	// ParentRemoteID is the Page that an Instagram account is linked to.
	ParentRemoteID string
	// Detail is a word about the account that helps to tell it apart: the
	// portfolio of a Page, the role on a Company Page.
	Detail string
	// Picture is the version of the copy of its picture; "" for none.
	Picture        string
	State          AccountState
	Standing       Standing
	Capabilities   Capabilities
	Clocks         Clocks
	ConnectedAt    time.Time
	DisconnectedAt time.Time
}

// Title is what people call the account: an Instagram account goes by its
// handle, everything else by its name.
func (a Account) Title() string {
	if a.Kind == InstagramAccount && a.Username != "" {
		return "@" + a.Username
	}
	return a.Name
}
