package monitor_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/monitor"
	"github.com/kontent/kontent-connect/backend/monitor/monitortest"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

const day = 24 * time.Hour

// pass lets time go by and everything come to rest.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// bubble runs a test in time of its own.
func bubble(t *testing.T, name string, test func(t *testing.T, h *home)) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) { test(t, newHome(t)) })
	})
}

func wantCount(t *testing.T, what string, want int, got []said) {
	t.Helper()
	if len(got) != want {
		t.Fatalf("%s: %d, want %d: %+v", what, len(got), want, got)
	}
}

// Covers CK06, CK07, CK08, CK09, P5.
func TestTell(t *testing.T) {
	t.Parallel()
	bubble(t, "each step once, within a minute of its time", func(t *testing.T, h *home) {
		begun := h.wall.now()
		h.connect("g1", 20*day)
		h.start()
		pass(25 * day)
		var after []time.Duration
		for _, line := range h.voice.told() {
			after = append(after, line.at.Sub(begun).Truncate(time.Minute))
		}
		// The bubble begins at midnight UTC, and so does the twentieth day: the
		// day itself is told as it begins, with the end.
		want := []time.Duration{6 * day, 13 * day, 17 * day, 19 * day, 20 * day, 21 * day, 23 * day}
		if diff := cmp.Diff(want, after); diff != "" {
			t.Errorf("told after (-want +got):\n%s", diff)
		}
	})
	bubble(t, "CK06 thousands that end in one second are one summary", func(t *testing.T, h *home) {
		for i := range 1000 {
			h.connect(social.GrantID(time.Duration(i).String()), 3*day)
		}
		h.start()
		pass(time.Minute)
		told := h.voice.told()
		wantCount(t, "notices", 1, told)
		if len(told[0].ids) != 1000 {
			t.Errorf("the summary is of %d", len(told[0].ids))
		}
	})
	bubble(t, "what ended is named before what ends", func(t *testing.T, h *home) {
		h.connect("g1", day)
		h.connect("g2", 60*day)
		h.start()
		h.change("g2", func(g *social.Grant) { g.Verdict.Outcome, g.Verdict.Cause = social.OutcomeRefused, social.CauseRevoked })
		pass(time.Minute)
		told := h.voice.told()
		wantCount(t, "notices", 1, told)
		if diff := cmp.Diff([]social.GrantID{"g2", "g1"}, told[0].ids); diff != "" {
			t.Error(diff)
		}
	})
	bubble(t, "CK07 after two months off there is one summary and no more", func(t *testing.T, h *home) {
		h.connect("g1", 20*day)
		h.connect("g2", 40*day)
		h.start()
		h.stop()
		h.wall.step(60 * day)
		h.start()
		pass(time.Hour)
		told := h.voice.told()
		wantCount(t, "notices", 1, told)
		if len(told[0].ids) != 2 {
			t.Errorf("summary of %v", told[0].ids)
		}
	})
	bubble(t, "a restart repeats nothing", func(t *testing.T, h *home) {
		h.connect("g1", 6*day)
		h.start()
		pass(time.Minute)
		for range 5 {
			h.stop()
			h.start()
			pass(time.Minute)
		}
		wantCount(t, "notices", 1, h.voice.told())
	})
	bubble(t, "CK09 a login renewed a second before is not warned of", func(t *testing.T, h *home) {
		h.connect("g1", 14*day+time.Hour)
		h.start()
		pass(time.Hour - time.Second)
		h.reconnect("g1", 60*day)
		pass(day)
		wantCount(t, "notices", 0, h.voice.told())
	})
	bubble(t, "CK08 killed between claim and show, it is not shown again", func(t *testing.T, h *home) {
		h.connect("g1", 3*day)
		// It dies as it shows it.
		h.voice.hear = func([]social.Attention) { h.ledger.breakWith(errors.New("killed")) }
		h.start()
		pass(time.Minute)
		h.stop()
		h.ledger.breakWith(nil)
		h.voice.hear = nil
		h.start()
		pass(time.Hour)
		wantCount(t, "notices", 1, h.voice.told())
	})
	bubble(t, "nothing is told of a login that nobody could be asked about", func(t *testing.T, h *home) {
		h.connect("g1", 50*day)
		h.start()
		h.change("g1", func(g *social.Grant) {
			for range 9 {
				g.Verdict = g.Verdict.After(&social.Trouble{Cause: social.CauseProviderTrouble}, h.wall.now())
			}
		})
		pass(day)
		wantCount(t, "notices", 0, h.voice.told())
	})
	bubble(t, "each notice is a line of the timeline", func(t *testing.T, h *home) {
		h.connect("g1", 3*day)
		h.start()
		pass(time.Minute)
		want := []social.Event{{
			At: h.ledger.lines()[0].At, Kind: social.EventNotified, Provider: social.Meta, ProjectID: "p1", GrantID: "g1", Subject: "Café g1",
		}}
		if diff := cmp.Diff(want, h.ledger.lines()); diff != "" {
			t.Error(diff)
		}
	})
}

