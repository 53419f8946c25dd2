package control_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/control/controltest"
	"github.com/kontent/kontent-connect/backend/problem"
)

// starter starts servers on a path as an agent's process would, and counts.
type starter struct {
	t     *testing.T
	path  string
	count atomic.Int32
}

func (s *starter) start(ctx context.Context) (<-chan error, error) {
	s.count.Add(1)
	server := control.NewServer(controltest.New(snapshot()), control.ServerOptions{Log: slog.New(slog.DiscardHandler)})
	s.t.Cleanup(func() { _ = server.Close() })
	return nil, server.Start(context.WithoutCancel(ctx), s.path)
}

// never is a start that must not happen.
func never(context.Context) (<-chan error, error) { return nil, errors.New("must not be called") }

func TestEnsure(t *testing.T) {
	t.Parallel()
	t.Run("starts an agent where there is none, once", func(t *testing.T) {
		t.Parallel()
		s := &starter{t: t, path: socketPath(t)}
		client := control.NewClient(s.path)
		t.Cleanup(client.Close)
		must(t, control.Ensure(t.Context(), client, s.start))
		must(t, control.Ensure(t.Context(), client, s.start))
		if got := s.count.Load(); got != 1 {
			t.Errorf("started %d times", got)
		}
	})
	t.Run("waits for an agent that takes its time, and starts no second", func(t *testing.T) {
		t.Parallel()
		s := &starter{t: t, path: socketPath(t)}
		client := control.NewClient(s.path)
		t.Cleanup(client.Close)
		serving := make(chan struct{})
		slow := func(ctx context.Context) (<-chan error, error) {
			s.count.Add(1)
			go func() {
				defer close(serving)
				later := &starter{t: t, path: s.path}
				_, _ = later.start(ctx)
			}()
			return nil, nil
		}
		must(t, control.Ensure(t.Context(), client, slow))
		<-serving
		if got := s.count.Load(); got != 1 {
			t.Errorf("started %d times", got)
		}
	})
	t.Run("leaves a running agent alone", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, control.Ensure(t.Context(), w.client, never))
		if w.hasLeft() != 0 {
			t.Error("the agent was asked to leave")
		}
	})
	t.Run("asks one of another version to leave, and starts its own", func(t *testing.T) {
		t.Parallel()
		s := &starter{t: t, path: socketPath(t)}
		old := serveOld(t, s.path)
		client := control.NewClient(s.path)
		t.Cleanup(client.Close)
		must(t, control.Ensure(t.Context(), client, s.start))
		if old.Load() == 0 || s.count.Load() != 1 {
			t.Errorf("asked %d times to leave, started %d times", old.Load(), s.count.Load())
		}
	})
	t.Run("tells why no agent could be started", func(t *testing.T) {
		t.Parallel()
		cause := errors.New("no such program")
		err := control.Ensure(t.Context(), control.NewClient(socketPath(t)), func(context.Context) (<-chan error, error) { return nil, cause })
		wantProblem(t, err, problem.AgentStart)
		if !errors.Is(err, cause) {
			t.Errorf("%v does not say why", err)
		}
	})
	t.Run("tells why the agent that it started has ended", func(t *testing.T) {
		t.Parallel()
		ended := make(chan error, 1)
		ended <- problem.New(problem.DatabaseNewer, nil)
		err := control.Ensure(t.Context(), control.NewClient(socketPath(t)), func(context.Context) (<-chan error, error) { return ended, nil })
		wantProblem(t, err, problem.DatabaseNewer)
	})
	t.Run("waits for the other agent when that was faster", func(t *testing.T) {
		t.Parallel()
		s := &starter{t: t, path: socketPath(t)}
		client := control.NewClient(s.path)
		t.Cleanup(client.Close)
		ended := make(chan error)
		go func() {
			ended <- problem.New(problem.AgentBusy, nil)
			_, _ = s.start(t.Context())
		}()
		must(t, control.Ensure(t.Context(), client, func(context.Context) (<-chan error, error) { return ended, nil }))
	})
	t.Run("tries again when who had the lock lets go of it and serves nobody", func(t *testing.T) {
		t.Parallel()
		s := &starter{t: t, path: socketPath(t)}
		client := control.NewClient(s.path)
		t.Cleanup(client.Close)
		busy := true
		must(t, control.Ensure(t.Context(), client, func(ctx context.Context) (<-chan error, error) {
			if !busy {
				return s.start(ctx)
			}
			busy = false
			ended := make(chan error, 1)
			ended <- problem.New(problem.AgentBusy, nil)
			return ended, nil
		}))
	})
	t.Run("ends with its caller", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		err := control.Ensure(ctx, control.NewClient(socketPath(t)), func(context.Context) (<-chan error, error) { cancel(); return nil, nil })
		wantProblem(t, err, problem.AgentStart)
	})
	t.Run("asks an agent for nothing that takes it long", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.Fail("snapshot", errors.New("it was asked"))
		must(t, control.Ensure(t.Context(), w.client, never))
	})
}

// serveOld is an agent of another version: it refuses everything, and goes
// without an answer when it is asked to leave.
func serveOld(t *testing.T, path string) *atomic.Int32 {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(path), 0o700))
	listener, err := net.Listen("unix", path)
	must(t, err)
	var left atomic.Int32
	old := &http.Server{}
	old.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/leave" {
			left.Add(1)
			_ = old.Close()
			return
		}
		w.WriteHeader(http.StatusUpgradeRequired)
		_, _ = w.Write([]byte(`{"problem":{"code":"agent_version"}}`))
	})
	served := make(chan struct{})
	go func() { defer close(served); _ = old.Serve(listener) }()
	t.Cleanup(func() { _ = old.Close(); <-served })
	return &left
}
