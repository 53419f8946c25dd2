//go:build unix

package sqlite_test

import (
	"context"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
)

// play runs the test that is called part in a process of its own.
func play(t *testing.T, part string, arguments ...string) *exec.Cmd {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+part+"$", "-test.count=1", "-test.v")
	child.Env = append(os.Environ(), childVariable+"="+strings.Join(append([]string{part}, arguments...), "|"))
	return child
}

// part returns what a child was given, and skips where this is none.
func part(t *testing.T) []string {
	t.Helper()
	words := strings.Split(os.Getenv(childVariable), "|")
	if words[0] != t.Name() {
		t.Skip("only in a child process")
	}
	return words[1:]
}

// TestDiskFull lets the disk end at each place that any write of any change
// reaches, in a process of its own, because the limit on the size of files is
// the process's: writes fail, the last one half-way.
//
// Covers DB02, DB12, G2.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	if out, err := play(t, "TestDiskFullPart").CombinedOutput(); err != nil || !strings.Contains(string(out), "the disk ended at") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestDiskFullPart(t *testing.T) {
	part(t)
	signal.Ignore(syscall.SIGXFSZ) // the write fails instead
	path, _ := ended(t)
	end := social.Intent{ID: "i9", GrantID: "g1", TokenRef: secondRef, StartedAt: noon}
	renewed := login("g1")
	renewed.TokenRef = secondRef
	stride := int64(4500)
	if soak() {
		stride = 97
	}
	for name, change := range map[string]func(context.Context, *sqlite.DB) error{
		"a project": func(ctx context.Context, db *sqlite.DB) error {
			return db.AddProject(ctx, social.Project{ID: "p2", Name: "x", CreatedAt: noon})
		},
		"an intent": func(ctx context.Context, db *sqlite.DB) error { return db.Begin(ctx, end) },
		"a renewal": func(ctx context.Context, db *sqlite.DB) error {
			if err := db.Begin(ctx, end); err != nil {
				return err
			}
			return db.Activate(ctx, end, renewed, nil, []social.Event{event(social.EventRenewed, "a1")})
		},
		"the end of a login": func(ctx context.Context, db *sqlite.DB) error { return db.CloseGrant(ctx, "g1", noon, nil) },
		"a setting":          func(ctx context.Context, db *sqlite.DB) error { return db.PutSetting(ctx, "x", "y") },
		"a copy":             func(ctx context.Context, db *sqlite.DB) error { return db.Keep(ctx) },
	} {
		refused := 0
		for limit := int64(0); ; limit += stride {
			if fits(t, name, path, limit, change) {
				break
			}
			refused++
		}
		t.Logf("%s: the disk ended at %d places", name, refused)
		if refused == 0 {
			t.Errorf("%s was never refused", name)
		}
	}
}

// fits makes one change with at most limit bytes in any file, and reports
// whether there was room for it. Without, nothing has changed; and once there is
// room again the same change is made.
func fits(t *testing.T, name, origin string, limit int64, change func(context.Context, *sqlite.DB) error) bool {
	t.Helper()
	path := image(t, origin)
	copied := hash(t, path+".copy")
	db, err := sqlite.Open(t.Context(), path)
	must(t, err)
	before := read(t, db)
	failure := within(t, limit, func() error { return change(t.Context(), db) })
	if failure != nil {
		if problem.CodeOf(failure) != problem.DatabaseFailed {
			t.Fatalf("%s, %d bytes: %v", name, limit, failure)
		}
		if name != "a renewal" { // which is two
			same(t, name, before, read(t, db))
		}
		if hash(t, path+".copy") != copied {
			t.Fatalf("%s, %d bytes: the copy was touched", name, limit)
		}
	}
	must(t, db.Close())
	again, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatalf("%s, %d bytes, opened again: %v", name, limit, err)
	}
	if failure != nil && name != "a renewal" {
		same(t, name+", opened again", before, read(t, again))
		must(t, change(t.Context(), again))
	}
	must(t, again.Close())
	return failure == nil
}

// within runs do while no file may grow beyond limit.
func within(t *testing.T, limit int64, do func() error) error {
	t.Helper()
	var former unix.Rlimit
	must(t, unix.Getrlimit(unix.RLIMIT_FSIZE, &former))
	must(t, unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: uint64(limit), Max: former.Max}))
	err := do()
	must(t, unix.Setrlimit(unix.RLIMIT_FSIZE, &former))
	return err
}

// TestSecondProcess: the data folder's lock is not there, and another process
// opens the same file all the same. (Nobody may so much as read the file here:
// closing it would give up SQLite's locks, security.md 3.3.)
//
// Covers DB01, DB16.
func TestSecondProcess(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := read(t, w.DB)
	out, err := play(t, "TestSecondProcessPart", w.path).CombinedOutput()
	if err != nil || !strings.Contains(string(out), string(problem.DatabaseBusy)) {
		t.Errorf("%v\n%s", err, out)
	}
	same(t, "what was stored", before, read(t, w.DB))
	must(t, w.AddProject(t.Context(), social.Project{ID: "p2", Name: "x", CreatedAt: noon}))
	must(t, w.Close())
	if out, err := play(t, "TestSecondProcessPart", w.path).CombinedOutput(); err != nil || !strings.Contains(string(out), "it opened") {
		t.Errorf("when the first has gone: %v\n%s", err, out)
	}
}

