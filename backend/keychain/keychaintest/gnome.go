package keychaintest

import (
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// Gnome starts gnome-keyring on the bus of conn, whose address is given as well,
// with home as its home. With a password it makes and unlocks the login
// collection, so that no prompt ever appears. Where it is not installed the test
// is skipped, except on the build machine.
func Gnome(tb testing.TB, conn *dbus.Conn, address, home, password string) (stop func()) {
	tb.Helper()
	need(tb, "gnome-keyring-daemon")
	arguments := []string{"--foreground", "--components=secrets"}
	if password != "" {
		arguments = append(arguments, "--unlock")
	}
	daemon := exec.CommandContext(tb.Context(), "gnome-keyring-daemon", arguments...)
	daemon.Env = []string{
		"DBUS_SESSION_BUS_ADDRESS=" + address, "HOME=" + home, "XDG_DATA_HOME=" + home, "XDG_RUNTIME_DIR=" + home, "PATH=" + os.Getenv("PATH"),
	}
	daemon.Stdin = strings.NewReader(password)
	owned := watchOwner(tb, conn)
	if err := daemon.Start(); err != nil {
		tb.Fatal(err)
	}
	stop = sync.OnceFunc(func() {
		_ = daemon.Process.Kill() // it may have ended with the test's context
		_ = daemon.Wait()
	})
	tb.Cleanup(stop)
	owned()
	return stop
}

// watchOwner returns a function that waits until somebody owns the name of the
// Secret Service.
func watchOwner(tb testing.TB, conn *dbus.Conn) (wait func()) {
	tb.Helper()
	if err := conn.AddMatchSignal(dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, name)); err != nil {
		tb.Fatal(err)
	}
	changed := make(chan *dbus.Signal, 8)
	conn.Signal(changed)
	return func() {
		tb.Helper()
		for {
			select {
			case signal := <-changed:
				if len(signal.Body) == 3 && signal.Body[0] == name && signal.Body[2] != "" {
					return
				}
			case <-time.After(20 * time.Second):
				tb.Fatal("the Secret Service never appeared")
			}
		}
	}
}

func need(tb testing.TB, program string) {
	tb.Helper()
	_, err := exec.LookPath(program)
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		tb.Fatalf("%s must be installed here", program)
	default:
		tb.Skipf("%s is not installed", program)
	}
}
