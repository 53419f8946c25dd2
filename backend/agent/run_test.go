package agent

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kontent/kontent-connect/backend/sqlite"
	"github.com/kontent/kontent-connect/backend/view"
)

// background is an agent of which no more is open than what its admin chose.
func background(t *testing.T, on bool) *Agent {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	a := &Agent{db: db, hub: newHub(time.UnixMilli(1)), log: slog.New(slog.DiscardHandler)}
	p := view.DefaultPreferences()
	p.Background = on
	if err := a.SetPreferences(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestTheLastFace: an agent that is not to watch in the background ends with
// its last face, and a window that is only reloaded keeps it.
//
// Covers P6.
func TestTheLastFace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name             string
		demo, background bool
		ends             bool
	}{
		{"ends it where nothing is to be watched in the background", false, false, true},
		{"ends a demonstration", true, true, true},
		{"leaves it watching", false, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := background(t, c.background)
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				left := make(chan struct{})
				r := &resident{leave: sync.OnceFunc(func() { close(left) })}
				r.agent.Store(a)
				faces := r.lastFace(ctx, c.demo)
				faces(1)
				faces(0)
				time.Sleep(lastFaceGrace - time.Second)
				faces(1) // the window was reloaded
				time.Sleep(time.Hour)
				select {
				case <-left:
					t.Fatal("it ended under an open window")
				default:
				}
				faces(0)
				if c.ends {
					<-left // the bubble would end in a deadlock
					return
				}
				time.Sleep(time.Hour)
				synctest.Wait()
				select {
				case <-left:
					t.Error("it ended")
				default:
				}
			})
		})
	}
}

// TestNoFaceAtAll: an agent that starts at login, and is not to watch in the
// background, has no last face to end with.
func TestNoFaceAtAll(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name             string
		demo, background bool
		ends             bool
	}{
		{"ends it after some time", false, false, true},
		{"leaves a demonstration that was started so", true, true, false},
		{"leaves it watching", false, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := background(t, c.background)
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				left := make(chan struct{})
				r := &resident{leave: sync.OnceFunc(func() { close(left) })}
				r.agent.Store(a)
				faces := r.lastFace(ctx, c.demo)
				time.Sleep(firstFaceGrace - time.Second)
				synctest.Wait()
				wantLeft(t, left, false)
				faces(1) // a window on a slow computer
				time.Sleep(time.Hour)
				synctest.Wait()
				wantLeft(t, left, false)
				cancel()

				ctx, cancel = context.WithCancel(t.Context())
				defer cancel()
				r.lastFace(ctx, c.demo)
				time.Sleep(time.Hour)
				synctest.Wait()
				wantLeft(t, left, c.ends)
			})
		})
	}
}

func wantLeft(t *testing.T, left <-chan struct{}, want bool) {
	t.Helper()
	select {
	case <-left:
		if !want {
			t.Fatal("it ended")
		}
	default:
		if want {
			t.Fatal("it did not end")
		}
	}
}

// TestQuitting closes the windows first: one that is left would start the
// agent again.
//
// Covers P6.
func TestQuitting(t *testing.T) {
	t.Parallel()
	a := &Agent{hub: newHub(time.UnixMilli(1))}
	ctx, cancel := context.WithCancel(t.Context())
	told, ended := listen(ctx, t, a.hub, view.FaceWindow)
	r := &resident{leave: cancel}
	r.quit(a)
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the stream ended with %v", err)
	}
	if e, ok := <-told; !ok || !e.Quit {
		t.Errorf("the window was told %+v", e)
	}
}
