package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite/gen"
)

// Grants lists the logins that are not closed, oldest first.
func (db *DB) Grants(ctx context.Context) ([]social.Grant, error) {
	rows, err := db.queries.ListGrants(ctx)
	return grantsFrom(rows, err)
}

// ClosedGrants lists the logins that have ended, the oldest first.
func (db *DB) ClosedGrants(ctx context.Context) ([]social.Grant, error) {
	rows, err := db.queries.ListClosedGrants(ctx)
	return grantsFrom(rows, err)
}

func grantsFrom(rows []*gen.Grant, err error) ([]social.Grant, error) {
	if err != nil {
		return nil, failed("list logins", err)
	}
	grants := make([]social.Grant, 0, len(rows))
	for _, row := range rows {
		g, err := grantFrom(row)
		if err != nil {
			return nil, failed("list logins", err)
		}
		grants = append(grants, g)
	}
	return grants, nil
}

// Grant returns a login that is not closed; problem.NotFound for another.
func (db *DB) Grant(ctx context.Context, id social.GrantID) (social.Grant, error) {
	row, err := db.queries.GetGrant(ctx, string(id))
	if errors.Is(err, sql.ErrNoRows) || err == nil && row.State == string(social.GrantClosed) {
		return social.Grant{}, problem.New(problem.NotFound, nil)
	}
	if err != nil {
		return social.Grant{}, failed("read a login", err)
	}
	g, err := grantFrom(row)
	return g, failed("read a login", err)
}

// Accounts lists every account that ever was, oldest first.
func (db *DB) Accounts(ctx context.Context) ([]social.Account, error) {
	rows, err := db.queries.ListAccounts(ctx)
	return accountsFrom(rows, err)
}

// PresentAccounts lists the accounts that are connected, and those whose access
// their provider has yet to take back; the oldest first.
func (db *DB) PresentAccounts(ctx context.Context) ([]social.Account, error) {
	rows, err := db.queries.ListPresentAccounts(ctx)
	return accountsFrom(rows, err)
}

// FormerAccounts lists all the others: those that were disconnected.
func (db *DB) FormerAccounts(ctx context.Context) ([]social.Account, error) {
	rows, err := db.queries.ListFormerAccounts(ctx)
	return accountsFrom(rows, err)
}

// CountFormer counts the FormerAccounts of each project that has some.
func (db *DB) CountFormer(ctx context.Context) (map[social.ProjectID]int, error) {
	rows, err := db.queries.CountFormerAccounts(ctx)
	if err != nil {
		return nil, failed("count accounts", err)
	}
	counts := make(map[social.ProjectID]int, len(rows))
	for _, row := range rows {
		counts[social.ProjectID(row.ProjectID)] = int(row.Former)
	}
	return counts, nil
}

// ActiveAccounts lists the connected accounts, those of one login together and
// the oldest of each first.
func (db *DB) ActiveAccounts(ctx context.Context) ([]social.Account, error) {
	rows, err := db.queries.ListActiveAccounts(ctx)
	return accountsFrom(rows, err)
}

// AccountsOf lists the connected accounts of a login, oldest first.
func (db *DB) AccountsOf(ctx context.Context, id social.GrantID) ([]social.Account, error) {
	rows, err := db.queries.ListAccountsOfGrant(ctx, string(id))
	return accountsFrom(rows, err)
}

func accountsFrom(rows []*gen.Account, err error) ([]social.Account, error) {
	if err != nil {
		return nil, failed("list accounts", err)
	}
	accounts, columns := make([]social.Account, 0, len(rows)), newColumns()
	for _, row := range rows {
		a, err := accountFrom(row, columns)
		if err != nil {
			return nil, failed("list accounts", err)
		}
		accounts = append(accounts, a)
	}
	return accounts, nil
}

// SaveCheck stores what a check found about a login and its accounts. It
// changes nothing of a login that was renewed or disconnected in the meantime:
// what was learned about a former token does not hold for the new one.
func (db *DB) SaveCheck(ctx context.Context, grant social.Grant, accounts []social.Account, events []social.Event) error {
	p, err := grantParams(grant)
	if err != nil {
		return err
	}
	return db.write(ctx, "save a check", func(q *gen.Queries) error {
		rows, err := q.UpdateGrantCheck(ctx, gen.UpdateGrantCheckParams{
			SubjectName: p.SubjectName, Granted: p.Granted, Declined: p.Declined, Clocks: p.Clocks,
			VerdictOutcome: p.VerdictOutcome, VerdictCause: p.VerdictCause, CheckedAt: p.CheckedAt,
			GoodAt: p.GoodAt, SuspectedAt: p.SuspectedAt, Tries: p.Tries, NotBefore: p.NotBefore, TraceID: p.TraceID, DueAt: p.DueAt,
			ID: p.ID, TokenVersion: p.TokenVersion,
		})
		if err != nil || rows == 0 {
			return err
		}
		for _, a := range accounts {
			if err := updateAccountCheck(ctx, q, a); err != nil {
				return err
			}
		}
		return appendEvents(ctx, q, events)
	})
}

