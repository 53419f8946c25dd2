package sqlite

import (
	"context"
	"fmt"
)

// Condition is what an examination of the file found.
type Condition struct {
	Bytes  int64
	Schema int64 // version of the schema
}

// Examine reads the whole file and fails with problem.DatabaseDamaged where it
// is not sound.
func (db *DB) Examine(ctx context.Context) (c Condition, err error) {
	if err := checkFile(ctx, db.sql); err != nil {
		return c, classify(err, "")
	}
	const size = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
	if err := db.sql.QueryRowContext(ctx, size).Scan(&c.Bytes); err != nil {
		return c, classify(fmt.Errorf("read the size of the database: %w", err), "")
	}
	provider, err := migrator(db.sql)
	if err != nil {
		return c, err
	}
	c.Schema, _, err = versions(ctx, db.sql, provider)
	return c, err
}
