package social

// Reason says why a candidate cannot be connected, or what is worth knowing
// about one that can.
type Reason string

// The reasons.
const (
	ReasonNotTicked           Reason = "not_ticked"
	ReasonNoContentTask       Reason = "no_content_task"
	ReasonNoToken             Reason = "no_token"
	ReasonNoInstagram         Reason = "instagram_not_linked"
	ReasonInstagramNotTicked  Reason = "instagram_not_ticked"
	ReasonInstagramPersonal   Reason = "instagram_personal"
	ReasonPermissionMissing   Reason = "permission_missing"
	ReasonRoleInsufficient    Reason = "role_insufficient"
	ReasonProfileLimits       Reason = "profile_limits"
	ReasonDetailsUnavailable  Reason = "details_unavailable"
	ReasonInstagramUnreadable Reason = "instagram_unreadable"
)

// Reasons lists every reason, for tables that must be complete.
func Reasons() []Reason {
	return []Reason{
		ReasonNotTicked, ReasonNoContentTask, ReasonNoToken, ReasonNoInstagram, ReasonInstagramNotTicked,
		ReasonInstagramPersonal, ReasonPermissionMissing, ReasonRoleInsufficient, ReasonProfileLimits,
		ReasonDetailsUnavailable, ReasonInstagramUnreadable,
	}
}

// Candidate is what a grant could connect, usable or not.
type Candidate struct {
	Kind           AccountKind
	RemoteID       string
	Name           string
	Username       string
	ParentRemoteID string
	Detail         string
	Picture        Picture
	Usable         bool
	// Reason is why it is not usable, or a remark about a usable one.
	Reason       Reason
	Capabilities Capabilities
	Clocks       Clocks
}

// Inspection is what one pass over a fresh or stored token found.
type Inspection struct {
	Subject    Subject
	Granted    []Scope
	Declined   []Scope
	Clocks     Clocks
	Candidates []Candidate
	// Complete is false when the list could not be read to its end. An
	// incomplete list is shown as such and removes nothing.
	Complete bool
	// Tokens is the set to keep: the token that was inspected, together with
	// the Page tokens found on the way.
	Tokens TokenSet
}
