package sqlite_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

func TestActivate(t *testing.T) {
	t.Parallel()
	t.Run("stores a login and its accounts whole, and ends the intent", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		after := read(t, w.DB)
		same(t, "logins", []social.Grant{w.grant}, after.Grants)
		same(t, "accounts", w.accounts, after.Accounts)
		if len(after.Intents)+len(after.Erasures) != 0 {
			t.Errorf("intents %v, erasures %v", after.Intents, after.Erasures)
		}
	})
	t.Run("a renewal swaps the token, heals the accounts and queues the former entry", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		renewed, healed := w.grant, w.accounts[0]
		renewed.TokenRef, renewed.TokenVersion, renewed.Verdict = "ref-g1-2", 2, social.Verdict{}.Good(noon)
		healed.Standing = social.StandingPresent
		w.activate(t, renewed, healed)
		after := read(t, w.DB)
		same(t, "logins", []social.Grant{renewed}, after.Grants)
		same(t, "accounts", []social.Account{healed, w.accounts[1]}, after.Accounts)
		same(t, "erasures", []social.TokenRef{"ref-g1-1"}, after.Erasures)
	})
	t.Run("on the same entry queues nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.activate(t, w.grant, w.accounts...)
		same(t, "erasures", []social.TokenRef{}, read(t, w.DB).Erasures)
	})
}

// TestActivateIsAllOrNothing: an Activate that fails half-way must leave the
// former login in use and the intent open, because start-up undoes by it.
//
// Covers T7.
func TestActivateIsAllOrNothing(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(w *world, g *social.Grant, accounts []social.Account){
		"an account of a project that is not there": func(_ *world, _ *social.Grant, accounts []social.Account) {
			accounts[1].ID, accounts[1].ProjectID = "a9", "p9"
		},
		"a page that the project has already": func(_ *world, _ *social.Grant, accounts []social.Account) {
			accounts[1].ID, accounts[1].RemoteID = "a9", accounts[0].RemoteID
		},
		"a second login of the same person": func(w *world, g *social.Grant, _ []social.Account) { g.ID = "g2" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			renewed, accounts := w.grant, []social.Account{w.accounts[0], w.accounts[1]}
			renewed.TokenRef, renewed.TokenVersion, renewed.Subject.Name = "ref-2", 2, "Bia"
			accounts[0].Name = "Outro nome"
			spoil(w, &renewed, accounts)
			intent := social.Intent{ID: "i2", GrantID: "g1", TokenRef: "ref-2", StartedAt: noon}
			must(t, w.Begin(t.Context(), intent))
			before := read(t, w.DB)
			err := w.Activate(t.Context(), intent, renewed, accounts, []social.Event{event(social.EventRenewed, "")})
			wantProblem(t, err, problem.DatabaseFailed)
			same(t, "everything", before, read(t, w.DB))
			same(t, "intents", []social.Intent{intent}, before.Intents)
		})
	}
	t.Run("an intent that has ended", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		before := read(t, w.DB)
		wantProblem(t, w.Activate(t.Context(), social.Intent{ID: "gone"}, login("g2"), nil, nil), problem.NotFound)
		same(t, "everything", before, read(t, w.DB))
	})
	t.Run("a caller who has left", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		before := read(t, w.DB)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := w.Activate(ctx, social.Intent{ID: "gone"}, login("g2"), nil, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		same(t, "everything", before, read(t, w.DB))
	})
}

func TestAbandon(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	intent := social.Intent{ID: "i2", GrantID: "g1", TokenRef: "ref-2", StartedAt: noon}
	must(t, w.Begin(t.Context(), intent))
	same(t, "intents", []social.Intent{intent}, read(t, w.DB).Intents)
	undone := []social.Event{event(social.EventConnectUndone, "")}
	must(t, w.Abandon(t.Context(), intent, undone))
	// A second time changes nothing: the line is not written again.
	must(t, w.Abandon(t.Context(), intent, undone))
	after := read(t, w.DB)
	same(t, "intents", []social.Intent{}, after.Intents)
	same(t, "erasures", []social.TokenRef{"ref-2"}, after.Erasures)
	if len(after.Events) != 1 {
		t.Errorf("%d lines in the timeline", len(after.Events))
	}
}

