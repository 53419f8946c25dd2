package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// errNewer: the schema is from a later version of the program.
var errNewer = errors.New("the database is from a newer version")

// checkVersion refuses a file of a newer version before anything is written to
// it.
func checkVersion(ctx context.Context, handle *sql.DB) error {
	provider, err := migrator(handle)
	if err != nil {
		return err
	}
	current, target, err := versions(ctx, handle, provider)
	if err != nil {
		return err
	}
	if current > target {
		return fmt.Errorf("version %d is above %d: %w", current, target, errNewer)
	}
	return nil
}

// migrate brings the schema up to date, one transaction for each step.
func migrate(ctx context.Context, handle *sql.DB) error {
	provider, err := migrator(handle)
	if err != nil {
		return err
	}
	current, target, err := versions(ctx, handle, provider)
	if err != nil || current == target {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	return nil
}

func migrator(handle *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, handle, files)
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return provider, nil
}

// versions returns the schema's version, 0 for a new file, and the newest
// known one. goose would create its table to answer, so a file that may have
// to stay untouched is read directly.
func versions(ctx context.Context, handle *sql.DB, provider *goose.Provider) (current, target int64, err error) {
	for _, source := range provider.ListSources() {
		target = max(target, source.Version)
	}
	var tables int
	const exists = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'goose_db_version'"
	if err := handle.QueryRowContext(ctx, exists).Scan(&tables); err != nil {
		return 0, 0, fmt.Errorf("read the schema: %w", err)
	}
	if tables == 0 {
		return 0, target, nil
	}
	const newest = "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied"
	if err := handle.QueryRowContext(ctx, newest).Scan(&current); err != nil {
		return 0, 0, fmt.Errorf("read the schema's version: %w", err)
	}
	return current, target, nil
}
