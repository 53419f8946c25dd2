package sqlite_test

import (
	"crypto/sha256"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
)

// TestOpenPaths opens files whose names mean something in a URL or a DSN: the
// file that is written must be the one that was named (security.md DB08).
//
// Covers DB08.
func TestOpenPaths(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"plain", "with space", "hash#tag", "query?mode=ro", "per%20cent", "100%", "ü-ção-日本", "it's", `quo"te`, "a&b=c", ":memory:", "file:x", "semi;colon", "back\\slash",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join(t.TempDir(), name)
			must(t, os.Mkdir(folder, 0o700))
			path := filepath.Join(folder, name+".db")
			// The file is there first, so that its inode can be told apart.
			must(t, os.WriteFile(path, nil, 0o600))
			before, err := os.Stat(path)
			must(t, err)
			db := open(t, path)
			must(t, db.AddProject(t.Context(), social.Project{ID: "p1", Name: name, CreatedAt: noon}))
			must(t, db.Close())
			after, err := os.Stat(path)
			must(t, err)
			if !os.SameFile(before, after) || after.Size() == 0 {
				t.Errorf("another file than %s was written", path)
			}
			entries, err := os.ReadDir(folder)
			must(t, err)
			if len(entries) != 1 {
				t.Errorf("%d files in the folder: %v", len(entries), entries)
			}
		})
	}
}

func TestOpenAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := read(t, w.DB)
	must(t, w.Close())
	must(t, w.Close()) // may be called twice
	same(t, "what was stored", before, read(t, open(t, w.path)))
}

// TestOpenRefuses: whatever stands at the path and is not ours, or not whole,
// keeps every byte. The admin may have put it there, or want to mend it.
//
// Covers DB06.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		make func(t *testing.T, path string)
		code problem.Code
	}{
		"a text file": {
			func(t *testing.T, path string) {
				must(t, os.WriteFile(path, []byte("dear diary, this is not a database\n"), 0o600))
			},
			problem.DatabaseDamaged,
		},
		"another program's database": {
			func(t *testing.T, path string) { execute(t, path, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)") },
			problem.DatabaseDamaged,
		},
		"another program's database with an id": {
			func(t *testing.T, path string) { execute(t, path, "PRAGMA application_id = 7", "CREATE TABLE t (a)") },
			problem.DatabaseDamaged,
		},
		"another program's empty database": {
			func(t *testing.T, path string) { execute(t, path, "PRAGMA application_id = 7") },
			problem.DatabaseDamaged,
		},
		"another program's database in WAL mode": {
			func(t *testing.T, path string) { execute(t, path, "PRAGMA journal_mode = WAL", "CREATE TABLE t (a)") },
			problem.DatabaseDamaged,
		},
		"a zeroed header": {
			func(t *testing.T, path string) { ours(t, path); scribble(t, path, 0, make([]byte, 100)) },
			problem.DatabaseDamaged,
		},
		"a file cut in the middle": {
			func(t *testing.T, path string) {
				ours(t, path)
				info, err := os.Stat(path)
				must(t, err)
				must(t, os.Truncate(path, info.Size()/2))
			},
			problem.DatabaseDamaged,
		},
		"one damaged page": {
			func(t *testing.T, path string) { ours(t, path); scribble(t, path, 4096, make([]byte, 4096)) },
			problem.DatabaseDamaged,
		},
		"a newer schema": {
			func(t *testing.T, path string) {
				ours(t, path)
				execute(t, path, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)")
			},
			problem.DatabaseNewer,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "kontent-connect.db")
			tc.make(t, path)
			before := hash(t, path)
			_, err := sqlite.Open(t.Context(), path)
			wantProblem(t, err, tc.code)
			if found := problem.From(err); found.Args["path"] != path {
				t.Errorf("the problem names %q", found.Args["path"])
			}
			if hash(t, path) != before {
				t.Error("the file was changed")
			}
			entries, err := os.ReadDir(filepath.Dir(path))
			must(t, err)
			if len(entries) != 1 {
				t.Errorf("left behind: %v", entries)
			}
		})
	}
}

