//go:build e2e

package journey_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite"
)

const database = "kontent-connect.db"

// rows compares what a query finds with rows whose columns are joined by "|".
func (w *world) rows(t *testing.T, query string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, w.query(t, query)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", query, diff)
	}
}

// query reads from a copy, so that looking changes nothing under the program.
func (w *world) query(t *testing.T, query string) []string {
	t.Helper()
	folder := t.TempDir()
	for _, file := range []string{database, database + "-wal"} {
		content, err := os.ReadFile(filepath.Join(w.Data(), file))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		ok(t, err)
		ok(t, os.WriteFile(filepath.Join(folder, file), content, 0o600))
	}
	handle, err := sql.Open("sqlite", filepath.Join(folder, database))
	ok(t, err)
	defer func() { ok(t, handle.Close()) }()
	found, err := handle.QueryContext(w.ctx, query)
	ok(t, err)
	defer func() { ok(t, found.Close()) }()
	columns, err := found.Columns()
	ok(t, err)
	var all []string
	for found.Next() {
		values, targets := make([]string, len(columns)), make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		ok(t, found.Scan(targets...))
		all = append(all, strings.Join(values, "|"))
	}
	ok(t, found.Err())
	return all
}
