package control_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/control/controltest"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

func modeOf(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	return info.Mode().Perm()
}

func newServer() *control.Server {
	return control.NewServer(controltest.New(snapshot()), control.ServerOptions{Log: slog.New(slog.DiscardHandler)})
}

func TestServerStart(t *testing.T) {
	t.Parallel()
	t.Run("makes a socket and a folder of the user's own", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		if socket, folder := modeOf(t, w.path), modeOf(t, filepath.Dir(w.path)); socket != 0o600 || folder != 0o700 {
			t.Errorf("modes %o and %o", socket, folder)
		}
	})
	t.Run("closes a folder that was open to others", func(t *testing.T) {
		t.Parallel()
		path := socketPath(t)
		must(t, os.Mkdir(filepath.Dir(path), 0o777))
		must(t, os.Chmod(filepath.Dir(path), 0o777))
		s := newServer()
		must(t, s.Start(t.Context(), path))
		defer func() { must(t, s.Close()) }()
		if got := modeOf(t, filepath.Dir(path)); got != 0o700 {
			t.Errorf("mode %o", got)
		}
	})
	t.Run("replaces what a crashed agent left behind", func(t *testing.T) {
		t.Parallel()
		path := socketPath(t)
		must(t, os.MkdirAll(filepath.Dir(path), 0o700))
		left, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
		must(t, err)
		left.SetUnlinkOnClose(false)
		must(t, left.Close())
		client := control.NewClient(path)
		defer client.Close()
		_, err = client.Snapshot(t.Context())
		wantProblem(t, err, problem.AgentUnreachable)
		if !control.NotSent(err) {
			t.Errorf("%v: a leftover takes no request, so it may be sent again", err)
		}
		s := newServer()
		must(t, s.Start(t.Context(), path))
		defer func() { must(t, s.Close()) }()
		_, err = client.Snapshot(t.Context())
		must(t, err)
	})
	t.Run("says which folder it cannot use", func(t *testing.T) {
		t.Parallel()
		path := socketPath(t)
		must(t, os.WriteFile(filepath.Dir(path), nil, 0o600))
		s := newServer()
		err := s.Start(t.Context(), path)
		wantProblem(t, err, problem.DataFolder)
		if got := problem.From(err).Args["path"]; got != filepath.Dir(path) {
			t.Errorf("names %q", got)
		}
		must(t, s.Close())
	})
}

func TestEvents(t *testing.T) {
	t.Parallel()
	t.Run("begin with the present revision and come in order", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ctx, cancel := context.WithCancel(t.Context())
		events, ended := w.follow(t, ctx)
		if first := <-events; first != (view.Event{Revision: 1}) {
			t.Fatalf("began with %+v", first)
		}
		w.Publish(view.Event{Attempt: "t1"})
		w.Publish(view.Event{Show: true, Account: "a1"})
		for _, want := range []view.Event{{Revision: 2, Attempt: "t1"}, {Revision: 3, Show: true, Account: "a1"}} {
			if got := <-events; got != want {
				t.Errorf("told %+v, want %+v", got, want)
			}
		}
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("ended with %v", err)
		}
	})
	t.Run("end with the word of whoever follows", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		enough := errors.New("enough")
		if err := w.client.Events(t.Context(), view.FaceWindow, func(view.Event) error { return enough }); !errors.Is(err, enough) {
			t.Errorf("ended with %v", err)
		}
	})
	t.Run("are counted, one face at a time", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ctx, cancel := context.WithCancel(t.Context())
		one, oneEnded := w.follow(t, ctx)
		<-one
		two, twoEnded := w.follow(t, ctx)
		<-two
		cancel()
		for _, end := range []<-chan error{oneEnded, twoEnded} {
			if err := <-end; !errors.Is(err, context.Canceled) {
				t.Errorf("ended with %v", err)
			}
		}
		for i, want := range []int{1, 2, 1, 0} {
			if got := <-w.counted; got != want {
				t.Errorf("count %d is %d, want %d", i, got, want)
			}
		}
	})
	t.Run("end at once when the agent can tell none", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.Fail("events", problem.New(problem.DatabaseFailed, nil))
		err := w.client.Events(t.Context(), view.FaceWindow, func(e view.Event) error { t.Errorf("told %+v", e); return nil })
		wantProblem(t, err, problem.AgentUnreachable)
	})
}

// talker says one thing more when it is asked to end.
type talker struct {
	*controltest.Fake
	said chan error
}

// Events implements control.Service.
func (s *talker) Events(ctx context.Context, face view.Face, each func(view.Event) error) error {
	err := s.Fake.Events(ctx, face, each)
	s.said <- each(view.Event{Attempt: "last word"})
	return err
}

func TestServerClose(t *testing.T) {
	t.Parallel()
	t.Run("ends an open stream and waits for it", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		events, ended := w.follow(t, t.Context())
		<-events
		must(t, w.server.Close())
		// The agent closes its database next: nobody may still be using it.
		if w.Followers() != 0 {
			t.Error("closed with a stream still served")
		}
		wantProblem(t, <-ended, problem.AgentUnreachable)
		if _, err := os.Stat(w.path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the socket is still there: %v", err)
		}
	})
	t.Run("lets a stream say its last word, instead of cutting it off", func(t *testing.T) {
		t.Parallel()
		service := &talker{Fake: controltest.New(snapshot()), said: make(chan error, 1)}
		path := socketPath(t)
		s := control.NewServer(service, control.ServerOptions{Log: slog.New(slog.DiscardHandler)})
		must(t, s.Start(t.Context(), path))
		w := &world{client: control.NewClient(path)}
		t.Cleanup(w.client.Close)
		events, ended := w.follow(t, t.Context())
		<-events
		must(t, s.Close())
		must(t, <-service.said)
		if last := <-events; last.Attempt != "last word" {
			t.Errorf("the face was told %+v", last)
		}
		wantProblem(t, <-ended, problem.AgentUnreachable)
	})
	t.Run("may be called twice", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, w.server.Close())
		must(t, w.server.Close())
		_, err := w.client.Snapshot(t.Context())
		wantProblem(t, err, problem.AgentUnreachable)
	})
	t.Run("may be called without a start", func(t *testing.T) {
		t.Parallel()
		must(t, newServer().Close())
	})
}

func TestNotSent(t *testing.T) {
	t.Parallel()
	t.Run("when nobody listens", func(t *testing.T) {
		t.Parallel()
		client := control.NewClient(socketPath(t))
		_, err := client.AddProject(t.Context(), "x")
		wantProblem(t, err, problem.AgentUnreachable)
		if !control.NotSent(err) {
			t.Errorf("%v was not sent", err)
		}
	})
	t.Run("but not when an agent took it and went", func(t *testing.T) {
		t.Parallel()
		path := socketPath(t)
		must(t, os.MkdirAll(filepath.Dir(path), 0o700))
		listener, err := net.Listen("unix", path)
		must(t, err)
		defer func() { _ = listener.Close() }()
		go func() {
			if conn, err := listener.Accept(); err == nil {
				_, _ = conn.Read(make([]byte, 1))
				_ = conn.Close()
			}
		}()
		client := control.NewClient(path)
		defer client.Close()
		_, err = client.AddProject(t.Context(), "x")
		wantProblem(t, err, problem.AgentUnreachable)
		if control.NotSent(err) {
			t.Errorf("%v may have been sent", err)
		}
	})
	t.Run("nor is a problem of the agent", func(t *testing.T) {
		t.Parallel()
		if control.NotSent(problem.New(problem.NotFound, nil)) || control.NotSent(nil) {
			t.Error("taken for a request that was not sent")
		}
	})
}
