package control_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/control/controltest"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// world is a service behind a real socket, and a client before it.
type world struct {
	*controltest.Fake
	server *control.Server
	client *control.Client
	path   string

	mu   sync.Mutex
	left int
	// counted is told each count of faces.
	counted chan int
}

func snapshot() view.Snapshot {
	return view.Snapshot{
		Revision: 1,
		Frame: view.Frame{
			Version: "0.1.0", Projects: []view.Project{{ID: "p1", Name: "Meu projeto"}}, Attempts: []view.Attempt{},
			Apps: []view.ProviderApp{{Provider: "meta", Configured: true, ClientID: "1", Ports: []int{}, RedirectURIs: []string{}}},
		},
		Grants:   []view.Grant{{ID: "g1", Provider: "meta", Granted: []social.Scope{}, Declined: []social.Scope{}}},
		Accounts: []view.Account{{ID: "a1", ProjectID: "p1", GrantID: "g1", Provider: "meta", Name: "Café <b>", Picture: "f00d", Health: view.Healthy}},
	}
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{Fake: controltest.New(snapshot()), path: socketPath(t), counted: make(chan int, 100)}
	w.server = control.NewServer(w, control.ServerOptions{
		Log:   slog.New(slog.DiscardHandler),
		Leave: func() { w.mu.Lock(); defer w.mu.Unlock(); w.left++ },
		Faces: func(count int) { w.counted <- count },
	})
	must(t, w.server.Start(t.Context(), w.path))
	w.client = control.NewClient(w.path)
	t.Cleanup(func() {
		w.client.Close()
		if err := w.server.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// socketPath is short: t.TempDir spells the test's name, and a socket's path
// holds about 100 bytes.
func socketPath(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "kc")
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "data", "agent.sock")
}

func (w *world) hasLeft() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.left
}

// follow follows the events in the background until the stream ends.
func (w *world) follow(t *testing.T, ctx context.Context) (events <-chan view.Event, ended <-chan error) { //nolint:revive // t comes first in tests
	t.Helper()
	told, end := make(chan view.Event, 100), make(chan error, 1)
	go func() {
		end <- w.client.Events(ctx, view.FaceWindow, func(e view.Event) error { told <- e; return nil })
	}()
	return told, end
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantProblem(t *testing.T, err error, code problem.Code) {
	t.Helper()
	if got := problem.CodeOf(err); got != code {
		t.Fatalf("error %v has code %q, want %q", err, got, code)
	}
}
