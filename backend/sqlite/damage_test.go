package sqlite_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
)

// TestRandomDamage flips bits, and cuts files, at random places of a database
// and its log, and looks at what the next start makes of it: no crash, no empty
// start without a word, and nobody missing who is not named.
//
// A bit that falls into the text of a row which no index knows makes another
// text: SQLite has no checksum over rows. Those are counted; they must never
// cost a row.
//
// Covers DB04, G15.
func TestRandomDamage(t *testing.T) {
	t.Parallel()
	rounds := 100
	if soak() {
		rounds = 1000
	}
	const seed = 15
	random := rand.New(rand.NewPCG(seed, seed))
	open, stored := killed(t)
	closed, _ := ended(t)
	var found struct{ healed, rescued, text int }
	for round := range rounds {
		path := image(t, []string{open, closed}[round%2])
		how := harm(t, random, path)
		db, err := sqlite.OpenOrRescue(t.Context(), path, noon)
		if err != nil {
			t.Fatalf("round %d, %s: it does not start: %v", round, how, err)
		}
		after, told := read(t, db), rescueOf(t, db)
		must(t, db.Close())
		switch {
		case !told.At.IsZero() && !told.CopyOf.IsZero():
			found.rescued++
			after.Events, after.Erasures = after.Events[1:], stored.Erasures
			if diff := cmp.Diff(stored, after, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("round %d, %s: the copy does not hold what was stored:\n%s", round, how, diff)
			}
		case !told.At.IsZero():
			t.Errorf("round %d, %s: it began anew, with a sound copy beside it", round, how)
		case cmp.Equal(stored, after, cmpopts.EquateEmpty()):
			found.healed++
		case !sameRows(stored, after):
			t.Errorf("round %d, %s: rows are gone without a word:\n%s", round, how, cmp.Diff(stored, after))
		default:
			found.text++
		}
	}
	t.Logf("%d rounds: %d without effect, %d put aside and restored, %d in the text of a row", rounds, found.healed, found.rescued, found.text)
}

// harm damages one file of the database, and says how.
func harm(t *testing.T, random *rand.Rand, path string) string {
	t.Helper()
	file := path
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 && random.IntN(2) == 0 {
		file = path + "-wal"
	}
	body, err := os.ReadFile(file)
	must(t, err)
	at, bit := random.IntN(len(body)), random.IntN(8)
	how := fmt.Sprintf("bit %d of byte %d of %s", bit, at, filepath.Base(file))
	if random.IntN(4) == 0 {
		how = fmt.Sprintf("%s cut at %d", filepath.Base(file), at)
		body = body[:at]
	} else {
		body[at] ^= 1 << bit
	}
	must(t, os.WriteFile(file, body, 0o600))
	return how
}

func rescueOf(t *testing.T, db *sqlite.DB) sqlite.Rescue {
	t.Helper()
	told, err := db.LastRescue(t.Context())
	must(t, err)
	return told
}

// sameRows compares how many there are of each.
func sameRows(a, b state) bool {
	return len(a.Projects) == len(b.Projects) && len(a.Apps) == len(b.Apps) && len(a.Grants) == len(b.Grants) &&
		len(a.Accounts) == len(b.Accounts) && len(a.Events) == len(b.Events)
}

// soak reports whether the long form was asked for.
func soak() bool { return os.Getenv("KONTENT_SOAK") == "1" }

// TestPowerCut cuts the log at every length, as a cut of the power can that
// comes before the last writes reached the disk: what was committed before the
// cut is there, and nothing is there by half.
//
// Covers PL02.
func TestPowerCut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must(t, w.Close()) // what was stored so far is in the file
	w.DB = open(t, w.path)
	const events = 20
	for i := range events {
		e := event(social.EventChecked, social.AccountID(fmt.Sprint(i)))
		must(t, w.AppendEvents(t.Context(), []social.Event{e, e})) // two lines, one transaction
	}
	log, err := os.ReadFile(w.path + "-wal")
	must(t, err)
	last, step := 0, 4999
	if soak() {
		step = 61
	}
	for size := 0; size <= len(log); size += step {
		path := image(t, w.path)
		must(t, os.Truncate(path+"-wal", int64(size)))
		db, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatalf("cut at %d: %v", size, err)
		}
		after := read(t, db)
		must(t, db.Close())
		if len(after.Events)%2 != 0 || len(after.Events) < last || len(after.Grants) != 1 {
			t.Fatalf("cut at %d: %d lines after %d, %d logins", size, len(after.Events), last, len(after.Grants))
		}
		last = len(after.Events)
	}
	if last < 2*(events-1) {
		t.Errorf("only %d lines came back", last)
	}
}

// Covers DB13.
func TestWhatIsErasedLeavesNoTrace(t *testing.T) {
	t.Parallel()
	path, _ := ended(t)
	db, err := sqlite.Open(t.Context(), path)
	must(t, err)
	must(t, db.CloseGrant(t.Context(), "g1", noon, nil))
	must(t, db.Erased(t.Context(), firstRef))
	must(t, db.Keep(t.Context()))
	must(t, db.Close())
	for _, suffix := range []string{"", ".copy"} {
		body, err := os.ReadFile(path + suffix)
		must(t, err)
		if i := bytes.Index(body, []byte(firstRef)); i >= 0 {
			t.Errorf("the name of an erased entry is at byte %d of the file%s", i, suffix)
		}
	}
}

func TestTheDatabaseRefusesADamagedRow(t *testing.T) {
	t.Parallel()
	for name, statement := range map[string]string{
		"an account of no login":   "UPDATE accounts SET grant_id = 'g9' WHERE id = 'a1'",
		"an account of no project": "UPDATE accounts SET project_id = 'p9' WHERE id = 'a1'",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path, _ := ended(t)
			execute(t, path, statement)
			_, err := sqlite.Open(t.Context(), path)
			wantProblem(t, err, problem.DatabaseDamaged)
		})
	}
}
