package tray

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	watcherName = "org.kde.StatusNotifierWatcher"
	watcherPath = "/StatusNotifierWatcher"

	// busPatience is for answers from other programs of the desktop.
	busPatience = time.Second
)

var errNoBus = errors.New("there is no session bus")

// busAnnounced looks where the D-Bus library looks before it starts a bus of
// its own with dbus-launch, which must not happen (security.md 3.1).
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

func findBus(connect func() (*dbus.Conn, error)) (*dbus.Conn, error) {
	if !busAnnounced(os.Getenv("DBUS_SESSION_BUS_ADDRESS"), fmt.Sprintf("/run/user/%d", os.Getuid())) {
		return nil, errNoBus
	}
	return connect()
}

// sharedBus is the connection that the tray's library uses, and the keychain's.
func sharedBus() (*dbus.Conn, error) { return findBus(dbus.SessionBus) }

// ownBus is a connection for asking and listening, closed when ctx ends. What
// arrives on the shared one reaches all who listen there.
func ownBus(ctx context.Context) (*dbus.Conn, error) {
	return findBus(func() (*dbus.Conn, error) { return dbus.ConnectSessionBus(dbus.WithContext(ctx)) })
}

func watcher(bus *dbus.Conn) dbus.BusObject { return bus.Object(watcherName, watcherPath) }

// Hosted reports whether somebody shows trays here: a panel, or an extension
// of one. Where it is false, a window that hides would be lost (security.md
// W11).
func (t *Tray) Hosted(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, busPatience)
	defer cancel()
	bus, err := ownBus(ctx)
	if err != nil {
		return false
	}
	defer func() { _ = bus.Close() }()
	return hosted(ctx, bus)
}

// hosted asks who collects the items, and whether anybody shows them. A
// collector that does not say is one that shows them itself.
func hosted(ctx context.Context, bus *dbus.Conn) bool {
	ctx, cancel := context.WithTimeout(ctx, busPatience)
	defer cancel()
	var owned bool
	if bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, watcherName).Store(&owned) != nil || !owned {
		return false
	}
	var shown dbus.Variant
	err := watcher(bus).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0,
		watcherName, "IsStatusNotifierHostRegistered").Store(&shown)
	is, told := shown.Value().(bool)
	return err != nil || !told || is
}

// Watch tells f whether the tray is hosted, at once and whenever that may have
// changed, until ctx ends. A host that was replaced is told again.
func (t *Tray) Watch(ctx context.Context, f func(hosted bool)) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	bus, err := ownBus(ctx)
	if err != nil {
		f(false)
		<-ctx.Done()
		return
	}
	defer func() { _ = bus.Close() }()
	changed := make(chan *dbus.Signal, 16)
	bus.Signal(changed)
	if err := listenForHosts(ctx, bus); err != nil {
		t.log.WarnContext(ctx, "tray hosts not watched", "err", err)
	}
	for {
		f(hosted(ctx, bus))
		select {
		case _, alive := <-changed:
			if !alive { // the bus went away, or ctx ended
				f(false)
				<-ctx.Done()
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

func listenForHosts(ctx context.Context, bus *dbus.Conn) error {
	return errors.Join(
		bus.AddMatchSignalContext(ctx, dbus.WithMatchSender("org.freedesktop.DBus"),
			dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, watcherName)),
		bus.AddMatchSignalContext(ctx, dbus.WithMatchInterface(watcherName), dbus.WithMatchMember("StatusNotifierHostRegistered")),
		bus.AddMatchSignalContext(ctx, dbus.WithMatchInterface(watcherName), dbus.WithMatchMember("StatusNotifierHostUnregistered")),
	)
}
