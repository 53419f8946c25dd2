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

// withPictures serves the pictures of accounts and candidates beside the page.
// They come from the agent, which made them: nothing here reaches the networks.
func (a *App) withPictures(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		version := r.URL.Query().Get("v")
		account, ofAccount := strings.CutPrefix(r.URL.Path, picturePath)
		attempt, ofCandidate := strings.CutPrefix(r.URL.Path, facePath)
		switch {
		case r.Method != http.MethodGet || !ofAccount && !ofCandidate:
			next.ServeHTTP(w, r)
		case ofAccount:
			servePicture(w, r, a.pictures, func(ctx context.Context) (view.Picture, error) {
				p, err := a.client.Picture(ctx, view.AccountID(account))
				if err == nil && p.Version != version {
					return view.Picture{}, problem.New(problem.NotFound, nil)
				}
				return p, err
			})
		default:
			servePicture(w, r, a.faces, func(ctx context.Context) (view.Picture, error) {
				return a.client.CandidatePicture(ctx, attempt, version)
			})
		}
	})
}

// servePicture answers with the very picture that was asked for, which never
// changes, or with none.
func servePicture(w http.ResponseWriter, r *http.Request, places chan struct{}, ask askPicture) {
	w.Header().Set("Cache-Control", "no-store")
	p, err := inTurn(r.Context(), places, ask)
	file, unreadable := base64.StdEncoding.DecodeString(p.Data)
	switch {
	case problem.CodeOf(err) == problem.NotFound:
		http.Error(w, "no picture", http.StatusNotFound)
	case err != nil || unreadable != nil:
		http.Error(w, "no agent", http.StatusServiceUnavailable)
	case !slices.Contains([]string{"image/png", "image/jpeg"}, p.Type):
		http.Error(w, "another picture", http.StatusNotFound)
	default:
		w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
		w.Header().Set("Content-Type", p.Type)
		_, _ = w.Write(file)
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
