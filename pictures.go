package main

import (
	"context"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
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

// withPictures serves the accounts' pictures beside the page. They come from
// the agent, which made them: nothing here reaches the networks.
func (a *App) withPictures(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, ok := strings.CutPrefix(r.URL.Path, picturePath)
		if !ok || r.Method != http.MethodGet {
			next.ServeHTTP(w, r)
			return
		}
		a.servePicture(w, r, view.AccountID(id))
	})
}

// servePicture answers with an account's picture of the very version that was
// asked for, which never changes, or with no picture.
func (a *App) servePicture(w http.ResponseWriter, r *http.Request, id view.AccountID) {
	w.Header().Set("Cache-Control", "no-store")
	p, err := a.picture(r.Context(), id)
	file, unreadable := base64.StdEncoding.DecodeString(p.Data)
	switch {
	case problem.CodeOf(err) == problem.NotFound:
		http.Error(w, "no picture", http.StatusNotFound)
	case err != nil || unreadable != nil:
		http.Error(w, "no agent", http.StatusServiceUnavailable)
	case p.Version != r.URL.Query().Get("v") || !slices.Contains([]string{"image/png", "image/jpeg"}, p.Type):
		http.Error(w, "another picture", http.StatusNotFound)
	default:
		w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
		w.Header().Set("Content-Type", p.Type)
		_, _ = w.Write(file)
	}
}

// picture asks the agent. It starts none: a picture is not worth it.
func (a *App) picture(ctx context.Context, id view.AccountID) (view.Picture, error) {
	ctx, cancel := context.WithTimeout(ctx, picturePatience)
	defer cancel()
	select {
	case a.pictures <- struct{}{}:
		defer func() { <-a.pictures }()
	case <-ctx.Done():
		return view.Picture{}, ctx.Err()
	}
	return a.client.Picture(ctx, id)
}
