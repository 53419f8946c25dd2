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
)

// TestOneRequestForEachRenewalOfProcesses lets four processes, by turns, find
// that one access is about to end.
//
// Covers G9, TK18, T6.
func TestOneRequestForEachRenewalOfProcesses(t *testing.T) {
	t.Parallel()
	bus := notifytest.StartBus(t)
	keychaintest.Serve(t, bus.Connect(t), keychaintest.Behaviour{})
	folder := t.TempDir()
	const renewers = 4
	var running sync.WaitGroup
	for range renewers {
		running.Go(func() {
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestRenewer$", "-test.count=1", "-test.v")
			child.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS="+bus.Address, lifeVariable+"="+folder)
			if out, err := child.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	running.Wait()
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
	for range often(1, 100) {
		if err := unix.Flock(int(lock.Fd()), unix.LOCK_EX); err != nil {
			t.Fatal(err)
		}
		l := openLife(t, folder)
		l.setUp()
		if len(l.grants()) == 0 {
			l.connect("1")
		}
		renewed := l.grants()[0].TokenVersion - 1
		l.pass(time.Duration(renewed) * renewalGap)
		l.renewAtOnce(renewed + 1)
		l.stop()
		if err := unix.Flock(int(lock.Fd()), unix.LOCK_UN); err != nil {
			t.Fatal(err)
		}
	}
}
