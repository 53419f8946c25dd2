package connection_test

import (
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// lines lists the kinds of the timeline's events, the newest first.
func (w *world) lines() []social.EventKind {
	w.t.Helper()
	events, err := w.db.Events(w.t.Context(), func(social.Event) bool { return true }, 0, 100)
	w.must(err)
	var kinds []social.EventKind
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func TestToken(t *testing.T) {
	t.Parallel()

	t.Run("is the Page's own, asked about first, and noted", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1", "91")
		before := w.provider.inspected
		for _, remote := range []string{"1", "91"} {
			token, err := w.Token(t.Context(), w.account(remote).ID)
			w.must(err)
			stored, err := w.vault.Tokens(t.Context(), w.grants()[0].TokenRef)
			w.must(err)
			page := remote
			if parent := w.account(remote).ParentRemoteID; parent != "" {
				page = parent
			}
			if token.Empty() || !token.Equal(stored.Pages[page]) {
				t.Errorf("the token of %s is not that of Page %s", remote, page)
			}
		}
		if asked := w.provider.inspected - before; asked != 2 {
			t.Errorf("asked %d times for two tokens", asked)
		}
		if lines := w.lines(); lines[0] != social.EventTokenGiven || lines[1] != social.EventTokenGiven {
			t.Errorf("the timeline says %v", lines)
		}
	})

	t.Run("is none of an access that is over", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		w.provider.set(func() {
			w.provider.trouble = &social.Trouble{Cause: social.CauseRevoked, Refused: true, Explicit: true}
		})
		_, err := w.Token(t.Context(), w.account("1").ID)
		w.wantCode(err, problem.AccessEnded)
		if h := w.health("1"); h.Health != social.Reconnect {
			t.Errorf("health: %+v", h)
		}
		if lines := w.lines(); lines[0] == social.EventTokenGiven {
			t.Error("the timeline says that it was given")
		}
	})

	t.Run("is none while nobody can be asked", func(t *testing.T) {
		t.Parallel()
		for cause, code := range map[social.Cause]problem.Code{
			social.CauseProviderTrouble: problem.ProviderTrouble, social.CauseOffline: problem.ProviderTrouble,
		} {
			w := newWorld(t)
			w.connect("1")
			w.provider.set(func() { w.provider.trouble = &social.Trouble{Cause: cause} })
			_, err := w.Token(t.Context(), w.account("1").ID)
			w.wantCode(err, code)
		}
	})

	t.Run("is none of an account that is not there", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		_, err := w.Token(t.Context(), "nobody")
		w.wantCode(err, problem.NotFound)
		id := w.account("1").ID
		_, err = w.Disconnect(t.Context(), id, true)
		w.must(err)
		_, err = w.Token(t.Context(), id)
		w.wantCode(err, problem.NotFound)
	})

	t.Run("is none where the timeline cannot be written", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		for call := 1; ; call++ {
			w.faults.arm(call, true)
			token, err := w.Token(t.Context(), w.account("1").ID)
			if !w.faults.reached() {
				break
			}
			if err == nil || !token.Empty() || w.lines()[0] == social.EventTokenGiven {
				t.Errorf("a token was given that nobody noted, at call %d", call)
			}
		}
	})

	t.Run("is renewed where that is due", func(t *testing.T) {
		t.Parallel()
		w := renewable(t, 60*24*time.Hour)
		before := w.grants()[0].TokenVersion
		w.pass(55 * 24 * time.Hour)
		_, err := w.Token(t.Context(), w.account("1").ID)
		w.must(err)
		if after := w.grants()[0].TokenVersion; after != before+1 {
			t.Errorf("token version %d, then %d", before, after)
		}
	})
}
