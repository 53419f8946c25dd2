package social

// SignInRequest is what a provider needs to build the address of its sign-in
// page.
type SignInRequest struct {
	RedirectURI  string
	State        string
	Challenge    string // S256 of the verifier; used where the provider takes PKCE
	Capabilities []Capability
	// Kinds limits what is asked for; empty means all kinds of the provider.
	Kinds []AccountKind
	// Keep are permissions that logins have already. Where a consent replaces
	// the former one they are asked for again, whatever else is.
	Keep []Scope
	// ChooseAgain re-opens the provider's own choice of accounts for somebody
	// who has signed in before (meta.md 1.2, rerequest).
	ChooseAgain bool
	// Reauthorize renews data access that has ended (meta.md 1.6).
	Reauthorize bool
}

// Progress is told how many things were found, and how many are expected; 0
// while nobody knows.
type Progress func(found, expected int)

// Callback is a sign-in that came back with a code.
type Callback struct {
	Code        Secret
	RedirectURI string
	Verifier    Secret
}

// Withdrawal is what telling a provider to withdraw a grant led to.
type Withdrawal string

// The outcomes of a withdrawal.
const (
	// Withdrawn: the provider confirms that the access is gone.
	Withdrawn Withdrawal = "withdrawn"
	// StillListed: forgotten here; the provider still lists the app, and only
	// the person can remove it there.
	StillListed Withdrawal = "still_listed"
	// Unreachable: the provider could not be told yet. It will be tried
	// again, and the token is kept for that alone.
	Unreachable Withdrawal = "unreachable"
)

// Login is a token together with what was told when it was issued. Inspect
// takes it because some facts are told only once (LinkedIn's native flow has
// no secret to introspect with, linkedin.md 1.8).
type Login struct {
	Tokens  TokenSet
	Granted []Scope
	Clocks  Clocks
}
