// Package notice plays the desktop's notification service: it keeps what it is
// asked to show and does what a test says a person did with it. No window is
// drawn; for that there is a real daemon.
package notice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/godbus/dbus/v5"

	"github.com/kontent/kontent-connect/build/e2e/poll"
)

// Service is the name of the service, which is also that of its interface.
const Service = "org.freedesktop.Notifications"

const objectPath dbus.ObjectPath = "/org/freedesktop/Notifications"

// Reason is why a notification is gone, by the protocol's numbers.
type Reason uint32

// The reasons that a program is told.
const (
	Expired   Reason = 1 // its time was over
	Dismissed Reason = 2 // by the person
	Closed    Reason = 3 // by the program that had sent it
)

// Notification is one call to show something.
type Notification struct {
	ID       uint32 // what the caller was told
	App      string
	Replaces uint32 // the notification that it stands in for, or 0
	Icon     string
	Summary  string
	Body     string
	Actions  []Action
	Hints    map[string]dbus.Variant
	Timeout  int32 // milliseconds; 0 is for ever, -1 the daemon's choice
}

// Action is one thing to do with a notification.
type Action struct{ Key, Label string }

// Daemon is the service, on a connection of its own.
type Daemon struct {
	conn *dbus.Conn

	mu      sync.Mutex
	shown   []Notification
	last    uint32
	can     []string
	failure string
}

// Serve takes the service's name on a session bus. The connection is the
// daemon's from now on.
func Serve(conn *dbus.Conn) (*Daemon, error) {
	d := &Daemon{conn: conn, can: []string{"actions", "body", "persistence"}}
	err := conn.ExportMethodTable(map[string]any{
		"Notify":               d.notify,
		"CloseNotification":    d.closeNotification,
		"GetCapabilities":      d.capabilities,
		"GetServerInformation": information,
	}, objectPath, Service)
	if err == nil {
		err = d.Return()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("play the notification service: %w", err), conn.Close())
	}
	return d, nil
}

// Close takes the service off the bus.
func (d *Daemon) Close() error { return d.conn.Close() }

// Leave makes the desktop one without a notification service, until Return.
func (d *Daemon) Leave() error {
	_, err := d.conn.ReleaseName(Service)
	return err
}

// Return ends Leave.
func (d *Daemon) Return() error {
	reply, err := d.conn.RequestName(Service, dbus.NameFlagDoNotQueue)
	if err == nil && reply != dbus.RequestNameReplyPrimaryOwner && reply != dbus.RequestNameReplyAlreadyOwner {
		err = errors.New("there is a notification service already")
	}
	return err
}

// Can sets what the service says it is able to do, such as "actions".
func (d *Daemon) Can(capabilities ...string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.can = capabilities
}

// Fail makes the service answer with an error from now on, and with none again
// when the message is empty.
func (d *Daemon) Fail(message string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failure = message
}

// Shown is what was asked for so far, in order, failures left out.
func (d *Daemon) Shown() []Notification {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.shown)
}

// Await waits until there were so many notifications and returns the last of
// these: Await(ctx, 2) is the second one.
func (d *Daemon) Await(ctx context.Context, count int) (Notification, error) {
	var last Notification
	err := poll.Until(ctx, fmt.Sprintf("%d notifications", count), func(context.Context) error {
		shown := d.Shown()
		if len(shown) < count {
			return fmt.Errorf("there are %d", len(shown))
		}
		last = shown[count-1]
		return nil
	})
	return last, err
}

// Press is a person who presses an action's button, after which a notification
// is gone. The key "default" is a click on the notification itself.
func (d *Daemon) Press(id uint32, key string) error {
	if err := d.conn.Emit(objectPath, Service+".ActionInvoked", id, key); err != nil {
		return err
	}
	return d.Gone(id, Dismissed)
}

// Gone tells whoever listens that a notification is no longer there.
func (d *Daemon) Gone(id uint32, why Reason) error {
	return d.conn.Emit(objectPath, Service+".NotificationClosed", id, uint32(why))
}
