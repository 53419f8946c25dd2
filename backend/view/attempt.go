package view

import "github.com/kontent/kontent-connect/backend/social"

// Candidate is something that a login could connect.
type Candidate struct {
	Kind     social.AccountKind `json:"kind"`
	RemoteID string             `json:"remote_id"`
	Name     string             `json:"name"`
	Username string             `json:"username"`
	ParentID string             `json:"parent_id"`
	Detail   string             `json:"detail"`
	// Picture is what to ask for its picture by, while the attempt offers it;
	// left out where the provider told of none.
	Picture      string        `json:"picture,omitempty"`
	Usable       bool          `json:"usable"`
	Reason       social.Reason `json:"reason,omitempty"`
	Capabilities Capabilities  `json:"capabilities"`
	// Connected: already an account of this project under this login.
	Connected bool `json:"connected"`
	// ConnectedIn names another project that has it, if one does.
	ConnectedIn string `json:"connected_in,omitempty"`
}

// Lack is a permission that was asked for and refused.
type Lack struct {
	Scope social.Scope `json:"scope"`
	// Product is what the provider's portal calls the product that gives it;
	// left out where permissions do not come from products.
	Product string `json:"product,omitempty"`
	// Uses are what does not work without it.
	Uses []Use `json:"uses"`
}

// Use is one capability of one kind of account.
type Use struct {
	Kind       social.AccountKind `json:"kind"`
	Capability social.Capability  `json:"capability"`
}

// AttemptState is where a sign-in stands.
type AttemptState string

// The states of an attempt.
const (
	// AttemptWaiting: the browser is, or should be, open.
	AttemptWaiting AttemptState = "waiting"
	// AttemptReading: the person is back; the provider is being asked.
	AttemptReading AttemptState = "reading"
	// AttemptChoosing: candidates are on offer.
	AttemptChoosing AttemptState = "choosing"
	AttemptSaving   AttemptState = "saving"
	AttemptDone     AttemptState = "done"
	AttemptFailed   AttemptState = "failed"
)

// Attempt is one sign-in under way.
type Attempt struct {
	ID        string           `json:"id"`
	ProjectID social.ProjectID `json:"project_id"`
	Provider  social.Provider  `json:"provider"`
	State     AttemptState     `json:"state"`
	// GrantID is the login that is being renewed, if one is.
	GrantID      social.GrantID `json:"grant_id,omitempty"`
	AuthorizeURL string         `json:"authorize_url,omitempty"`
	RedirectURI  string         `json:"redirect_uri,omitempty"`
	// BrowserOpened is false when the address must be opened by hand.
	BrowserOpened bool   `json:"browser_opened"`
	ExpiresAt     string `json:"expires_at,omitempty"`
	// Found and Expected tell how far the reading has come; Expected is 0
	// while nobody knows.
	Found       int    `json:"found"`
	Expected    int    `json:"expected"`
	SubjectName string `json:"subject_name,omitempty"`
	// Complete is false when the list of candidates could not be read to its
	// end.
	Complete   bool               `json:"complete"`
	Candidates []Candidate        `json:"candidates"`
	Connected  []social.AccountID `json:"connected"`
	// Granted are the permissions that the login has.
	Granted []social.Scope `json:"granted"`
	// Declined are the permissions that were asked for and refused.
	Declined []social.Scope `json:"declined"`
	// Lacks explain what was declined.
	Lacks   []Lack   `json:"lacks"`
	Problem *Problem `json:"problem,omitempty"`
}

// ConnectRequest asks for a sign-in.
type ConnectRequest struct {
	ProjectID    social.ProjectID     `json:"project_id"`
	Provider     social.Provider      `json:"provider"`
	Capabilities []social.Capability  `json:"capabilities"`
	Kinds        []social.AccountKind `json:"kinds"`
	// GrantID names the login to renew. Another person is then refused.
	GrantID social.GrantID `json:"grant_id,omitempty"`
	// Token is pasted instead of signing in, for an app whose redirect mode is
	// paste. It goes in and never comes back.
	Token string `json:"token,omitempty"`
	// ChooseAgain re-opens the provider's own choice of accounts.
	ChooseAgain bool `json:"choose_again"`
	// NoBrowser leaves opening the address to the caller.
	NoBrowser bool `json:"no_browser"`
	// TimeoutSeconds is how long to wait for the browser; 0 for the default
	// of ten minutes, at most an hour.
	TimeoutSeconds int `json:"timeout_seconds"`
}
