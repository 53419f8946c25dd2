package window

import (
	"bytes"
	"context"
	"sync/atomic"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/view"
)

// ahead is what the window opens with, which is fetched while the framework starts
// its processes and the page is still being loaded.
type ahead struct {
	// fetched has room for what is fetched, and is closed after it.
	fetched chan early
	// missed is the last revision that was told before anybody listened.
	missed atomic.Int64
}

// early is that as the agent sent it, or why there is none.
type early struct {
	opening []byte
	err     error
}

func newAhead() *ahead { return &ahead{fetched: make(chan early, 1)} }

// fetchAhead fetches what the window opens with, unless linked says why there is
// no agent. It is called once.
func (w *Window) fetchAhead(linked error) {
	defer close(w.ahead.fetched)
	var opening bytes.Buffer
	if linked == nil {
		_, linked = Call(w, func(ctx context.Context, _ control.Service) (struct{}, error) {
			return struct{}{}, w.Client.CopyOpening(ctx, &opening)
		})
	}
	w.ahead.fetched <- early{opening.Bytes(), linked}
}

// take returns what was fetched, once; ok is false from then on.
func (a *ahead) take(ctx context.Context) (e early, ok bool) {
	select {
	case e, ok = <-a.fetched:
		return e, ok
	case <-ctx.Done():
		return early{}, false
	}
}

// missedUnless notes a revision that is told before somebody has heard.
func (a *ahead) missedUnless(heard <-chan struct{}, revision int64) {
	select {
	case <-heard:
	default:
		a.missed.Store(revision)
	}
}

// catchUp tells the page of what it could not hear when it was said: what was
// fetched may be older.
func (w *Window) catchUp() {
	if missed := w.ahead.missed.Load(); missed > 0 {
		w.framework.Emit(eventChanged, view.Event{Revision: missed})
	}
}