// Covers CK05.
func TestEndsAtTheEdgesOfTime(t *testing.T) {
	t.Parallel()
	bubble(t, "one at the beginning of time has ended, those after us have not", func(t *testing.T, h *home) {
		for id, at := range map[social.GrantID]time.Time{
			"zero": time.Unix(0, 0), "first": time.Unix(1, 0), "32 bits": time.Unix(1<<31, 0), "9999": time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
		} {
			h.connect(id, day)
			h.change(id, func(g *social.Grant) { g.Clocks.Token = social.ExpiresAt(at, social.ToldByProvider) })
		}
		h.start()
		pass(time.Minute)
		told := h.voice.told()
		wantCount(t, "notices", 1, told)
		ended := slices.Sorted(slices.Values(told[0].ids))
		if diff := cmp.Diff([]social.GrantID{"first", "zero"}, ended); diff != "" || told[0].health != social.Reconnect {
			t.Errorf("told as %s (-want +got):\n%s", told[0].health, diff)
		}
		h.voice.forget()
		pass(30 * day)
		for _, later := range h.voice.told() {
			if slices.Contains(later.ids, "32 bits") || slices.Contains(later.ids, "9999") {
				t.Errorf("told of an end that is far: %+v", later)
			}
		}
	})
}

func TestTellHoldsBack(t *testing.T) {
	t.Parallel()
	bubble(t, "while it is paused, and tells it then", func(t *testing.T, h *home) {
		h.connect("g1", 3*day)
		h.rules.PausedUntil = h.wall.now().Add(time.Hour)
		h.start()
		pass(59 * time.Minute)
		wantCount(t, "notices", 0, h.voice.told())
		pass(2 * time.Minute)
		wantCount(t, "notices", 1, h.voice.told())
	})
	bubble(t, "in quiet hours, and tells it in one summary in the morning", func(t *testing.T, h *home) {
		// The bubble begins at midnight.
		h.rules.Quiet, h.rules.QuietFrom, h.rules.QuietTo = true, 22*time.Hour, 8*time.Hour
		h.connect("g1", 3*day+time.Hour)
		h.connect("g2", 7*day+2*time.Hour)
		h.start()
		pass(8*time.Hour - time.Minute)
		wantCount(t, "notices", 0, h.voice.told())
		pass(2 * time.Minute)
		wantCount(t, "notices", 1, h.voice.told())
	})
	bubble(t, "where the admin wants none, but keeps count", func(t *testing.T, h *home) {
		h.rules.Desktop = false
		h.connect("g1", 3*day)
		h.start()
		pass(time.Minute)
		h.choose(func(r *monitor.Rules) { r.Desktop = true })
		pass(time.Hour)
		wantCount(t, "notices", 0, h.voice.told())
		if len(h.ledger.lines()) != 0 {
			t.Error("the timeline says that a notice was sent")
		}
		pass(3 * day)
		wantCount(t, "notices later", 2, h.voice.told())
	})
	bubble(t, "for a day when it is put off", func(t *testing.T, h *home) {
		h.connect("g1", 6*day)
		h.start()
		pass(time.Minute)
		if err := h.teller.Snooze(t.Context(), "g1"); err != nil {
			t.Fatal(err)
		}
		h.ledger.changed()
		pass(day - 2*time.Minute)
		wantCount(t, "notices", 1, h.voice.told())
		wantCount(t, "taken back", 1, h.voice.of("withdraw"))
		pass(3 * time.Minute)
		wantCount(t, "notices", 2, h.voice.told())
	})
	bubble(t, "what was never told can be put off as well", func(t *testing.T, h *home) {
		h.rules.PausedUntil = h.wall.now().Add(time.Hour)
		h.connect("g1", 6*day)
		h.start()
		pass(time.Minute)
		if err := h.teller.Snooze(t.Context(), "g1"); err != nil {
			t.Fatal(err)
		}
		pass(day - 2*time.Minute)
		wantCount(t, "notices", 0, h.voice.told())
		pass(time.Hour)
		wantCount(t, "notices", 1, h.voice.told())
	})
	bubble(t, "nothing that is well", func(t *testing.T, h *home) {
		h.connect("g1", 60*day)
		h.start()
		if code := problem.CodeOf(h.teller.Snooze(t.Context(), "g1")); code != problem.NotFound {
			t.Errorf("code %q", code)
		}
	})
}

