package window

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fakeService answers Opening and lets the test push events.
type fakeService struct {
	control.Service
	events chan view.Event
}

func (fakeService) Opening(context.Context) (view.Snapshot, error) {
	return view.Snapshot{Revision: 7, Partial: true}, nil
}

func (fakeService) Snapshot(context.Context) (view.Snapshot, error) {
	return view.Snapshot{Revision: 7}, nil
}

func (f fakeService) Events(ctx context.Context, _ view.Face, each func(view.Event) error) error {
	if err := each(view.Event{Revision: 7}); err != nil {
		return err
	}
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

// fakeFramework notes what the page and the window are told.
type fakeFramework struct {
	events chan string
	shown  chan struct{}
	closed chan struct{}
}

func (f fakeFramework) Emit(event string, payload any) {
	body, err := json.Marshal(payload)
	if err != nil {
		panic(err)
	}
	f.events <- event + " " + string(body)
}

func (f fakeFramework) Show() { f.shown <- struct{}{} }

func (f fakeFramework) Close() { f.closed <- struct{}{} }

func (f fakeFramework) AskWhere(string) (string, error) { return "", nil }

// listen does what a page does once it listens to the events.
func listen(t *testing.T, w *Window) {
	t.Helper()
	answer := get(t, w, "/opening")
	var s view.Snapshot
	if err := json.NewDecoder(answer.Body).Decode(&s); err != nil || answer.StatusCode != http.StatusOK || s.Revision != 7 {
		t.Fatalf("the snapshot was answered with %d, %v: %+v", answer.StatusCode, err, s)
	}
}

func TestASnapshotIsAskedForAfterWhatTheWindowOpensWith(t *testing.T) {
	t.Parallel()
	w, _, _ := newLinked(t)
	for path, partial := range map[string]bool{"/opening": true, "/snapshot": false} {
		var s view.Snapshot
		if err := json.NewDecoder(get(t, w, path).Body).Decode(&s); err != nil || s.Partial != partial {
			t.Errorf("%s is partial: %v, %v; want %v", path, s.Partial, err, partial)
		}
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
		w := newWindow(control.NewClient(path), func(context.Context) (<-chan error, error) {
			restarted <- serve(t, path, service)
			return nil, nil
		})
		f := fakeFramework{events: make(chan string, 16), shown: make(chan struct{}, 1)}
		w.Open(f)
		listen(t, w)
		f.want(t, `agent {"connected":true}`)

		service.events <- view.Event{Revision: 8}
		f.want(t, `changed {"revision":8}`)
		if err := server.Close(); err != nil {
			t.Fatal(err)
		}
		f.want(t, `agent {"connected":false}`)
		f.want(t, `agent {"connected":true}`)
		service.events <- view.Event{Revision: 9, Show: true}
		<-f.shown
		f.want(t, `changed {"revision":9,"show":true}`)
		w.Close()
		if err := (<-restarted).Close(); err != nil {
			t.Fatal(err)
		}
	})

	t.Run("shows what it was started for once its page listens", func(t *testing.T) {
		t.Parallel()
		w, f, service := newLinked(t)
		service.events <- view.Event{Revision: 8, Show: true, Account: "a1", Attempt: "t1"}
		<-f.shown
		// The page is told nothing yet: it would not hear it.
		select {
		case early := <-f.events:
			t.Fatalf("the page was told %s before it listened", early)
		default:
		}
		listen(t, w)
		f.want(t, `changed {"revision":8,"attempt":"t1","show":true,"account":"a1"}`)
		listen(t, w) // a reload says nothing more
		service.events <- view.Event{Revision: 9}
		f.want(t, `changed {"revision":9}`)
	})

	t.Run("a second start waits for the page too", func(t *testing.T) {
		t.Parallel()
		w, f, _ := newLinked(t)
		w.Another("a2") // though its program does not
		<-f.shown
		listen(t, w)
		f.want(t, `changed {"revision":0,"show":true,"account":"a2"}`)
	})

	t.Run("ends with an agent that was told to end, and starts no other", func(t *testing.T) {
		t.Parallel()
		w, f, service := newLinked(t)
		w.AskBeforeClosing(true)
		service.events <- view.Event{Revision: 8, Quit: true}
		<-f.closed
		w.running.Wait() // newLinked has no agent to start
		if w.BeforeClose() {
			t.Error("the page holds back a window whose program was told to end")
		}
	})

	t.Run("asks its page once before it closes", func(t *testing.T) {
		t.Parallel()
		w, f, _ := newLinked(t)
		if w.BeforeClose() {
			t.Fatal("it is held back though nobody asked for that")
		}
		w.AskBeforeClosing(true)
		if !w.BeforeClose() {
			t.Fatal("it closes without asking")
		}
		f.want(t, `closing null`)
		if w.BeforeClose() {
			t.Error("it is held back twice")
		}
	})

	t.Run("holds back nobody who ends the program", func(t *testing.T) {
		t.Parallel()
		w, _, _ := newLinked(t)
		ends := make(chan os.Signal, 1)
		w.Ends = ends
		w.AskBeforeClosing(true)
		ends <- os.Interrupt
		if w.BeforeClose() {
			t.Error("the end of the session is held back by a question")
		}
	})

	t.Run("starts an agent before the framework is there, and no second one after it", func(t *testing.T) {
		t.Parallel()
		started := make(chan struct{}, 2)
		path := filepath.Join(t.TempDir(), "agent.sock")
		w := newWindow(control.NewClient(path), func(context.Context) (<-chan error, error) {
			server := serve(t, path, fakeService{events: make(chan view.Event)})
			t.Cleanup(func() { _ = server.Close() })
			started <- struct{}{}
			return nil, nil
		})
		w.Prepare()
		<-started
		f := fakeFramework{events: make(chan string, 16)}
		w.Open(f)
		defer w.Close()
		f.want(t, `agent {"connected":true}`)
		listen(t, w)
		if len(started) > 0 {
			t.Error("a second agent was started")
		}
	})

	t.Run("leaves an agent of another version alone until it is open", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "agent.sock")
		asked := make(chan string, 16)
		socket, err := net.Listen("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		other := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked <- r.URL.Path
			w.WriteHeader(http.StatusConflict)
			_, _ = w.Write([]byte(`{"problem":{"code":"agent_version"}}`))
		}))
		other.Listener = socket
		other.Start()
		defer other.Close()
		w := newWindow(control.NewClient(path), func(context.Context) (<-chan error, error) {
			t.Error("another agent was started")
			return nil, errors.New("no such program")
		})
		w.Prepare()
		w.preparing.Wait()
		w.Close()
		if len(asked) != 1 || <-asked != "/v1/hello" {
			t.Error("it was asked for more than who it is")
		}
	})

	t.Run("says plainly that no agent can be started", func(t *testing.T) {
		t.Parallel()
		w := newWindow(control.NewClient(filepath.Join(t.TempDir(), "agent.sock")),
			func(context.Context) (<-chan error, error) { return nil, errors.New("no such program") })
		f := fakeFramework{events: make(chan string, 16)}
		w.Open(f)
		defer w.Close()
		f.want(t, `agent {"connected":false,"problem":{"code":"agent_start"}}`)
		var told view.Problem
		answer := get(t, w, "/snapshot")
		if err := json.NewDecoder(answer.Body).Decode(&told); err != nil || answer.StatusCode != http.StatusServiceUnavailable || told.Code != "agent_start" {
			t.Errorf("the page is told %+v with %d, %v", told, answer.StatusCode, err)
		}
	})

	t.Run("passes on why the agent could not start", func(t *testing.T) {
		t.Parallel()
		w := newWindow(control.NewClient(filepath.Join(t.TempDir(), "agent.sock")), func(context.Context) (<-chan error, error) {
			why := make(chan error, 1)
			why <- problem.New(problem.DatabaseNewer, nil).With("path", "x.db")
			return why, nil
		})
		f := fakeFramework{events: make(chan string, 16)}
		w.Open(f)
		defer w.Close()
		f.want(t, `agent {"connected":false,"problem":{"code":"database_newer","args":{"path":"x.db"}}}`)
	})

	t.Run("comes forward as soon as it is there", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "agent.sock")
		server := serve(t, path, fakeService{events: make(chan view.Event)})
		w := newWindow(control.NewClient(path), nil)
		f := fakeFramework{events: make(chan string, 16), shown: make(chan struct{}, 1)}
		raised := make(chan struct{})
		go func() { defer close(raised); w.Raise("a1") }()
		w.Open(f)
		<-f.shown
		listen(t, w)
		<-raised
		w.Close()
		if err := server.Close(); err != nil {
			t.Fatal(err)
		}
	})

	t.Run("closes though it was never opened", func(t *testing.T) {
		t.Parallel()
		w := newWindow(control.NewClient("nowhere"), nil)
		w.Close()
		w.Raise("a1")
		if w.ctx.Err() == nil {
			t.Error("it is still open")
		}
	})

	t.Run("a panic settles the page's promise", func(t *testing.T) {
		t.Parallel()
		w := newWindow(control.NewClient("nowhere"), nil)
		_, err := Call(w, func(context.Context, control.Service) (int, error) { panic("a bug") })
		if got := problem.CodeOf(err); got != problem.Internal {
			t.Errorf("the page is told %q (%v)", got, err)
		}
	})
}

// newWindow returns a window that says nothing of what it does.
func newWindow(client *control.Client, start control.Starter) *Window {
	return New(Options{Client: client, Start: start, Log: slog.New(slog.DiscardHandler)})
}

// newLinked returns a Window that follows an agent; none can be started beside
// it. Its page is not ready yet.
func newLinked(t *testing.T) (*Window, fakeFramework, fakeService) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "agent.sock")
	service := fakeService{events: make(chan view.Event, 1)}
	server := serve(t, path, service)
	w := newWindow(control.NewClient(path), func(context.Context) (<-chan error, error) {
		t.Error("an agent was started")
		return nil, errors.New("no such program")
	})
	f := fakeFramework{events: make(chan string, 16), shown: make(chan struct{}, 1), closed: make(chan struct{}, 1)}
	w.Open(f)
	f.want(t, `agent {"connected":true}`)
	t.Cleanup(func() {
		w.Close()
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return w, f, service
}

func (f fakeFramework) want(t *testing.T, event string) {
	t.Helper()
	select {
	case got := <-f.events:
		if got != event {
			t.Fatalf("the page was told %s, want %s", got, event)
		}
	case <-time.After(10 * time.Second):
		t.Fatalf("the page was not told %s", event)
	}
}
