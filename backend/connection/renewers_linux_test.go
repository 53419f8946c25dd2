package connection_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/kontent/kontent-connect/backend/keychain/keychaintest"
	"github.com/kontent/kontent-connect/backend/notify/notifytest"
	"github.com/kontent/kontent-connect/backend/social"
)

const (
	renewers    = 4
	atTheSame   = 64
	renewalsGap = 55 * 24 * time.Hour
)

// TestOneRequestForEachRenewal lets 64 goroutines at a time, and four processes
// by turns, find that one access is about to end. The network takes each refresh
// token once, and a second request with it would end the access.
//
// Covers G9, TK18.
func TestOneRequestForEachRenewal(t *testing.T) {
	t.Parallel()
	t.Run("goroutines", func(t *testing.T) {
		t.Parallel()
		w := renewable(t, 5*24*time.Hour)
		w.provider.strict = true
		for round := 1; round <= kills(3, 100); round++ {
			w.renewAtOnce(round)
		}
	})
	t.Run("processes", func(t *testing.T) {
		t.Parallel()
		bus := notifytest.StartBus(t)
		keychaintest.Serve(t, bus.Connect(t), keychaintest.Behaviour{})
		folder := t.TempDir()
		var running sync.WaitGroup
		for range renewers {
			running.Go(func() {
				child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestRenewer$", "-test.count=1", "-test.v") //nolint:gosec // G204: this program
				child.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS="+bus.Address, lifeVariable+"="+folder)
				if out, err := child.CombinedOutput(); err != nil {
					t.Errorf("%v\n%s", err, out)
				}
			})
		}
		running.Wait()
	})
}

// renewAtOnce has everybody check while the access ends soon, and holds the
// requests to the renewals.
func (w *world) renewAtOnce(renewals int) {
	w.t.Helper()
	w.ends(60 * 24 * time.Hour)
	var running sync.WaitGroup
	for range atTheSame {
		running.Go(func() {
			if _, err := w.Check(w.t.Context(), nil); err != nil {
				w.t.Error(err)
			}
		})
	}
	running.Wait()
	g := w.grants()[0]
	if w.provider.refreshed != renewals || g.TokenVersion != renewals+1 || w.health("1").Health != social.Healthy {
		w.t.Fatalf("%d requests for %d renewals, version %d, %+v", w.provider.refreshed, renewals, g.TokenVersion, w.health("1"))
	}
	w.pass(renewalsGap)
}

// TestRenewer is one of the processes: it takes the data folder's lock, as the
// agent does, looks after the login, and lets go.
func TestRenewer(t *testing.T) {
	folder := os.Getenv(lifeVariable)
	if folder == "" {
		t.Skip("only in a child process")
	}
	lock, err := os.OpenFile(filepath.Join(folder, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	for range kills(1, 100) {
		if err := unix.Flock(int(lock.Fd()), unix.LOCK_EX); err != nil {
			t.Fatal(err)
		}
		l := openLife(t, folder)
		l.setUp()
		if len(l.grants()) == 0 {
			l.connect("1")
		}
		renewed := l.grants()[0].TokenVersion - 1
		l.pass(time.Duration(renewed) * renewalsGap)
		l.renewAtOnce(renewed + 1)
		l.stop()
		if err := unix.Flock(int(lock.Fd()), unix.LOCK_UN); err != nil {
			t.Fatal(err)
		}
	}
}
