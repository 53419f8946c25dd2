package sqlite

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite/gen"
)

// change is write for what must not be lost: what is connected, and with what.
// It is counted, so that a file that went back in time can be told, and asks
// for a new copy (Keep).
func (db *DB) change(ctx context.Context, act string, do func(*gen.Queries) error) error {
	err := db.write(ctx, act, func(q *gen.Queries) error {
		if err := do(q); err != nil {
			return err
		}
		return q.CountChange(ctx)
	})
	if err == nil {
		select {
		case db.changed <- struct{}{}:
		default: // asked for already
		}
	}
	return err
}

// write runs do in one immediate transaction: all of it happens, or nothing.
func (db *DB) write(ctx context.Context, act string, do func(*gen.Queries) error) error {
	if err := db.present(); err != nil {
		return failed(act, err)
	}
	tx, err := db.sql.BeginTx(ctx, nil)
	if err != nil {
		return failed(act, err)
	}
	if err := do(db.queries.WithTx(tx)); err != nil {
		return failed(act, errors.Join(err, tx.Rollback()))
	}
	return failed(act, tx.Commit())
}

// present fails with problem.DataFolder when the file is not where it was
// opened: the system goes on writing to one that was removed, and what is
// stored there is gone with the process (security.md DB03).
func (db *DB) present() error {
	now, err := os.Stat(db.path)
	if err == nil && os.SameFile(now, db.file) {
		return nil
	}
	return problem.New(problem.DataFolder, errors.Join(errMoved, err)).With("path", db.path)
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
