package notify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"
)

const (
	daemonName = "org.freedesktop.Notifications" // of the bus name and of the interface
	daemonPath = dbus.ObjectPath("/org/freedesktop/Notifications")
	busName    = "org.freedesktop.DBus"
)

// daemon is one run of a notification service. It is spoken to by its unique
// name, which no other run will ever have: what is meant for a service that
// has gone, the id of a message above all, cannot reach its successor.
type daemon struct {
	conn         *dbus.Conn
	owner        string // unique name
	capabilities []string
	name         string // as it calls itself; "" where it does not say
}

// running finds the service that runs now and reads nothing from it. It fails
// with ErrNoService when none does.
func running(ctx context.Context, conn *dbus.Conn) (*daemon, error) {
	d := &daemon{conn: conn}
	err := conn.BusObject().CallWithContext(ctx, busName+".GetNameOwner", 0, daemonName).Store(&d.owner)
	return d, lost(err)
}

// startable reports whether the bus can start a service.
func startable(ctx context.Context, conn *dbus.Conn) bool {
	var names []string
	err := conn.BusObject().CallWithContext(ctx, busName+".ListActivatableNames", 0).Store(&names)
	return err == nil && slices.Contains(names, daemonName)
}

// start has the bus start the service.
func start(ctx context.Context, conn *dbus.Conn) (*daemon, error) {
	call := conn.BusObject().CallWithContext(ctx, busName+".StartServiceByName", 0, daemonName, uint32(0))
	if call.Err != nil {
		return nil, lost(call.Err)
	}
	return running(ctx, conn)
}

// learn reads what the service can do, and who it is.
func (d *daemon) learn(ctx context.Context) error {
	var vendor, version, spec string
	_ = d.call(ctx, daemonName+".GetServerInformation").Store(&d.name, &vendor, &version, &spec) // it need not say
	return d.call(ctx, daemonName+".GetCapabilities").Store(&d.capabilities)
}

func (d *daemon) isGNOME() bool { return d.name == "gnome-shell" }

func (d *daemon) can(capability string) bool { return slices.Contains(d.capabilities, capability) }

func (d *daemon) call(ctx context.Context, method string, arguments ...any) *dbus.Call {
	return d.conn.Object(d.owner, daemonPath).CallWithContext(ctx, method, dbus.FlagNoAutoStart, arguments...)
}

// silenced reports whether the desktop says that it shows nothing at present.
// There is no common way to say so: what is not known is not silenced.
func (d *daemon) silenced(ctx context.Context) bool {
	return d.holds(ctx, daemonName, "Inhibited") || // KDE Plasma
		d.holds(ctx, "org.dunstproject.cmd0", "paused") ||
		d.silencedByXfce(ctx)
}

func (d *daemon) holds(ctx context.Context, iface, property string) bool {
	var value dbus.Variant
	if d.call(ctx, "org.freedesktop.DBus.Properties.Get", iface, property).Store(&value) != nil {
		return false
	}
	yes, _ := value.Value().(bool)
	return yes
}

// silencedByXfce asks Xfce's settings, which outlive Xfce's service: another
// service that runs now does not heed them.
func (d *daemon) silencedByXfce(ctx context.Context) bool {
	if !strings.HasPrefix(d.name, "Xfce") {
		return false
	}
	var value dbus.Variant
	settings := d.conn.Object("org.xfce.Xfconf", "/org/xfce/Xfconf")
	call := settings.CallWithContext(ctx, "org.xfce.Xfconf.GetProperty", dbus.FlagNoAutoStart, "xfce4-notifyd", "/do-not-disturb")
	if call.Store(&value) != nil {
		return false
	}
	yes, _ := value.Value().(bool)
	return yes
}

// lost tells a service that is not there from one that refuses.
func lost(err error) error {
	var answer dbus.Error
	if !errors.As(err, &answer) {
		return err
	}
	for _, absent := range []string{"ServiceUnknown", "NameHasNoOwner", "Spawn."} {
		if strings.HasPrefix(answer.Name, "org.freedesktop.DBus.Error."+absent) {
			return fmt.Errorf("%w: %w", ErrNoService, err)
		}
	}
	return err
}

// vanished reports whether a call failed because the service or the bus ended
// before it answered: what it may have shown is gone, so that asking its
// successor does not show it twice.
func vanished(err error) bool {
	var answer dbus.Error
	return disconnected(err) || errors.Is(lost(err), ErrNoService) ||
		errors.As(err, &answer) && answer.Name == "org.freedesktop.DBus.Error.NoReply"
}

// disconnected reports whether a call failed because the connection is no more.
func disconnected(err error) bool {
	var network *net.OpError
	return errors.Is(err, dbus.ErrClosed) || errors.Is(err, io.EOF) || errors.As(err, &network)
}
