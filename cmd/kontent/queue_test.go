package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/command"
	"github.com/kontent/kontent-connect/backend/problem"
)

// standing is a queue whose time passes with every look at the lock.
type standing struct {
	queue
	looks int
	then  map[int]func()
}

func newStanding() *standing {
	s := &standing{then: map[int]func(){}}
	begun := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return begun.Add(time.Duration(s.looks) * time.Second) }
	s.pause = func(context.Context) {
		s.looks++
		if do := s.then[s.looks]; do != nil {
			do()
		}
	}
	return s
}

// busy opens a data folder as another command does, until release.
func busy(t *testing.T) (g command.Globals, release func()) {
	t.Helper()
	g = command.Globals{DataDir: filepath.Join(t.TempDir(), "data"), Keychain: "memory"}
	settings, err := load(g)
	if err != nil {
		t.Fatal(err)
	}
	other, err := agent.Open(t.Context(), settings, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return g, func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestQueue(t *testing.T) {
	t.Parallel()

	t.Run("waits for its turn, and says so once after ten seconds", func(t *testing.T) {
		t.Parallel()
		g, release := busy(t)
		s, told := newStanding(), []int{}
		s.then[30] = release
		service, done, err := s.open(t.Context(), g, func() { told = append(told, s.looks) })
		if err != nil {
			t.Fatal(err)
		}
		defer done()
		if _, err := service.Snapshot(t.Context()); err != nil {
			t.Error(err)
		}
		if len(told) != 1 || told[0] != 10 || s.looks != 30 {
			t.Errorf("said so at %v, opened at %d s", told, s.looks)
		}
	})

	t.Run("says nothing of a short wait", func(t *testing.T) {
		t.Parallel()
		g, release := busy(t)
		s := newStanding()
		s.then[9] = release
		_, done, err := s.open(t.Context(), g, func() { t.Error("said so") })
		if err != nil {
			t.Fatal(err)
		}
		done()
	})

	t.Run("gives up in the end, and at once when it is told to", func(t *testing.T) {
		t.Parallel()
		g, release := busy(t)
		defer release()
		s := newStanding()
		_, _, err := s.open(t.Context(), g, func() {})
		if problem.CodeOf(err) != problem.AgentBusy || s.looks < 600 {
			t.Errorf("after %d s: %v", s.looks, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		s = newStanding()
		s.then[3] = cancel
		if _, _, err := s.open(ctx, g, func() {}); err == nil || s.looks != 3 {
			t.Errorf("after %d s: %v", s.looks, err)
		}
	})
}
