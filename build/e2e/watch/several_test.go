//go:build e2e

package watch_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/stage"
)

// TestSeveralLoginsAreOneSummary: when several logins need their admin at once,
// then one notification says so; and while notices are paused, none does.
func TestSeveralLoginsAreOneSummary(t *testing.T) {
	w := newWorld(t, "several", shell())
	w.connect("João Prado", page, instagram)
	w.connect("Maria Lima", mariasPage)
	ok(t, w.OpenWindow(w.ctx))
	w.looks("Tudo certo")

	ok(t, w.networks.Act(w.ctx, stage.Action{Do: "expire", Provider: "meta", Millis: int(threeDays.Milliseconds())}))
	w.checkNow()
	summary := w.awaitNotice(1)
	if summary.title != "2 logins precisam de você" || strings.Count(summary.body, "\n") != 1 || !slices.Contains(summary.labels, "Ver") {
		t.Errorf("it says %v", summary)
	}
	_, err := w.Desktop.Shown(w.ctx, daemon, "label", summary.title)
	ok(t, err)
	w.picture("1-summary")
	ok(t, w.Desktop.Press(w.ctx, desktop.RightButton, daemon, "label", summary.title))
	w.gone(summary.title)

	w.pausesAndResumes()
}

// pausesAndResumes: what breaks meanwhile is told as soon as the pause ends, by
// itself, the summary that named it being gone.
func (w *world) pausesAndResumes() {
	w.t.Helper()
	ok(w.t, w.icon().Choose(w.ctx, "Pausar avisos", "Por 1 hora"))
	paused := w.awaitSnapshot("a pause", func(s snapshot) bool { return s.Watch.PausedUntil != "" }).Watch.PausedUntil
	until, err := time.Parse(time.RFC3339, paused)
	ok(w.t, err)
	if left := time.Until(until); left < 58*time.Minute || left > time.Hour {
		w.t.Errorf("the pause is of %v", left)
	}
	w.act("change_password", "maria", 0)
	w.checkNow()
	w.looks("precisa de reconexão")
	w.staysSilent()
	w.pictureOfMenu("2-paused")

	ok(w.t, w.icon().Choose(w.ctx, "Retomar avisos"))
	broken := w.awaitNotice(2)
	if !strings.Contains(broken.body, "A senha da conta foi alterada.") {
		w.t.Errorf("it says %v", broken)
	}
	if s := w.snapshot(); s.Watch.PausedUntil != "" {
		w.t.Errorf("it is paused until %s", s.Watch.PausedUntil)
	}
	w.picture("3-resumed")
}
