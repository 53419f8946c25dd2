package secrets_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/kontent/kontent-connect/build/e2e/secrets"
)

// Covers S5, DB13.
func TestFreePagesHoldWhatWasDeleted(t *testing.T) {
	t.Parallel()
	const deleted = "Canario7Amarelo7"
	file := func(secureDelete string) []byte {
		t.Helper()
		path := filepath.Join(t.TempDir(), "x.db")
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		db.SetMaxOpenConns(1)
		for _, statement := range []string{
			"PRAGMA secure_delete=" + secureDelete, "CREATE TABLE kept (v)", "CREATE TABLE gone (v)",
			"INSERT INTO kept VALUES ('Amanda')", "INSERT INTO gone VALUES ('" + strings.Repeat(deleted, 2000) + "')", "DROP TABLE gone",
		} {
			if _, err := db.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	free, err := secrets.FreePages(file("OFF"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(free, []byte(deleted)) || bytes.Contains(free, []byte("Amanda")) {
		t.Errorf("of %d bytes in free pages, what was deleted must be among them and what is kept not", len(free))
	}
	free, err = secrets.FreePages(file("ON"))
	if err != nil || len(free) == 0 || bytes.Contains(free, []byte(deleted)) {
		t.Errorf("with the pragma that wipes, %d bytes, %v, and the deleted must not be among them", len(free), err)
	}
	if _, err := secrets.FreePages([]byte("short")); err == nil {
		t.Error("any file counts as a database")
	}
}