func TestSaveCheck(t *testing.T) {
	t.Parallel()
	found := func(w *world) (social.Grant, social.Account) {
		g, a := w.grant, w.accounts[0]
		g.Subject.Name, g.Granted, g.Declined = "Ana S. Souza", []social.Scope{"pages_messaging"}, nil
		g.Clocks, g.Verdict = social.Clocks{Token: social.ExpiresAt(noon.Add(time.Minute), social.Assumed)}, social.Verdict{}.Good(noon.Add(time.Minute))
		a.Name, a.Username, a.Detail, a.Standing = "Café Novo", "novo", "", social.StandingMissing
		a.Capabilities, a.Clocks = social.Capabilities{social.Publish: social.NotGranted}, social.Clocks{Token: social.UnknownClock()}
		return g, a
	}
	t.Run("stores what was found, and leaves the rest", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		g, a := found(w)
		must(t, w.SaveCheck(t.Context(), g, []social.Account{a}, []social.Event{event(social.EventHealthChanged, "a1")}))
		after := read(t, w.DB)
		same(t, "logins", []social.Grant{g}, after.Grants)
		same(t, "accounts", []social.Account{a, w.accounts[1]}, after.Accounts)
		if len(after.Events) != 1 {
			t.Errorf("%d lines in the timeline", len(after.Events))
		}
	})
	for name, meanwhile := range map[string]func(t *testing.T, w *world){
		"a renewal": func(t *testing.T, w *world) {
			t.Helper()
			renewed := w.grant
			renewed.TokenRef, renewed.TokenVersion = "ref-g1-2", 2
			w.activate(t, renewed)
		},
		"a disconnection": func(t *testing.T, w *world) { t.Helper(); must(t, w.MarkRevoking(t.Context(), "g1", noon)) },
		"the end":         func(t *testing.T, w *world) { t.Helper(); must(t, w.CloseGrant(t.Context(), "g1", noon, nil)) },
	} {
		t.Run("changes nothing when "+name+" came in between", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			g, a := found(w)
			meanwhile(t, w)
			before := read(t, w.DB)
			must(t, w.SaveCheck(t.Context(), g, []social.Account{a}, []social.Event{event(social.EventHealthChanged, "a1")}))
			same(t, "everything", before, read(t, w.DB))
		})
	}
	t.Run("does not revive an account that was disconnected in between", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		g, a := found(w)
		must(t, w.CloseAccount(t.Context(), "a1", noon, nil))
		closed := read(t, w.DB).Accounts
		must(t, w.SaveCheck(t.Context(), g, []social.Account{a}, nil))
		same(t, "accounts", closed, read(t, w.DB).Accounts)
	})
}

func TestDisconnect(t *testing.T) {
	t.Parallel()
	ended := []social.Event{event(social.EventDisconnected, "a1")}
	states := func(t *testing.T, w *world) map[social.AccountID]social.AccountState {
		t.Helper()
		found := map[social.AccountID]social.AccountState{}
		for _, a := range read(t, w.DB).Accounts {
			found[a.ID] = a.State
			if (a.State == social.AccountDisconnected) == a.DisconnectedAt.IsZero() {
				t.Errorf("%s is %s since %v", a.ID, a.State, a.DisconnectedAt)
			}
		}
		return found
	}
	t.Run("one account ends, the login stays", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, w.CloseAccount(t.Context(), "a1", noon, ended))
		same(t, "states", map[social.AccountID]social.AccountState{"a1": social.AccountDisconnected, "a2": social.AccountActive}, states(t, w))
		wantProblem(t, w.CloseAccount(t.Context(), "a1", noon, ended), problem.NotFound)
		if after := read(t, w.DB); len(after.Events) != 1 || len(after.Erasures) != 0 {
			t.Errorf("events %v, erasures %v", after.Events, after.Erasures)
		}
	})
	t.Run("a withdrawal that is still due keeps the login and its entry", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, w.MarkRevoking(t.Context(), "g1", noon))
		same(t, "states", map[social.AccountID]social.AccountState{"a1": social.AccountDisconnecting, "a2": social.AccountDisconnecting}, states(t, w))
		must(t, w.CloseAccounts(t.Context(), "g1", noon, ended))
		tried := w.grant
		tried.Verdict = tried.Verdict.After(&social.Trouble{RetryAfter: time.Hour}, noon.Add(time.Hour))
		tried.DueAt = noon.Add(2 * time.Hour)
		must(t, w.NoteWithdrawal(t.Context(), tried))
		same(t, "states", map[social.AccountID]social.AccountState{"a1": social.AccountDisconnected, "a2": social.AccountDisconnected}, states(t, w))
		after := read(t, w.DB)
		want := w.grant
		want.State, want.Verdict.At, want.DueAt = social.GrantRevoking, noon.Add(time.Hour), noon.Add(2*time.Hour)
		want.Verdict.Tries, want.Verdict.NotBefore = tried.Verdict.Tries, noon.Add(2*time.Hour)
		same(t, "logins", []social.Grant{want}, after.Grants)
		same(t, "erasures", []social.TokenRef{}, after.Erasures)
	})
	t.Run("the whole login ends, and its entry is queued", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, w.CloseGrant(t.Context(), "g1", noon, ended))
		same(t, "states", map[social.AccountID]social.AccountState{"a1": social.AccountDisconnected, "a2": social.AccountDisconnected}, states(t, w))
		after := read(t, w.DB)
		same(t, "logins", []social.Grant{}, after.Grants)
		same(t, "erasures", []social.TokenRef{w.grant.TokenRef}, after.Erasures)
		// The same person may connect the same pages again.
		again, pages := login("g2"), []social.Account{page("b1")}
		again.Subject, pages[0].GrantID, pages[0].RemoteID = w.grant.Subject, "g2", w.accounts[0].RemoteID
		w.activate(t, again, pages...)
		same(t, "logins", []social.Grant{again}, read(t, w.DB).Grants)
	})
	t.Run("what is not there is said", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		wantProblem(t, w.MarkRevoking(t.Context(), "g9", noon), problem.NotFound)
		wantProblem(t, w.CloseAccount(t.Context(), "a9", noon, nil), problem.NotFound)
		wantProblem(t, w.CloseGrant(t.Context(), "g9", noon, nil), problem.NotFound)
		wantProblem(t, w.NoteWithdrawal(t.Context(), w.grant), problem.NotFound)
	})
}
