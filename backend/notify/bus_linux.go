package notify

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/godbus/dbus/v5"
)

// busAddress returns where the session bus is, or "" when there is none. It
// only looks: without an address the D-Bus library would start a bus of its
// own with dbus-launch and leave it running (security.md 3.1).
func busAddress() string {
	if address := announcedBus(); address != "" {
		return address
	}
	for _, folder := range []string{os.Getenv("XDG_RUNTIME_DIR"), runtimeFolder()} {
		socket := filepath.Join(folder, "bus")
		if _, err := os.Stat(socket); err == nil && folder != "" { //nolint:gosec // G703: the user's own environment
			return "unix:path=" + dbus.EscapeBusAddressValue(socket)
		}
	}
	return ""
}

func announcedBus() string {
	address := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	if strings.HasPrefix(address, "autolaunch:") {
		return ""
	}
	return address
}

func runtimeFolder() string { return fmt.Sprintf("/run/user/%d", os.Getuid()) }

// wouldStartBus reports whether beeep, or a program that it runs, would start a
// bus with dbus-launch. It does not look into XDG_RUNTIME_DIR, as they do not.
func wouldStartBus() bool {
	if announcedBus() != "" {
		return false
	}
	if _, err := os.Stat(filepath.Join(runtimeFolder(), "bus")); err == nil {
		return false
	}
	_, err := exec.LookPath("dbus-launch")
	return err == nil
}

// connect opens a bus connection that is nobody else's: the keychain and the
// tray may lose or close theirs. Signals come in the order in which they were
// sent; their channel is closed with the connection.
func connect(ctx context.Context, address string) (*dbus.Conn, <-chan *dbus.Signal, error) {
	life, end := context.WithCancel(context.WithoutCancel(ctx))
	defer context.AfterFunc(ctx, end)() // a bus that accepts and stays silent; afterwards the connection lives on
	conn, err := dbus.Connect(address, dbus.WithContext(life), dbus.WithSignalHandler(dbus.NewSequentialSignalHandler()))
	if err != nil {
		end()
		return nil, nil, fmt.Errorf("connect to the session bus: %w", err)
	}
	signals := make(chan *dbus.Signal, 1)
	conn.Signal(signals)
	err = conn.AddMatchSignalContext(ctx,
		dbus.WithMatchSender(daemonName), dbus.WithMatchObjectPath(daemonPath), dbus.WithMatchInterface(daemonName))
	if err != nil {
		_ = conn.Close()
		return nil, nil, fmt.Errorf("listen to the session bus: %w", err)
	}
	return conn, signals, nil
}
