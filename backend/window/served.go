package window

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/view"
)

// snapshotPath is where the page finds the snapshot.
const snapshotPath = "/snapshot"

// Beside serves what the page asks for beside its own files, which next serves:
// the snapshot, and the pictures of accounts and candidates. They come from the
// agent; nothing here reaches the networks.
func (w *Window) Beside(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		version := r.URL.Query().Get("v")
		account, ofAccount := strings.CutPrefix(r.URL.Path, picturePath)
		attempt, ofCandidate := strings.CutPrefix(r.URL.Path, facePath)
		switch {
		case r.Method != http.MethodGet:
			next.ServeHTTP(rw, r)
		case r.URL.Path == snapshotPath:
			w.serveSnapshot(rw) //nolint:contextcheck // a call has a deadline of its own
		case ofAccount:
			servePicture(rw, r, w.pictures, w.avatar(view.AccountID(account), version))
		case ofCandidate:
			servePicture(rw, r, w.faces, w.face(attempt, version))
		default:
			next.ServeHTTP(rw, r)
		}
	})
}

// serveSnapshot passes the agent's snapshot on as it comes, the first time the
// one that was fetched ahead. Of ten thousand accounts it is megabytes, which a
// bound method would read, write and quote once more each. The page asks for it
// once it listens to the events, because it would miss a change otherwise.
func (w *Window) serveSnapshot(rw http.ResponseWriter) {
	w.listening()
	rw.Header().Set("Cache-Control", "no-store")
	rw.Header().Set("Content-Type", "application/json")
	begun := false
	out := writerFunc(func(p []byte) (int, error) {
		begun = true
		return rw.Write(p)
	})
	var err error
	switch first, ok := w.ahead.take(w.ctx); {
	case !ok:
		_, err = Call(w, func(ctx context.Context, _ control.Service) (struct{}, error) {
			return struct{}{}, w.Client.CopySnapshot(ctx, out)
		})
	case first.err == nil:
		_, err = out.Write(first.snapshot)
		w.catchUp()
	// There may be an agent by now; if not, why there was none is what is told.
	case w.copySnapshot(out) != nil:
		err = first.err
	}
	if err == nil || begun { // what broke off is no JSON, and the page asks again
		return
	}
	rw.WriteHeader(http.StatusServiceUnavailable)
	_ = json.NewEncoder(rw).Encode(view.ProblemFrom(err))
}

// copySnapshot is for an agent that is there: none is started.
func (w *Window) copySnapshot(out io.Writer) error {
	ctx, cancel := context.WithTimeout(w.ctx, callPatience)
	defer cancel()
	return w.Client.CopySnapshot(ctx, out)
}

type writerFunc func([]byte) (int, error)

// Write implements io.Writer.
func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
