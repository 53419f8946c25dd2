package connection_test

import (
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Covers KC10, KC22, PL13.
func TestCheck(t *testing.T) {
	t.Parallel()

	t.Run("asks once for a login, whatever the number of its accounts", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1", "2", "91")
		before := w.provider.inspected
		result, err := w.Check(t.Context(), []string{string(w.account("1").ID), string(w.account("2").ID)})
		w.must(err)
		if asked := w.provider.inspected - before; asked != 1 || result.Grants != 1 || result.Accounts != 3 {
			t.Errorf("asked %d times: %+v", asked, result)
		}
	})

	t.Run("E04 not being able to ask is not a no", func(t *testing.T) {
		t.Parallel()
		for name, trouble := range map[string]*social.Trouble{
			"offline":          {Cause: social.CauseOffline},
			"provider_trouble": {Cause: social.CauseProviderTrouble},
			"rate_limited":     {Cause: social.CauseRateLimited},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				w.connect("1")
				good := w.grants()[0].Verdict.GoodAt
				w.provider.set(func() { w.provider.trouble = trouble })
				for range 3 {
					w.pass(time.Hour)
					result, err := w.Check(t.Context(), nil)
					w.must(err)
					if result.Unverified != 1 {
						t.Errorf("result: %+v", result)
					}
				}
				if h := w.health("1"); h.Health != social.Unverified || h.Cause != trouble.Cause {
					t.Errorf("health: %+v", h)
				}
				if got := w.grants()[0].Verdict.GoodAt; !got.Equal(good) {
					t.Errorf("the last good verdict moved from %v to %v", good, got)
				}
				w.provider.set(func() { w.provider.trouble = nil })
				_, err := w.Check(t.Context(), nil)
				w.must(err)
				if h := w.health("1"); h.Health != social.Healthy {
					t.Errorf("healed: %+v", h)
				}
			})
		}
	})

	t.Run("a refusal without a reason counts when it is repeated", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		w.provider.set(func() { w.provider.trouble = &social.Trouble{Cause: social.CauseRefused, Refused: true} })
		for _, step := range []struct {
			after time.Duration
			want  social.Health
		}{{0, social.Unverified}, {time.Minute, social.Unverified}, {social.ConfirmRefusalAfter, social.Reconnect}} {
			w.pass(step.after)
			_, err := w.Check(t.Context(), nil)
			w.must(err)
			if h := w.health("1"); h.Health != step.want {
				t.Errorf("after %v: %+v, want %s", step.after, h, step.want)
			}
		}
	})

	t.Run("E17 keychain trouble is its own state and never expired", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		w.vault.set(problem.New(problem.KeychainLocked, nil))
		_, err := w.Check(t.Context(), nil)
		w.must(err)
		if h := w.health("1"); h.Health != social.Keychain || h.Cause != social.CauseKeychainLocked {
			t.Errorf("health: %+v", h)
		}
	})

	t.Run("a token that is gone asks for a reconnection", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		w.must(w.vault.Delete(t.Context(), w.grants()[0].TokenRef))
		_, err := w.Check(t.Context(), nil)
		w.must(err)
		if h := w.health("1"); h.Health != social.Reconnect || h.Cause != social.CauseTokenMissing {
			t.Errorf("health: %+v", h)
		}
	})

	t.Run("a lost role concerns that account alone", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1", "2")
		w.provider.set(func() {
			w.provider.candidates[1].Usable, w.provider.candidates[1].Reason = false, social.ReasonNoContentTask
		})
		_, err := w.Check(t.Context(), nil)
		w.must(err)
		if h := w.health("2"); h.Health != social.Limited || h.Cause != social.CauseRoleLost {
			t.Errorf("account 2: %+v", h)
		}
		if h := w.health("1"); h.Health != social.Healthy {
			t.Errorf("account 1: %+v", h)
		}
	})

	t.Run("data access that ended is told, though the account cannot be read any more", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		alive := social.Clocks{DataAccess: social.ExpiresAt(w.now().Add(90*24*time.Hour), social.ToldByProvider)}
		w.provider.set(func() { w.provider.candidates[2].Clocks, w.provider.clocks = alive, alive })
		w.connect("91")
		w.provider.set(func() {
			w.provider.clocks.DataAccess = social.ExpiresAt(w.now(), social.ToldByProvider)
			w.provider.candidates[2].Usable, w.provider.candidates[2].Reason = false, social.ReasonInstagramUnreadable
		})
		w.check()
		if h := w.health("91"); h.Health != social.Reconnect || h.Cause != social.CauseDataAccessEnded {
			t.Errorf("health: %+v", h)
		}
	})

	t.Run("a name that could not be read now is kept", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		w.provider.set(func() { w.provider.candidates[0].Name = "1" })
		w.check()
		if got := w.account("1").Name; got != "Café" {
			t.Errorf("the name is %q", got)
		}
	})

	t.Run("a role that does not allow it is told as such, and offers no permission", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.provider.set(func() {
			w.provider.candidates[0].Reason = social.ReasonRoleInsufficient
			w.provider.candidates[0].Capabilities[social.Publish] = social.NotGranted
		})
		w.connect("1")
		if h := w.health("1"); h.Health != social.Limited || h.Cause != social.CauseRoleLimited {
			t.Errorf("health: %+v", h)
		}
	})

	t.Run("a permission that nobody asked for is no defect", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.provider.set(func() { w.provider.candidates[0].Capabilities[social.Messages] = social.NotGranted })
		request := w.request()
		request.Capabilities = []social.Capability{social.Publish}
		_, err := w.Select(t.Context(), w.signIn(request).ID, []string{"1"})
		w.must(err)
		if h := w.health("1"); h.Health != social.Healthy {
			t.Errorf("health: %+v", h)
		}
	})

	t.Run("E03 one break is written down once, and its end once", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		w.provider.set(func() { clear(w.provider.live) })
		for range 3 {
			w.pass(time.Hour)
			w.check()
		}
		events, err := w.db.Events(t.Context(), func(social.Event) bool { return true }, 0, 100)
		w.must(err)
		told := 0
		for _, e := range events {
			if e.Kind == social.EventHealthChanged {
				told++
			}
		}
		if told != 1 {
			t.Errorf("the break was written down %d times", told)
		}
	})

	t.Run("E13 no check opens a browser by itself", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		opened := w.browser.opened
		w.provider.set(func() { clear(w.provider.live) })
		w.check()
		ids, _, err := w.Due(t.Context(), w.now().Add(48*time.Hour), time.Time{})
		w.must(err)
		w.must(w.Look(t.Context(), ids))
		if w.browser.opened != opened {
			t.Error("a browser was opened")
		}
	})

	t.Run("E16 a check of one login changes nothing of another", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		w.provider.set(func() {
			w.provider.person = social.Subject{ID: "20", Name: "Maria Lima"}
			w.provider.candidates = []social.Candidate{page("7", "Ateliê")}
		})
		w.connect("7")
		_, err := w.Check(t.Context(), []string{string(w.account("7").ID)})
		w.must(err)
		if h := w.health("1"); h.Health != social.Healthy {
			t.Errorf("the other login's account is %+v", h)
		}
	})

	t.Run("E19 what could not be asked about keeps the age of its last good answer", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		good := w.grants()[0].Verdict.GoodAt
		w.provider.set(func() { w.provider.trouble = &social.Trouble{Cause: social.CauseOffline} })
		w.pass(8 * time.Hour)
		w.check()
		if v := w.grants()[0].Verdict; !v.GoodAt.Equal(good) || !v.At.After(good) {
			t.Errorf("verdict: %+v", v)
		}
	})

	t.Run("E20 a login that needs a person leaves the loop", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		w.provider.set(func() { clear(w.provider.live) })
		w.check()
		ids, next, err := w.Due(t.Context(), w.now().Add(365*24*time.Hour), time.Time{})
		w.must(err)
		if len(ids) != 0 || !next.IsZero() {
			t.Errorf("due: %v, next %v", ids, next)
		}
	})

	t.Run("an unknown id is an error", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		_, err := w.Check(t.Context(), []string{"nobody"})
		w.wantCode(err, problem.NotFound)
	})
}
