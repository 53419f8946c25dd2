package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

const (
	// callPatience bounds a call of the page. A check of many logins and a
	// keychain that asks for its password take longest.
	callPatience = 2 * time.Minute
	// relink is how long the window waits before it looks for a lost agent
	// again, and relinkSlow for one that said why it cannot be: a person has
	// to do something first.
	relink     = 500 * time.Millisecond
	relinkSlow = 5 * time.Second
	// pagePatience is how long what the page is asked to show waits for a page
	// that is still being loaded.
	pagePatience = 15 * time.Second
)

// The names of the events that the page listens to.
const (
	eventChanged = "changed"
	eventAgent   = "agent"
	eventClosing = "closing"
)

// agentState tells the page whether the window has an agent.
type agentState struct {
	Connected bool          `json:"connected"`
	Problem   *view.Problem `json:"problem,omitempty"`
}

// errQuit ends the following of an agent that ends.
var errQuit = errors.New("the admin quits")

// window is what App needs of the window framework.
type window interface {
	Emit(event string, payload any)
	Show()
	Close()
	// AskWhere asks the person where to save a file that is to be called name;
	// "" when she does not say.
	AskWhere(name string) (path string, err error)
}

// App is what the page may call. Every method is one line to the agent; the
// work is done there.
type App struct {
	client *control.Client
	start  control.Starter
	window window
	log    *slog.Logger
	// demo starts the demonstration's window.
	demo func() error
	// show is the account to show once the page listens; "" for none.
	show string

	// ctx is our own: the framework's is never cancelled.
	ctx  context.Context
	stop context.CancelFunc
	// opened is closed once window is there: the framework may report a second
	// start before it has reported its own.
	opened chan struct{}
	// heard is closed, by listening, once there is a page that hears events. The
	// framework's own word comes too early: it says when the document is there,
	// not when its script listens.
	heard     chan struct{}
	listening func()
	running   sync.WaitGroup
	// ask: the page wants to say something before the window closes.
	ask atomic.Bool
	// pictures has a place for each picture that is asked for at once.
	pictures chan struct{}
	// faces are those of candidates, which come from the networks and may be
	// slow.
	faces chan struct{}
}

// newApp returns an App over client; start starts an agent where there is none.
func newApp(client *control.Client, start control.Starter, log *slog.Logger) *App {
	ctx, stop := context.WithCancel(context.Background())
	heard := make(chan struct{})
	return &App{
		client: client, start: start, log: log, ctx: ctx, stop: stop,
		opened: make(chan struct{}), listening: sync.OnceFunc(func() { close(heard) }), heard: heard,
		pictures: make(chan struct{}, picturesAtOnce), faces: make(chan struct{}, picturesAtOnce),
	}
}

// open starts following the agent's events, and shows the account that the
// window was opened for.
func (a *App) open(w window) {
	a.window = w
	close(a.opened)
	a.running.Go(a.follow)
	if a.show != "" {
		a.running.Go(func() { a.raise(a.show) })
	}
}

// raise brings the window forward, on an account if one is named, as soon as
// there is a window.
func (a *App) raise(account string) {
	select {
	case <-a.opened:
	case <-a.ctx.Done():
		return
	}
	a.tell(view.Event{Show: true, Account: view.AccountID(account)})
}

// another is raise for a second start. It returns at once, because that program
// waits for it, and others behind it: until the page is there, twenty starts
// would be twenty programs.
func (a *App) another(account string) {
	if a.ctx.Err() == nil {
		a.running.Go(func() { a.raise(account) })
	}
}

// tell passes an event on to the page. One that brings the window forward says
// where to go, and is lost on a page that does not listen yet: it waits for
// the page, and not for ever.
func (a *App) tell(e view.Event) {
	if e.Show {
		a.window.Show()
		patience := time.NewTimer(pagePatience)
		defer patience.Stop()
		select {
		case <-a.heard:
		case <-patience.C:
		case <-a.ctx.Done():
			return
		}
	}
	a.window.Emit(eventChanged, e)
}

