package notify

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/kontent/kontent-connect/backend/notify/notifytest"
)

// pressBy is a click that a stranger on the bus makes up.
func pressBy(id uint32, destination string) *dbus.Message {
	message := &dbus.Message{
		Type: dbus.TypeSignal,
		Headers: map[dbus.HeaderField]dbus.Variant{
			dbus.FieldPath:      dbus.MakeVariant(daemonPath),
			dbus.FieldInterface: dbus.MakeVariant(daemonName),
			dbus.FieldMember:    dbus.MakeVariant("ActionInvoked"),
			dbus.FieldSignature: dbus.MakeVariant(dbus.SignatureOf(id, "")),
		},
		Body: []any{id, "default"},
	}
	if destination != "" {
		message.Headers[dbus.FieldDestination] = dbus.MakeVariant(destination)
	}
	return message
}

// wantNoService shows a message to nobody; beeep is asked in its place.
func (w *world) wantNoService(t *testing.T) {
	t.Helper()
	w.wantStatus(t, Status{State: NoService})
	if err := w.Show(t.Context(), reconnect()); !errors.Is(err, ErrNoService) {
		t.Errorf("show: %v", err)
	}
	select {
	case title := <-w.beeps:
		if title != "@cafedaesquina · Instagram" {
			t.Errorf("beeep was asked to show %q", title)
		}
	default:
		t.Error("beeep was not asked")
	}
	if err := w.Withdraw(t.Context(), "grant-1"); err != nil {
		t.Errorf("withdraw: %v", err)
	}
}

func TestABusWithoutAService(t *testing.T) {
	t.Parallel()
	w := newWorld(t, notifytest.StartBus(t).Address)
	w.wantNoService(t)
}

func TestAServiceThatAppearsLater(t *testing.T) {
	t.Parallel()
	bus := notifytest.StartBus(t)
	w := newWorld(t, bus.Address)
	w.wantNoService(t)
	w.shows(t, notifytest.StartDaemon(t, bus, notifytest.Behaviour{}), reconnect())
	w.wantStatus(t, Status{Available, true})
}

func TestBeeepThatCanShowItIsEnough(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	w.service.beeper.beep = func(string, string) error { return nil }
	if err := w.Show(t.Context(), reconnect()); err != nil {
		t.Error(err)
	}
}

func TestNoBusAtAll(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "unix:path=/nowhere/bus", "tcp:host=127.0.0.1,port=1", "nonsense"} {
		newWorld(t, address).wantNoService(t)
	}
}

func TestABusThatAcceptsAndStaysSilent(t *testing.T) {
	t.Parallel()
	socket := filepath.Join(t.TempDir(), "bus")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	w := newWorld(t, "unix:path="+socket)
	w.patience = 100 * time.Millisecond
	w.wantStatus(t, Status{State: Unknown})
	if err := w.Show(t.Context(), reconnect()); err == nil {
		t.Error("shown")
	}
}

func TestABusThatGoesAndComesBack(t *testing.T) {
	t.Parallel()
	w, bus, daemon := withDaemon(t, notifytest.Behaviour{})
	w.shows(t, daemon, reconnect())
	bus.Stop()
	if err := w.Withdraw(t.Context(), "grant-1"); err != nil {
		t.Errorf("withdraw: %v", err)
	}
	w.wantNoService(t)
	w.service.address = func() string { return "" } // not announced any more either
	w.wantNoService(t)
	bus = notifytest.StartBus(t)
	daemon = notifytest.StartDaemon(t, bus, notifytest.Behaviour{})
	w.service.address = func() string { return bus.Address }
	n := w.shows(t, daemon, reconnect())
	daemon.Press(t, n.ID, "snooze")
	if got := w.answer(t); n.Replaces != 0 || got != (Response{"grant-1", "snooze"}) {
		t.Errorf("replaces %d, answer %+v", n.Replaces, got)
	}
}

func TestAServiceThatTheBusStartsIsNotStartedByAQuestion(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	started := filepath.Join(folder, "started")
	service := "[D-BUS Service]\nName=org.freedesktop.Notifications\nExec=/bin/sh -c 'echo >" + started + "; exit 1'\n"
	if err := os.WriteFile(filepath.Join(folder, "n.service"), []byte(service), 0o600); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, notifytest.StartBus(t, folder).Address)
	w.wantStatus(t, Status{State: Available})
	if _, err := os.Stat(started); err == nil {
		t.Error("the question started it")
	}
	if err := w.Show(t.Context(), reconnect()); !errors.Is(err, ErrNoService) {
		t.Error(err) // it ended at once
	}
	if _, err := os.Stat(started); err != nil {
		t.Error("the message did not start it")
	}
}

