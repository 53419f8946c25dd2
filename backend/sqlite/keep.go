package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/kontent/kontent-connect/backend/sqlite/gen"
)

// changesSetting counts what must not be lost; the query CountChange names it
// as well.
const changesSetting = "changes"

// copyOf is where the last good copy of the file at path stands.
func copyOf(path string) string { return path + ".copy" }

// Changed tells when there is something new for Keep. It is never closed.
func (db *DB) Changed() <-chan struct{} { return db.changed }

// Keep replaces the last good copy, from which OpenOrRescue restores, by one of
// now. Whatever interrupts it, there is the former copy or the new one. It
// fails with problem.DatabaseDamaged, and leaves the former copy, when what is
// stored cannot be read whole.
func (db *DB) Keep(ctx context.Context) error {
	fresh := copyOf(db.path) + ".new"
	err := db.keep(ctx, fresh)
	if err != nil {
		err = errors.Join(err, removeAll(fresh))
	}
	return failed("keep a copy of the database", err)
}

func (db *DB) keep(ctx context.Context, fresh string) error {
	if err := db.present(); err != nil {
		return err
	}
	if err := removeAll(fresh); err != nil {
		return err
	}
	// SQLite takes an empty file, and would make one that everybody can read.
	if err := createFile(fresh); err != nil {
		return err
	}
	if _, err := db.sql.ExecContext(ctx, "VACUUM INTO ?", fresh); err != nil {
		return fmt.Errorf("write the copy: %w", err)
	}
	if err := checkCopy(ctx, fresh); err != nil {
		return err
	}
	return moveInto(fresh, copyOf(db.path))
}

// checkCopy reads a copy back. It does not write to it.
func checkCopy(ctx context.Context, path string) error {
	handle, err := sql.Open("sqlite", dsn(path)+"&mode=ro")
	if err != nil {
		return fmt.Errorf("open the copy: %w", err)
	}
	return errors.Join(checkFile(ctx, handle), handle.Close())
}

// moveInto puts the file at from, whole and on the disk, in the place of the
// one at to.
func moveInto(from, to string) error {
	file, err := os.OpenFile(from, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("open %s: %w", filepath.Base(from), err)
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("write %s to the disk: %w", filepath.Base(from), err)
	}
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("replace %s: %w", filepath.Base(to), err)
	}
	syncFolder(filepath.Dir(to))
	return nil
}

// syncFolder makes a rename outlive a power cut, on systems where a folder can
// be asked to.
func syncFolder(path string) {
	if folder, err := os.Open(path); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
}

// removeAll removes a database, with what SQLite puts beside it.
func removeAll(path string) error {
	var errs []error
	for _, suffix := range beside() {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// beside lists the endings of the files that make up a database.
func beside() []string { return []string{"", "-wal", "-shm", "-journal"} }

// age is how far a database has come. Neither number ever falls.
type age struct{ changes, lastEvent int64 }

func ageOf(ctx context.Context, q *gen.Queries) (a age, err error) {
	value, err := settingOf(ctx, q, changesSetting)
	if err != nil {
		return a, err
	}
	if value != "" {
		if a.changes, err = strconv.ParseInt(value, 10, 64); err != nil {
			return a, errDamaged
		}
	}
	a.lastEvent, err = q.LastEvent(ctx)
	return a, err
}
