package keychain

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/kontent/kontent-connect/backend/problem"
)

var errNoBus = errors.New("there is no session bus")

// reachable fails with errNoBus when there is no session bus. It must be asked
// before go-keyring is touched: without an address the D-Bus library starts a
// bus of its own with dbus-launch and leaves it running (security.md 3.1).
func reachable() error {
	if busAnnounced(os.Getenv("DBUS_SESSION_BUS_ADDRESS"), fmt.Sprintf("/run/user/%d", os.Getuid())) {
		return nil
	}
	return errNoBus
}

// busAnnounced looks exactly where the D-Bus library looks before it resorts
// to dbus-launch. $XDG_RUNTIME_DIR/bus is that same place on every system
// where the library would find it.
func busAnnounced(address, runtimeFolder string) bool {
	if address != "" && !strings.HasPrefix(address, "autolaunch:") {
		return true
	}
	for _, name := range []string{"/bus", "/dbus-session"} {
		if _, err := os.Stat(runtimeFolder + name); err == nil {
			return true
		}
	}
	return false
}

// lockedPatience is for a Secret Service that answers at all.
const lockedPatience = time.Second

// systemLocked reports whether the collection that go-keyring would use is
// locked. What cannot be asked is not locked: the call itself will tell.
func systemLocked(ctx context.Context) bool {
	if reachable() != nil {
		return false
	}
	bus, err := dbus.SessionBus() // shared with go-keyring, so it is not ours to close
	if err != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, lockedPatience)
	defer cancel()
	for _, path := range []dbus.ObjectPath{"/org/freedesktop/secrets/collection/login", "/org/freedesktop/secrets/aliases/default"} {
		var locked dbus.Variant
		call := bus.Object("org.freedesktop.secrets", path).CallWithContext(ctx,
			"org.freedesktop.DBus.Properties.Get", 0, "org.freedesktop.Secret.Collection", "Locked")
		if call.Store(&locked) == nil {
			is, _ := locked.Value().(bool)
			return is
		}
	}
	return false
}

// systemCode reads the errors of D-Bus and of the Secret Service, and returns
// "" for others.
func systemCode(err error, took time.Duration) problem.Code {
	var bus dbus.Error
	var network *net.OpError
	switch {
	case errors.As(err, &bus):
		return busCode(bus.Name)
	case errors.As(err, &network):
		return problem.KeychainAbsent // the bus itself cannot be reached
	case errors.Is(err, dbus.ErrClosed):
		return problem.KeychainTimeout // gone in the middle: outcome unknown
	case strings.Contains(err.Error(), "failed to unlock correct collection"):
		return unlockCode(err, took)
	default:
		return ""
	}
}

func busCode(name string) problem.Code {
	switch name {
	case "org.freedesktop.Secret.Error.IsLocked":
		return problem.KeychainLocked
	case "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Timeout",
		"org.freedesktop.DBus.Error.TimedOut", "org.freedesktop.DBus.Error.Disconnected":
		return problem.KeychainTimeout
	}
	for _, absent := range []string{"ServiceUnknown", "NameHasNoOwner", "Spawn.", "NoServer", "Unknown"} {
		if strings.HasPrefix(name, "org.freedesktop.DBus.Error."+absent) {
			return problem.KeychainAbsent
		}
	}
	return problem.KeychainLocked
}

// unlockCode reads go-keyring's one sentence for three cases: a person closed
// the prompt (KC04); nobody could be asked, because there is no display; or
// there is no keyring at all behind the default alias.
func unlockCode(err error, took time.Duration) problem.Code {
	switch {
	case took >= tooFastForAPerson:
		return problem.KeychainDismissed
	case strings.Contains(err.Error(), "/aliases/default"):
		return problem.KeychainAbsent
	default:
		return problem.KeychainLocked
	}
}
