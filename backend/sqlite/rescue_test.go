package sqlite_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
)

// Names of keychain entries as the program makes them.
const (
	firstRef  = social.TokenRef("0b0f9f3e-5a3c-4f6e-9d2b-3c1f0a7f1111")
	secondRef = social.TokenRef("0b0f9f3e-5a3c-4f6e-9d2b-3c1f0a7f2222")
)

// ended is killed, opened and closed once more: its log is empty, and all is in
// the file.
func ended(t *testing.T) (string, state) {
	t.Helper()
	path, stored := killed(t)
	db, err := sqlite.Open(t.Context(), path)
	must(t, err)
	must(t, db.Close())
	return path, stored
}

// killed leaves behind what a program that was killed leaves: one login that is
// in the copy, and nothing closed, so that most is in the log alone. It returns
// the path, and what was stored.
func killed(t *testing.T) (string, state) {
	t.Helper()
	w := newWorld(t)
	w.grant.TokenRef = firstRef
	w.activate(t, w.grant, w.accounts...)
	must(t, w.AppendEvents(t.Context(), []social.Event{event(social.EventConnected, "a1")}))
	must(t, w.Keep(t.Context()))
	return image(t, w.path), read(t, w.DB)
}

// TestRescue damages the file in every way that the catalogue names, and looks
// for everything that was stored. What was damaged is put aside whole.
//
// Covers DB04, DB05.
func TestRescue(t *testing.T) {
	t.Parallel()
	write := func(content string) func(*testing.T, string) {
		return func(t *testing.T, path string) { t.Helper(); must(t, os.WriteFile(path, []byte(content), 0o600)) }
	}
	cut := func(suffix string, to func(size int64) int64) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			t.Helper()
			info, err := os.Stat(path + suffix)
			must(t, err)
			must(t, os.Truncate(path+suffix, to(info.Size())))
		}
	}
	zero := make([]byte, 4096)
	type files = func(*testing.T) (string, state)
	for name, tc := range map[string]struct {
		leave  files
		damage func(*testing.T, string)
	}{
		"the file is text":     {ended, write("dear diary, this is not a database\n")},
		"the file has no byte": {ended, cut("", func(int64) int64 { return 0 })},
		"its header is zeroed": {ended, func(t *testing.T, path string) { t.Helper(); scribble(t, path, 0, zero[:100]) }},
		"a page is zeroed":     {ended, func(t *testing.T, path string) { t.Helper(); scribble(t, path, 4096, zero) }},
		"the file is cut":      {ended, cut("", func(size int64) int64 { return size / 2 })},
		"the file is gone":     {killed, func(t *testing.T, path string) { t.Helper(); must(t, os.Remove(path)) }},
		"its log is gone":      {killed, func(t *testing.T, path string) { t.Helper(); must(t, os.Remove(path+"-wal")) }},
		"its log has no byte":  {killed, cut("-wal", func(int64) int64 { return 0 })},
		"its log lost its end": {killed, cut("-wal", func(size int64) int64 { return size / 2 })},
		"its log is damaged":   {killed, func(t *testing.T, path string) { t.Helper(); scribble(t, path+"-wal", 40, zero) }},
		"it became another's": {ended, func(t *testing.T, path string) {
			t.Helper()
			must(t, os.Remove(path))
			execute(t, path, "PRAGMA application_id = 7", "CREATE TABLE t (a)")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path, stored := tc.leave(t)
			tc.damage(t, path)
			left, _ := os.ReadFile(path)
			db := openOrRescue(t, path)
			wantRestored(t, db, stored)
			if len(left) == 0 || strings.HasPrefix(name, "its log") {
				return // there is nothing, or SQLite has put into it what the log still had
			}
			told, err := db.LastRescue(t.Context())
			must(t, err)
			aside, err := os.ReadFile(told.Damaged)
			must(t, err)
			if told.Damaged == "" || !bytes.Equal(left, aside) {
				t.Error("what was damaged is not what was put aside")
			}
		})
	}
}

func openOrRescue(t *testing.T, path string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.OpenOrRescue(t.Context(), path, noon)
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return db
}

// wantRestored holds a database to what was stored, but for the line that tells
// of the rescue.
func wantRestored(t *testing.T, db *sqlite.DB, stored state) {
	t.Helper()
	after := read(t, db)
	told, err := db.LastRescue(t.Context())
	must(t, err)
	if len(after.Events) == 0 || after.Events[0].Kind != social.EventDataRestored || !after.Events[0].At.Equal(noon) {
		t.Fatalf("the timeline tells of no rescue: %+v", after.Events)
	}
	if told.CopyOf.IsZero() || told.Logins != len(stored.Grants) || told.Accounts != len(stored.Accounts) {
		t.Errorf("told %+v", told)
	}
	after.Events = after.Events[1:]
	after.Erasures = stored.Erasures // names that were found in the damaged file are erased in vain
	same(t, "what was stored", stored, after)
}

