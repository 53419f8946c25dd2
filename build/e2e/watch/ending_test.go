//go:build e2e

package watch_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/journey"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/trayhost"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

// threeDays is a moment less, so that three midnights lie in it whenever the
// test runs.
const threeDays = 3*day - time.Minute

// TestAnEndingAccessIsToldOnceAndRenewed: when the access of a login ends in
// three days, then its admin is told once, renews it from the notification, and
// is told that all is well.
//
// Covers P5.
func TestAnEndingAccessIsToldOnceAndRenewed(t *testing.T) {
	w := newWorld(t, "ending", shell())
	for _, step := range journey.Parts()[0].Steps {
		ok(t, step.Do(w.ctx, w.Stage))
	}
	calm := w.looks("Tudo certo")
	w.pictureOfMenu("1-calm")
	w.onlyTold(0)

	w.act("expire", "joao", threeDays)
	ok(t, w.Window.Click(w.ctx, webdriver.Role("button", "Verificar agora")))
	warned := w.isWarned()
	w.trayWarns(calm, warned)
	w.trayLeadsToTheAccount(warned)
	w.renewsFromTheNotification()

	well := w.awaitNotice(2)
	if well.title != warned.title || !strings.Contains(well.body, "Acesso recuperado") || len(well.labels) > 0 {
		t.Errorf("it says %v", well)
	}
	_, err := w.Desktop.Shown(w.ctx, daemon, "label", well.body)
	ok(t, err)
	w.gone(warned.body)
	if look := w.looks("Tudo certo"); !sameIcon(look, calm) || look.Status == "NeedsAttention" {
		t.Errorf("the tray looks %s, and the same as before: %t", look.Status, sameIcon(look, calm))
	}
	w.picture("5-recovered")
	w.happenedInOrder(social.EventConnected, social.EventNotified, social.EventRenewed)
	w.onlyTold(2)
	w.noSecretCrossed("kontent-connect-demo")
}

// isWarned waits for the notification and returns it.
func (w *world) isWarned() told {
	w.t.Helper()
	begun := time.Now()
	warned := w.awaitNotice(1)
	w.t.Logf("told after %v: %v", warned.at.Sub(begun).Round(time.Millisecond), warned)
	date := time.Now().Add(threeDays).In(w.Desktop.Zone()).Format("02/01")
	if !strings.Contains(warned.title, " · ") || !strings.Contains(warned.body, "O acesso expira em 3 dias ("+date+").") {
		w.t.Errorf("it says %v", warned)
	}
	if !slices.Equal(warned.labels, []string{"Renovar", "Adiar 1 dia"}) || warned.urgency == 2 {
		w.t.Errorf("its buttons are %q, its urgency %v", warned.labels, warned.urgency)
	}
	_, err := w.Desktop.Shown(w.ctx, daemon, "label", warned.title)
	ok(w.t, err)
	w.picture("2-notification")
	return warned
}

// trayWarns: the icon has another shape, and its words name the account.
func (w *world) trayWarns(calm trayhost.Look, warned told) {
	w.t.Helper()
	look := w.looks("expira")
	if sameIcon(look, calm) || look.Status == "NeedsAttention" || !strings.Contains(look.ToolTip, "em breve") {
		w.t.Errorf("the tray is %s, %q, with the icon as it was: %t", look.Status, look.ToolTip, sameIcon(look, calm))
	}
	ok(w.t, w.Desktop.AwaitChange(w.ctx, w.Desktop.AboveTray(), func() error { return w.Desktop.Point(w.ctx, w.Desktop.TrayIcon()) }))
	w.picture("3-tip")
	if labels := w.labels(); !slices.ContainsFunc(labels, func(l string) bool { return strings.HasPrefix(l, nameIn(warned)) }) {
		w.t.Errorf("the tray's menu is %q", labels)
	}
	w.pictureOfMenu("4-menu")
}

// trayLeadsToTheAccount: its line brings the window forward on the account.
func (w *world) trayLeadsToTheAccount(warned told) {
	w.t.Helper()
	ok(w.t, w.Window.Click(w.ctx, webdriver.Role("link", "Histórico")))
	ok(w.t, w.Desktop.Open(w.ctx, w.networks.Origin)) // the browser comes forward
	w.inFront("Chrom")
	labels := w.labels()
	at := slices.IndexFunc(labels, func(l string) bool { return strings.HasPrefix(l, nameIn(warned)) })
	ok(w.t, w.icon().Choose(w.ctx, labels[at]))
	w.inFront("Kontent Connect")
	id := w.snapshot().Notices[0].AccountID
	w.see(webdriver.CSS(fmt.Sprintf(`[data-account=%q].shown`, id)))
}

// renewsFromTheNotification: its button starts the sign-in, in the browser and in
// the window, and the admin goes through with it.
func (w *world) renewsFromTheNotification() {
	w.t.Helper()
	ok(w.t, w.Desktop.Press(w.ctx, desktop.LeftButton, daemon, "push button", "Renovar"))
	ok(w.t, w.Reads(w.ctx, "dialog", "Aguardando o navegador"))
	ok(w.t, journey.ConsentAgainAtMeta(w.ctx, w.Stage))
	ok(w.t, w.Window.Click(w.ctx, webdriver.Role("button", "Concluir: renovar 3")))
	ok(w.t, w.Reads(w.ctx, "dialog", "Pronto"))
	ok(w.t, w.Window.Click(w.ctx, webdriver.Role("button", "Pronto")))
	ok(w.t, w.Window.Gone(w.ctx, webdriver.CSS("dialog")))
}

// gone waits until a notification with these words is no longer on the screen.
func (w *world) gone(words string) {
	w.t.Helper()
	ok(w.t, poll.Until(w.ctx, "the end of "+words, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
		defer cancel()
		if _, err := w.Desktop.Shown(ctx, daemon, "label", words); err == nil {
			return errors.New("it is still there")
		}
		return nil
	}))
}

// inFront waits until a window whose title holds a word has the keyboard.
func (w *world) inFront(title string) {
	w.t.Helper()
	ok(w.t, poll.Until(w.ctx, title+" in front", func(ctx context.Context) error {
		name, err := w.Desktop.Command(ctx, "xdotool", "getactivewindow", "getwindowname").Output()
		if err == nil && !strings.Contains(string(name), title) {
			err = fmt.Errorf("in front is %q", name)
		}
		return err
	}))
}

// happenedInOrder: the timeline has these kinds, in this order, among others.
func (w *world) happenedInOrder(kinds ...social.EventKind) {
	w.t.Helper()
	var answer struct {
		Entries []view.HistoryEntry `json:"events"`
	}
	ok(w.t, w.Kontent(w.ctx, &answer, "history"))
	slices.Reverse(answer.Entries) // the newest stands first
	var got []social.EventKind
	for _, entry := range answer.Entries {
		if len(got) < len(kinds) && entry.Kind == kinds[len(got)] {
			got = append(got, entry.Kind)
		}
	}
	if !slices.Equal(got, kinds) {
		w.t.Errorf("of %v only %v is in the timeline %+v", kinds, got, answer.Entries)
	}
}

// nameIn is the account that a notification begins with.
func nameIn(t told) string {
	name, _, _ := strings.Cut(t.title, " · ")
	return name
}

func sameIcon(a, b trayhost.Look) bool {
	return len(a.Icons) > 0 && len(b.Icons) > 0 && bytes.Equal(a.Icons[0].Pix, b.Icons[0].Pix)
}