// beforeClose holds the window back, once, for what the page wants to say
// first. A page that does not answer keeps nobody: the next try closes.
func (a *App) beforeClose(context.Context) (prevent bool) {
	if !a.ask.Swap(false) {
		return false
	}
	a.window.Emit(eventClosing, nil)
	return true
}

// close ends what open started, if it did. It is called once.
func (a *App) close() {
	a.stop()
	a.running.Wait()
	a.client.Close()
}

// follow keeps the window linked to an agent for as long as it is open: it
// survives the agent's restart, and says plainly when none can be started. An
// agent that was told to end is not started again: the window ends with it.
func (a *App) follow() {
	for quit := false; a.ctx.Err() == nil; {
		err := control.Ensure(a.ctx, a.client, a.start)
		if err == nil {
			a.window.Emit(eventAgent, agentState{Connected: true})
			err = a.client.Events(a.ctx, view.FaceWindow, func(e view.Event) error {
				if quit = e.Quit; quit {
					return errQuit
				}
				a.tell(e)
				return nil
			})
		}
		switch {
		case a.ctx.Err() != nil:
			return
		case quit:
			_ = a.CloseWindow() // nothing is left to be asked before it
			return
		}
		a.log.Info("lost the agent", "err", err)
		state, pause := agentState{}, relink
		if problem.CodeOf(err) != problem.AgentUnreachable {
			state.Problem, pause = view.ProblemFrom(err), relinkSlow
		}
		a.window.Emit(eventAgent, state)
		select {
		case <-a.ctx.Done():
		case <-time.After(pause):
		}
	}
}

// call runs one request against the agent. A request that found no agent is
// sent once more after one was started; one that was sent is not repeated.
// A panic becomes a problem, because the framework would leave the page
// waiting for ever.
func call[T any](a *App, do func(context.Context, control.Service) (T, error)) (out T, err error) {
	ctx, cancel := context.WithTimeout(a.ctx, callPatience)
	defer cancel()
	defer func() {
		if r := recover(); r != nil {
			err = problem.New(problem.Internal, fmt.Errorf("panic: %v", r))
		}
	}()
	out, err = do(ctx, a.client)
	if err != nil && control.NotSent(err) {
		if err = control.Ensure(ctx, a.client, a.start); err == nil {
			out, err = do(ctx, a.client)
		}
	}
	return out, err
}

// run is call for a request without a result.
func run(a *App, do func(context.Context, control.Service) error) error {
	_, err := call(a, func(ctx context.Context, s control.Service) (struct{}, error) { return struct{}{}, do(ctx, s) })
	return err
}

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

// Snapshot returns everything that the window shows. The page asks for it once
// it listens to the events, because it would miss a change otherwise.
func (a *App) Snapshot() (view.Snapshot, error) {
	a.listening()
	return call(a, func(ctx context.Context, s control.Service) (view.Snapshot, error) { return s.Snapshot(ctx) })
}

// SetPreferences stores language, theme and the project in view.
func (a *App) SetPreferences(p view.Preferences) error {
	return run(a, func(ctx context.Context, s control.Service) error { return s.SetPreferences(ctx, p) })
}

// AddProject adds a project.
func (a *App) AddProject(name string) (view.Project, error) {
	return call(a, func(ctx context.Context, s control.Service) (view.Project, error) { return s.AddProject(ctx, name) })
}

// RenameProject renames a project.
func (a *App) RenameProject(id, name string) error {
	return run(a, func(ctx context.Context, s control.Service) error {
		return s.RenameProject(ctx, view.ProjectID(id), name)
	})
}

// RemoveProject removes a project that has no accounts.
func (a *App) RemoveProject(id string) error {
	return run(a, func(ctx context.Context, s control.Service) error { return s.RemoveProject(ctx, view.ProjectID(id)) })
}

// SetApp sets up a provider app.
func (a *App) SetApp(settings view.AppSettings) (view.ProviderApp, error) {
	return call(a, func(ctx context.Context, s control.Service) (view.ProviderApp, error) { return s.SetApp(ctx, settings) })
}