// Covers CK02.
func TestTellWhenItIsWellAgain(t *testing.T) {
	t.Parallel()
	bubble(t, "says so, and takes the old notice back", func(t *testing.T, h *home) {
		h.connect("g1", 3*day)
		h.start()
		pass(time.Minute)
		h.reconnect("g1", 60*day)
		pass(time.Minute)
		wantCount(t, "recovered", 1, h.voice.of("recovered"))
		wantCount(t, "taken back", 1, h.voice.of("withdraw"))
		if h.voice.of("recovered")[0].account != "Café g1" {
			t.Errorf("recovered: %+v", h.voice.of("recovered"))
		}
		pass(40 * day)
		wantCount(t, "notices", 1, h.voice.told())
		pass(8 * day)
		wantCount(t, "notices of the new access", 2, h.voice.told())
	})
	bubble(t, "says nothing where nothing had been said", func(t *testing.T, h *home) {
		h.rules.PausedUntil = h.wall.now().Add(day)
		h.connect("g1", 3*day)
		h.start()
		pass(time.Minute)
		h.reconnect("g1", 60*day)
		pass(2 * day)
		wantCount(t, "lines", 0, h.voice.of("recovered"))
	})
	bubble(t, "a login that was disconnected is not called well", func(t *testing.T, h *home) {
		h.connect("g1", 3*day)
		h.start()
		pass(time.Minute)
		h.change("g1", func(g *social.Grant) { g.State = social.GrantRevoking })
		pass(time.Minute)
		wantCount(t, "recovered", 0, h.voice.of("recovered"))
		wantCount(t, "taken back", 1, h.voice.of("withdraw"))
		if h.ledger.incident("g1").Rung != 0 {
			t.Error("the incident is still open")
		}
	})
	bubble(t, "CK02 a clock that went back does not make it well", func(t *testing.T, h *home) {
		h.connect("g1", 3*day)
		h.start()
		pass(time.Minute)
		h.wall.step(-30 * day)
		pass(time.Hour)
		h.wall.step(30 * day)
		pass(time.Hour)
		wantCount(t, "recovered", 0, h.voice.of("recovered"))
		wantCount(t, "notices", 1, h.voice.told())
	})
}

func TestTellWhereTheDesktopDoesNotListen(t *testing.T) {
	t.Parallel()
	bubble(t, "it is offered again, once", func(t *testing.T, h *home) {
		h.voice.refuse(true)
		h.connect("g1", 3*day)
		h.start()
		pass(time.Hour)
		wantCount(t, "notices", 0, h.voice.told())
		if i := h.ledger.incident("g1"); !i.Undelivered || !i.ToldAt.IsZero() {
			t.Errorf("noted as told: %+v", i)
		}
		h.voice.refuse(false)
		pass(10 * time.Minute)
		wantCount(t, "notices", 1, h.voice.told())
		pass(day)
		wantCount(t, "notices", 1, h.voice.told())
	})
	bubble(t, "a ledger that cannot be written shows nothing, and says it once it can", func(t *testing.T, h *home) {
		h.connect("g1", 3*day)
		h.ledger.breakWith(errors.New("disk full"))
		h.start()
		pass(time.Hour)
		wantCount(t, "notices", 0, h.voice.told())
		h.ledger.breakWith(nil)
		pass(time.Minute)
		wantCount(t, "notices", 1, h.voice.told())
	})
}

