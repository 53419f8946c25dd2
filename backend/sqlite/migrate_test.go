package sqlite_test

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"

	"github.com/kontent/kontent-connect/backend/sqlite"
)

// TestMigrationKilledAtEveryStatement opens the file of each past version, and
// of none, and keeps what stands on the disk before every step of every
// statement: that is what a kill at that moment leaves behind. Each of them
// must open, with all that the old version stored.
//
// Covers DB07, G17, PL01.
func TestMigrationKilledAtEveryStatement(t *testing.T) {
	t.Parallel()
	versions, err := filepath.Glob("testdata/v*.db")
	must(t, err)
	for _, version := range append(versions, "") {
		t.Run(filepath.Base(version), func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "kontent-connect.db")
			if version != "" {
				body, err := os.ReadFile(version)
				must(t, err)
				must(t, os.WriteFile(path, body, 0o600))
			}
			left := &leavings{t: t, path: path, seen: map[[sha256.Size]byte]bool{}}
			watchStatements(t, path, left.keep)
			db, err := sqlite.Open(t.Context(), path)
			must(t, err)
			want := read(t, db)
			must(t, db.Close())
			if left.steps < 50 {
				t.Errorf("only %d steps were seen", left.steps)
			}
			t.Logf("%d steps leave %d different files", left.steps, len(left.images))
			for i, image := range left.images {
				reopened, err := sqlite.Open(t.Context(), image)
				if err != nil {
					t.Fatalf("killed at image %d: %v", i, err)
				}
				same(t, "what was stored", want, read(t, reopened))
				must(t, reopened.Close())
			}
		})
	}
}

// leavings keeps each different state of a database's files.
type leavings struct {
	t      *testing.T
	path   string
	steps  int
	seen   map[[sha256.Size]byte]bool
	images []string
}

func (l *leavings) keep() bool {
	l.steps++
	sum := sha256.New()
	for _, suffix := range []string{"", "-wal"} {
		body, _ := os.ReadFile(l.path + suffix)
		_, _ = sum.Write(append(body, suffix...))
	}
	if key := [sha256.Size]byte(sum.Sum(nil)); !l.seen[key] {
		l.seen[key] = true
		l.images = append(l.images, image(l.t, l.path))
	}
	return true
}

// TestMigrationFailsAtEveryStatement refuses each step in turn: the file stays
// of the old version or is of a newer one, never between two, and the next
// start brings it to the end.
//
// Covers G2.
func TestMigrationFailsAtEveryStatement(t *testing.T) {
	t.Parallel()
	const version = "testdata/v1.db"
	stride := 17
	if soak() {
		stride = 1
	}
	want, steps := migratedState(t, version), 1
	for ; ; steps += stride {
		path := filepath.Join(t.TempDir(), "kontent-connect.db")
		body, err := os.ReadFile(version)
		must(t, err)
		must(t, os.WriteFile(path, body, 0o600))
		step := 0
		watchStatements(t, path, func() bool { step++; return step != steps })
		db, err := sqlite.Open(t.Context(), path)
		if err == nil {
			must(t, db.Close())
		}
		watchStatements(t, path, func() bool { return true })
		again, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatalf("after step %d was refused: %v", steps, err)
		}
		same(t, "what was stored", want, read(t, again))
		must(t, again.Close())
		if step < steps {
			break
		}
	}
	if steps < 50 {
		t.Errorf("only %d steps were refused", steps)
	}
}

func migratedState(t *testing.T, version string) state {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kontent-connect.db")
	body, err := os.ReadFile(version)
	must(t, err)
	must(t, os.WriteFile(path, body, 0o600))
	return read(t, open(t, path))
}
