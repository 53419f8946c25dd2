package main

import (
	"context"
	"encoding/json"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
	"github.com/kontent/kontent-connect/backend/window"
)

// App is what the page may call. Every method is one line to the agent or the
// window; the work is done there.
type App struct{ window *window.Window }

// formatError is what a rejected promise carries: the problem's code as a JSON
// text. An object would arrive as "[object Object]" (Wails 2.13 and later).
func formatError(err error) any {
	text, marshalErr := json.Marshal(view.ProblemFrom(err))
	if marshalErr != nil {
		return `{"code":"` + string(problem.Internal) + `"}`
	}
	return string(text)
}

// Ids are plain strings in these methods: the generator writes no type for
// a named string that is not an enumeration.

// Changes returns what has changed since a revision. The whole is served beside
// the page, because it may be megabytes.
func (a *App) Changes(since int64) (view.Changes, error) {
	return window.Call(a.window, func(ctx context.Context, s control.Service) (view.Changes, error) { return s.Changes(ctx, since) })
}

// Former returns what was connected once.
func (a *App) Former() (view.Former, error) {
	return window.Call(a.window, func(ctx context.Context, s control.Service) (view.Former, error) { return s.Former(ctx) })
}

// SetPreferences stores language, theme and the project in view.
func (a *App) SetPreferences(p view.Preferences) error {
	return window.Run(a.window, func(ctx context.Context, s control.Service) error { return s.SetPreferences(ctx, p) })
}

// AddProject adds a project.
func (a *App) AddProject(name string) (view.Project, error) {
	return window.Call(a.window, func(ctx context.Context, s control.Service) (view.Project, error) { return s.AddProject(ctx, name) })
}

// RenameProject renames a project.
func (a *App) RenameProject(id, name string) error {
	return window.Run(a.window, func(ctx context.Context, s control.Service) error {
		return s.RenameProject(ctx, view.ProjectID(id), name)
	})
}

// RemoveProject removes a project that has no accounts.
func (a *App) RemoveProject(id string) error {
	return window.Run(a.window, func(ctx context.Context, s control.Service) error { return s.RemoveProject(ctx, view.ProjectID(id)) })
}

// SetApp sets up a provider app.
func (a *App) SetApp(settings view.AppSettings) (view.ProviderApp, error) {
	return window.Call(a.window, func(ctx context.Context, s control.Service) (view.ProviderApp, error) { return s.SetApp(ctx, settings) })
}

// RemoveApp removes a provider app and its secret.
func (a *App) RemoveApp(p view.Provider) error {
	return window.Run(a.window, func(ctx context.Context, s control.Service) error { return s.RemoveApp(ctx, p) })
}

// TestApp asks the provider whether it takes the app.
func (a *App) TestApp(p view.Provider) error {
	return window.Run(a.window, func(ctx context.Context, s control.Service) error { return s.TestApp(ctx, p) })
}

// Connect starts a sign-in in the system browser.
func (a *App) Connect(r view.ConnectRequest) (view.Attempt, error) {
	return window.Call(a.window, func(ctx context.Context, s control.Service) (view.Attempt, error) { return s.Connect(ctx, r) })
}

// Attempt returns a sign-in with its candidates.
func (a *App) Attempt(id string) (view.Attempt, error) {
	return window.Call(a.window, func(ctx context.Context, s control.Service) (view.Attempt, error) { return s.Attempt(ctx, id) })
}

// OpenBrowser opens the sign-in page once more.
func (a *App) OpenBrowser(id string) error {
	return window.Run(a.window, func(ctx context.Context, s control.Service) error { return s.OpenBrowser(ctx, id) })
}

// PasteAddress takes the address that the browser landed on.
func (a *App) PasteAddress(id, address string) error {
	return window.Run(a.window, func(ctx context.Context, s control.Service) error { return s.PasteAddress(ctx, id, address) })
}

// Select connects the chosen candidates of a sign-in.
func (a *App) Select(id string, remoteIDs []string) (view.Attempt, error) {
	return window.Call(a.window, func(ctx context.Context, s control.Service) (view.Attempt, error) {
		return s.Select(ctx, id, remoteIDs)
	})
}

// Cancel ends a sign-in; nothing of it is kept.
func (a *App) Cancel(id string) error {
	return window.Run(a.window, func(ctx context.Context, s control.Service) error { return s.Cancel(ctx, id) })
}

// Check asks the providers about accounts or logins; none means all.
func (a *App) Check(ids []string) (view.CheckResult, error) {
	return window.Call(a.window, func(ctx context.Context, s control.Service) (view.CheckResult, error) { return s.Check(ctx, ids) })
}

// Disconnect takes an account, or its whole login, away.
func (a *App) Disconnect(id string, wholeLogin bool) (view.DisconnectResult, error) {
	return window.Call(a.window, func(ctx context.Context, s control.Service) (view.DisconnectResult, error) {
		return s.Disconnect(ctx, view.AccountID(id), wholeLogin)
	})
}

// History returns lines of the timeline, newest first.
func (a *App) History(q view.HistoryQuery) ([]view.HistoryEntry, error) {
	return window.Call(a.window, func(ctx context.Context, s control.Service) ([]view.HistoryEntry, error) { return s.History(ctx, q) })
}

// OpenPage opens one of the providers' own pages in the system browser.
func (a *App) OpenPage(name string) error {
	return window.Run(a.window, func(ctx context.Context, s control.Service) error { return s.OpenPage(ctx, name) })
}

// Snooze holds back the notifications of a login for a day.
func (a *App) Snooze(grantID string) error {
	return window.Run(a.window, func(ctx context.Context, s control.Service) error { return s.Snooze(ctx, view.GrantID(grantID)) })
}

// PauseNotices holds back all notifications for some minutes; 0 ends that.
func (a *App) PauseNotices(minutes int) error {
	return window.Run(a.window, func(ctx context.Context, s control.Service) error { return s.PauseNotices(ctx, minutes) })
}

// TestNotice shows a notification, to see whether it arrives.
func (a *App) TestNotice() error {
	return window.Run(a.window, func(ctx context.Context, s control.Service) error { return s.TestNotice(ctx) })
}

// SetStartAtLogin decides whether watching starts with the computer's session.
func (a *App) SetStartAtLogin(on bool) error {
	return window.Run(a.window, func(ctx context.Context, s control.Service) error { return s.SetStartAtLogin(ctx, on) })
}

// SaveHistory saves the lines of the timeline that e wants where the person
// says. It returns the file's name, "" when the person said nowhere.
func (a *App) SaveHistory(e view.HistoryExport) (string, error) { return a.window.SaveHistory(e) }

// Diagnose looks at what the program stands on; no checks means all.
func (a *App) Diagnose(checks []view.Check) (view.Diagnosis, error) { return a.window.Diagnose(checks) }

// SaveReport makes the whole diagnosis anew and saves its report where the
// person says. It returns like SaveHistory.
func (a *App) SaveReport() (string, error) { return a.window.SaveReport() }

// OpenDemo opens the demonstration in a window of its own.
func (a *App) OpenDemo() error { return a.window.OpenDemo() }

// AskBeforeClosing makes the window tell the page before it closes, instead of
// closing, the next time that it is asked to.
func (a *App) AskBeforeClosing(on bool) error {
	a.window.AskBeforeClosing(on)
	return nil
}

// CloseWindow closes the window; the agent goes on watching.
func (a *App) CloseWindow() error {
	a.window.Leave()
	return nil
}
