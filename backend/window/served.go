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

// openingPath is where the page finds what it opens with, and snapshotPath where
// it finds everything.
const (
	openingPath  = "/opening"
	snapshotPath = "/snapshot"
)

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
		case r.URL.Path == openingPath:
			w.passOn(rw, w.copyOpening)
		case r.URL.Path == snapshotPath:
			w.passOn(rw, w.copySnapshot)
		case ofAccount:
			servePicture(rw, r, w.pictures, w.avatar(view.AccountID(account), version))
		case ofCandidate:
			servePicture(rw, r, w.faces, w.face(attempt, version))
		default:
			next.ServeHTTP(rw, r)
		}
	})
}

// passOn passes what the agent shows on as it comes. Of ten thousand accounts it
// is megabytes, which a bound method would read, write and quote once more each.
// The page asks for it once it listens to the events, because it would miss a
// change otherwise.
func (w *Window) passOn(rw http.ResponseWriter, copyTo func(io.Writer) error) {
	w.listening()
	rw.Header().Set("Cache-Control", "no-store")
	rw.Header().Set("Content-Type", "application/json")
	begun := false
	err := copyTo(writerFunc(func(p []byte) (int, error) {
		begun = true
		return rw.Write(p)
	}))
	if err == nil || begun { // what broke off is no JSON, and the page asks again
		return
	}
	rw.WriteHeader(http.StatusServiceUnavailable)
	_ = json.NewEncoder(rw).Encode(view.ProblemFrom(err))
}

// copyOpening copies what the window opens with, the first time what was fetched
// ahead.
func (w *Window) copyOpening(out io.Writer) error {
	first, ok := w.ahead.take(w.ctx)
	switch {
	case !ok:
		return w.copyWith(w.Client.CopyOpening, out)
	case first.err == nil:
		_, err := out.Write(first.opening)
		w.catchUp()
		return err
	}
	// There may be an agent by now, and none is started; if there is not, why there
	// was none is what is told.
	ctx, cancel := context.WithTimeout(w.ctx, callPatience)
	defer cancel()
	if w.Client.CopyOpening(ctx, out) != nil {
		return first.err
	}
	return nil
}

// copySnapshot copies everything.
func (w *Window) copySnapshot(out io.Writer) error { return w.copyWith(w.Client.CopySnapshot, out) }

// copyWith copies with one of the client's methods, and starts an agent where
// there is none.
func (w *Window) copyWith(copyTo func(context.Context, io.Writer) error, out io.Writer) error {
	return Run(w, func(ctx context.Context, _ control.Service) error { return copyTo(ctx, out) })
}

type writerFunc func([]byte) (int, error)

// Write implements io.Writer.
func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
