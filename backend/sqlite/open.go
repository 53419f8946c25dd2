// Package sqlite keeps everything that is not secret: projects, provider apps,
// logins, accounts, intents and the timeline, in one file.
//
// It owns the file, its schema and its queries, and holds no rule of the
// domain. It never sees a token; rows name keychain entries and nothing more.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	_ "modernc.org/sqlite" // the driver, "sqlite"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sqlite/gen"
)

// applicationID marks the file as ours ("KCON"), so that another program's
// database at the same path is not taken for a new one.
const applicationID = 0x4b434f4e

// DB is the open database. Its methods are safe for concurrent use.
type DB struct {
	sql     *sql.DB
	queries *gen.Queries
	path    string
	file    os.FileInfo // what was opened at path
	changed chan struct{}
}

// Open opens the database at path, creating it with mode 0600 where there is
// none, and brings its schema up to date. It fails with
// problem.DatabaseNewer, and touches nothing, when a newer version of the
// program has written the file; with problem.DatabaseDamaged when the file is
// not a sound database of ours; and with problem.DatabaseBusy when another
// process has it open. The caller holds the data folder's lock.
func Open(ctx context.Context, path string) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, problem.New(problem.DatabaseFailed, err)
	}
	if err := createFile(path); err != nil {
		return nil, problem.New(codeOfFile(err), err).With("path", path)
	}
	handle, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		return nil, problem.New(problem.DatabaseFailed, err).With("path", path)
	}
	// One connection: writers queue here instead of meeting SQLITE_BUSY, and
	// every reader sees the newest state (security.md 3.3).
	handle.SetMaxOpenConns(1)
	// What refuses a file comes before what writes to it.
	for _, step := range []func(context.Context, *sql.DB) error{checkFile, checkVersion, claim, checkPragmas, migrate} {
		if err := step(ctx, handle); err != nil {
			return nil, errors.Join(classify(err, path), handle.Close())
		}
	}
	file, err := os.Stat(path)
	if err != nil {
		return nil, errors.Join(problem.New(problem.DataFolder, err).With("path", path), handle.Close())
	}
	queries, err := gen.Prepare(ctx, handle)
	if err != nil {
		return nil, errors.Join(classify(err, path), handle.Close())
	}
	return &DB{sql: handle, queries: queries, path: path, file: file, changed: make(chan struct{}, 1)}, nil
}

// Close closes the database. It may be called twice.
func (db *DB) Close() error { return db.sql.Close() }

// createFile makes the file before SQLite does, which would make it, and its
// -wal, readable by everybody. A link at one of the paths is refused: it could
// lead the data anywhere (security.md DB10).
func createFile(path string) error {
	for _, suffix := range beside() {
		if info, err := os.Lstat(path + suffix); err == nil && !info.Mode().IsRegular() {
			return fmt.Errorf("open the database: %s is not a plain file", filepath.Base(path+suffix))
		}
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("create the database: %w", err)
	}
	if err := file.Chmod(0o600); err != nil {
		return errors.Join(fmt.Errorf("protect the database: %w", err), file.Close())
	}
	return file.Close()
}

// codeOfFile tells a folder that cannot be used from anything else.
func codeOfFile(err error) problem.Code {
	for _, folder := range []error{fs.ErrPermission, fs.ErrNotExist, syscall.EROFS} {
		if errors.Is(err, folder) {
			return problem.DataFolder
		}
	}
	return problem.DatabaseFailed
}

// dsn names the file as a URL, because a plain path with #, ? or % would open
// another one, and sets what must hold on every connection (security.md 3.3).
// The journal mode is not among it: it is written into the file, which may
// turn out to be somebody else's.
func dsn(path string) string {
	// Without a slash before it, the drive of a Windows path is taken for a
	// host: file:///C:/...
	if path = filepath.ToSlash(path); !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	query := url.Values{
		"_pragma": {
			"busy_timeout(5000)", "synchronous(FULL)", "foreign_keys(ON)",
			"secure_delete(ON)", "trusted_schema(OFF)", "fullfsync(1)", "checkpoint_fullfsync(1)",
			// A second process is refused even where the data folder's lock
			// does not hold (security.md DB16).
			"locking_mode(EXCLUSIVE)",
		},
		"_txlock":    {"immediate"},
		"_defensive": {"1"},
		"_dqs":       {"0"},
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}).String()
}

// errNotOurs: the file is a database, but not this program's.
var errNotOurs = errors.New("the file is another program's database")

// checkFile refuses what is damaged or not ours, and writes nothing. A new file
// has no application id and no table.
func checkFile(ctx context.Context, handle *sql.DB) error {
	// Not quick_check, which would miss a row that its index does not know.
	var verdict string
	if err := handle.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return fmt.Errorf("check the database: %w", err)
	}
	var strays int
	if err := handle.QueryRowContext(ctx, "SELECT count(*) FROM pragma_foreign_key_check").Scan(&strays); err != nil {
		return fmt.Errorf("check the database: %w", err)
	}
	if verdict != "ok" || strays > 0 {
		return fmt.Errorf("check the database: %w", errDamaged)
	}
	var id, tables int
	if err := handle.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return fmt.Errorf("read the application id: %w", err)
	}
	if err := handle.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return fmt.Errorf("read the schema: %w", err)
	}
	if id != applicationID && (id != 0 || tables > 0) {
		return errNotOurs
	}
	return nil
}

// claim makes the file ours, which it is already after the first time.
func claim(ctx context.Context, handle *sql.DB) error {
	var id int
	if err := handle.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return fmt.Errorf("read the application id: %w", err)
	}
	if id != applicationID {
		if _, err := handle.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
			return fmt.Errorf("write the application id: %w", err)
		}
	}
	if _, err := handle.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return fmt.Errorf("set the journal mode: %w", err)
	}
	return nil
}

// checkPragmas reads the pragmas back: a driver that ignored one would lose
// data without a word.
func checkPragmas(ctx context.Context, handle *sql.DB) error {
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "foreign_keys": "1", "synchronous": "2", "secure_delete": "1",
	} {
		var got string
		if err := handle.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil {
			return fmt.Errorf("read pragma %s: %w", pragma, err)
		}
		if got != want {
			return fmt.Errorf("pragma %s is %q instead of %q on this file system", pragma, got, want)
		}
	}
	return nil
}
