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

// Snapshot is everything a face shows, at one revision.
type Snapshot struct {
	// Revision grows with every change; a face that sees a gap asks again.
	Revision int64  `json:"revision"`
	Version  string `json:"version"`
	Demo     bool   `json:"demo"`
	// DataFolder is where everything but the secrets is kept.
	DataFolder  string        `json:"data_folder"`
	Preferences Preferences   `json:"preferences"`
	Projects    []Project     `json:"projects"`
	Apps        []ProviderApp `json:"apps"`
	Grants      []Grant       `json:"grants"`
	Accounts    []Account     `json:"accounts"`
	Attempts    []Attempt     `json:"attempts"`
	// Notices are the logins that need their admin now, the most urgent
	// first. The list is exact whatever the desktop showed.
	Notices []Notice `json:"notices"`
	Watch   Watch    `json:"watch"`
	System  System   `json:"system"`
	// Keychain is set while the keychain cannot be used.
	Keychain *Problem `json:"keychain,omitempty"`
}

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
}

// NoticeSettings are what the admin chose about desktop notifications. The
// list in the window does not depend on them.
type NoticeSettings struct {
	Desktop bool `json:"desktop"`
	// Discreet leaves names out, for screens that others see.
	Discreet bool `json:"discreet"`
	// Quiet holds notifications back between QuietFrom and QuietTo, which are
	// local times of day such as "22:00"; the end may be on the next day.
	Quiet     bool   `json:"quiet"`
	QuietFrom string `json:"quiet_from"`
	QuietTo   string `json:"quiet_to"`
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

// Watch says what the watcher is doing.
type Watch struct {
	CheckedAt string `json:"checked_at,omitempty"`
	NextAt    string `json:"next_at,omitempty"`
	Checking  bool   `json:"checking"`
	// Done and Total count the logins of a check under way; both are 0 while
	// there is none.
	Done  int `json:"done"`
	Total int `json:"total"`
	// Offline: the last look found no way to any provider.
	Offline bool `json:"offline"`
	// ClockWrong: this computer's clock is far from the providers', so that
	// dates here cannot be trusted.
	ClockWrong bool `json:"clock_wrong"`
	// PausedUntil is until when the admin wants no notifications.
	PausedUntil string `json:"paused_until,omitempty"`
}

// System is what this computer offers to a program in the background.
type System struct {
	Notifications NotificationState `json:"notifications"`
	// Buttons: notifications can have buttons here.
	Buttons bool `json:"buttons"`
	// Tray: something shows the tray icon.
	Tray bool `json:"tray"`
	// StartAtLogin: the agent starts when the admin signs in to this computer.
	StartAtLogin    bool `json:"start_at_login"`
	CanStartAtLogin bool `json:"can_start_at_login"`
}

// NotificationState says whether desktop notifications reach the admin.
type NotificationState string

// The states of desktop notifications.
const (
	NotificationsAvailable NotificationState = "available"
	// NotificationsNoService: nothing on this desktop shows them.
	NotificationsNoService NotificationState = "no_service"
	// NotificationsDenied: the system was told not to show ours.
	NotificationsDenied NotificationState = "denied"
	// NotificationsSilenced: do not disturb is on.
	NotificationsSilenced NotificationState = "silenced"
	NotificationsUnknown  NotificationState = "unknown"
)

// Notice is a login that needs its admin.
type Notice struct {
	GrantID     social.GrantID  `json:"grant_id"`
	Provider    social.Provider `json:"provider"`
	SubjectName string          `json:"subject_name"`
	Health      social.Health   `json:"health"`
	Cause       social.Cause    `json:"cause,omitempty"`
	// Clock names the date that decides, and EndsAt is it; both are left out
	// where none does.
	Clock  social.ClockName `json:"clock,omitempty"`
	EndsAt string           `json:"ends_at,omitempty"`
	// AccountID is the account to name and to show, ProjectID where it is.
	AccountID social.AccountID `json:"account_id"`
	ProjectID social.ProjectID `json:"project_id"`
	// Accounts counts the accounts of the login that are concerned.
	Accounts int `json:"accounts"`
	// ToldAt is when the desktop last showed it; left out when it never did.
	ToldAt       string `json:"told_at,omitempty"`
	SnoozedUntil string `json:"snoozed_until,omitempty"`
}

// Project is a project.
type Project struct {
	ID        social.ProjectID `json:"id"`
	Name      string           `json:"name"`
	CreatedAt string           `json:"created_at"`
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

// Candidate is something that a login could connect.
type Candidate struct {
	Kind         social.AccountKind `json:"kind"`
	RemoteID     string             `json:"remote_id"`
	Name         string             `json:"name"`
	Username     string             `json:"username"`
	ParentID     string             `json:"parent_id"`
	Detail       string             `json:"detail"`
	Usable       bool               `json:"usable"`
	Reason       social.Reason      `json:"reason,omitempty"`
	Capabilities Capabilities       `json:"capabilities"`
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