// Covers DB10.
func TestOpenRefusesWhatIsNoPlainFile(t *testing.T) {
	t.Parallel()
	t.Run("a link, whose target stays as it is", func(t *testing.T) {
		t.Parallel()
		folder := t.TempDir()
		target, path := filepath.Join(folder, "target"), filepath.Join(folder, "kontent-connect.db")
		must(t, os.WriteFile(target, []byte("precious"), 0o644))
		must(t, os.Symlink(target, path))
		_, err := sqlite.Open(t.Context(), path)
		wantProblem(t, err, problem.DatabaseFailed)
		info, statErr := os.Stat(target)
		must(t, statErr)
		if body, _ := os.ReadFile(target); string(body) != "precious" || info.Mode().Perm() != 0o644 {
			t.Errorf("the target holds %q with mode %o", body, info.Mode().Perm())
		}
	})
	t.Run("a link to nowhere, which makes no file there", func(t *testing.T) {
		t.Parallel()
		folder := t.TempDir()
		path := filepath.Join(folder, "kontent-connect.db")
		must(t, os.Symlink(filepath.Join(folder, "elsewhere"), path))
		_, err := sqlite.Open(t.Context(), path)
		wantProblem(t, err, problem.DatabaseFailed)
		if _, err := os.Lstat(filepath.Join(folder, "elsewhere")); !os.IsNotExist(err) {
			t.Error("a file was made behind the link")
		}
	})
	for _, suffix := range []string{"-wal", "-shm"} {
		for name, prepare := range map[string]func(*testing.T, string){"a new file": func(*testing.T, string) {}, "a file of ours": ours} {
			t.Run("a link at "+suffix+" of "+name+", whose target stays as it is", func(t *testing.T) {
				t.Parallel()
				folder := t.TempDir()
				target, path := filepath.Join(folder, "target"), filepath.Join(folder, "kontent-connect.db")
				prepare(t, path)
				must(t, os.WriteFile(target, []byte("precious"), 0o600))
				must(t, os.Symlink(target, path+suffix))
				_, err := sqlite.Open(t.Context(), path)
				wantProblem(t, err, problem.DatabaseFailed)
				if body, _ := os.ReadFile(target); string(body) != "precious" {
					t.Errorf("the target holds %q", body)
				}
			})
		}
	}
	t.Run("a folder", func(t *testing.T) {
		t.Parallel()
		_, err := sqlite.Open(t.Context(), t.TempDir())
		wantProblem(t, err, problem.DatabaseFailed)
	})
	t.Run("a path below nothing", func(t *testing.T) {
		t.Parallel()
		_, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "missing", "x.db"))
		wantProblem(t, err, problem.DataFolder)
	})
}

// ours makes a sound database of this program, closed.
func ours(t *testing.T, path string) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path)
	must(t, err)
	must(t, db.AddProject(t.Context(), social.Project{ID: "p1", Name: "Meu projeto", CreatedAt: noon}))
	must(t, db.Close())
}

// execute runs statements past the package, as another program would.
func execute(t *testing.T, path string, statements ...string) {
	t.Helper()
	handle, err := sql.Open("sqlite", path)
	must(t, err)
	handle.SetMaxOpenConns(1)
	for _, statement := range statements {
		_, err := handle.ExecContext(t.Context(), statement)
		must(t, err)
	}
	must(t, handle.Close())
}

func scribble(t *testing.T, path string, at int64, bytes []byte) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, err)
	_, err = file.WriteAt(bytes, at)
	must(t, err)
	must(t, file.Close())
}

func hash(t *testing.T, path string) [sha256.Size]byte {
	t.Helper()
	body, err := os.ReadFile(path)
	must(t, err)
	return sha256.Sum256(body)
}

// TestOpenRelative is not parallel: it changes the process's folder.
func TestOpenRelative(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, os.Mkdir("sub", 0o700))
	ours(t, filepath.Join("sub", "x.db"))
	if info, err := os.Stat(filepath.Join("sub", "x.db")); err != nil || info.Size() == 0 {
		t.Errorf("the file is not where it was named: %v", err)
	}
}
