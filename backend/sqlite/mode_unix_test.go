//go:build unix

package sqlite_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/kontent/kontent-connect/backend/social"
)

// TestModeWithoutUmask is not parallel: the umask is the process's, and no
// other test must make its files under this one (security.md DB09).
//
// Covers DB09, S6.
func TestModeWithoutUmask(t *testing.T) {
	old := unix.Umask(0)
	defer unix.Umask(old)
	path := filepath.Join(t.TempDir(), "kontent-connect.db")
	db := open(t, path)
	must(t, db.AddProject(t.Context(), social.Project{ID: "p1", Name: "x", CreatedAt: noon}))
	must(t, db.Keep(t.Context()))
	for _, suffix := range []string{"", "-wal", ".copy"} {
		info, err := os.Stat(path + suffix)
		must(t, err)
		if got := info.Mode().Perm(); got != 0o600 {
			t.Errorf("%q has mode %o", suffix, got)
		}
	}
}

// Covers S6.
func TestModeOfAFileThatOthersCouldRead(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "kontent-connect.db")
	must(t, os.WriteFile(path, nil, 0o644))
	open(t, path)
	info, err := os.Stat(path)
	must(t, err)
	if got := info.Mode().Perm(); got != 0o600 {
		t.Errorf("mode %o", got)
	}
}
