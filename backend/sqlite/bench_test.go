package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// The benchmarks of this file run each piece of work twice: as the program does
// it, and as bare SQL over the same handle and the same rows. What counts is the
// ratio of the two (make bench).

// perLogin is how many accounts a login of these databases has.
const perLogin = 50

// sizes are the numbers of accounts that show how costs grow.
func sizes() []int {
	if testing.Short() {
		return []int{10_000}
	}
	return []int{100, 1_000, 10_000, 100_000}
}

// filled is a database with as many accounts, and as many lines of timeline.
func filled(b *testing.B, accounts int) *DB {
	b.Helper()
	db, err := Open(b.Context(), filepath.Join(b.TempDir(), "kontent-connect.db"))
	check(b, err)
	b.Cleanup(func() { check(b, db.Close()) })
	at := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	check(b, db.AddProject(b.Context(), social.Project{ID: "p1", Name: "Meu projeto", CreatedAt: at}))
	for n := range (accounts + perLogin - 1) / perLogin {
		g, own, events := sampleLogin(n, min(perLogin, accounts-n*perLogin), at)
		intent := social.Intent{ID: "i", GrantID: g.ID, TokenRef: g.TokenRef, StartedAt: at}
		check(b, db.Begin(b.Context(), intent))
		check(b, db.Activate(b.Context(), intent, g, own, events))
	}
	return db
}

// sampleLogin is the nth login, with its accounts and one event for each.
func sampleLogin(n, accounts int, at time.Time) (g social.Grant, own []social.Account, events []social.Event) {
	id := social.GrantID(fmt.Sprintf("g%05d", n))
	clocks := social.Clocks{
		Token:      social.ExpiresAt(at.Add(59*24*time.Hour), social.ToldByProvider),
		DataAccess: social.ExpiresAt(at.Add(89*24*time.Hour), social.ToldByProvider), Refresh: social.UnknownClock(),
	}
	g = social.Grant{
		ID: id, Provider: social.Meta, ClientID: "1", Subject: social.Subject{ID: string(id), Name: "Ana Souza"}, State: social.GrantActive,
		TokenRef: social.TokenRef("ref-" + id), TokenVersion: 1, Wanted: []social.Capability{social.Publish, social.Messages},
		Requested: []social.Scope{"pages_show_list", "pages_messaging"}, Granted: []social.Scope{"pages_show_list", "pages_messaging"},
		Clocks: clocks, Verdict: social.Verdict{}.Good(at), DueAt: at.Add(24 * time.Hour), ConnectedAt: at,
	}
	for i := range accounts {
		a := social.Account{
			ID: social.AccountID(fmt.Sprintf("a%05d-%02d", n, i)), ProjectID: "p1", GrantID: id, Provider: social.Meta, Kind: social.FacebookPage,
			RemoteID: fmt.Sprintf("%d%02d", 100_000+n, i), Name: fmt.Sprintf("Café da Esquina %d", i), Username: "cafe", State: social.AccountActive,
			Standing: social.StandingPresent, Capabilities: social.Capabilities{social.Publish: social.Granted, social.Messages: social.Granted},
			Clocks: social.Clocks{Token: social.Never(social.Assumed)}, ConnectedAt: at,
		}
		own = append(own, a)
		events = append(events, social.Event{
			At: at, Kind: social.EventConnected, Provider: social.Meta, ProjectID: "p1", GrantID: id, AccountID: a.ID, Subject: a.Name,
		})
	}
	return g, own, events
}

// BenchmarkRead reads every login and account, as a snapshot does.
func BenchmarkRead(b *testing.B) {
	for _, accounts := range sizes() {
		db := filled(b, accounts)
		sides(b, accounts, func(ctx context.Context) error {
			return bareRows(ctx, db.sql, "SELECT * FROM grants WHERE state <> 'closed' ORDER BY connected_at, id",
				"SELECT * FROM accounts ORDER BY connected_at, id")
		}, func(ctx context.Context) error {
			if _, err := db.Grants(ctx); err != nil {
				return err
			}
			_, err := db.Accounts(ctx)
			return err
		})
	}
}

// BenchmarkUpdate stores what a check found about one account and its login.
func BenchmarkUpdate(b *testing.B) {
	for _, accounts := range sizes() {
		db := filled(b, accounts)
		g, own, _ := sampleLogin(1, 1, time.Now())
		g.Verdict = g.Verdict.Good(time.Now())
		sides(b, accounts, func(ctx context.Context) error { return bareUpdate(ctx, db.sql, g, own[0]) },
			func(ctx context.Context) error { return db.SaveCheck(ctx, g, own[:1], nil) })
	}
}

// BenchmarkTimeline reads the newest hundred lines of the timeline.
func BenchmarkTimeline(b *testing.B) {
	for _, accounts := range sizes() {
		db := filled(b, accounts)
		sides(b, accounts,
			func(ctx context.Context) error {
				return bareRows(ctx, db.sql, "SELECT * FROM events ORDER BY id DESC LIMIT 100")
			},
			func(ctx context.Context) error {
				_, err := db.Events(ctx, func(social.Event) bool { return true }, 0, 100)
				return err
			})
	}
}

// sides runs both ways to do a thing.
func sides(b *testing.B, accounts int, bare, ours func(context.Context) error) {
	b.Helper()
	for _, side := range []struct {
		name string
		work func(context.Context) error
	}{{"bare", bare}, {"ours", ours}} {
		b.Run(fmt.Sprintf("accounts=%d/side=%s", accounts, side.name), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				check(b, side.work(b.Context()))
			}
		})
	}
}

// bareRows reads every column of every row, into the types the columns have.
func bareRows(ctx context.Context, handle *sql.DB, queries ...string) error {
	for _, query := range queries {
		if err := bareQuery(ctx, handle, query); err != nil {
			return err
		}
	}
	return nil
}

func bareQuery(ctx context.Context, handle *sql.DB, query string) (err error) {
	rows, err := handle.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = closeRows(rows, err) }()
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	into := make([]any, len(types))
	for i, column := range types {
		if into[i] = any(new(string)); column.DatabaseTypeName() == "INTEGER" {
			into[i] = new(int64)
		}
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
	}
	return rows.Err()
}

func closeRows(rows *sql.Rows, err error) error {
	if closeErr := rows.Close(); err == nil {
		return closeErr
	}
	return err
}

// bareUpdate writes the columns that a check writes, in one transaction.
func bareUpdate(ctx context.Context, handle *sql.DB, g social.Grant, a social.Account) error {
	tx, err := handle.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // says nothing new after a commit
	_, err = tx.ExecContext(ctx, `UPDATE grants SET subject_name = ?, granted = ?, declined = ?, clocks = ?, verdict_outcome = ?, verdict_cause = ?,
		checked_at = ?, good_at = ?, suspected_at = ?, tries = ?, not_before = ?, trace_id = ?, due_at = ?
		WHERE id = ? AND token_version = ? AND state = 'active'`,
		g.Subject.Name, "[]", "[]", "{}", string(g.Verdict.Outcome), "", 1, 1, 0, 0, 0, "", 1, string(g.ID), g.TokenVersion)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE accounts SET name = ?, username = ?, detail = ?, standing = ?, capabilities = ?, clocks = ?
		WHERE id = ? AND state = 'active'`, a.Name, a.Username, a.Detail, string(a.Standing), "{}", "{}", string(a.ID)); err != nil {
		return err
	}
	return tx.Commit()
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
