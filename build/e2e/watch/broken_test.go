//go:build e2e

package watch_test

import (
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/trayhost"
)

// TestABrokenLoginIsUrgentUntilItIsPutOff: when a password was changed at the
// network, then its admin is told urgently; what they put off stays away, and
// what they dismiss is no answer.
//
// Covers UI09.
func TestABrokenLoginIsUrgentUntilItIsPutOff(t *testing.T) {
	w := newWorld(t, "broken", shell())
	w.connect("João Prado", page, instagram)
	w.connect("Maria Lima", mariasPage)
	ok(t, w.OpenWindow(w.ctx))
	w.looks("Tudo certo")

	w.act("change_password", "joao", 0)
	w.checkNow()
	broken := w.awaitNotice(1)
	if broken.urgency != 2 || !strings.Contains(broken.body, "A senha da conta foi alterada.") || broken.labels[0] != "Reconectar" {
		t.Errorf("it says %v with urgency %v", broken, broken.urgency)
	}
	_, err := w.icon().AwaitLook(w.ctx, "alarm", func(l trayhost.Look) bool { return l.Status == "NeedsAttention" })
	ok(t, err)
	_, err = w.Desktop.Shown(w.ctx, daemon, "label", broken.title)
	ok(t, err)
	w.pictureOfMenu("1-menu")

	ok(t, w.Desktop.Press(w.ctx, desktop.LeftButton, daemon, "push button", "Adiar 1 dia"))
	w.gone(broken.title)
	w.putOffUntilTomorrow()
	w.act("change_password", "maria", 0)
	w.checkNow()
	another := w.awaitNotice(2)
	if nameIn(another) != "Ateliê Maria Lima" {
		t.Errorf("it is about %q again", another.title)
	}
	w.dismissingIsNoAnswer(another)
}

// putOffUntilTomorrow: the login still needs its admin, and says until when they
// put it off.
func (w *world) putOffUntilTomorrow() {
	w.t.Helper()
	notice := w.awaitSnapshot("a notice that is put off", func(s snapshot) bool {
		return len(s.Notices) == 1 && s.Notices[0].SnoozedUntil != ""
	}).Notices[0]
	until, err := time.Parse(time.RFC3339, notice.SnoozedUntil)
	ok(w.t, err)
	if left := time.Until(until); notice.Health != social.Reconnect || left < 23*time.Hour || left > 24*time.Hour {
		w.t.Errorf("it is %s and put off for %v", notice.Health, left)
	}
}

// dismissingIsNoAnswer: a notification that is sent away starts nothing, puts
// nothing off, and does not come back.
func (w *world) dismissingIsNoAnswer(shown told) {
	w.t.Helper()
	ok(w.t, w.Desktop.Press(w.ctx, desktop.RightButton, daemon, "label", shown.title))
	w.gone(shown.title)
	w.checkNow()
	w.staysSilent()
	s := w.snapshot()
	putOff := 0
	for _, n := range s.Notices {
		if n.SnoozedUntil != "" {
			putOff++
		}
	}
	if len(s.Notices) != 2 || putOff != 1 || len(s.Attempts) != 0 {
		w.t.Errorf("%d logins need somebody, %d are put off, %d sign-ins run", len(s.Notices), putOff, len(s.Attempts))
	}
	w.picture("2-dismissed")
}
