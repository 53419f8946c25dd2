package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/monitor/monitortest"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// TestLedger holds the database to the same as the ledger in memory that the
// monitor's tests use.
func TestLedger(t *testing.T) {
	t.Parallel()
	monitortest.HoldLedger(t, func(t *testing.T, grants ...social.GrantID) monitortest.Ledger {
		t.Helper()
		w := newWorld(t)
		for _, id := range grants {
			if id == w.grant.ID {
				continue
			}
			a := page(social.AccountID("of-" + id))
			a.GrantID = id
			w.activate(t, login(id), a)
		}
		return w.DB
	})
}

func TestIncidentsOutliveTheProgram(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	// Claimed, and killed before it was shown: at the next start it counts as
	// claimed (security.md P5).
	claimed := social.Incident{GrantID: "g1", About: social.AboutAccess, TokenVersion: 1, Rung: social.RungIn7, ClaimedAt: noon}
	must(t, w.SaveIncidents(t.Context(), []social.Incident{claimed}, nil, []social.Event{event(social.EventNotified, "a1")}))
	must(t, w.Close())
	db := open(t, w.path)
	got, err := db.Incidents(t.Context())
	must(t, err)
	same(t, "incidents after a restart", []social.Incident{claimed}, got)
}

func TestSavingIncidentsIsAllOrNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := social.Incident{GrantID: "g1", About: social.AboutAccess, Rung: social.RungIn14, ClaimedAt: noon}
	must(t, w.SaveIncidents(t.Context(), []social.Incident{first}, nil, nil))
	before := read(t, w.DB)
	second := first
	second.Rung = social.RungIn7
	err := w.SaveIncidents(t.Context(), []social.Incident{second, {GrantID: "nobody", Rung: 1}}, nil, []social.Event{event(social.EventNotified, "a1")})
	if err == nil {
		t.Fatal("an incident of nobody was stored")
	}
	got, err := w.Incidents(t.Context())
	must(t, err)
	same(t, "incidents", []social.Incident{first}, got)
	same(t, "everything else", before, read(t, w.DB))
}

func TestDue(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at := func(id social.GrantID, due, checked, notBefore time.Time) {
		g := login(id)
		g.DueAt, g.Verdict.At, g.Verdict.NotBefore = due, checked, notBefore
		w.activate(t, g)
	}
	now := noon.Add(24 * time.Hour)
	at("late", now.Add(-time.Hour), noon, time.Time{})
	at("now", now, now.Add(-time.Minute), time.Time{})
	at("soon", now.Add(time.Hour), now.Add(-time.Minute), time.Time{})
	at("stale", now.Add(2*time.Hour), now.Add(-20*time.Hour), time.Time{})
	at("asked not to", now.Add(3*time.Hour), now.Add(-20*time.Hour), now.Add(3*time.Hour))
	at("years ahead", now.Add(3650*24*time.Hour), now.Add(-time.Minute), time.Time{})
	at("never", time.Time{}, noon, time.Time{})
	must(t, w.CloseGrant(t.Context(), "g1", noon, nil))
	horizon := now.Add(49 * time.Hour)

	ids, next, err := w.Due(t.Context(), now, time.Time{}, horizon)
	must(t, err)
	same(t, "due, the longest waiting first", []social.GrantID{"late", "now", "years ahead"}, ids)
	same(t, "the next", now.Add(time.Hour), next)

	ids, _, err = w.Due(t.Context(), now, now.Add(-12*time.Hour), horizon)
	must(t, err)
	same(t, "due after a sleep", []social.GrantID{"late", "now", "stale", "years ahead"}, ids)

	must(t, w.MarkRevoking(t.Context(), "soon", now.Add(-2*time.Hour)))
	ids, _, err = w.Due(t.Context(), now, time.Time{}, horizon)
	must(t, err)
	same(t, "due with a withdrawal to tell", []social.GrantID{"soon", "late", "now", "years ahead"}, ids)
}

func TestOneLoginIsReadByItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := page("b1")
	other.GrantID, other.RemoteID = "g2", "77"
	w.activate(t, login("g2"), other)
	must(t, w.CloseAccount(t.Context(), "a2", noon, nil))

	g, err := w.Grant(t.Context(), "g1")
	must(t, err)
	same(t, "the login", w.grant, g)
	own, err := w.AccountsOf(t.Context(), "g1")
	must(t, err)
	same(t, "its accounts", []social.Account{page("a1")}, own)
	all, err := w.ActiveAccounts(t.Context())
	must(t, err)
	same(t, "the accounts of all, those of one login together", []social.Account{page("a1"), other}, all)

	must(t, w.CloseGrant(t.Context(), "g1", noon, nil))
	for _, id := range []social.GrantID{"g1", "nobody"} {
		_, err := w.Grant(t.Context(), id)
		wantProblem(t, err, problem.NotFound)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.Grant(ctx, "g2"); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", fmt.Errorf("read: %w", err))
	}
}