func updateAccountCheck(ctx context.Context, q *gen.Queries, a social.Account) error {
	p, err := accountParams(a)
	if err != nil {
		return err
	}
	return q.UpdateAccountCheck(ctx, gen.UpdateAccountCheckParams{
		Name: p.Name, Username: p.Username, Detail: p.Detail, Standing: p.Standing,
		Capabilities: p.Capabilities, Clocks: p.Clocks, ID: p.ID,
	})
}

// MarkRevoking marks a login and its accounts at the time at, before the
// provider is told. Should that be cut off, it is due at once.
func (db *DB) MarkRevoking(ctx context.Context, id social.GrantID, at time.Time) error {
	return db.change(ctx, "mark a login", func(q *gen.Queries) error {
		if err := mustTouch(q.MarkRevoking(ctx, gen.MarkRevokingParams{DueAt: unix(at), ID: string(id)})); err != nil {
			return err
		}
		return q.SetAccountsOfGrant(ctx, gen.SetAccountsOfGrantParams{State: string(social.AccountDisconnecting), GrantID: string(id)})
	})
}

// CloseAccount ends one account of a login that stays.
func (db *DB) CloseAccount(ctx context.Context, id social.AccountID, at time.Time, events []social.Event) error {
	return db.change(ctx, "close an account", func(q *gen.Queries) error {
		if err := mustTouch(q.DisconnectAccount(ctx, gen.DisconnectAccountParams{DisconnectedAt: unix(at), ID: string(id)})); err != nil {
			return err
		}
		if err := q.DeletePicture(ctx, string(id)); err != nil {
			return err
		}
		return appendEvents(ctx, q, events)
	})
}

// CloseAccounts ends the accounts of a login whose withdrawal is still to be
// told to the provider. The login and its entry stay for that.
func (db *DB) CloseAccounts(ctx context.Context, id social.GrantID, at time.Time, events []social.Event) error {
	return db.change(ctx, "close accounts", func(q *gen.Queries) error {
		if err := closeAccounts(ctx, q, id, at); err != nil {
			return err
		}
		return appendEvents(ctx, q, events)
	})
}

// closeAccounts ends the accounts of a login, and their pictures with them.
func closeAccounts(ctx context.Context, q *gen.Queries, id social.GrantID, at time.Time) error {
	ended := gen.DisconnectAccountsOfGrantParams{DisconnectedAt: unix(at), GrantID: string(id)}
	if err := q.DisconnectAccountsOfGrant(ctx, ended); err != nil {
		return err
	}
	return q.ErasePicturesOfGrant(ctx, string(id))
}

// NoteWithdrawal notes when a withdrawal was last tried in vain, and when to
// try it again.
func (db *DB) NoteWithdrawal(ctx context.Context, g social.Grant) error {
	rows, err := db.queries.NoteWithdrawal(ctx, gen.NoteWithdrawalParams{
		CheckedAt: unix(g.Verdict.At), Tries: int64(g.Verdict.Tries), NotBefore: unix(g.Verdict.NotBefore),
		DueAt: unix(g.DueAt), ID: string(g.ID),
	})
	return failed("note a withdrawal", mustTouch(rows, err))
}

// CloseGrant ends a login with all of its accounts and queues its entry for
// erasure.
func (db *DB) CloseGrant(ctx context.Context, id social.GrantID, at time.Time, events []social.Event) error {
	return db.change(ctx, "close a login", func(q *gen.Queries) error {
		row, err := q.GetGrant(ctx, string(id))
		if err != nil {
			return err
		}
		if err := queueErasure(ctx, q, row.TokenRef, at); err != nil {
			return err
		}
		if err := closeAccounts(ctx, q, id, at); err != nil {
			return err
		}
		if err := mustTouch(q.CloseGrant(ctx, gen.CloseGrantParams{ClosedAt: unix(at), ID: string(id)})); err != nil {
			return err
		}
		return appendEvents(ctx, q, events)
	})
}