// TestNoBusIsStarted is security.md 3.1: with no address, the D-Bus library and
// the programs behind beeep would run dbus-launch, which leaves a bus behind.
func TestNoBusIsStarted(t *testing.T) {
	if _, err := os.Stat(filepath.Join(runtimeFolder(), "bus")); err == nil {
		t.Skip("this machine announces a bus for every process")
	}
	folder := t.TempDir()
	ran := filepath.Join(folder, "ran")
	for _, program := range []string{"dbus-launch", "notify-send"} {
		if err := os.WriteFile(filepath.Join(folder, program), []byte("#!/bin/sh\n: >"+ran+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", folder)
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	for _, address := range []string{"", "autolaunch:", "autolaunch:scope=*user"} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
		d := New(Options{AppName: "Kontent Connect"})
		if got := d.Status(t.Context()); got.State != NoService {
			t.Errorf("%q: %+v", address, got)
		}
		if err := d.Show(t.Context(), reconnect()); !errors.Is(err, ErrNoService) {
			t.Errorf("%q: %v", address, err)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(ran); err == nil {
		t.Error("a program was run that starts a bus")
	}
}

func TestTheBusIsFoundWhereTheSystemPutsIt(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", folder)
	if err := os.WriteFile(filepath.Join(folder, "bus"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := busAddress(); got != "unix:path="+dbus.EscapeBusAddressValue(filepath.Join(folder, "bus")) {
		t.Errorf("%q", got)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/x")
	if got := busAddress(); got != "unix:path=/x" || wouldStartBus() {
		t.Errorf("%q, would start a bus: %v", got, wouldStartBus())
	}
}

func TestDoNotDisturb(t *testing.T) {
	t.Parallel()
	for what, behaviour := range map[string]notifytest.Behaviour{
		"KDE":   {Properties: map[string]any{"org.freedesktop.Notifications.Inhibited": true}},
		"dunst": {Properties: map[string]any{"org.dunstproject.cmd0.paused": true}},
		"Xfce":  {Name: "Xfce Notify Daemon"},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			w, bus, daemon := withDaemon(t, behaviour)
			playXfceSettings(t, bus)
			w.wantStatus(t, Status{Silenced, true})
			w.shows(t, daemon, reconnect()) // the service keeps it for later
		})
	}
	t.Run("not", func(t *testing.T) {
		t.Parallel()
		w, bus, _ := withDaemon(t, notifytest.Behaviour{Name: "dunst", Properties: map[string]any{
			"org.freedesktop.Notifications.Inhibited": false, "org.dunstproject.cmd0.paused": "yes",
		}})
		playXfceSettings(t, bus) // of a desktop whose service is not the one that runs
		w.wantStatus(t, Status{Available, true})
	})
}

func playXfceSettings(t *testing.T, bus *notifytest.Bus) {
	t.Helper()
	conn := bus.Connect(t)
	get := func(channel, property string) (dbus.Variant, *dbus.Error) {
		return dbus.MakeVariant(channel == "xfce4-notifyd" && property == "/do-not-disturb"), nil
	}
	if err := conn.ExportMethodTable(map[string]any{"GetProperty": get}, "/org/xfce/Xfconf", "org.xfce.Xfconf"); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName("org.xfce.Xfconf", 0); err != nil {
		t.Fatal(err)
	}
}

func TestCloseMayBeCalledTwiceAndWithoutAMessage(t *testing.T) {
	t.Parallel()
	for _, shown := range []bool{false, true} {
		w, _, daemon := withDaemon(t, notifytest.Behaviour{})
		if shown {
			w.shows(t, daemon, reconnect())
		}
		for range 2 {
			if err := w.Close(); err != nil {
				t.Error(err)
			}
		}
		if err := w.Show(t.Context(), reconnect()); !errors.Is(err, ErrClosed) {
			t.Errorf("show: %v", err)
		}
		if err := w.Withdraw(t.Context(), "grant-1"); !errors.Is(err, ErrClosed) {
			t.Errorf("withdraw: %v", err)
		}
		w.wantStatus(t, Status{State: Unknown})
		if daemon.Waiting() != 0 || shown != (len(daemon.Screen()) == 1) {
			t.Errorf("on the screen: %+v", daemon.Screen())
		}
	}
}

func TestACallerThatHasLostInterest(t *testing.T) {
	t.Parallel()
	w, _, daemon := withDaemon(t, notifytest.Behaviour{})
	if err := w.Show(cancelled(), reconnect()); err == nil || daemon.Waiting() != 0 {
		t.Errorf("%v, arrived: %d", err, daemon.Waiting())
	}
	w.shows(t, daemon, reconnect())
}

func TestCloseWaitsForAnAnswerThatIsBeingDealtWith(t *testing.T) {
	t.Parallel()
	w, _, daemon := withDaemon(t, notifytest.Behaviour{})
	begun, finished := make(chan struct{}), false
	w.service.o.Respond = func(Response) {
		close(begun)
		<-w.life.Done() // Close has begun
		for range 1000 {
			runtime.Gosched()
		}
		finished = true
	}
	daemon.Press(t, w.shows(t, daemon, reconnect()).ID, "snooze")
	<-begun
	if err := w.Close(); err != nil || !finished {
		t.Errorf("%v, finished: %v", err, finished)
	}
}
