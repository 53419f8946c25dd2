package oauth

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Covers CB31, A4.
func TestWait(t *testing.T) {
	t.Parallel()
	t.Run("CB31 a person who closed the tab is waited for as long as the context lasts", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := w.Wait(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		w.stillWaits()
	})
	t.Run("Close ends a Wait", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ended := make(chan error)
		go func() {
			_, err := w.Wait(context.Background())
			ended <- err
		}()
		_ = w.Close()
		if err := <-ended; problem.CodeOf(err) != problem.SignInEnded {
			t.Errorf("got %v", err)
		}
		_ = w.failsWith(problem.SignInEnded)
	})
	t.Run("an answer that came is not lost by Close, and can be read twice", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.visit(w.target())
		_ = w.Close()
		w.hasCode("the-code")
		w.hasCode("the-code")
	})
	t.Run("nothing printed of the callback shows a secret", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.visit(w.target())
		callback, _ := w.Wait(t.Context())
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "callback", callback)
		if strings.Contains(log.String(), "the-code") || strings.Contains(log.String(), w.verifier) {
			t.Errorf("printed %s", log.String())
		}
	})
}

// Covers L6.
func TestRejectedRequestsAreLoggedWithoutValues(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	f := &Flow{Logger: slog.New(slog.NewTextHandler(&log, nil))}
	w := worldOf(t, f, social.LinkedIn, social.ProviderApp{Redirect: social.RedirectNative})
	w.visit(w.path + "?code=canary&state=canary")
	w.visit("/canary")
	_ = w.Close()
	if line := log.String(); !strings.Contains(line, "state=1") || !strings.Contains(line, "path=1") || strings.Contains(line, "canary") {
		t.Errorf("L6 logged %q", line)
	}
}
