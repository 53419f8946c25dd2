package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
)

// The use cases work against this database; nothing else says so until the
// agent is built.
var _ connection.Store = (*sqlite.DB)(nil)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// open opens the database at path, and closes it with the test.
func open(t *testing.T, path string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// world is a database with one project, one login and its two accounts.
type world struct {
	*sqlite.DB
	path     string
	grant    social.Grant
	accounts []social.Account
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{path: filepath.Join(t.TempDir(), "kontent-connect.db"), grant: login("g1"), accounts: []social.Account{page("a1"), page("a2")}}
	w.DB = open(t, w.path)
	must(t, w.AddProject(t.Context(), social.Project{ID: "p1", Name: "Meu projeto", CreatedAt: noon}))
	w.activate(t, w.grant, w.accounts...)
	return w
}

// activate stores a login the way connecting does: intent first.
func (w *world) activate(t *testing.T, g social.Grant, accounts ...social.Account) {
	t.Helper()
	intent := social.Intent{ID: "i-" + string(g.TokenRef), GrantID: g.ID, TokenRef: g.TokenRef, StartedAt: noon}
	must(t, w.Begin(t.Context(), intent))
	must(t, w.Activate(t.Context(), intent, g, accounts, nil))
}

// login returns a login with every field set.
func login(id social.GrantID) social.Grant {
	return social.Grant{
		ID: id, Provider: social.Meta, ClientID: "123", Subject: social.Subject{ID: "100-" + string(id), Name: "Ana Souza"},
		State: social.GrantActive, TokenRef: social.TokenRef("ref-" + id + "-1"), TokenVersion: 1,
		Wanted: []social.Capability{social.Publish, social.Comments}, Requested: []social.Scope{"pages_show_list", "pages_messaging"},
		Granted: []social.Scope{"pages_show_list"}, Declined: []social.Scope{"pages_messaging"},
		Clocks: social.Clocks{
			Token: social.ExpiresAt(noon.Add(time.Hour), social.ToldByProvider), Refresh: social.UnknownClock(),
			DataAccess: social.Never(social.Assumed),
		},
		Verdict: social.Verdict{
			Outcome: social.OutcomeSuspected, Cause: social.CauseRefused, At: noon, GoodAt: noon.Add(-time.Hour), SuspectedAt: noon.Add(-time.Minute),
			Tries: 2, NotBefore: noon.Add(time.Minute), TraceID: "A1b2C3",
		},
		DueAt:       noon.Add(5 * time.Minute),
		ConnectedAt: noon.Add(-24 * time.Hour),
	}
}

// page returns an account of login g1 in project p1 with every field set.
func page(id social.AccountID) social.Account {
	return social.Account{
		ID: id, ProjectID: "p1", GrantID: "g1", Provider: social.Meta, Kind: social.FacebookPage,
		RemoteID: "9007199254740993-" + string(id), Name: "Café 'da' Esquina", Username: "cafe", ParentRemoteID: "61", Detail: "Portfólio",
		State: social.AccountActive, Standing: social.StandingRoleLost,
		Capabilities: social.Capabilities{social.Publish: social.Granted, social.Messages: social.Unavailable},
		Clocks:       social.Clocks{Token: social.Never(social.Assumed)}, ConnectedAt: noon.Add(-24 * time.Hour),
	}
}

func event(kind social.EventKind, account social.AccountID) social.Event {
	return social.Event{
		At: noon, Kind: kind, Provider: social.Meta, ProjectID: "p1", GrantID: "g1", AccountID: account, Subject: "Café", Cause: social.CauseRevoked,
	}
}

// state is everything that a transaction could touch.
type state struct {
	Projects []social.Project
	Apps     []social.ProviderApp
	Grants   []social.Grant
	Accounts []social.Account
	Intents  []social.Intent
	Erasures []social.TokenRef
	Events   []social.Event
}

func read(t *testing.T, db *sqlite.DB) state {
	t.Helper()
	var s state
	for _, fill := range []func(context.Context) error{
		func(ctx context.Context) (err error) { s.Projects, err = db.Projects(ctx); return err },
		func(ctx context.Context) (err error) { s.Apps, err = db.ProviderApps(ctx); return err },
		func(ctx context.Context) (err error) { s.Grants, err = db.Grants(ctx); return err },
		func(ctx context.Context) (err error) { s.Accounts, err = db.Accounts(ctx); return err },
		func(ctx context.Context) (err error) { s.Intents, err = db.Intents(ctx); return err },
		func(ctx context.Context) (err error) { s.Erasures, err = db.Erasures(ctx); return err },
		func(ctx context.Context) (err error) { s.Events, err = db.Events(ctx, all, 0, 1000); return err },
	} {
		must(t, fill(t.Context()))
	}
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantProblem(t *testing.T, err error, code problem.Code) {
	t.Helper()
	if got := problem.CodeOf(err); got != code {
		t.Fatalf("error %v has code %q, want %q", err, got, code)
	}
}

// same compares two states or lists; that an empty list is nil says nothing.
func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// all wants every line of the timeline.
func all(social.Event) bool { return true }
