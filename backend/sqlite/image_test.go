package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// image copies a database as it stands on the disk at this moment, open or not,
// and returns where: it is what a program that is killed now leaves behind.
func image(t *testing.T, path string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "kontent-connect.db")
	copyFiles(t, path, to)
	return to
}

// copyFiles copies a database with its log and its copy, as far as they exist.
func copyFiles(t *testing.T, from, to string) {
	t.Helper()
	for _, suffix := range []string{"", "-wal", ".copy"} {
		body, err := os.ReadFile(from + suffix)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		must(t, err)
		must(t, os.WriteFile(to+suffix, body, 0o600))
	}
	// When a copy was made is part of it.
	if info, err := os.Stat(from + ".copy"); err == nil {
		must(t, os.Chtimes(to+".copy", info.ModTime(), info.ModTime()))
	}
}
