package social

import "time"

// EventKind names what happened in a line of the timeline.
type EventKind string

// The kinds of event.
const (
	EventConnected         EventKind = "connected"
	EventRenewed           EventKind = "renewed"
	EventConnectUndone     EventKind = "connect_undone"
	EventChecked           EventKind = "checked"
	EventHealthChanged     EventKind = "health_changed"
	EventDisconnected      EventKind = "disconnected"
	EventWithdrawn         EventKind = "withdrawn"
	EventStillListed       EventKind = "still_listed"
	EventWithdrawalPending EventKind = "withdrawal_pending"
	EventNotified          EventKind = "notified"
	// The file of what is stored was damaged; Subject names where it was put.
	EventDataRestored EventKind = "data_restored"
	EventDataLost     EventKind = "data_lost"
	// EventTokenGiven: a script was given an account's access.
	EventTokenGiven EventKind = "token_given"
)

// EventKinds lists every kind, for tables that must be complete.
func EventKinds() []EventKind {
	return []EventKind{
		EventConnected, EventRenewed, EventConnectUndone, EventChecked, EventHealthChanged,
		EventDisconnected, EventWithdrawn, EventStillListed, EventWithdrawalPending,
		EventNotified, EventDataRestored, EventDataLost, EventTokenGiven,
	}
}

// Event is one line of the timeline. Events are only ever added, and carry no
// secret.
type Event struct {
	ID        int64
	At        time.Time
	Kind      EventKind
	Provider  Provider
	ProjectID ProjectID
	GrantID   GrantID
	AccountID AccountID
	// Subject is the name of the login or account at that time, because rows
	// may be gone when the line is read.
	Subject string
	Cause   Cause
}
