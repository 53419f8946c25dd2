package notify

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/notify/notifytest"
)

// world is a desktop without beeep: what would have gone there is in beeps.
type world struct {
	*Desktop
	service *service
	answers chan Response
	beeps   chan string
}

func newWorld(t *testing.T, address string, icon ...byte) *world {
	t.Helper()
	w := &world{answers: make(chan Response, 10), beeps: make(chan string, 10)}
	d := New(Options{
		AppName: "Kontent Connect", DesktopEntry: "kontent-connect", Icon: icon,
		Respond: func(r Response) { w.answers <- r },
	})
	service, ok := d.system.(*service)
	if !ok {
		t.Fatalf("the system is a %T", d.system)
	}
	service.address = func() string { return address }
	service.wouldStartBus = func() bool { return false }
	service.beeper.beep = func(title, _ string) error {
		w.beeps <- title
		return errNobody
	}
	w.Desktop, w.service = d, service
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return w
}

var errNobody = errors.New("nobody here")

// withDaemon is a world with a bus and a service on it.
func withDaemon(t *testing.T, behaviour notifytest.Behaviour) (*world, *notifytest.Bus, *notifytest.Daemon) {
	t.Helper()
	bus := notifytest.StartBus(t)
	daemon := notifytest.StartDaemon(t, bus, behaviour)
	return newWorld(t, bus.Address), bus, daemon
}

// shows shows a message and returns what arrived.
func (w *world) shows(t *testing.T, daemon *notifytest.Daemon, m Message) notifytest.Notification {
	t.Helper()
	if err := w.Show(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	return daemon.Next(t)
}

// answer waits for what the admin did.
func (w *world) answer(t *testing.T) Response {
	t.Helper()
	select {
	case r := <-w.answers:
		return r
	case <-time.After(10 * time.Second):
		t.Fatal("no answer came")
		return Response{}
	}
}

// settled waits until every signal that was sent so far has been dealt with,
// and fails when one of them was taken for an answer.
func (w *world) settled(t *testing.T, daemon *notifytest.Daemon) {
	t.Helper()
	n := w.shows(t, daemon, Message{Key: "the end", Title: "the end"})
	daemon.Press(t, n.ID, "default")
	if got := w.answer(t); got != (Response{Key: "the end"}) {
		t.Errorf("taken for an answer: %+v", got)
	}
}

func (w *world) wantStatus(t *testing.T, want Status) {
	t.Helper()
	if got := w.Status(t.Context()); got != want {
		t.Errorf("status %+v, want %+v", got, want)
	}
}

func icon(t *testing.T, side int) []byte {
	t.Helper()
	picture := image.NewNRGBA(image.Rect(0, 0, side, side))
	picture.Pix[0], picture.Pix[3] = 200, 100 // half transparent: not to be premultiplied
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func cancelled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

// reconnect is a message as the watcher sends it.
func reconnect() Message {
	return Message{
		Key: "grant-1", Title: "@cafedaesquina · Instagram", Body: "Reconecte até 3 de março.", Urgent: true,
		Buttons: []Button{{"reconnect", "Reconectar"}, {"snooze", "Mais tarde"}},
	}
}
