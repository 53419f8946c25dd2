// Package notifytest plays the desktop's notification service for tests, on a
// session bus of its own that nobody else's messages reach.
package notifytest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
)

// Bus is a private session bus.
type Bus struct {
	Address string
	stop    func()
}

// StartBus starts a bus that ends with the test. It can start what the .service
// files of the folders name, and nothing else. Where dbus-daemon is not
// installed the test is skipped, except on the build machine.
func StartBus(tb testing.TB, serviceFolders ...string) *Bus {
	tb.Helper()
	Need(tb, "dbus-daemon")
	program := exec.CommandContext(tb.Context(), "dbus-daemon", //nolint:gosec // G204: the file is ours
		"--config-file="+writeConfig(tb, serviceFolders), "--nofork", "--nopidfile", "--print-address=1")
	out, err := program.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := program.Start(); err != nil {
		tb.Fatal(err)
	}
	stop := sync.OnceFunc(func() {
		_ = program.Process.Kill() // it may have ended with the test's context
		_ = program.Wait()
	})
	tb.Cleanup(stop)
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		tb.Fatal(err)
	}
	return &Bus{Address: strings.TrimSpace(address), stop: stop}
}

// Stop ends the bus, and with it every connection.
func (b *Bus) Stop() { b.stop() }

// Connect opens a connection that ends with the test.
func (b *Bus) Connect(tb testing.TB) *dbus.Conn {
	tb.Helper()
	conn, err := dbus.Connect(b.Address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = conn.Close() })
	return conn
}

func writeConfig(tb testing.TB, serviceFolders []string) (path string) {
	tb.Helper()
	var folders strings.Builder
	for _, folder := range serviceFolders {
		_, _ = fmt.Fprintf(&folders, "<servicedir>%s</servicedir>", folder)
	}
	config := `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>` + folders.String() + `
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`
	path = filepath.Join(tb.TempDir(), "bus.conf")
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// Need skips the test where a program is not installed, except on the build
// machine.
func Need(tb testing.TB, program string) {
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
