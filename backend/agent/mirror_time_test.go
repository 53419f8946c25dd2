package agent

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// reading is a mirror of one account whose access ends, and counts how often
// what is read for it.
type reading struct {
	*mirror
	hub           *hub
	ends          time.Time
	whole, frames int
	trouble       error
}

func newReading(ends time.Time) *reading {
	a := &Agent{now: time.Now, hub: newHub(time.Now())}
	r := &reading{mirror: newMirror(a), hub: a.hub, ends: ends}
	r.frame = func(context.Context) (view.Frame, error) {
		r.frames++
		return view.Frame{Attempts: make([]view.Attempt, r.frames)}, r.trouble
	}
	r.mirror.whole = func(context.Context) (view.Snapshot, error) {
		r.whole++
		health := social.Healthy
		if time.Until(r.ends) < time.Hour {
			health = social.Expiring
		}
		return view.Snapshot{Accounts: []view.Account{{ID: "a1", Health: health}, {ID: "a2"}}}, r.trouble
	}
	return r
}

func TestTheMirror(t *testing.T) {
	t.Parallel()

	t.Run("tells a window what time alone changes, within a minute", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			r := newReading(time.Now().Add(2 * time.Hour))
			ctx, cancel := context.WithCancel(t.Context())
			kept := make(chan struct{})
			go func() { defer close(kept); r.keep(ctx) }()
			window, ended := listen(ctx, t, r.hub, view.FaceWindow)
			first := <-window // it was looked at for the window
			e := <-window
			if late := time.Until(r.ends.Add(-time.Hour)).Abs(); late > glance+time.Second {
				t.Errorf("told %v late", late)
			}
			c, err := r.changes(t.Context(), first.Revision)
			if err != nil || c.Lost || c.Revision != e.Revision || len(c.Accounts) != 1 || c.Accounts[0].Health != social.Expiring {
				t.Errorf("what changed is %+v, %v", c, err)
			}
			cancel()
			wantEnded(t, ended)
			<-kept
		})
	})

	t.Run("reads no account for the news of a sign-in", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			r := newReading(time.Now().Add(2 * time.Hour))
			ctx, cancel := context.WithCancel(t.Context())
			window, ended := listen(ctx, t, r.hub, view.FaceWindow)
			first := <-window
			before := r.whole
			r.hub.publish("t1")
			<-window
			c, err := r.changes(t.Context(), first.Revision)
			if err != nil || r.whole != before || c.Frame == nil || len(c.Accounts) != 0 {
				t.Errorf("read everything %d times for %+v, %v", r.whole-before, c, err)
			}
			r.hub.publish("")
			if _, err := r.changes(t.Context(), c.Revision); err != nil || r.whole != before+1 {
				t.Errorf("read everything %d times for another change, %v", r.whole-before, err)
			}
			cancel()
			wantEnded(t, ended)
		})
	})

	t.Run("keeps nothing once the last window has gone", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			r := newReading(time.Now().Add(2 * time.Hour))
			ctx, cancel := context.WithCancel(t.Context())
			window, ended := listen(ctx, t, r.hub, view.FaceWindow)
			<-window
			cancel()
			wantEnded(t, ended)
			keeping, stop := context.WithCancel(t.Context())
			kept := make(chan struct{})
			go func() { defer close(kept); r.keep(keeping) }()
			time.Sleep(2 * glance)
			stop()
			<-kept
			r.mu.Lock()
			defer r.mu.Unlock()
			if r.kept || r.accounts.list != nil {
				t.Error("thousands of accounts are kept for nobody")
			}
		})
	})

	t.Run("has a window ask when it cannot be read, and so learn why", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			r := newReading(time.Now().Add(2 * time.Hour))
			ctx, cancel := context.WithCancel(t.Context())
			window, ended := listen(ctx, t, r.hub, view.FaceWindow)
			first := <-window
			synctest.Wait()
			r.trouble = errors.New("the disk is full")
			r.hub.publish("")
			if e := <-window; e.Revision <= first.Revision {
				t.Errorf("told of %d after %d", e.Revision, first.Revision)
			}
			if _, err := r.changes(t.Context(), first.Revision); !errors.Is(err, r.trouble) {
				t.Errorf("it is told %v", err)
			}
			cancel()
			wantEnded(t, ended)
		})
	})
}
