package notify

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/notify/notifytest"
)

func TestAMessageArrivesAsItWasMeant(t *testing.T) {
	t.Parallel()
	bus := notifytest.StartBus(t)
	daemon := notifytest.StartDaemon(t, bus, notifytest.Behaviour{})
	w := newWorld(t, bus.Address, icon(t, 48)...)
	n := w.shows(t, daemon, reconnect())
	want := notifytest.Notification{
		ID: 1, App: "Kontent Connect", Title: "@cafedaesquina · Instagram", Body: "Reconecte até 3 de março.", Expires: 0,
		Actions: []string{"default", "", "reconnect", "Reconectar", "snooze", "Mais tarde"},
	}
	picture, _ := n.Hints["image-data"].Value().([]any)
	if len(picture) != 7 || picture[0] != int32(48) || len(picture[6].([]byte)) != 48*48*4 || picture[6].([]byte)[0] != 200 {
		t.Errorf("picture: %.80v", picture)
	}
	if n.Hints["urgency"].Value() != byte(2) || n.Hints["desktop-entry"].Value() != "kontent-connect" || len(n.Hints) != 3 {
		t.Errorf("hints: %v", n.Hints)
	}
	n.Hints = nil
	if diff := cmp.Diff(want, n); diff != "" {
		t.Error(diff)
	}
}

func TestAQuietMessageMakesNoSound(t *testing.T) {
	t.Parallel()
	w, _, daemon := withDaemon(t, notifytest.Behaviour{})
	n := w.shows(t, daemon, Message{Key: "a", Title: "De volta", Quiet: true})
	if n.Hints["urgency"].Value() != byte(0) || n.Hints["suppress-sound"].Value() != true || n.Expires != -1 {
		t.Errorf("%+v", n)
	}
}

func TestAnIconThatIsNoneOrTooLargeIsLeftOut(t *testing.T) {
	t.Parallel()
	bus := notifytest.StartBus(t)
	daemon := notifytest.StartDaemon(t, bus, notifytest.Behaviour{})
	for _, bad := range [][]byte{[]byte("no picture"), icon(t, 1024), icon(t, 48)[:60]} {
		n := newWorld(t, bus.Address, bad...).shows(t, daemon, reconnect())
		if _, ok := n.Hints["image-data"]; ok {
			t.Error("a picture was sent")
		}
	}
}

func TestTheSameKeyReplaces(t *testing.T) {
	t.Parallel()
	w, _, daemon := withDaemon(t, notifytest.Behaviour{})
	w.shows(t, daemon, Message{Key: "a", Title: "in 3 days", Buttons: []Button{{"old", "Old"}}})
	w.shows(t, daemon, Message{Key: "b", Title: "another"})
	n := w.shows(t, daemon, Message{Key: "a", Title: "tomorrow", Buttons: []Button{{"new", "New"}}})
	if n.Replaces != 1 || len(daemon.Screen()) != 2 {
		t.Errorf("replaces %d, on the screen %+v", n.Replaces, daemon.Screen())
	}
	daemon.Press(t, n.ID, "old") // a button of the message that was replaced
	daemon.Press(t, n.ID, "new")
	if got := w.answer(t); got != (Response{"a", "new"}) {
		t.Errorf("%+v", got)
	}
}

func TestWithdraw(t *testing.T) {
	t.Parallel()
	w, _, daemon := withDaemon(t, notifytest.Behaviour{})
	if err := w.Withdraw(t.Context(), "never shown"); err != nil {
		t.Errorf("before anything was shown: %v", err)
	}
	n := w.shows(t, daemon, reconnect())
	w.shows(t, daemon, Message{Key: "b", Title: "stays"})
	for range 2 { // the second time there is nothing to take back
		if err := w.Withdraw(t.Context(), "grant-1"); err != nil {
			t.Error(err)
		}
	}
	if screen := daemon.Screen(); len(screen) != 1 || screen[0].Title != "stays" {
		t.Errorf("on the screen: %+v", screen)
	}
	daemon.Emit(t, "ActionInvoked", n.ID, "reconnect") // too late
	w.settled(t, daemon)
}

func TestWithdrawWhatThePersonJustDismissed(t *testing.T) {
	t.Parallel()
	w, _, daemon := withDaemon(t, notifytest.Behaviour{})
	w.shows(t, daemon, reconnect())
	w.service.hold(func() { // the service says so, but we have not heard yet
		daemon.End(t, 1, notifytest.Dismissed)
	})
	if err := w.Withdraw(t.Context(), "grant-1"); err != nil {
		t.Error(err)
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	for action, want := range map[string]Response{
		"reconnect": {"grant-1", "reconnect"},
		"snooze":    {"grant-1", "snooze"},
		"default":   {"grant-1", ""},
	} {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			w, _, daemon := withDaemon(t, notifytest.Behaviour{})
			n := w.shows(t, daemon, reconnect())
			daemon.Press(t, n.ID, action)
			if got := w.answer(t); got != want {
				t.Errorf("%+v", got)
			}
			w.settled(t, daemon) // the end of the message is not a second answer
		})
	}
}

