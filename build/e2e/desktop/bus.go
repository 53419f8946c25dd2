package desktop

import (
	"context"
	"fmt"
	"os"

	"github.com/godbus/dbus/v5"

	"github.com/kontent/kontent-connect/build/e2e/poll"
)

// The bus starts no service by itself: what is not on this desktop must be
// missing, not summoned from what the machine happens to have installed.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

func (d *Desktop) startBus(ctx context.Context) error {
	config, socket := d.Path("bus.conf"), d.Path("run", "bus")
	if err := os.WriteFile(config, fmt.Appendf(nil, busConfig, socket), 0o600); err != nil {
		return err
	}
	daemon, err := d.Launch(ctx, "dbus-daemon", "--nofork", "--nopidfile", "--config-file="+config)
	if err != nil {
		return err
	}
	d.bus = "unix:path=" + socket
	return poll.Until(ctx, "the session bus", func(ctx context.Context) error {
		if err := daemon.Running(); err != nil {
			return poll.Final(err)
		}
		conn, err := d.Bus(ctx)
		if err != nil {
			return err
		}
		return conn.Close()
	})
}

// Bus connects to the session bus. The caller closes the connection.
func (d *Desktop) Bus(ctx context.Context) (*dbus.Conn, error) {
	conn, err := dbus.Connect(d.bus, dbus.WithContext(ctx))
	if err != nil {
		return nil, fmt.Errorf("connect to the session bus: %w", err)
	}
	return conn, nil
}

// awaitName waits until somebody answers to a name on the bus.
func (d *Desktop) awaitName(ctx context.Context, name string) error {
	conn, err := d.Bus(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // nothing is lost with it
	return poll.Until(ctx, name+" on the session bus", func(ctx context.Context) error {
		var owner string
		return conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.GetNameOwner", 0, name).Store(&owner)
	})
}
