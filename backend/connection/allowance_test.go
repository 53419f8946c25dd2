package connection_test

import (
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// TestTheDaysCalls: LinkedIn's development tier has 500 calls a day for an app
// (linkedin.md 0.9). Looking without being asked uses half of them.
func TestTheDaysCalls(t *testing.T) {
	t.Parallel()
	const share = 250 / callsOfACheck
	// crowd is a world whose logins are all due, with more of them than a day's
	// calls can serve.
	crowd := func(t *testing.T) *world {
		t.Helper()
		w := atLinkedIn(t)
		w.populate(share + 20)
		w.pass(26 * time.Hour)
		return w
	}
	t.Run("half of them are used, and the rest of the logins wait for the next day", func(t *testing.T) {
		t.Parallel()
		w := crowd(t)
		if got := w.look(); got != share {
			t.Errorf("asked about %d logins, want %d", got, share)
		}
		if due := w.due(); len(due) != 0 {
			t.Errorf("%d are still due", len(due))
		}
		_, next, err := w.Due(t.Context(), w.now(), time.Time{})
		w.must(err)
		midnight := w.now().UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
		if next.Before(midnight) || next.After(midnight.Add(time.Hour)) {
			t.Errorf("the next is due at %s, want within the hour after %s", next, midnight)
		}
		w.pass(midnight.Add(time.Hour).Sub(w.now()))
		if got := w.look(); got != 20 {
			t.Errorf("on the next day asked about %d, want the 20 that waited", got)
		}
	})
	t.Run("what was not asked about keeps its verdict", func(t *testing.T) {
		t.Parallel()
		w := crowd(t)
		w.look()
		for _, g := range w.grants() {
			if g.Verdict.Outcome != social.OutcomeGood || g.Verdict.Tries != 0 {
				t.Fatalf("%s: %+v", g.ID, g.Verdict)
			}
		}
	})
	t.Run("a person's check is never refused, and is counted", func(t *testing.T) {
		t.Parallel()
		w := crowd(t)
		before := w.inspected()
		_, err := w.Check(t.Context(), nil)
		w.must(err)
		if got := w.inspected() - before; got != share+20 {
			t.Errorf("asked about %d", got)
		}
		w.pass(13 * time.Hour / 2) // the evening of the same day
		ids, _, err := w.Due(t.Context(), w.now(), w.now())
		w.must(err)
		before = w.inspected()
		w.must(w.Look(t.Context(), ids))
		if got := w.inspected() - before; got != 0 {
			t.Errorf("the watcher asked about %d more", got)
		}
	})
	t.Run("a restart does not forget what was used", func(t *testing.T) {
		t.Parallel()
		w := crowd(t)
		w.look()
		w.restart()
		ids, _, err := w.Due(t.Context(), w.now(), w.now().Add(time.Second))
		w.must(err)
		before := w.inspected()
		w.must(w.Look(t.Context(), ids))
		if got := w.inspected() - before; got != 0 {
			t.Errorf("asked about %d more", got)
		}
	})
	t.Run("one login that is larger than the share is looked at once a day all the same", func(t *testing.T) {
		t.Parallel()
		w := atLinkedIn(t)
		id := social.GrantID(w.populate(1)[0])
		w.grow(id, 300)
		w.pass(26 * time.Hour)
		if got := w.look(); got != 1 {
			t.Errorf("asked about %d", got)
		}
	})
	t.Run("where no number is published nobody waits", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.populate(share + 20)
		w.pass(26 * time.Hour)
		if got := w.look(); got != share+20 {
			t.Errorf("asked about %d", got)
		}
	})
}

// grow gives a login many accounts.
func (w *world) grow(id social.GrantID, accounts int) {
	w.t.Helper()
	g, err := w.db.Grant(w.t.Context(), id)
	w.must(err)
	own, err := w.db.AccountsOf(w.t.Context(), id)
	w.must(err)
	more := own
	for n := range accounts {
		a := own[0]
		a.ID, a.RemoteID = a.ID+social.AccountID("-"+time.Duration(n).String()), a.RemoteID+"-"+time.Duration(n).String()
		more = append(more, a)
	}
	intent := social.Intent{ID: "grow", GrantID: id, TokenRef: g.TokenRef, StartedAt: w.now()}
	w.must(w.db.Begin(w.t.Context(), intent))
	w.must(w.db.Activate(w.t.Context(), intent, g, more, nil))
}