func TestSecondProcessPart(t *testing.T) {
	db, err := sqlite.Open(t.Context(), part(t)[0])
	if err != nil {
		wantProblem(t, err, problem.DatabaseBusy)
		t.Log(err)
		return
	}
	t.Log("it opened")
	must(t, db.Close())
}

// TestWaitsForAnotherProcess: whoever has the file open lets go in time.
//
// Covers DB01.
func TestWaitsForAnotherProcess(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := read(t, w.DB)
	opened := make(chan error, 1)
	go func() {
		db, err := sqlite.Open(context.WithoutCancel(t.Context()), w.path)
		if err == nil {
			err = db.Close()
		}
		opened <- err
	}()
	select {
	case err := <-opened:
		t.Fatalf("it did not wait: %v", err)
	case <-time.After(200 * time.Millisecond): // it waits by now, or will; either is fine
	}
	must(t, w.Close())
	must(t, <-opened)
	same(t, "what was stored", before, read(t, open(t, w.path)))
}

// TestFolderThatCannotBeUsed: the message names the path, and what could not be
// stored is not called stored.
//
// Covers DB03.
func TestFolderThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	t.Run("it is removed while the program runs", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, os.RemoveAll(filepath.Dir(w.path)))
		for _, err := range []error{
			w.AddProject(t.Context(), social.Project{ID: "p2", Name: "x", CreatedAt: noon}),
			w.Begin(t.Context(), social.Intent{ID: "i9", GrantID: "g1", TokenRef: secondRef, StartedAt: noon}),
			w.PutSetting(t.Context(), "x", "y"), w.Keep(t.Context()),
		} {
			wantProblem(t, err, problem.DataFolder)
			if found := problem.From(err); found.Args["path"] != w.path {
				t.Errorf("the problem names %q", found.Args["path"])
			}
		}
	})
	t.Run("it is not ours to write to", func(t *testing.T) {
		t.Parallel()
		folder := t.TempDir()
		must(t, os.Chmod(folder, 0o500))
		child := play(t, "TestFolderPart", filepath.Join(folder, "kontent-connect.db"))
		if os.Getuid() == 0 { // to whom no folder is closed
			for at := folder; at != "/"; at = filepath.Dir(at) {
				info, err := os.Stat(at)
				must(t, err)
				must(t, os.Chmod(at, info.Mode().Perm()|0o005))
			}
			child.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
			child.Path = readable(t, child.Path)
			child.Dir = folder
		}
		if out, err := child.CombinedOutput(); err != nil || !strings.Contains(string(out), "refused with its path") {
			t.Errorf("%v\n%s", err, out)
		}
	})
}

// readable copies a program to where everybody may run it.
func readable(t *testing.T, program string) string {
	t.Helper()
	folder, err := os.MkdirTemp("/tmp", "part")
	must(t, err)
	t.Cleanup(func() { must(t, os.RemoveAll(folder)) })
	must(t, os.Chmod(folder, 0o755))
	body, err := os.ReadFile(program)
	must(t, err)
	to := filepath.Join(folder, "part")
	must(t, os.WriteFile(to, body, 0o755))
	return to
}

func TestFolderPart(t *testing.T) {
	path := part(t)[0]
	_, err := sqlite.Open(t.Context(), path)
	wantProblem(t, err, problem.DataFolder)
	if problem.From(err).Args["path"] != path {
		t.Fatalf("the problem names %q", problem.From(err).Args["path"])
	}
	t.Log("refused with its path")
}

// TestNoFileCanBeOpened takes every handle away, in a process of its own: what is
// stored stays whole, and the same is done once there are handles again.
//
// Covers PL07.
func TestNoFileCanBeOpened(t *testing.T) {
	t.Parallel()
	if out, err := play(t, "TestNoFilePart").CombinedOutput(); err != nil || !strings.Contains(string(out), "refused without a handle") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestNoFilePart(t *testing.T) {
	part(t)
	path, stored := ended(t)
	var former unix.Rlimit
	must(t, unix.Getrlimit(unix.RLIMIT_NOFILE, &former))
	for free := uint64(0); ; free++ {
		handles, err := os.ReadDir("/dev/fd")
		must(t, err)
		must(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: uint64(len(handles)) + free, Max: former.Max}))
		db, failure := sqlite.Open(t.Context(), path)
		if failure == nil {
			failure = db.Keep(t.Context())
			must(t, db.Close())
		}
		must(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &former))
		db, err = sqlite.Open(t.Context(), path)
		must(t, err)
		same(t, "what was stored", stored, read(t, db))
		must(t, db.Keep(t.Context()))
		must(t, db.Close())
		if failure == nil {
			return
		}
		t.Logf("refused without a handle: %v", failure)
	}
}