// RemoveApp removes a provider app and its secret.
func (a *App) RemoveApp(p view.Provider) error {
	return run(a, func(ctx context.Context, s control.Service) error { return s.RemoveApp(ctx, p) })
}

// TestApp asks the provider whether it takes the app.
func (a *App) TestApp(p view.Provider) error {
	return run(a, func(ctx context.Context, s control.Service) error { return s.TestApp(ctx, p) })
}

// Connect starts a sign-in in the system browser.
func (a *App) Connect(r view.ConnectRequest) (view.Attempt, error) {
	return call(a, func(ctx context.Context, s control.Service) (view.Attempt, error) { return s.Connect(ctx, r) })
}

// Attempt returns a sign-in with its candidates.
func (a *App) Attempt(id string) (view.Attempt, error) {
	return call(a, func(ctx context.Context, s control.Service) (view.Attempt, error) { return s.Attempt(ctx, id) })
}

// OpenBrowser opens the sign-in page once more.
func (a *App) OpenBrowser(id string) error {
	return run(a, func(ctx context.Context, s control.Service) error { return s.OpenBrowser(ctx, id) })
}

// PasteAddress takes the address that the browser landed on.
func (a *App) PasteAddress(id, address string) error {
	return run(a, func(ctx context.Context, s control.Service) error { return s.PasteAddress(ctx, id, address) })
}

// Select connects the chosen candidates of a sign-in.
func (a *App) Select(id string, remoteIDs []string) (view.Attempt, error) {
	return call(a, func(ctx context.Context, s control.Service) (view.Attempt, error) {
		return s.Select(ctx, id, remoteIDs)
	})
}

// Cancel ends a sign-in; nothing of it is kept.
func (a *App) Cancel(id string) error {
	return run(a, func(ctx context.Context, s control.Service) error { return s.Cancel(ctx, id) })
}

// Check asks the providers about accounts or logins; none means all.
func (a *App) Check(ids []string) (view.CheckResult, error) {
	return call(a, func(ctx context.Context, s control.Service) (view.CheckResult, error) { return s.Check(ctx, ids) })
}

// Disconnect takes an account, or its whole login, away.
func (a *App) Disconnect(id string, wholeLogin bool) (view.DisconnectResult, error) {
	return call(a, func(ctx context.Context, s control.Service) (view.DisconnectResult, error) {
		return s.Disconnect(ctx, view.AccountID(id), wholeLogin)
	})
}

// History returns lines of the timeline, newest first.
func (a *App) History(q view.HistoryQuery) ([]view.HistoryEntry, error) {
	return call(a, func(ctx context.Context, s control.Service) ([]view.HistoryEntry, error) { return s.History(ctx, q) })
}

// OpenPage opens one of the providers' own pages in the system browser.
func (a *App) OpenPage(name string) error {
	return run(a, func(ctx context.Context, s control.Service) error { return s.OpenPage(ctx, name) })
}

// Snooze holds back the notifications of a login for a day.
func (a *App) Snooze(grantID string) error {
	return run(a, func(ctx context.Context, s control.Service) error { return s.Snooze(ctx, view.GrantID(grantID)) })
}

// PauseNotices holds back all notifications for some minutes; 0 ends that.
func (a *App) PauseNotices(minutes int) error {
	return run(a, func(ctx context.Context, s control.Service) error { return s.PauseNotices(ctx, minutes) })
}

// TestNotice shows a notification, to see whether it arrives.
func (a *App) TestNotice() error {
	return run(a, func(ctx context.Context, s control.Service) error { return s.TestNotice(ctx) })
}

// SetStartAtLogin decides whether watching starts with the computer's session.
func (a *App) SetStartAtLogin(on bool) error {
	return run(a, func(ctx context.Context, s control.Service) error { return s.SetStartAtLogin(ctx, on) })
}

// AskBeforeClosing makes the window tell the page before it closes, instead of
// closing, the next time that it is asked to.
func (a *App) AskBeforeClosing(on bool) error {
	a.ask.Store(on)
	return nil
}

// CloseWindow closes the window; the agent goes on watching.
func (a *App) CloseWindow() error {
	a.ask.Store(false)
	a.window.Close()
	return nil
}
