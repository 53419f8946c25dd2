package main

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestThePageMayCallOnlyThis guards the boundary: every exported method of App
// is callable by whatever script runs in the page (style of Wails, pitfall 5).
//
// Covers W5.
func TestThePageMayCallOnlyThis(t *testing.T) {
	t.Parallel()
	want := []string{
		"AddProject", "AskBeforeClosing", "Attempt", "Cancel", "Check", "CloseWindow", "Connect", "Diagnose", "Disconnect",
		"History", "OpenBrowser", "OpenDemo", "OpenPage", "PasteAddress", "PauseNotices", "RemoveApp", "RemoveProject",
		"RenameProject", "SaveHistory", "SaveReport", "Select", "SetApp", "SetPreferences", "SetStartAtLogin", "Snapshot", "Snooze", "TestApp", "TestNotice",
	}
	app := reflect.TypeFor[*App]()
	var got []string
	for method := range app.Methods() {
		got = append(got, method.Name)
		results := method.Type.NumOut()
		if results == 0 || results > 2 || method.Type.Out(results-1) != reflect.TypeFor[error]() {
			t.Errorf("%s must return at most two results, the last an error", method.Name)
		}
		for i := 1; i < method.Type.NumIn(); i++ {
			if method.Type.In(i) == reflect.TypeFor[context.Context]() {
				t.Errorf("%s takes a context, which the page would have to pass", method.Name)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Covers S3.
func TestProblemsReachThePageAsJSONText(t *testing.T) {
	t.Parallel()
	err := problem.New(problem.PortsBusy, errors.New("address in use")).With("ports", "17653")
	text, ok := formatError(err).(string)
	if !ok {
		t.Fatal("an object would arrive as [object Object]")
	}
	var got view.Problem
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(view.Problem{Code: "ports_busy", Args: map[string]string{"ports": "17653"}}, got); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(text, "address in use") {
		t.Error("what is for the log has crossed to the page")
	}
}

// fakeService answers Snapshot and lets the test push events.
type fakeService struct {
	control.Service
	events chan view.Event
}

func (fakeService) Snapshot(context.Context) (view.Snapshot, error) {
	return view.Snapshot{Revision: 7}, nil
}

func (f fakeService) Events(ctx context.Context, _ view.Face, each func(view.Event) error) error {
	for {
		select {
		case e := <-f.events:
			if err := each(e); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (fakeService) AddProject(context.Context, string) (view.Project, error) { panic("a bug") }

// serve starts an agent's socket.
func serve(t *testing.T, path string, s control.Service) *control.Server {
	t.Helper()
	server := control.NewServer(s, control.ServerOptions{Log: slog.New(slog.DiscardHandler)})
	if err := server.Start(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	return server
}

// fakeWindow notes what the page and the window are told.
type fakeWindow struct {
	events chan string
	shown  chan struct{}
	closed chan struct{}
}

func (w fakeWindow) Emit(event string, payload any) {
	body, err := json.Marshal(payload)
	if err != nil {
		panic(err)
	}
	w.events <- event + " " + string(body)
}

func (w fakeWindow) Show() { w.shown <- struct{}{} }

func (w fakeWindow) Close() { w.closed <- struct{}{} }

func (w fakeWindow) AskWhere(string) (string, error) { return "", nil }

// listen does what a page does once it listens to the events.
func listen(t *testing.T, app *App) {
	t.Helper()
	if _, err := app.Snapshot(); err != nil {
		t.Fatal(err)
	}
}

// Covers PL06, UI03.
func TestTheWindow(t *testing.T) {
	t.Parallel()

	t.Run("survives the restart of its agent", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "agent.sock")
		service := fakeService{events: make(chan view.Event, 1)}
		server := serve(t, path, service)
		restarted := make(chan *control.Server, 1)
		app := newApp(control.NewClient(path), func(context.Context) (<-chan error, error) {
			restarted <- serve(t, path, service)
			return nil, nil
		}, slog.New(slog.DiscardHandler))
		w := fakeWindow{events: make(chan string, 16), shown: make(chan struct{}, 1)}
		app.open(w)
		listen(t, app)
		w.want(t, `agent {"connected":true}`)

		service.events <- view.Event{Revision: 8}
		w.want(t, `changed {"revision":8}`)
		if err := server.Close(); err != nil {
			t.Fatal(err)
		}
		w.want(t, `agent {"connected":false}`)
		w.want(t, `agent {"connected":true}`)
		service.events <- view.Event{Revision: 9, Show: true}
		<-w.shown
		w.want(t, `changed {"revision":9,"show":true}`)
		app.close()
		if err := (<-restarted).Close(); err != nil {
			t.Fatal(err)
		}
	})

	t.Run("shows what it was started for once its page listens", func(t *testing.T) {
		t.Parallel()
		app, w, service := newLinked(t)
		service.events <- view.Event{Revision: 8, Show: true, Account: "a1", Attempt: "t1"}
		<-w.shown
		// The page is told nothing yet: it would not hear it.
		select {
		case early := <-w.events:
			t.Fatalf("the page was told %s before it listened", early)
		default:
		}
		listen(t, app)
		w.want(t, `changed {"revision":8,"attempt":"t1","show":true,"account":"a1"}`)
		listen(t, app) // a reload says nothing more
		service.events <- view.Event{Revision: 9}
		w.want(t, `changed {"revision":9}`)
	})

	t.Run("a second start waits for the page too", func(t *testing.T) {
		t.Parallel()
		app, w, _ := newLinked(t)
		app.another("a2") // though its program does not
		<-w.shown
		listen(t, app)
		w.want(t, `changed {"revision":0,"show":true,"account":"a2"}`)
	})

	t.Run("ends with an agent that was told to end, and starts no other", func(t *testing.T) {
		t.Parallel()
		app, w, service := newLinked(t)
		if err := app.AskBeforeClosing(true); err != nil {
			t.Fatal(err)
		}
		service.events <- view.Event{Revision: 8, Quit: true}
		<-w.closed
		app.running.Wait() // newLinked has no agent to start
		if app.beforeClose(t.Context()) {
			t.Error("the page holds back a window whose program was told to end")
		}
	})

	t.Run("asks its page once before it closes", func(t *testing.T) {
		t.Parallel()
		app, w, _ := newLinked(t)
		if app.beforeClose(t.Context()) {
			t.Fatal("it is held back though nobody asked for that")
		}
		if err := app.AskBeforeClosing(true); err != nil {
			t.Fatal(err)
		}
		if !app.beforeClose(t.Context()) {
			t.Fatal("it closes without asking")
		}
		w.want(t, `closing null`)
		if app.beforeClose(t.Context()) {
			t.Error("it is held back twice")
		}
	})

	t.Run("says plainly that no agent can be started", func(t *testing.T) {
		t.Parallel()
		app := newApp(control.NewClient(filepath.Join(t.TempDir(), "agent.sock")),
			func(context.Context) (<-chan error, error) { return nil, errors.New("no such program") }, slog.New(slog.DiscardHandler))
		w := fakeWindow{events: make(chan string, 16)}
		app.open(w)
		defer app.close()
		w.want(t, `agent {"connected":false,"problem":{"code":"agent_start"}}`)
		_, err := app.Snapshot()
		if got := problem.CodeOf(err); got != problem.AgentStart {
			t.Errorf("the page is told %q", got)
		}
	})

	t.Run("passes on why the agent could not start", func(t *testing.T) {
		t.Parallel()
		app := newApp(control.NewClient(filepath.Join(t.TempDir(), "agent.sock")), func(context.Context) (<-chan error, error) {
			why := make(chan error, 1)
			why <- problem.New(problem.DatabaseNewer, nil).With("path", "x.db")
			return why, nil
		}, slog.New(slog.DiscardHandler))
		w := fakeWindow{events: make(chan string, 16)}
		app.open(w)
		defer app.close()
		w.want(t, `agent {"connected":false,"problem":{"code":"database_newer","args":{"path":"x.db"}}}`)
	})

	t.Run("comes forward as soon as it is there", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "agent.sock")
		server := serve(t, path, fakeService{events: make(chan view.Event)})
		app := newApp(control.NewClient(path), nil, slog.New(slog.DiscardHandler))
		w := fakeWindow{events: make(chan string, 16), shown: make(chan struct{}, 1)}
		raised := make(chan struct{})
		go func() { defer close(raised); app.raise("a1") }()
		app.open(w)
		<-w.shown
		listen(t, app)
		<-raised
		app.close()
		if err := server.Close(); err != nil {
			t.Fatal(err)
		}
	})

	t.Run("closes though it was never opened", func(t *testing.T) {
		t.Parallel()
		app := newApp(control.NewClient("nowhere"), nil, slog.New(slog.DiscardHandler))
		app.close()
		app.raise("a1")
		if app.ctx.Err() == nil {
			t.Error("it is still open")
		}
	})

	t.Run("a panic settles the page's promise", func(t *testing.T) {
		t.Parallel()
		app := newApp(control.NewClient("nowhere"), nil, slog.New(slog.DiscardHandler))
		_, err := call(app, func(context.Context, control.Service) (int, error) { panic("a bug") })
		if got := problem.CodeOf(err); got != problem.Internal {
			t.Errorf("the page is told %q (%v)", got, err)
		}
	})
}

// newLinked returns an App that follows an agent; none can be started beside
// it. Its page is not ready yet.
func newLinked(t *testing.T) (*App, fakeWindow, fakeService) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "agent.sock")
	service := fakeService{events: make(chan view.Event, 1)}
	server := serve(t, path, service)
	app := newApp(control.NewClient(path), func(context.Context) (<-chan error, error) {
		t.Error("an agent was started")
		return nil, errors.New("no such program")
	}, slog.New(slog.DiscardHandler))
	w := fakeWindow{events: make(chan string, 16), shown: make(chan struct{}, 1), closed: make(chan struct{}, 1)}
	app.open(w)
	w.want(t, `agent {"connected":true}`)
	t.Cleanup(func() {
		app.close()
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return app, w, service
}

func (w fakeWindow) want(t *testing.T, event string) {
	t.Helper()
	select {
	case got := <-w.events:
		if got != event {
			t.Fatalf("the page was told %s, want %s", got, event)
		}
	case <-time.After(10 * time.Second):
		t.Fatalf("the page was not told %s", event)
	}
}
