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
	picturePath = "/avatar/"
	// facePath and the id of a sign-in is where it finds a candidate's:
	// /face/<attempt id>?v=<reference>.
	facePath        = "/face/"
	picturePatience = 10 * time.Second
	// picturesAtOnce bounds what a long list asks of the agent at a time.
	picturesAtOnce = 4
)

// askPicture asks the agent for a picture. It starts none: a picture is not
// worth it.
type askPicture func(ctx context.Context) (view.Picture, error)

// avatar asks for an account's picture of one version.
func (w *Window) avatar(id view.AccountID, version string) askPicture {
	return func(ctx context.Context) (view.Picture, error) {
		p, err := w.Client.Picture(ctx, id)
		if err == nil && p.Version != version {
			return view.Picture{}, problem.New(problem.NotFound, nil)
		}
		return p, err
	}
}

// face asks for the picture of a candidate on offer.
func (w *Window) face(attempt, ref string) askPicture {
	return func(ctx context.Context) (view.Picture, error) { return w.Client.CandidatePicture(ctx, attempt, ref) }
}

// servePicture answers with the very picture that was asked for, which never
// changes, or with none.
func servePicture(rw http.ResponseWriter, r *http.Request, places chan struct{}, ask askPicture) {
	rw.Header().Set("Cache-Control", "no-store")
	p, err := inTurn(r.Context(), places, ask)
	file, unreadable := base64.StdEncoding.DecodeString(p.Data)
	switch {
	case problem.CodeOf(err) == problem.NotFound:
		http.Error(rw, "no picture", http.StatusNotFound)
	case err != nil || unreadable != nil:
		http.Error(rw, "no agent", http.StatusServiceUnavailable)
	case !slices.Contains([]string{"image/png", "image/jpeg"}, p.Type):
		http.Error(rw, "another picture", http.StatusNotFound)
	default:
		rw.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
		rw.Header().Set("Content-Type", p.Type)
		_, _ = rw.Write(file)
	}
}

// inTurn asks once one of the places is free, and not for long.
func inTurn(ctx context.Context, places chan struct{}, ask askPicture) (view.Picture, error) {
	ctx, cancel := context.WithTimeout(ctx, picturePatience)
	defer cancel()
	select {
	case places <- struct{}{}:
		defer func() { <-places }()
	case <-ctx.Done():
		return view.Picture{}, ctx.Err()
	}
	return ask(ctx)
}
