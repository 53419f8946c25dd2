package window

import (
	"context"
	"encoding/base64"
	"net/http"
	"slices"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

const (
	// picturePath and the id of an account is where the page finds its picture:
	// /avatar/<account id>?v=<version>.
	picturePath     = "/avatar/"
	picturePatience = 10 * time.Second
	// picturesAtOnce bounds what a long list asks of the agent at a time.
	picturesAtOnce = 4
)

// servePicture answers with an account's picture of the very version that was
// asked for, which never changes, or with no picture.
func (w *Window) servePicture(rw http.ResponseWriter, r *http.Request, id view.AccountID) {
	rw.Header().Set("Cache-Control", "no-store")
	p, err := w.picture(r.Context(), id)
	file, unreadable := base64.StdEncoding.DecodeString(p.Data)
	switch {
	case problem.CodeOf(err) == problem.NotFound:
		http.Error(rw, "no picture", http.StatusNotFound)
	case err != nil || unreadable != nil:
		http.Error(rw, "no agent", http.StatusServiceUnavailable)
	case p.Version != r.URL.Query().Get("v") || !slices.Contains([]string{"image/png", "image/jpeg"}, p.Type):
		http.Error(rw, "another picture", http.StatusNotFound)
	default:
		rw.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
		rw.Header().Set("Content-Type", p.Type)
		_, _ = rw.Write(file)
	}
}

// picture asks the agent. It starts none: a picture is not worth it.
func (w *Window) picture(ctx context.Context, id view.AccountID) (view.Picture, error) {
	ctx, cancel := context.WithTimeout(ctx, picturePatience)
	defer cancel()
	select {
	case w.pictures <- struct{}{}:
		defer func() { <-w.pictures }()
	case <-ctx.Done():
		return view.Picture{}, ctx.Err()
	}
	return w.Client.Picture(ctx, id)
}
