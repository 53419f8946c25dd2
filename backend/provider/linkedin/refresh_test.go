package linkedin_test

import (
	"errors"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

// partner is an app that LinkedIn gave programmatic refresh.
func partner(o *sandbox.Options) {
	o.LinkedInApps = sandbox.DefaultLinkedInApps()
	o.LinkedInApps[0].RefreshTokens = true
}

// Covers TK15.
func TestRefresh(t *testing.T) {
	t.Parallel()

	t.Run("renews the access under a ceiling that only counts down", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, partner)
		first := w.signIn(t, "joao")
		if first.Tokens.Refresh.Empty() {
			t.Fatal("no refresh token was given")
		}
		w.pass(50 * 24 * time.Hour)
		again, err := w.Refresh(t.Context(), w.app, w.secret, first.Tokens)
		if err != nil {
			t.Fatal(err)
		}
		if again.Tokens.Access.Equal(first.Tokens.Access) || !again.Clocks.Token.At.After(first.Clocks.Token.At) {
			t.Error("the access is not a new one")
		}
		if again.Clocks.Refresh.At.After(first.Clocks.Refresh.At.Add(time.Second)) {
			t.Errorf("the ceiling moved from %v to %v", first.Clocks.Refresh.At, again.Clocks.Refresh.At)
		}
	})

	t.Run("after the ceiling the person is needed", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, partner)
		first := w.signIn(t, "joao")
		w.pass(366 * 24 * time.Hour)
		_, err := w.Refresh(t.Context(), w.app, w.secret, first.Tokens)
		var trouble *social.Trouble
		if !errors.As(err, &trouble) || !trouble.Refused || trouble.Cause != social.CauseExpired || problem.CodeOf(err) != problem.AccessEnded {
			t.Errorf("got %v", err)
		}
	})

	t.Run("a wrong secret is the app's trouble and ends no access", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, partner)
		first := w.signIn(t, "joao")
		_, err := w.Refresh(t.Context(), w.app, social.NewSecret("wrong"), first.Tokens)
		var trouble *social.Trouble
		if !errors.As(err, &trouble) || trouble.Refused || trouble.Cause != social.CauseAppSetup {
			t.Errorf("got %v", err)
		}
	})
}
