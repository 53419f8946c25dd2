package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite/gen"
)

// Rescue says what became of a data file that could not be used.
type Rescue struct {
	At time.Time `json:"at"`
	// Damaged is where the file was put aside; "" when there was none.
	Damaged string `json:"damaged"`
	// CopyOf is when the copy was made that serves now; the zero time when
	// there was no sound one and everything begins anew.
	CopyOf time.Time `json:"copy_of"`
	// Logins and Accounts came back.
	Logins   int `json:"logins"`
	Accounts int `json:"accounts"`
}

// rescueSetting is where the last rescue stands in the settings.
const rescueSetting = "rescue"

// OpenOrRescue is Open, and where the file is damaged, empty, gone or of an
// earlier time than its copy, puts it aside and goes on with the copy that Keep
// made. Without a sound copy everything begins anew. Nothing is erased, and
// LastRescue and a line of the timeline tell of it. Another program's database
// is refused, as long as no copy says that the file was ours.
func OpenOrRescue(ctx context.Context, path string, now time.Time) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, problem.New(problem.DatabaseFailed, err)
	}
	if lost(path) {
		return rescue(ctx, path, now)
	}
	db, err := Open(ctx, path)
	if err == nil && db.behind(ctx) {
		if err := db.Close(); err != nil {
			return nil, classify(err, path)
		}
		return rescue(ctx, path, now)
	}
	foreign := errors.Is(err, errNotOurs) && !exists(copyOf(path))
	if problem.CodeOf(err) == problem.DatabaseDamaged && !foreign {
		return rescue(ctx, path, now)
	}
	return db, err
}

// lost reports whether there was a database at path and is none any more: one
// of no bytes passes every check of SQLite's (security.md DB05).
func lost(path string) bool {
	info, err := os.Stat(path)
	empty := errors.Is(err, os.ErrNotExist) || err == nil && info.Mode().IsRegular() && info.Size() == 0
	return empty && exists(copyOf(path))
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// behind reports whether the copy knows of changes that the file does not: its
// write-ahead log was lost or cut (security.md DB04). A copy that cannot be
// read is no witness.
func (db *DB) behind(ctx context.Context) bool {
	copied := copyOf(db.path)
	if !exists(copied) || checkCopy(ctx, copied) != nil {
		return false
	}
	handle, err := sql.Open("sqlite", dsn(copied)+"&mode=ro")
	if err != nil {
		return false
	}
	defer handle.Close() //nolint:errcheck // only read from
	known, err := ageOf(ctx, gen.New(handle))
	if err != nil {
		return false
	}
	stored, err := ageOf(ctx, db.queries)
	return err != nil || stored.changes < known.changes || stored.lastEvent < known.lastEvent
}

// rescue prepares what is to serve before it touches what is damaged, so that
// one that is interrupted is begun again.
func rescue(ctx context.Context, path string, now time.Time) (*DB, error) {
	fresh := path + ".new"
	told, err := prepare(ctx, path, fresh, now)
	if err != nil {
		return nil, errors.Join(classify(err, path), removeAll(fresh))
	}
	if err := putAside(path, told.Damaged); err != nil {
		return nil, problem.New(problem.DatabaseFailed, err).With("path", path)
	}
	if err := moveInto(fresh, path); err != nil {
		return nil, problem.New(problem.DatabaseFailed, err).With("path", path)
	}
	return Open(ctx, path)
}

// prepare makes at fresh the database that is to serve, from the copy where
// that is sound, and writes into it what happened.
func prepare(ctx context.Context, path, fresh string, now time.Time) (told Rescue, err error) {
	told = Rescue{At: now.UTC(), Damaged: damagedName(path, now)}
	if err := removeAll(fresh); err != nil {
		return told, err
	}
	db, copied, err := openCopy(ctx, path, fresh)
	if problem.CodeOf(err) == problem.DatabaseDamaged {
		if err = removeAll(fresh); err == nil {
			db, err = Open(ctx, fresh)
		}
	}
	if err != nil {
		return told, err
	}
	told.CopyOf = copied
	refs, err := refsIn(path)
	if err == nil {
		err = db.noteRescue(ctx, &told, refs)
	}
	return told, errors.Join(err, db.Close())
}

// openCopy opens a second copy of the last good one. It fails with
// problem.DatabaseDamaged when there is no sound one.
func openCopy(ctx context.Context, path, fresh string) (*DB, time.Time, error) {
	info, err := os.Lstat(copyOf(path))
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
		return nil, time.Time{}, problem.New(problem.DatabaseDamaged, err)
	}
	content, err := os.ReadFile(copyOf(path))
	if err == nil {
		err = os.WriteFile(fresh, content, 0o600) //nolint:gosec // G703: beside the data file, which the caller names
	}
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("read the copy: %w", err)
	}
	db, err := Open(ctx, fresh)
	if err != nil {
		return nil, time.Time{}, err
	}
	return db, info.ModTime().UTC(), nil
}

// damagedName is where a damaged file is put aside; "" when there is none.
func damagedName(path string, now time.Time) string {
	for _, suffix := range beside() {
		if exists(path + suffix) {
			return path + ".damaged-" + now.UTC().Format("20060102-150405.000")
		}
	}
	return ""
}

// putAside moves a database with everything beside it, the file itself last:
// whoever finds it gone finds nothing that belonged to it.
func putAside(path, aside string) error {
	for _, suffix := range []string{"-wal", "-shm", "-journal", ""} {
		if err := os.Rename(path+suffix, aside+suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("put the damaged database aside: %w", err)
		}
	}
	return nil
}

// noteRescue stores what happened, and queues for erasure those of refs that
// nothing points to: they are of what the copy does not know.
func (db *DB) noteRescue(ctx context.Context, told *Rescue, refs []social.TokenRef) error {
	grants, err := db.Grants(ctx)
	if err != nil {
		return err
	}
	accounts, err := db.Accounts(ctx)
	if err != nil {
		return err
	}
	apps, err := db.ProviderApps(ctx)
	if err != nil {
		return err
	}
	serving := map[social.TokenRef]bool{}
	for _, g := range grants {
		serving[g.TokenRef] = true
	}
	for _, app := range apps {
		serving[app.SecretRef] = true
	}
	told.Logins = len(grants)
	for _, a := range accounts {
		if a.State == social.AccountActive {
			told.Accounts++
		}
	}
	kind := social.EventDataRestored
	if told.CopyOf.IsZero() {
		kind = social.EventDataLost
	}
	note, err := json.Marshal(told)
	if err != nil {
		return fmt.Errorf("note the rescue: %w", err)
	}
	return db.change(ctx, "note a rescue", func(q *gen.Queries) error {
		for _, ref := range refs {
			if serving[ref] {
				continue
			}
			if err := queueErasure(ctx, q, string(ref), told.At); err != nil {
				return err
			}
		}
		if err := q.PutSetting(ctx, gen.PutSettingParams{Name: rescueSetting, Value: string(note)}); err != nil {
			return err
		}
		return appendEvents(ctx, q, []social.Event{{At: told.At, Kind: kind, Subject: filepath.Base(told.Damaged)}})
	})
}

// LastRescue returns the last rescue, and the zero Rescue when there was none.
func (db *DB) LastRescue(ctx context.Context) (Rescue, error) {
	value, err := settingOf(ctx, db.queries, rescueSetting)
	if err != nil || value == "" {
		return Rescue{}, failed("read the last rescue", err)
	}
	var told Rescue
	if err := json.Unmarshal([]byte(value), &told); err != nil {
		return Rescue{}, failed("read the last rescue", err)
	}
	return told, nil
}
