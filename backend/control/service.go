// Package control is the one API that the program's faces use, and the local
// socket over which they reach the agent.
//
// It knows the shapes of package view and an interface of use cases; it does
// not know what stands behind them. Secrets may enter through it (an app
// secret that was typed in) and never leave.
package control

import (
	"context"

	"github.com/kontent/kontent-connect/backend/view"
)

// Protocol is the version of the API. A face and an agent of different
// versions do not talk: the agent is asked to leave, and a new one starts.
const Protocol = "5"

// Service is what a face can ask for. Errors have a *problem.Error in their
// chain. The agent implements it, and so does Client.
type Service interface {
	// Snapshot returns everything that a face shows.
	Snapshot(ctx context.Context) (view.Snapshot, error)
	// Opening returns the same, and of many accounts only those that a window
	// shows first; see view.Snapshot.Opening.
	Opening(ctx context.Context) (view.Snapshot, error)
	// Changes returns what of it has changed since a revision. Only a window
	// that follows the events can be told that; others have lost it.
	Changes(ctx context.Context, since int64) (view.Changes, error)
	// Former returns what was connected once.
	Former(ctx context.Context) (view.Former, error)
	SetPreferences(ctx context.Context, p view.Preferences) error

	AddProject(ctx context.Context, name string) (view.Project, error)
	RenameProject(ctx context.Context, id view.ProjectID, name string) error
	RemoveProject(ctx context.Context, id view.ProjectID) error

	SetApp(ctx context.Context, settings view.AppSettings) (view.ProviderApp, error)
	RemoveApp(ctx context.Context, p view.Provider) error
	// TestApp asks the provider whether it takes the app; the problem says
	// what to mend.
	TestApp(ctx context.Context, p view.Provider) error

	// Connect starts a sign-in and returns at once; Events and Attempt tell
	// how it goes.
	Connect(ctx context.Context, r view.ConnectRequest) (view.Attempt, error)
	Attempt(ctx context.Context, id string) (view.Attempt, error)
	OpenBrowser(ctx context.Context, id string) error
	PasteAddress(ctx context.Context, id, address string) error
	// Select connects the chosen candidates and returns when they are stored.
	Select(ctx context.Context, id string, remoteIDs []string) (view.Attempt, error)
	Cancel(ctx context.Context, id string) error
	// CandidatePicture returns the picture of a candidate on offer, by its
	// reference; problem.NotFound where it cannot be had.
	CandidatePicture(ctx context.Context, attempt, ref string) (view.Picture, error)

	// Check asks the providers about the given accounts or logins, or about
	// all of them.
	Check(ctx context.Context, ids []string) (view.CheckResult, error)
	Disconnect(ctx context.Context, id view.AccountID, wholeLogin bool) (view.DisconnectResult, error)
	// Picture returns the copy of an account's picture; problem.NotFound where
	// there is none.
	Picture(ctx context.Context, id view.AccountID) (view.Picture, error)
	History(ctx context.Context, q view.HistoryQuery) ([]view.HistoryEntry, error)
	// ExportHistory writes the timeline as a file for spreadsheets or programs.
	ExportHistory(ctx context.Context, e view.HistoryExport) (view.Document, error)
	// Diagnose looks at what the program stands on. It does not hang: what
	// does not answer in time is a finding of its own.
	Diagnose(ctx context.Context, r view.DiagnosisRequest) (view.Diagnosis, error)
	// OpenPage opens one of the providers' own pages in the browser, or the
	// data folder.
	OpenPage(ctx context.Context, name string) error

	// Snooze holds back the notifications of a login for a day.
	Snooze(ctx context.Context, id view.GrantID) error
	// PauseNotices holds back all notifications for some minutes, at most a
	// week; 0 lets them through again.
	PauseNotices(ctx context.Context, minutes int) error
	// TestNotice shows a notification that says that notifications work;
	// problem.NoticesUnavailable or NoticesDenied where they do not.
	TestNotice(ctx context.Context) error
	// SetStartAtLogin decides whether the agent starts when the admin signs in
	// to this computer.
	SetStartAtLogin(ctx context.Context, on bool) error

	// Events calls each for every change until ctx ends, each fails, or the
	// agent goes; many changes at once are one event. The first carries the
	// present revision. face is told so that the agent knows whether a window
	// is open.
	Events(ctx context.Context, face view.Face, each func(view.Event) error) error
}