func TestAnAnswerBeforeTheServiceSaidWhichMessageItIs(t *testing.T) {
	t.Parallel()
	w, _, daemon := withDaemon(t, notifytest.Behaviour{Before: func(d *notifytest.Daemon) {
		d.Emit(t, "ActionInvoked", uint32(1), "snooze")
	}})
	w.shows(t, daemon, reconnect())
	if got := w.answer(t); got != (Response{"grant-1", "snooze"}) {
		t.Errorf("%+v", got)
	}
}

func TestAnAnswerAfterTheServiceSaidThatTheMessageEnded(t *testing.T) {
	t.Parallel()
	w, _, daemon := withDaemon(t, notifytest.Behaviour{})
	n := w.shows(t, daemon, reconnect())
	daemon.End(t, n.ID, notifytest.Expired)
	daemon.Emit(t, "ActionInvoked", n.ID, "snooze") // from the list of past messages
	if got := w.answer(t); got != (Response{"grant-1", "snooze"}) {
		t.Errorf("%+v", got)
	}
}

func TestWhatIsNoAnswer(t *testing.T) {
	t.Parallel()
	w, bus, daemon := withDaemon(t, notifytest.Behaviour{})
	for _, reason := range []uint32{notifytest.Dismissed, notifytest.Expired, notifytest.Withdrawn, 4, 99} {
		daemon.End(t, w.shows(t, daemon, reconnect()).ID, reason)
	}
	n := w.shows(t, daemon, reconnect())
	daemon.Emit(t, "ActionInvoked", n.ID, "delete-everything")
	daemon.Emit(t, "ActionInvoked", uint32(4711), "default") // another program's message
	for _, malformed := range [][]any{{}, {n.ID}, {"default", n.ID}, {int32(1), "default"}, {n.ID, n.ID}} {
		daemon.Emit(t, "ActionInvoked", malformed...)
		daemon.Emit(t, "NotificationClosed", malformed...)
	}
	stranger := bus.Connect(t)
	for _, destination := range []string{"", w.service.conn.Names()[0]} {
		signal := pressBy(n.ID, destination)
		if call := stranger.Send(signal, nil); call != nil && call.Err != nil {
			t.Error(call.Err)
		}
	}
	if err := stranger.BusObject().Call("org.freedesktop.DBus.GetId", 0).Err; err != nil { // the bus has passed them on
		t.Error(err)
	}
	w.settled(t, daemon)
}

func TestADismissedMessageIsNotReplaced(t *testing.T) {
	t.Parallel()
	w, _, daemon := withDaemon(t, notifytest.Behaviour{})
	if w.There(t.Context(), "grant-1") {
		t.Error("it is there before it was shown")
	}
	n := w.shows(t, daemon, reconnect())
	if !w.There(t.Context(), "grant-1") {
		t.Error("it is not there")
	}
	daemon.End(t, n.ID, notifytest.Dismissed)
	w.settled(t, daemon)
	if w.There(t.Context(), "grant-1") {
		t.Error("it is still there")
	}
	if n := w.shows(t, daemon, reconnect()); n.Replaces != 0 {
		t.Errorf("replaces %d", n.Replaces)
	}
}

func TestAServiceWithoutActionsIsSentNone(t *testing.T) {
	t.Parallel()
	w, _, daemon := withDaemon(t, notifytest.Behaviour{Capabilities: []string{"body"}})
	w.wantStatus(t, Status{Available, false})
	m := reconnect()
	m.Body = "1 < 2 & 3"
	if n := w.shows(t, daemon, m); len(n.Actions) != 0 || n.Body != "1 < 2 & 3" {
		t.Errorf("%+v", n)
	}
}

// Covers W9, GR08.
func TestMarkupIsShownNotFollowed(t *testing.T) {
	t.Parallel()
	w, _, daemon := withDaemon(t, notifytest.Behaviour{})
	n := w.shows(t, daemon, Message{Key: "a", Title: "C&A", Body: `<a href="x">C&A's</a>`})
	if n.Title != "C&A" || n.Body != `&lt;a href="x"&gt;C&amp;A's&lt;/a&gt;` {
		t.Errorf("title %q, body %q", n.Title, n.Body)
	}
}

