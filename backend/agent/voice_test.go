package agent_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/notify"
	"github.com/kontent/kontent-connect/backend/social"
)

// loginWorld is a deskWorld with logins of one account each that end soon.
func loginWorld(t *testing.T, ids ...social.GrantID) deskWorld {
	t.Helper()
	w := newDeskWorld(t)
	for _, id := range ids {
		w.login(id, time.Now().Add(3*24*time.Hour))
	}
	return w
}

// login stores a login of one account whose access ends at end, as a sign-in
// does: again for one that is there.
func (w *world) login(id social.GrantID, end time.Time) {
	w.t.Helper()
	now := time.Now().UTC().Truncate(time.Second)
	grants, err := w.DB().Grants(w.t.Context())
	w.must(err)
	version := 1
	for _, g := range grants {
		if g.ID == id {
			version = g.TokenVersion + 1
		}
	}
	g := social.Grant{
		ID: id, Provider: social.Meta, ClientID: "1", Subject: social.Subject{ID: string(id), Name: "Ana " + string(id)}, State: social.GrantActive,
		TokenRef: social.TokenRef("ref-" + id), TokenVersion: version, Verdict: social.Verdict{}.Good(now),
		Clocks: social.Clocks{Token: social.ExpiresAt(end, social.ToldByProvider)}, DueAt: now.Add(24 * time.Hour), ConnectedAt: now,
	}
	account := social.Account{
		ID: social.AccountID("a-" + id), ProjectID: w.snapshot().Projects[0].ID, GrantID: id, Provider: social.Meta, Kind: social.FacebookPage,
		RemoteID: string(id), Name: "Café " + string(id), State: social.AccountActive, Standing: social.StandingPresent,
		Clocks: social.Clocks{Token: social.Never(social.Assumed)}, ConnectedAt: now,
	}
	intent := social.Intent{ID: "i-" + string(id), GrantID: id, TokenRef: g.TokenRef, StartedAt: now}
	w.must(w.DB().Begin(w.t.Context(), intent))
	w.must(w.DB().Activate(w.t.Context(), intent, g, []social.Account{account}, nil))
}

func (w deskWorld) wantOn(what string, keys ...string) {
	w.t.Helper()
	if diff := cmp.Diff(keys, w.desk.keys()); diff != "" {
		w.t.Errorf("on the desktop, %s (-want +got):\n%s", what, diff)
	}
}

func TestWhatStandsOnTheDesktop(t *testing.T) { //nolint:paralleltest // see world
	far := time.Now().Add(60 * 24 * time.Hour)

	t.Run("one login by its account, and once", func(t *testing.T) {
		w := loginWorld(t, "g1")
		w.must(w.Tell(t.Context()))
		w.must(w.Tell(t.Context()))
		w.wantOn("after one notice", "login/g1")
		if len(w.desk.all) != 1 || w.desk.all[0].Title != "Café g1 · Facebook" {
			t.Errorf("shown: %+v", w.desk.all)
		}
	})

	t.Run("a summary takes the place of its single ones", func(t *testing.T) {
		w := loginWorld(t, "g1")
		w.must(w.Tell(t.Context()))
		w.login("g2", time.Now().Add(3*24*time.Hour))
		w.login("g1", time.Now().Add(24*time.Hour)) // another access, another end
		w.must(w.Tell(t.Context()))
		w.wantOn("after two more", "summary")
	})

	t.Run("a login of a summary that gets worse is said in the summary", func(t *testing.T) {
		w := loginWorld(t, "g1", "g2", "g3")
		w.must(w.Tell(t.Context()))
		before := w.desk.shown["summary"]
		w.login("g2", time.Now().Add(-time.Hour))
		w.must(w.Tell(t.Context()))
		w.wantOn("after one of them has ended", "summary")
		now := w.desk.shown["summary"]
		if now.Title != before.Title || !now.Urgent || !strings.HasPrefix(now.Body, "Café g2") || strings.Count(now.Body, "Café") != 3 {
			t.Errorf("the summary says %+v", now)
		}
		w.Answered(notify.Response{Key: "summary", Button: "snooze"})
		w.Settle()
		w.wantOn("after putting all three off")
	})

	t.Run("a login of a summary that was dismissed is told by itself", func(t *testing.T) {
		w := loginWorld(t, "g1", "g2")
		w.must(w.Tell(t.Context()))
		w.desk.set(func() { delete(w.desk.shown, "summary") })
		w.login("g2", time.Now().Add(-time.Hour))
		w.must(w.Tell(t.Context()))
		w.wantOn("after one of them has ended", "login/g2")
		if m := w.desk.shown["login/g2"]; len(m.Buttons) == 0 || m.Buttons[0].ID != "reconnect" {
			t.Errorf("it says %+v", m)
		}
	})

	t.Run("a summary of which one login is left makes way for that login's own notice", func(t *testing.T) {
		w := loginWorld(t, "g1", "g2")
		w.must(w.Tell(t.Context()))
		w.login("g1", far)
		w.must(w.Tell(t.Context()))
		w.login("g2", time.Now().Add(-time.Hour))
		w.must(w.Tell(t.Context()))
		w.wantOn("after the other has ended", "login/g1", "login/g2")
	})

	t.Run("good news leaves alone what others still need", func(t *testing.T) {
		w := loginWorld(t, "g1", "g2", "g3")
		w.must(w.Tell(t.Context()))
		w.wantOn("after three", "summary")
		w.login("g1", far)
		w.login("g2", far)
		w.must(w.Tell(t.Context()))
		w.wantOn("with the third still in need", "recovered", "summary")
		w.login("g3", far)
		w.must(w.Tell(t.Context()))
		w.wantOn("with all well", "login/g3", "recovered")
		if m := w.desk.shown["login/g3"]; !m.Quiet || len(m.Buttons) > 0 {
			t.Errorf("good news is %+v", m)
		}
	})

	t.Run("what the desktop refused is offered again, and told as about those it is about", func(t *testing.T) {
		w := loginWorld(t, "g1", "g2")
		w.must(w.Tell(t.Context()))
		w.login("g3", time.Now().Add(3*24*time.Hour))
		w.login("g4", time.Now().Add(3*24*time.Hour))
		w.desk.set(func() { w.desk.showFail = notify.ErrNoService })
		w.must(w.Tell(t.Context()))
		w.desk.set(func() { w.desk.showFail = nil })
		// The summary that is still there is about the first two.
		w.Answered(notify.Response{Key: "summary", Button: "snooze"})
		w.Settle()
		for id, want := range map[social.GrantID]bool{"g1": true, "g2": true, "g3": false, "g4": false} {
			incident, err := w.Told(t.Context(), id)
			w.must(err)
			if got := !incident.SnoozedUntil.IsZero(); got != want {
				t.Errorf("%s is put off: %v, want %v", id, got, want)
			}
		}
		w.wantOn("after putting it off")
		w.must(w.Tell(t.Context()))
		w.wantOn("after the desktop is back", "summary")
	})

	t.Run("a login that is gone takes its notice along", func(t *testing.T) {
		w := loginWorld(t, "g1")
		w.must(w.Tell(t.Context()))
		w.must(w.DB().CloseGrant(t.Context(), "g1", time.Now(), nil))
		w.must(w.Tell(t.Context()))
		w.wantOn("after the login was closed")
		if slices.ContainsFunc(w.desk.all, func(m notify.Message) bool { return m.Quiet }) {
			t.Error("it is said to be well again")
		}
	})
}
