//go:build e2e

// Package ready_test holds the window that is shipped to one promise: with ten
// thousand accounts it is ready nearly as soon as with a hundred.
package ready_test

import (
	"context"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/kontent/kontent-connect/backend/sqlite"
	"github.com/kontent/kontent-connect/backend/sqlite/sqlitetest"
	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/process"
)

const (
	programs = "../../bin"
	pictures = "../../out/ready"

	few, many = 100, 10_000
	// rounds is how often each is opened; the medians are compared.
	rounds = 5
	// promised is how many times longer many may take than few, and bearable
	// what is let pass on a machine that does other things as well.
	promised, bearable = 2.0, 2.5
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestTenThousandAccountsAreReady opens the window, in turn over a hundred
// accounts and over ten thousand whose agents run, and takes the time from the
// start of its program until the rows of the list are on the screen.
//
// Covers DB15, G14.
func TestTenThousandAccountsAreReady(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	defer cancel()
	ok(t, os.MkdirAll(pictures, 0o755))
	d, err := desktop.Start(ctx, desktop.Options{Keyring: desktop.UnlockedKeyring, Screen: screen})
	ok(t, err)
	t.Cleanup(func() { ok(t, d.Close()) })
	w := world{t, ctx, d}
	sizes := []int{few, many}
	for _, accounts := range sizes {
		w.install(accounts)
		w.open(accounts) // once for the caches, its own and the system's
	}
	took := map[int][]time.Duration{}
	for range rounds {
		for _, accounts := range sizes {
			took[accounts] = append(took[accounts], w.open(accounts))
		}
	}
	ratio := float64(median(took[many])) / float64(median(took[few]))
	t.Logf("ready after %v with %d accounts, %v with %d: %.2f times as long (at most %.1f are promised)",
		median(took[few]).Round(time.Millisecond), few, median(took[many]).Round(time.Millisecond), many, ratio, promised)
	t.Logf("all of them: %v", took)
	if ratio > bearable {
		t.Errorf("ten thousand accounts take %.2f times as long as a hundred", ratio)
	}
}

// The window fills the screen, and rows is where the accounts' names are.
var (
	screen = image.Pt(1300, 840)
	rows   = image.Rect(310, 480, 610, 760)
)

type world struct {
	t   *testing.T
	ctx context.Context
	*desktop.Desktop
}

// install fills a data folder and leaves an agent running over it.
func (w world) install(accounts int) {
	w.t.Helper()
	folder := w.data(accounts)
	ok(w.t, w.kontent("projects", "list", "--data-dir", folder)) // makes the first project
	db, err := sqlite.Open(w.ctx, filepath.Join(folder, "kontent-connect.db"))
	ok(w.t, err)
	projects, err := db.Projects(w.ctx)
	ok(w.t, err)
	ok(w.t, sqlitetest.Fill(w.ctx, db, projects[0].ID, accounts))
	ok(w.t, db.Close())
	_, err = w.Launch(w.ctx, program("kontent"), "agent", "--data-dir", folder)
	ok(w.t, err)
	ok(w.t, poll.Until(w.ctx, "the agent", func(context.Context) error {
		_, err := os.Stat(filepath.Join(folder, "agent.sock"))
		return err
	}))
}

// open opens the window, returns how long it took to be ready, and closes it.
func (w world) open(accounts int) time.Duration {
	w.t.Helper()
	var window *process.Process
	var begun time.Time
	painted, err := w.Painted(w.ctx, rows, func() (err error) {
		begun = time.Now()
		window, err = w.Launch(w.ctx, program("kontent-connect"), "--data-dir", w.data(accounts))
		return err
	})
	ok(w.t, err)
	ok(w.t, w.Screenshot(w.ctx, filepath.Join(pictures, strconv.Itoa(accounts)+".png")))
	window.Stop()
	return painted.Sub(begun)
}

func (w world) data(accounts int) string { return w.Path("data", strconv.Itoa(accounts)) }

func (w world) kontent(args ...string) error {
	return w.Command(w.ctx, program("kontent"), args...).Run()
}

// program is one that was built; it runs in another folder than the tests.
func program(name string) string {
	path, err := filepath.Abs(filepath.Join(programs, name))
	if err != nil {
		panic(err)
	}
	return path
}

func median(times []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(times))[len(times)/2]
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
