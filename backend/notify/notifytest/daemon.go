package notifytest

import (
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	name = "org.freedesktop.Notifications"
	path = dbus.ObjectPath("/org/freedesktop/Notifications")

	// waiting is how long a test waits for what should happen.
	waiting = 10 * time.Second
)

// Why a message ended, in the words of the specification.
const (
	Expired   = uint32(1)
	Dismissed = uint32(2)
	Withdrawn = uint32(3)
)

// Behaviour is how a service behaves.
type Behaviour struct {
	Capabilities []string       // nil: body, body-markup, actions
	Name         string         // how it calls itself
	Properties   map[string]any // "interface.Property" to value
	Fail         bool           // every message is refused
	Hang         bool           // no message is ever answered
	Before       func(*Daemon)  // called before a message is answered
}

// Notification is a message as it arrived.
type Notification struct {
	ID       uint32
	App      string
	Replaces uint32
	Icon     string
	Title    string
	Body     string
	Actions  []string // identifier and label in turns
	Hints    map[string]dbus.Variant
	Expires  int32 // milliseconds; -1 as the service thinks, 0 never
}

// Daemon is a notification service that does what a test tells it.
type Daemon struct {
	behaviour Behaviour
	conn      *dbus.Conn
	arrived   chan Notification
	released  chan struct{}
	stop      func()

	mu     sync.Mutex // guards what follows
	last   uint32
	screen map[uint32]Notification
}

// StartDaemon runs a service on the bus until the test ends. Where one runs
// already, this one is its successor: it takes over when that one stops.
func StartDaemon(t *testing.T, bus *Bus, behaviour Behaviour) *Daemon {
	t.Helper()
	if behaviour.Capabilities == nil {
		behaviour.Capabilities = []string{"body", "body-markup", "actions"}
	}
	d := &Daemon{
		behaviour: behaviour, conn: bus.Connect(t),
		arrived: make(chan Notification, 100), released: make(chan struct{}), screen: map[uint32]Notification{},
	}
	d.stop = sync.OnceFunc(func() {
		close(d.released)
		_ = d.conn.Close() // the bus may be gone
	})
	t.Cleanup(d.stop)
	d.export(t)
	return d
}

func (d *Daemon) export(t *testing.T) {
	t.Helper()
	for iface, methods := range map[string]map[string]any{
		name: {
			"Notify": d.notify, "CloseNotification": d.closeNotification,
			"GetCapabilities": d.capabilities, "GetServerInformation": d.information,
		},
		"org.freedesktop.DBus.Properties": {"Get": d.property},
	} {
		if err := d.conn.ExportMethodTable(methods, path, iface); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.conn.RequestName(name, 0); err != nil {
		t.Fatal(err)
	}
}

// Stop ends the service, as a crash does: it says goodbye to nobody.
func (d *Daemon) Stop() { d.stop() }

// Next waits for the next message.
func (d *Daemon) Next(t *testing.T) Notification {
	t.Helper()
	select {
	case n := <-d.arrived:
		return n
	case <-time.After(waiting):
		t.Fatal("no message arrived")
		return Notification{}
	}
}

// Waiting returns how many messages arrived that Next has not returned.
func (d *Daemon) Waiting() int { return len(d.arrived) }

// Screen returns what is shown now, the oldest first.
func (d *Daemon) Screen() []Notification {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.SortedFunc(maps.Values(d.screen), func(a, b Notification) int { return int(a.ID) - int(b.ID) })
}

// Press is a person who presses the button with the identifier; "default" is a
// click on the message itself. It ends the message, as in most services.
func (d *Daemon) Press(t *testing.T, id uint32, action string) {
	t.Helper()
	d.Emit(t, "ActionInvoked", id, action)
	d.End(t, id, Dismissed)
}

// End ends a message for a reason.
func (d *Daemon) End(t *testing.T, id, reason uint32) {
	t.Helper()
	d.mu.Lock()
	delete(d.screen, id)
	d.mu.Unlock()
	d.Emit(t, "NotificationClosed", id, reason)
}

// Emit sends any signal of the service, well-formed or not.
func (d *Daemon) Emit(t *testing.T, signal string, values ...any) {
	t.Helper()
	if err := d.conn.Emit(path, name+"."+signal, values...); err != nil {
		t.Fatal(err)
	}
}

func (d *Daemon) notify(app string, replaces uint32, icon, title, body string, actions []string, hints map[string]dbus.Variant, expires int32) (uint32, *dbus.Error) {
	if d.behaviour.Before != nil {
		d.behaviour.Before(d)
	}
	if d.behaviour.Hang {
		<-d.released
	}
	if d.behaviour.Fail {
		return 0, dbus.NewError("org.example.Failed", []any{"told to fail"})
	}
	n := Notification{replaces, app, replaces, icon, title, body, actions, hints, expires}
	d.mu.Lock()
	if replaces == 0 {
		d.last++
		n.ID = d.last
	}
	d.screen[n.ID] = n
	d.mu.Unlock()
	d.arrived <- n
	return n.ID, nil
}

func (d *Daemon) closeNotification(id uint32) *dbus.Error {
	d.mu.Lock()
	_, there := d.screen[id]
	delete(d.screen, id)
	d.mu.Unlock()
	if !there {
		return dbus.NewError("org.example.NotThere", nil)
	}
	if err := d.conn.Emit(path, name+".NotificationClosed", id, Withdrawn); err != nil {
		return dbus.MakeFailedError(err)
	}
	return nil
}

func (d *Daemon) capabilities() ([]string, *dbus.Error) { return d.behaviour.Capabilities, nil }

func (d *Daemon) information() (called, vendor, version, spec string, err *dbus.Error) {
	return d.behaviour.Name, "test", "1", "1.2", nil
}

func (d *Daemon) property(iface, property string) (dbus.Variant, *dbus.Error) {
	value, ok := d.behaviour.Properties[iface+"."+property]
	if !ok {
		return dbus.Variant{}, dbus.NewError("org.freedesktop.DBus.Error.UnknownProperty", nil)
	}
	return dbus.MakeVariant(value), nil
}
