package sqlite

import (
	"context"
	"errors"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite/gen"
)

// write runs do in one immediate transaction: all of it happens, or nothing.
func (db *DB) write(ctx context.Context, act string, do func(*gen.Queries) error) error {
	tx, err := db.sql.BeginTx(ctx, nil)
	if err != nil {
		return failed(act, err)
	}
	if err := do(db.queries.WithTx(tx)); err != nil {
		return failed(act, errors.Join(err, tx.Rollback()))
	}
	return failed(act, tx.Commit())
}

// mustTouch turns an update of no row into problem.NotFound.
func mustTouch(rows int64, err error) error {
	if err == nil && rows == 0 {
		return problem.New(problem.NotFound, nil)
	}
	return err
}

func appendEvents(ctx context.Context, q *gen.Queries, events []social.Event) error {
	for _, e := range events {
		if err := q.InsertEvent(ctx, gen.InsertEventParams{
			At: unix(e.At), Kind: string(e.Kind), Provider: string(e.Provider), ProjectID: string(e.ProjectID),
			GrantID: string(e.GrantID), AccountID: string(e.AccountID), Subject: e.Subject, Cause: string(e.Cause),
		}); err != nil {
			return err
		}
	}
	return nil
}

// queueErasure remembers that a keychain entry must go. "" names none.
func queueErasure(ctx context.Context, q *gen.Queries, ref string, at time.Time) error {
	if ref == "" {
		return nil
	}
	return q.QueueErasure(ctx, gen.QueueErasureParams{TokenRef: ref, QueuedAt: unix(at)})
}
