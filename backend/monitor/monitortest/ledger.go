// Package monitortest holds what keeps who has been told what to one promise:
// the database and the ledger in memory of the monitor's own tests.
package monitortest

import (
	"cmp"
	"context"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kontent/kontent-connect/backend/social"
)

// Ledger is what the monitor needs of where it is kept.
type Ledger interface {
	Grants(ctx context.Context) ([]social.Grant, error)
	ActiveAccounts(ctx context.Context) ([]social.Account, error)
	Incidents(ctx context.Context) ([]social.Incident, error)
	SaveIncidents(ctx context.Context, put []social.Incident, over []social.GrantID, events []social.Event) error
}

func noon() time.Time { return time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC) }

// full is an incident with every field set.
func full(id social.GrantID) social.Incident {
	return social.Incident{
		GrantID: id, About: social.AboutCheckpoint, TokenVersion: 7, EndsAt: noon().Add(time.Hour), Health: social.Checkpoint,
		Rung: social.RungEnded + 60, ClaimedAt: noon(), EndedAt: noon().Add(-time.Hour), ToldAt: noon().Add(time.Minute),
		Undelivered: true, SnoozedUntil: noon().Add(24 * time.Hour),
	}
}

// HoldLedger runs what every ledger promises. open returns one that holds the
// given logins, each with an account.
func HoldLedger(t *testing.T, open func(t *testing.T, grants ...social.GrantID) Ledger) {
	t.Helper()
	want := func(t *testing.T, l Ledger, want ...social.Incident) {
		t.Helper()
		got, err := l.Incidents(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(got, func(a, b social.Incident) int { return cmp.Compare(a.GrantID, b.GrantID) })
		if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("incidents (-want +got):\n%s", diff)
		}
	}
	save := func(t *testing.T, l Ledger, put []social.Incident, over ...social.GrantID) {
		t.Helper()
		if err := l.SaveIncidents(t.Context(), put, over, nil); err != nil {
			t.Fatal(err)
		}
	}

	t.Run("what is saved comes back whole", func(t *testing.T) {
		t.Parallel()
		l := open(t, "g1", "g2")
		bare := social.Incident{GrantID: "g2", About: social.AboutAccess, Rung: social.RungIn14, ClaimedAt: noon()}
		save(t, l, []social.Incident{full("g1"), bare})
		want(t, l, full("g1"), bare)
	})
	t.Run("a login has one, and the later one counts", func(t *testing.T) {
		t.Parallel()
		l := open(t, "g1")
		save(t, l, []social.Incident{full("g1")})
		later := full("g1")
		later.Rung, later.Undelivered, later.SnoozedUntil = later.Rung+1, false, time.Time{}
		save(t, l, []social.Incident{later})
		want(t, l, later)
	})
	t.Run("what is over is gone, also what never was", func(t *testing.T) {
		t.Parallel()
		l := open(t, "g1", "g2")
		save(t, l, []social.Incident{full("g1"), full("g2")})
		save(t, l, nil, "g1", "nobody")
		want(t, l, full("g2"))
		save(t, l, nil)
		want(t, l, full("g2"))
	})
	t.Run("nothing is saved for who has gone already", func(t *testing.T) {
		t.Parallel()
		l := open(t, "g1")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := l.SaveIncidents(ctx, []social.Incident{full("g1")}, nil, nil); err == nil {
			t.Error("saved all the same")
		}
		want(t, l)
	})
	t.Run("the accounts of one login stand together", func(t *testing.T) {
		t.Parallel()
		l := open(t, "g1", "g2", "g3")
		accounts, err := l.ActiveAccounts(t.Context())
		if err != nil || len(accounts) < 3 {
			t.Fatalf("%d accounts (%v)", len(accounts), err)
		}
		if !slices.IsSortedFunc(accounts, func(a, b social.Account) int { return cmp.Compare(a.GrantID, b.GrantID) }) {
			t.Error("they do not")
		}
	})
}
