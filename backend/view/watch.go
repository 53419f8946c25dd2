package view

import "github.com/kontent/kontent-connect/backend/social"

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
