package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/kontent/kontent-connect/backend/problem"
)

// errDamaged: SQLite's own check found damage.
var errDamaged = errors.New("the database is damaged")

// errMoved: the file is no longer where it was opened.
var errMoved = errors.New("the database was moved or removed")

// classify gives a failure its problem code.
func classify(err error, path string) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var known *problem.Error
	if errors.As(err, &known) {
		return err
	}
	code := codeOf(err)
	found := problem.New(code, err)
	if path != "" {
		found = found.With("path", path)
	}
	return found
}

func codeOf(err error) problem.Code {
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return problem.NotFound
	case errors.Is(err, errNewer):
		return problem.DatabaseNewer
	case errors.Is(err, errDamaged), errors.Is(err, errNotOurs):
		return problem.DatabaseDamaged
	}
	var failure *driver.Error
	if !errors.As(err, &failure) {
		return problem.DatabaseFailed
	}
	// The low byte is the primary code; the rest refines it.
	switch failure.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return problem.DatabaseDamaged
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return problem.DatabaseBusy
	default:
		return problem.DatabaseFailed
	}
}

// failed wraps err with what was being done, and its code.
func failed(act string, err error) error {
	if err == nil {
		return nil
	}
	return classify(fmt.Errorf("%s: %w", act, err), "")
}