// Covers W9, GR08.
func TestHostileTextsNeitherBreakTheBusNorTheMessage(t *testing.T) {
	t.Parallel()
	w, _, daemon := withDaemon(t, notifytest.Behaviour{})
	n := w.shows(t, daemon, Message{
		Key: "a", Title: "a\xffb\x00\nc\u202ed", Body: strings.Repeat("ã", 5000),
		Buttons: []Button{{"default", "x"}, {"", "x"}, {"A B", "x"}, {"ok", "l\x07abel"}},
	})
	if n.Title != "ab cd" || len([]rune(n.Body)) != longestBody || !slices.Equal(n.Actions[2:], []string{"ok", "label"}) {
		t.Errorf("title %q, body of %d, actions %q", n.Title, len([]rune(n.Body)), n.Actions)
	}
}

func TestAServiceThatRefuses(t *testing.T) {
	t.Parallel()
	w, _, daemon := withDaemon(t, notifytest.Behaviour{Fail: true})
	err := w.Show(t.Context(), reconnect())
	if err == nil || errors.Is(err, ErrNoService) || !strings.Contains(err.Error(), "told to fail") {
		t.Error(err)
	}
	if len(w.beeps) != 0 || daemon.Waiting() != 0 {
		t.Error("shown in another way")
	}
}

func TestAServiceThatHangsCostsOneMessageAFewSeconds(t *testing.T) {
	t.Parallel()
	w, bus, daemon := withDaemon(t, notifytest.Behaviour{Hang: true})
	w.patience = 100 * time.Millisecond
	for range 2 {
		if err := w.Show(t.Context(), reconnect()); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	}
	daemon.Stop()
	w.patience = patience
	w.shows(t, notifytest.StartDaemon(t, bus, notifytest.Behaviour{}), reconnect())
}

func TestCloseEndsACallUnderWay(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{})
	w, _, _ := withDaemon(t, notifytest.Behaviour{Hang: true, Before: func(*notifytest.Daemon) { close(asked) }})
	w.patience = time.Hour
	result := make(chan error)
	go func() { result <- w.Show(context.Background(), reconnect()) }()
	<-asked
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if err := <-result; !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
}

func TestAServiceThatRestartsIsNotAskedToReplaceWhatItNeverShowed(t *testing.T) {
	t.Parallel()
	w, bus, first := withDaemon(t, notifytest.Behaviour{})
	w.shows(t, first, reconnect())
	first.Stop()
	second := notifytest.StartDaemon(t, bus, notifytest.Behaviour{Capabilities: []string{"body"}})
	n := w.shows(t, second, reconnect())
	if n.Replaces != 0 {
		t.Errorf("replaces %d", n.Replaces)
	}
	if len(n.Actions) != 0 {
		t.Error("what the second service can do was not asked")
	}
}

func TestAServiceThatRestartsIsNotAskedToWithdrawAnothersMessage(t *testing.T) {
	t.Parallel()
	w, bus, first := withDaemon(t, notifytest.Behaviour{})
	w.shows(t, first, reconnect())
	first.Stop()
	second := notifytest.StartDaemon(t, bus, notifytest.Behaviour{})
	newWorld(t, bus.Address).shows(t, second, Message{Key: "x", Title: "has the id that ours had"})
	if err := w.Withdraw(t.Context(), "grant-1"); err != nil || len(second.Screen()) != 1 {
		t.Errorf("%v, on the screen: %+v", err, second.Screen())
	}
}

func TestWithdrawFromAServiceThatHasGone(t *testing.T) {
	t.Parallel()
	w, _, daemon := withDaemon(t, notifytest.Behaviour{})
	w.shows(t, daemon, reconnect())
	daemon.Stop()
	if err := w.Withdraw(t.Context(), "grant-1"); err != nil {
		t.Error(err)
	}
}

func TestAServiceThatCrashesWithTheMessageInItsHands(t *testing.T) {
	t.Parallel()
	w, bus, _ := withDaemon(t, notifytest.Behaviour{Before: (*notifytest.Daemon).Stop})
	successor := notifytest.StartDaemon(t, bus, notifytest.Behaviour{})
	n := w.shows(t, successor, reconnect())
	daemonAnswers(t, w, successor, n.ID)
}

func daemonAnswers(t *testing.T, w *world, daemon *notifytest.Daemon, id uint32) {
	t.Helper()
	daemon.Press(t, id, "snooze")
	if got := w.answer(t); got != (Response{"grant-1", "snooze"}) {
		t.Errorf("%+v", got)
	}
}