// leaver is a desktop that goes while something is shown on it, with the
// program.
type leaver struct {
	*mouth
	leave func()
}

func (l leaver) Tell(ctx context.Context, _ []social.Attention) error {
	l.leave()
	return ctx.Err()
}

// Covers CK08, P5.
func TestAnEndBetweenClaimingAndShowingLosesNothing(t *testing.T) {
	t.Parallel()
	bubble(t, "in order, it is told at the next start", func(t *testing.T, h *home) {
		h.connect("g1", 3*day)
		h.start()
		ctx, leave := context.WithCancel(t.Context())
		h.teller.Voice = leaver{h.voice, leave}
		_, err := h.teller.Tell(ctx, h.wall.now(), func(context.Context) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		h.stop()
		wantCount(t, "told before the end", 0, h.voice.told())
		h.start()
		pass(time.Minute)
		wantCount(t, "told after the start", 1, h.voice.told())
	})
}

func TestSnoozeOfSeveral(t *testing.T) {
	t.Parallel()
	bubble(t, "puts off those that need something, in one go", func(t *testing.T, h *home) {
		h.connect("g1", 3*day)
		h.connect("g2", 3*day)
		h.connect("well", 60*day)
		h.start()
		pass(time.Minute)
		if err := h.teller.Snooze(t.Context(), "g1", "g2", "well", "nobody"); err != nil {
			t.Fatal(err)
		}
		h.voice.forget()
		pass(23 * time.Hour)
		wantCount(t, "told within the day", 0, h.voice.told())
		pass(2 * time.Hour)
		wantCount(t, "told after it, as a summary", 1, h.voice.told())
		if err := h.teller.Snooze(t.Context(), "well", "nobody"); problem.CodeOf(err) != problem.NotFound {
			t.Errorf("putting off what needs nothing: %v", err)
		}
	})
}

// TestNothingSlowKeepsASnoozeWaiting: a provider that is asked for the time has
// ten seconds, and a desktop that hangs four for each notice. A click does not
// wait for them, and is heeded by what waited.
func TestNothingSlowKeepsASnoozeWaiting(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		slow         func(h *home, wait func()) (sure func(context.Context) bool)
		told, tookIt int
	}{
		{"while a provider is asked for the time", func(_ *home, wait func()) func(context.Context) bool {
			return func(context.Context) bool { wait(); return true }
		}, 0, 1},
		{"while the desktop takes its time", func(h *home, wait func()) func(context.Context) bool {
			h.voice.hear = func([]social.Attention) { wait() }
			return func(context.Context) bool { return true }
		}, 1, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := newHome(t)
			h.connect("g1", 3*day)
			h.teller = h.newTeller()
			reached, release, told := make(chan struct{}), make(chan struct{}), make(chan error, 1)
			sure := c.slow(h, func() { close(reached); <-release })
			go func() {
				_, err := h.teller.Tell(t.Context(), h.wall.now(), sure)
				told <- err
			}()
			<-reached
			snoozed := make(chan error, 1)
			go func() { snoozed <- h.teller.Snooze(t.Context(), "g1") }()
			select {
			case err := <-snoozed:
				if err != nil {
					t.Error(err)
				}
			case <-time.After(10 * time.Second):
				t.Error("the click waits")
			}
			close(release)
			if err := <-told; err != nil {
				t.Fatal(err)
			}
			wantCount(t, "notices", c.told, h.voice.told())
			wantCount(t, "taken back", c.tookIt, h.voice.of("withdraw"))
			if h.ledger.incident("g1").SnoozedUntil.IsZero() {
				t.Error("what was put off meanwhile is forgotten")
			}
		})
	}
}

// TestTheLedgerOfTheseTests holds it to what the database promises.
func TestTheLedgerOfTheseTests(t *testing.T) {
	t.Parallel()
	monitortest.HoldLedger(t, func(t *testing.T, grants ...social.GrantID) monitortest.Ledger {
		t.Helper()
		h := newHome(t)
		for _, id := range grants {
			h.connect(id, 3*day)
		}
		return h.ledger
	})
}
