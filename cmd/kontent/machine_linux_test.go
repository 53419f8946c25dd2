package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// machine is one without a display: what runs on it ends with it.
type machine struct {
	dir   string
	atEnd func(func())
}

// launch starts a program that ends with the machine.
func (m machine) launch(program *exec.Cmd) error {
	if err := program.Start(); err != nil {
		return fmt.Errorf("start %s: %w", program.Path, err)
	}
	m.atEnd(func() {
		_ = program.Process.Kill()
		_ = program.Wait()
	})
	return nil
}

// startBus starts a session bus that can start no service by itself.
func (m machine) startBus() (address string, err error) {
	config := filepath.Join(m.dir, "bus.conf")
	const open = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`
	if err := os.WriteFile(config, []byte(open), 0o600); err != nil {
		return "", err
	}
	bus := exec.Command("dbus-daemon", "--config-file="+config, "--nofork", "--nopidfile", "--print-address=1")
	out, err := bus.StdoutPipe()
	if err == nil {
		err = m.launch(bus)
	}
	if err != nil {
		return "", err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	return strings.TrimSpace(line), err
}

// startKeyring starts gnome-keyring with an open login collection, and returns
// once that is there.
func (m machine) startKeyring(address string) error {
	home := filepath.Join(m.dir, "keyring")
	if err := os.Mkdir(home, 0o700); err != nil {
		return err
	}
	daemon := exec.Command("gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock")
	daemon.Env = []string{"DBUS_SESSION_BUS_ADDRESS=" + address, "HOME=" + home, "XDG_DATA_HOME=" + home, "XDG_RUNTIME_DIR=" + home, "PATH=" + os.Getenv("PATH")}
	daemon.Stdin = strings.NewReader("throw-away")
	conn, err := dbus.Connect(address)
	if err != nil {
		return fmt.Errorf("connect to the session bus: %w", err)
	}
	defer func() { _ = conn.Close() }()
	const service = "org.freedesktop.secrets"
	if err := conn.AddMatchSignal(dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, service)); err != nil {
		return err
	}
	changed := make(chan *dbus.Signal, 8)
	conn.Signal(changed)
	if err := m.launch(daemon); err != nil {
		return err
	}
	for {
		select {
		case signal := <-changed:
			if len(signal.Body) == 3 && signal.Body[0] == service && signal.Body[2] != "" {
				return nil
			}
		case <-time.After(20 * time.Second):
			return errors.New("the Secret Service never appeared")
		}
	}
}

// need skips the test where a program is not installed, except on the build
// machine.
func need(t *testing.T, program string) {
	t.Helper()
	_, err := exec.LookPath(program)
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		t.Fatalf("%s must be installed here", program)
	default:
		t.Skipf("%s is not installed", program)
	}
}
