package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/kontent/kontent-connect/backend/command"
	"github.com/kontent/kontent-connect/backend/problem"
)

// answering is something that serves a data folder's socket like an agent.
func answering(t *testing.T, handler http.HandlerFunc) command.Globals {
	t.Helper()
	folder, err := os.MkdirTemp("", "kc")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	listener, err := net.Listen("unix", filepath.Join(folder, "agent.sock"))
	if err != nil {
		t.Fatal(err)
	}
	server, served := &http.Server{Handler: handler}, make(chan struct{})
	go func() { defer close(served); _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close(); <-served })
	return command.Globals{DataDir: folder}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	t.Run("asks an agent of another version to leave, and says so when it stays", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		asked := 0
		g := answering(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/leave" {
				w.WriteHeader(http.StatusNoContent)
				return
			}
			// The second look comes after a Leave that was answered well.
			if asked++; asked == 3 {
				cancel()
			}
			w.WriteHeader(http.StatusUpgradeRequired)
			_, _ = w.Write([]byte(`{"problem":{"code":"agent_version"}}`))
		})
		service, _, err := newQueue().open(ctx, g, func() {})
		if service != nil || err == nil {
			t.Fatalf("opened %v, %v", service, err)
		}
	})
	t.Run("tells an agent's own problem at once", func(t *testing.T) {
		t.Parallel()
		asked := 0
		g := answering(t, func(w http.ResponseWriter, _ *http.Request) {
			asked++
			w.WriteHeader(http.StatusUnprocessableEntity)
			_, _ = w.Write([]byte(`{"problem":{"code":"database_failed"}}`))
		})
		if _, _, err := newQueue().open(t.Context(), g, func() {}); problem.CodeOf(err) != problem.DatabaseFailed || asked != 1 {
			t.Errorf("error %v after asking %d times", err, asked)
		}
	})
}
