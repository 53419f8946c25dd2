package agent_test

import (
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// held is what a process holds of the system.
type held struct{ goroutines, files, children int }

func holding(t *testing.T) held {
	t.Helper()
	files, err := os.ReadDir("/proc/self/fd") // sockets are among them
	if err != nil {
		t.Skip("this system does not tell what a process holds")
	}
	now := held{goroutines: runtime.NumGoroutine(), files: len(files)}
	lists, err := filepath.Glob("/proc/self/task/*/children")
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range lists {
		children, _ := os.ReadFile(list) // a thread may have ended
		now.children += len(strings.Fields(string(children)))
	}
	return now
}

// backTo waits until no more is held than before. Another program's end, and a
// closed connection's, are not told of.
func backTo(t *testing.T, before held) {
	t.Helper()
	limit := time.After(20 * time.Second)
	for now := holding(t); now.goroutines > before.goroutines || now.files > before.files || now.children > before.children; now = holding(t) {
		select {
		case <-limit:
			stacks := make([]byte, 1<<20)
			t.Fatalf("holds %+v, before %+v\n%s", now, before, stacks[:runtime.Stack(stacks, true)])
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// A sign-in that is called off leaves nothing behind: neither its port, of which
// there is one, nor the program that opened the browser, nor memory that
// grows.
//
// Covers G11, L3, L14, CB32, UI02.
func TestSignInsThatAreCalledOffLeaveNothingBehind(t *testing.T) { //nolint:paralleltest // see world
	folder := t.TempDir()
	opener := "#!/bin/sh\ntest -n \"$1\"\n"
	if err := os.WriteFile(filepath.Join(folder, "xdg-open"), []byte(opener), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
	w := newWorld(t)
	w.setUpApps()
	_, err := w.SetApp(t.Context(), view.AppSettings{Provider: social.Meta, ClientID: sandbox.MetaClientID, Ports: []int{freePort(t)}})
	w.must(err)
	project := w.snapshot().Projects[0].ID
	cycle := func(n int) {
		a, err := w.Connect(t.Context(), view.ConnectRequest{ProjectID: project, Provider: social.Meta})
		if err != nil {
			t.Fatalf("cycle %d: %v", n, err)
		}
		if n%3 != 0 || n == cycles() { // the others are replaced by the next one
			w.must(w.Cancel(t.Context(), a.ID))
			ended, err := w.Attempt(t.Context(), a.ID)
			w.must(err)
			if ended.Problem == nil || ended.Problem.Code != string(problem.SignInCancelled) {
				t.Fatalf("cycle %d ended with %+v", n, ended.Problem)
			}
		}
	}
	heap := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := holding(t)
	const remembered = 20 // attempts that are over, by the use cases
	for n := range remembered + 1 {
		cycle(n)
	}
	was := heap()
	for n := range cycles() {
		cycle(n + 1) // the last one is called off
	}
	backTo(t, before)
	if grown := heap() - was; grown > 5<<20 {
		t.Errorf("memory has grown by %d bytes", grown)
	}
}

// freePort returns a port that nobody else on this computer waits for.
func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port
}

func cycles() int {
	if os.Getenv("KONTENT_SOAK") == "1" {
		return 1000
	}
	return 100
}
