// Package view holds every shape that crosses to the window, over the local
// socket, or out of the command line with --json, and how each is made from
// the domain.
//
// Field names are the words of the domain in snake_case. Times are RFC 3339 in
// UTC, as text, because a time.Time becomes "any" in the page's types. No list
// is nil and nothing here is secret; a test walks every type to hold that.
package view

import (
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// Preferences are what the admin chose about the faces.
type Preferences struct {
	Language Language `json:"language"`
	Theme    Theme    `json:"theme"`
	// Project is the project that the window shows; empty for the first.
	Project social.ProjectID `json:"project"`
	Notices NoticeSettings   `json:"notices"`
	// Background: watching goes on when the last face is closed.
	Background bool `json:"background"`
	// CloseExplained: the admin has been told what closing the window leaves
	// running.
	CloseExplained bool `json:"close_explained"`
	// Updates: once a day the program asks whether there is a newer version.
	Updates bool `json:"updates"`
	// AllowToken: the command line may give accesses to scripts.
	AllowToken bool `json:"allow_token"`
}

// Language is a language of the faces, as a BCP 47 tag.
type Language string

// The languages.
const (
	Portuguese Language = "pt-BR"
	English    Language = "en"
	Spanish    Language = "es"
)

// Theme is the look of the window.
type Theme string

// The themes.
const (
	ThemeSystem Theme = "system"
	ThemeLight  Theme = "light"
	ThemeDark   Theme = "dark"
)

// Project is a project.
type Project struct {
	ID        social.ProjectID `json:"id"`
	Name      string           `json:"name"`
	CreatedAt string           `json:"created_at"`
	// Former counts the accounts that were disconnected from it.
	Former int `json:"former"`
}

// ProviderApp is the organisation's OAuth client at one provider. Its secret
// never crosses; HasSecret says whether there is one.
type ProviderApp struct {
	Provider   social.Provider     `json:"provider"`
	Configured bool                `json:"configured"`
	ClientID   string              `json:"client_id"`
	HasSecret  bool                `json:"has_secret"`
	Redirect   social.RedirectMode `json:"redirect"`
	Ports      []int               `json:"ports"`
	RelayURL   string              `json:"relay_url"`
	APIVersion string              `json:"api_version"`
	// LoginConfig is the config_id of Facebook Login for Business.
	LoginConfig string `json:"login_config"`
	// Product and Tier describe a LinkedIn app; empty at Meta.
	Product social.Product `json:"product"`
	Tier    social.Tier    `json:"tier"`
	// RedirectURIs are the addresses to register at the provider.
	RedirectURIs []string `json:"redirect_uris"`
	// Permissions are what to request from the provider for the app.
	Permissions []social.Scope `json:"permissions"`
}

// Clock is one date that can end an access.
type Clock struct {
	Kind   social.ClockKind   `json:"kind"`
	At     string             `json:"at,omitempty"`
	Source social.ClockSource `json:"source,omitempty"`
}

// Clocks holds the dates that can end an access; one that does not apply is
// left out.
type Clocks struct {
	Token      *Clock `json:"token,omitempty"`
	Refresh    *Clock `json:"refresh,omitempty"`
	DataAccess *Clock `json:"data_access,omitempty"`
}

// Capabilities holds the state of each capability.
type Capabilities struct {
	Publish   social.CapabilityState `json:"publish"`
	Messages  social.CapabilityState `json:"messages"`
	Comments  social.CapabilityState `json:"comments"`
	Analytics social.CapabilityState `json:"analytics"`
}

// Grant is one login.
type Grant struct {
	ID          social.GrantID    `json:"id"`
	Provider    social.Provider   `json:"provider"`
	SubjectID   string            `json:"subject_id"`
	SubjectName string            `json:"subject_name"`
	ClientID    string            `json:"client_id"`
	State       social.GrantState `json:"state"`
	Health      social.Health     `json:"health"`
	Cause       social.Cause      `json:"cause,omitempty"`
	EndsAt      string            `json:"ends_at,omitempty"`
	Clocks      Clocks            `json:"clocks"`
	Granted     []social.Scope    `json:"granted"`
	Declined    []social.Scope    `json:"declined"`
	// Lacks explain what was declined.
	Lacks       []Lack `json:"lacks"`
	ConnectedAt string `json:"connected_at"`
	CheckedAt   string `json:"checked_at,omitempty"`
	// GoodAt is when the provider last confirmed the access.
	GoodAt string `json:"good_at,omitempty"`
	// TraceID is the provider's own id of the last call that failed, for its
	// support; left out where the last one was well.
	TraceID string `json:"trace_id,omitempty"`
}

// Account is one connected account.
type Account struct {
	ID        social.AccountID   `json:"id"`
	ProjectID social.ProjectID   `json:"project_id"`
	GrantID   social.GrantID     `json:"grant_id"`
	Provider  social.Provider    `json:"provider"`
	Kind      social.AccountKind `json:"kind"`
	RemoteID  string             `json:"remote_id"`
	Name      string             `json:"name"`
	Username  string             `json:"username"`
	// ParentID is the remote id of the Page that an Instagram account is
	// linked to.
	ParentID string `json:"parent_id"`
	Detail   string `json:"detail"`
	// Picture is the version of the account's picture; "" where there is none.
	Picture string              `json:"picture"`
	State   social.AccountState `json:"state"`
	Health  social.Health       `json:"health"`
	Cause   social.Cause        `json:"cause,omitempty"`
	// Clock names the date that decides about the health, and EndsAt is it;
	// both are left out where none does.
	Clock          social.ClockName `json:"clock,omitempty"`
	EndsAt         string           `json:"ends_at,omitempty"`
	Clocks         Clocks           `json:"clocks"`
	Capabilities   Capabilities     `json:"capabilities"`
	ConnectedAt    string           `json:"connected_at"`
	CheckedAt      string           `json:"checked_at,omitempty"`
	GoodAt         string           `json:"good_at,omitempty"`
	DisconnectedAt string           `json:"disconnected_at,omitempty"`
}

// Picture is the small copy of an account's picture that is kept here.
type Picture struct {
	Version string `json:"version"`
	// Type is image/png or image/jpeg.
	Type string `json:"type"`
	// Data is the file in base64.
	Data string `json:"data"`
}

// AppSettings is what a face sends to set up a provider app. The secret goes
// in and never comes back; empty keeps the one that is stored.
type AppSettings struct {
	Provider     social.Provider     `json:"provider"`
	ClientID     string              `json:"client_id"`
	ClientSecret string              `json:"client_secret,omitempty"`
	Redirect     social.RedirectMode `json:"redirect"`
	Ports        []int               `json:"ports"`
	RelayURL     string              `json:"relay_url"`
	APIVersion   string              `json:"api_version"`
	LoginConfig  string              `json:"login_config"`
	// Product and Tier are for LinkedIn; empty takes the usual ones.
	Product social.Product `json:"product"`
	Tier    social.Tier    `json:"tier"`
}

// CheckResult is what a check on demand found.
type CheckResult struct {
	Grants   int `json:"grants"`
	Accounts int `json:"accounts"`
	// Unverified counts logins that could not be asked about.
	Unverified int       `json:"unverified"`
	Problems   []Problem `json:"problems"`
}

// DisconnectResult is one of the three honest outcomes.
type DisconnectResult struct {
	Outcome social.Withdrawal  `json:"outcome"`
	Closed  []social.AccountID `json:"closed"`
	// WholeLogin is true when the login itself ended, asked for or because
	// its last account went.
	WholeLogin bool            `json:"whole_login"`
	Provider   social.Provider `json:"provider"`
	Subject    string          `json:"subject"`
	// Page is the provider's own page that lists connected apps.
	Page    string   `json:"page"`
	Problem *Problem `json:"problem,omitempty"`
}

// HistoryEntry is one line of the timeline.
type HistoryEntry struct {
	ID        int64            `json:"id"`
	At        string           `json:"at"`
	Kind      social.EventKind `json:"kind"`
	Provider  social.Provider  `json:"provider,omitempty"`
	ProjectID social.ProjectID `json:"project_id,omitempty"`
	GrantID   social.GrantID   `json:"grant_id,omitempty"`
	AccountID social.AccountID `json:"account_id,omitempty"`
	Subject   string           `json:"subject"`
	Cause     social.Cause     `json:"cause,omitempty"`
}

// Problem is an error as it crosses. Message and Action are filled only where
// the command line prints it; the window has sentences of its own.
type Problem struct {
	Code    string            `json:"code"`
	Message string            `json:"message,omitempty"`
	Action  string            `json:"action,omitempty"`
	Args    map[string]string `json:"args,omitempty"`
}

// Event tells a face that something changed.
type Event struct {
	Revision int64 `json:"revision"`
	// Attempt is the attempt that changed, if one did.
	Attempt string `json:"attempt,omitempty"`
	// Show asks the window to come forward, on Account if it is set. With
	// Attempt it is that sign-in that is to be shown.
	Show    bool             `json:"show,omitempty"`
	Account social.AccountID `json:"account,omitempty"`
	// Quit asks the window to close: the program was told to end.
	Quit bool `json:"quit,omitempty"`
}

// Face says which of the faces follows the events.
type Face string

// The faces.
const (
	FaceWindow  Face = "window"
	FaceCommand Face = "command"
)

// Time renders t as RFC 3339 in UTC, and the zero time as "".
func Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