// Covers DB14, KC22.
func TestRescueErasesTheTokensThatTheCopyDoesNotKnow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant.TokenRef = firstRef
	w.activate(t, w.grant, w.accounts...)
	must(t, w.Keep(t.Context()))
	late := login("g2")
	late.TokenRef = secondRef
	w.activate(t, late)
	must(t, w.Close())
	path := image(t, w.path)
	scribble(t, path, 0, make([]byte, 100))
	after := read(t, openOrRescue(t, path))
	if !slices.Contains(after.Erasures, secondRef) || slices.Contains(after.Erasures, firstRef) {
		t.Errorf("erasures: %v", after.Erasures)
	}
	if len(after.Grants) != 1 || after.Grants[0].TokenRef != firstRef {
		t.Errorf("%d logins", len(after.Grants))
	}
}

// TestRescueWithoutACopy: nothing serves that is not sound, nothing is erased,
// and it is said that everything begins anew.
func TestRescueWithoutACopy(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*testing.T, string){
		"there is none": func(t *testing.T, path string) { t.Helper(); must(t, os.Remove(path+".copy")) },
		"it is damaged": func(t *testing.T, path string) { t.Helper(); scribble(t, path+".copy", 4096, make([]byte, 4096)) },
		"it is no file": func(t *testing.T, path string) {
			t.Helper()
			must(t, os.Remove(path+".copy"))
			must(t, os.Mkdir(path+".copy", 0o700))
		},
		"it is half one": func(t *testing.T, path string) { t.Helper(); must(t, os.Truncate(path+".copy", 5000)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path, _ := ended(t)
			scribble(t, path, 0, make([]byte, 100))
			spoil(t, path)
			db := openOrRescue(t, path)
			after := read(t, db)
			if len(after.Grants) != 0 || len(after.Events) != 1 || after.Events[0].Kind != social.EventDataLost {
				t.Errorf("it holds %d logins, and tells %+v", len(after.Grants), after.Events)
			}
			if !slices.Contains(after.Erasures, firstRef) {
				t.Errorf("erasures: %v", after.Erasures)
			}
			if !strings.HasPrefix(after.Events[0].Subject, "kontent-connect.db.damaged-") {
				t.Errorf("the line names %q", after.Events[0].Subject)
			}
		})
	}
}

// TestRescueThatIsInterrupted stops a rescue between any two of its steps.
func TestRescueThatIsInterrupted(t *testing.T) {
	t.Parallel()
	for name, stopped := range map[string]func(t *testing.T, path string){
		"while the new file was written": func(t *testing.T, path string) {
			t.Helper()
			must(t, os.WriteFile(path+".new", []byte("half of it"), 0o600))
		},
		"when everything had been put aside": func(t *testing.T, path string) {
			t.Helper()
			must(t, os.Rename(path, path+".damaged-1"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path, stored := ended(t)
			scribble(t, path, 0, make([]byte, 100))
			stopped(t, path)
			wantRestored(t, openOrRescue(t, path), stored)
			if _, err := os.Stat(path + ".new"); !os.IsNotExist(err) {
				t.Error("a half-made file is left behind")
			}
		})
	}
}

func TestRescueLeavesWhatIsSound(t *testing.T) {
	t.Parallel()
	t.Run("a sound file is opened as it is", func(t *testing.T) {
		t.Parallel()
		path, stored := killed(t)
		db := openOrRescue(t, path)
		same(t, "what was stored", stored, read(t, db))
		if told, err := db.LastRescue(t.Context()); err != nil || !told.At.IsZero() {
			t.Errorf("told %+v, %v", told, err)
		}
	})
	t.Run("another program's file is refused, and not moved", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "kontent-connect.db")
		execute(t, path, "CREATE TABLE t (a)")
		before := hash(t, path)
		_, err := sqlite.OpenOrRescue(t.Context(), path, noon)
		wantProblem(t, err, problem.DatabaseDamaged)
		if hash(t, path) != before {
			t.Error("the file was changed")
		}
	})
	t.Run("a newer file is refused, copy or not", func(t *testing.T) {
		t.Parallel()
		path, _ := ended(t)
		execute(t, path, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)")
		before := hash(t, path)
		_, err := sqlite.OpenOrRescue(t.Context(), path, noon)
		wantProblem(t, err, problem.DatabaseNewer)
		if hash(t, path) != before {
			t.Error("the file was changed")
		}
	})
}

// TestKeepThatFails: the former copy stays whole whatever becomes of the next.
func TestKeepThatFails(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must(t, w.Keep(t.Context()))
	before := hash(t, w.path+".copy")
	// The name at which the next one is written is taken by something else.
	must(t, os.MkdirAll(filepath.Join(w.path+".copy.new", "full"), 0o700))
	if err := w.Keep(t.Context()); err == nil {
		t.Error("a copy that was not written counts as one")
	}
	if hash(t, w.path+".copy") != before {
		t.Error("the former copy was changed")
	}
}
