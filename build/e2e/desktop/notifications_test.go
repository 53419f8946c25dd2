//go:build e2e

package desktop_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/kontent/kontent-connect/build/e2e/buslog"
	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/notice"
)

const (
	summary = "O login de Maria Silva expira em 3 dias"
	body    = "Reconecte Padaria Flor e mais 2 contas até sábado, 28 de novembro."
	daemon  = "xfce4-notifyd"
)

func TestPersonPressesTheButtonOfANotification(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	screen := start(ctx, t, desktop.Options{
		Notifications: desktop.RealNotifications, Accessibility: true, BusRecord: kept(t, "notification.jsonl"),
	})
	sender := join(ctx, t, screen)
	told := listen(ctx, t, sender)

	id, err := send(ctx, sender)
	ok(t, err)
	_, err = screen.Shown(ctx, daemon, "label", summary)
	ok(t, err)
	ok(t, screen.Screenshot(ctx, kept(t, "notification.png")))
	ok(t, screen.Press(ctx, desktop.LeftButton, daemon, "push button", "Reconectar"))

	expect(ctx, t, told, notice.Service+".ActionInvoked", id, "reconnect")
	expect(ctx, t, told, notice.Service+".NotificationClosed", id, uint32(notice.Dismissed))
}

func TestPersonDismissesANotification(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	screen := start(ctx, t, desktop.Options{Notifications: desktop.RealNotifications, Accessibility: true})
	sender := join(ctx, t, screen)
	told := listen(ctx, t, sender)

	id, err := send(ctx, sender)
	ok(t, err)
	ok(t, screen.Press(ctx, desktop.LeftButton, daemon, "label", summary))

	expect(ctx, t, told, notice.Service+".NotificationClosed", id, uint32(notice.Dismissed))
}

// The daemon that this machine has for its own desktop must not come to a test's
// desktop uninvited.
func TestNobodyShowsNotificationsUnlessAsked(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	screen := start(ctx, t, desktop.Options{})

	_, err := send(ctx, join(ctx, t, screen))
	if !failsAs(err, "org.freedesktop.DBus.Error.ServiceUnknown") {
		t.Errorf("sending a notification ends with %v", err)
	}
}

func TestScriptedNotifications(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	screen := start(ctx, t, desktop.Options{Notifications: desktop.ScriptedNotifications})
	sender, script := join(ctx, t, screen), screen.Notices()
	told := listen(ctx, t, sender)

	id, err := send(ctx, sender)
	ok(t, err)
	shown, err := script.Await(ctx, 1)
	ok(t, err)
	if shown.ID != id || shown.Summary != summary || len(shown.Actions) != 2 || shown.Actions[1].Label != "Lembrar depois" {
		t.Errorf("it was asked to show %+v", shown)
	}

	ok(t, script.Press(id, "later"))
	expect(ctx, t, told, notice.Service+".ActionInvoked", id, "later")
	expect(ctx, t, told, notice.Service+".NotificationClosed", id, uint32(notice.Dismissed))
	ok(t, script.Gone(id, notice.Expired))
	expect(ctx, t, told, notice.Service+".NotificationClosed", id, uint32(notice.Expired))

	script.Fail("no room")
	if _, err := send(ctx, sender); !failsAs(err, notice.Service+".Error.Failed") {
		t.Errorf("a service that fails answers %v", err)
	}
	script.Fail("")
	ok(t, script.Leave())
	if _, err := send(ctx, sender); !failsAs(err, "org.freedesktop.DBus.Error.ServiceUnknown") {
		t.Errorf("a service that is not there answers %v", err)
	}
	ok(t, script.Return())
	again, err := send(ctx, sender)
	ok(t, err)
	if again == id {
		t.Errorf("two notifications have the number %d", id)
	}
	if n := len(script.Shown()); n != 2 {
		t.Errorf("%d notifications were shown, want the two that did not fail", n)
	}
}

func TestBusRecordHasACallAndItsAnswerButNotTheKeyrings(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	screen := start(ctx, t, desktop.Options{
		Notifications: desktop.ScriptedNotifications, Keyring: desktop.UnlockedKeyring,
		BusRecord: filepath.Join(t.TempDir(), "bus.jsonl"),
	})
	store := screen.Command(ctx, "secret-tool", "store", "--label=Login", "service", "test")
	ok(t, store.Run())
	id, err := send(ctx, join(ctx, t, screen))
	ok(t, err)

	messages, err := screen.BusRecord().Messages(ctx)
	ok(t, err)
	var call, reply buslog.Message
	for _, message := range messages {
		if message.Interface == "org.freedesktop.Secret.Service" {
			t.Errorf("the record has the keyring's traffic: %+v", message)
		}
		if message.Member == "Notify" && message.Kind == buslog.Call {
			call = message
		}
		if message.Member == "Notify" && message.Kind == buslog.Reply {
			reply = message
		}
	}
	if len(call.Body) != 8 || call.Body[3] != summary {
		t.Errorf("the call was recorded as %+v", call)
	}
	if len(reply.Body) != 1 || reply.Body[0] != id || reply.Serial != call.Serial || reply.To != call.From {
		t.Errorf("the answer to %+v was recorded as %+v", call, reply)
	}
}

// send asks whoever shows notifications for one with two buttons.
func send(ctx context.Context, bus *dbus.Conn) (id uint32, err error) {
	return id, bus.Object(notice.Service, "/org/freedesktop/Notifications").
		CallWithContext(ctx, notice.Service+".Notify", 0, "Kontent Connect", uint32(0), "dialog-warning", summary, body,
			[]string{"reconnect", "Reconectar", "later", "Lembrar depois"}, map[string]dbus.Variant{}, int32(0)).Store(&id)
}

func join(ctx context.Context, t *testing.T, screen *desktop.Desktop) *dbus.Conn {
	t.Helper()
	bus, err := screen.Bus(ctx)
	ok(t, err)
	t.Cleanup(func() { _ = bus.Close() })
	return bus
}

func listen(ctx context.Context, t *testing.T, bus *dbus.Conn) <-chan *dbus.Signal {
	t.Helper()
	told := make(chan *dbus.Signal, 16)
	ok(t, bus.AddMatchSignalContext(ctx, dbus.WithMatchInterface(notice.Service)))
	bus.Signal(told)
	return told
}

// expect waits for the next of the service's signals and compares it.
func expect(ctx context.Context, t *testing.T, told <-chan *dbus.Signal, name string, body ...any) {
	t.Helper()
	for {
		select {
		case signal := <-told:
			if signal.Name == "org.freedesktop.DBus.NameAcquired" {
				continue
			}
			if signal.Name != name || signal.Body[0] != body[0] || signal.Body[1] != body[1] {
				t.Errorf("told %s%v, want %s%v", signal.Name, signal.Body, name, body)
			}
			return
		case <-ctx.Done():
			t.Fatalf("never told %s%v", name, body)
		}
	}
}

func failsAs(err error, name string) bool {
	var failure dbus.Error
	return errors.As(err, &failure) && failure.Name == name
}
