package agent_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/notify"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

func (w deskWorld) wantOrder(orders <-chan view.Event, want view.Event) {
	w.t.Helper()
	w.Settle()
	select {
	case got := <-orders:
		got.Revision = 0
		if diff := cmp.Diff(want, got); diff != "" {
			w.t.Errorf("the window was ordered (-want +got):\n%s", diff)
		}
	case <-time.After(10 * time.Second):
		w.t.Errorf("the window was ordered nothing, want %+v", want)
	}
}

// Covers UI09.
func TestAnswersFromTheDesktop(t *testing.T) { //nolint:paralleltest // see world
	w := newDeskWorld(t)
	w.setUpApps()
	w.connect(social.Meta, "João Prado", pageWithInstagram, otherPage)
	w.act(sandbox.Action{Do: "change_password", Provider: "meta", Person: "joao"})
	_, err := w.Check(t.Context(), nil)
	w.must(err)
	grant := w.grant(pageWithInstagram)
	account := w.snapshot().Notices[0].AccountID
	w.must(w.Tell(t.Context()))
	key := "login/" + string(grant)
	w.wantOn("after the password was changed", key)
	orders, _ := w.window()

	w.Answered(notify.Response{Key: key})
	w.wantOrder(orders, view.Event{Show: true, Account: account})
	w.Answered(notify.Response{Key: "summary"})
	w.wantOrder(orders, view.Event{Show: true})
	// A summary of an earlier run: whom it was about is not known any more.
	w.Answered(notify.Response{Key: "summary", Button: "snooze"})
	w.wantOrder(orders, view.Event{Show: true})

	// What another program of the session makes up opens the window at most.
	for _, forged := range []notify.Response{
		{Key: "login/nobody"}, {Key: "login/"}, {Key: ""}, {Key: "test"}, {Key: "login/' OR 1=1 --"},
		{Key: "summary", Button: "reconnect"}, {Key: key, Button: "disconnect"}, {Key: "recovered"},
	} {
		w.Answered(forged)
		w.Settle()
		if e := <-orders; !e.Show || e.Attempt != "" {
			t.Errorf("%+v orders %+v", forged, e)
		}
	}
	for _, forged := range []notify.Response{{Key: "login/nobody", Button: "reconnect"}, {Key: "login/nobody", Button: "snooze"}} {
		w.Answered(forged)
		w.Settle()
	}
	s := w.snapshot()
	if len(s.Attempts) != 0 || s.Notices[0].SnoozedUntil != "" {
		t.Errorf("made-up answers began %+v and put off %+v", s.Attempts, s.Notices)
	}

	w.Answered(notify.Response{Key: key, Button: "snooze"})
	w.Settle()
	if w.snapshot().Notices[0].SnoozedUntil == "" {
		t.Error("it is not put off")
	}
	w.wantOn("after it was put off")

	w.OpenAccount("a9")
	w.wantOrder(orders, view.Event{Show: true, Account: "a9"})
	w.OpenFromDesktop()
	w.wantOrder(orders, view.Event{Show: true})

	// Nothing starts once the agent is closing.
	w.must(w.Close())
	w.Answered(notify.Response{Key: key, Button: "reconnect"})
	w.OpenFromDesktop()
	w.Settle()
	select {
	case e := <-orders:
		t.Errorf("a closed agent ordered %+v", e)
	default:
	}
	w.reopen(w.desk.desktop())
}

// Covers UI09.
func TestReconnectFromTheDesktop(t *testing.T) { //nolint:paralleltest // see world
	w := newDeskWorld(t)
	w.setUpApps()
	w.connect(social.Meta, "João Prado", pageWithInstagram)
	grant := w.grant(pageWithInstagram)
	orders, closeWindow := w.window()

	w.Answered(notify.Response{Key: "login/" + string(grant), Button: "reconnect"})
	w.Settle()
	order := <-orders
	s := w.snapshot()
	if len(s.Attempts) != 1 || s.Attempts[0].GrantID != grant || order.Attempt != s.Attempts[0].ID || order.Account != w.account(pageWithInstagram).ID {
		t.Fatalf("ordered %+v with attempts %+v", order, s.Attempts)
	}
	w.must(w.Cancel(t.Context(), order.Attempt))

	// Without a window one is started, which is told once it listens. That the
	// last one went so soon after its order may have started one already.
	closeWindow()
	w.Settle()
	before := 0
	w.desk.set(func() { before = w.desk.opened })
	w.Answered(notify.Response{Key: "login/" + string(grant), Button: "reconnect"})
	w.Settle()
	w.desk.until(t, "a window is started", func() bool { return w.desk.opened == before+1 })
	orders, closeWindow = w.window()
	order = <-orders
	if order.Attempt == "" {
		t.Errorf("the new window is told %+v", order)
	}
	w.must(w.Cancel(t.Context(), order.Attempt))

	// Where it cannot be started the window shows the login, whose button says
	// why.
	w.must(w.DB().RemoveProviderApp(t.Context(), social.Meta))
	w.Answered(notify.Response{Key: "login/" + string(grant), Button: "reconnect"})
	w.wantOrder(orders, view.Event{Show: true, Account: w.account(pageWithInstagram).ID})
	closeWindow()
}

// A click in the moment in which the last window ends is not lost.
func TestAnOrderThatNoWindowShowed(t *testing.T) { //nolint:paralleltest // see world
	w := newDeskWorld(t)
	w.Unseen(view.Event{Show: true, Account: "a9"})
	w.desk.until(t, "a window is started", func() bool { return w.desk.opened == 1 })
	orders, closeWindow := w.window()
	w.wantOrder(orders, view.Event{Show: true, Account: "a9"})
	closeWindow()
}

func TestPausing(t *testing.T) { //nolint:paralleltest // see world
	w := newDeskWorld(t)
	for _, minutes := range []int{-1, 7*24*60 + 1} {
		wantCode(t, w.PauseNotices(t.Context(), minutes), problem.BadRequest)
	}
	w.PauseFromDesktop("hour")
	w.Settle()
	until, err := time.Parse(time.RFC3339, w.snapshot().Watch.PausedUntil)
	w.must(err)
	if left := time.Until(until); left < 59*time.Minute || left > time.Hour {
		t.Errorf("paused for %s", left)
	}
	w.ResumeFromDesktop()
	w.Settle()
	if got := w.snapshot().Watch.PausedUntil; got != "" {
		t.Errorf("still paused until %s", got)
	}

	// A pause that was chosen by a clock which ran ahead by years is none: it
	// would keep everything from being told.
	w.must(w.DB().PutSetting(t.Context(), "notices_paused_until", view.Time(time.Now().Add(10*365*24*time.Hour))))
	if got := w.snapshot().Watch.PausedUntil; got != "" {
		t.Errorf("paused until %s, which nobody can have chosen", got)
	}
}

// Covers CK04.
func TestTomorrowBeginsAtEight(t *testing.T) {
	t.Parallel()
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for _, now := range []time.Time{
		time.Date(2026, 11, 25, 18, 30, 0, 0, newYork), time.Date(2026, 11, 25, 0, 10, 0, 0, newYork),
		time.Date(2026, 3, 7, 20, 0, 0, 0, newYork), time.Date(2026, 10, 31, 20, 0, 0, 0, newYork), // the clocks are changed in the night
		time.Date(2026, 12, 31, 23, 59, 59, 0, newYork),
	} {
		end := now.Add(time.Duration(agent.PauseMinutes("tomorrow", now)) * time.Minute)
		eight := time.Date(now.Year(), now.Month(), now.Day()+1, 8, 0, 0, 0, newYork)
		if late := end.Sub(eight); late < 0 || late > time.Minute {
			t.Errorf("paused from %s until %s", now, end)
		}
	}
}

func TestPreferencesOfAnOlderVersion(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	w.must(w.DB().PutSetting(t.Context(), "preferences", `{"language":"es","theme":"dark"}`))
	want := view.DefaultPreferences()
	want.Language, want.Theme = view.Spanish, view.ThemeDark
	if diff := cmp.Diff(want, w.snapshot().Preferences); diff != "" {
		t.Errorf("what an older version did not know is not as by default (-want +got):\n%s", diff)
	}
	for _, broken := range []string{`{`, `[]`, `{"language":"tlh"}`, `{"notices":{"quiet":true,"quiet_from":"25:00"}}`} {
		w.must(w.DB().PutSetting(t.Context(), "preferences", broken))
		if diff := cmp.Diff(view.DefaultPreferences(), w.snapshot().Preferences); diff != "" {
			t.Errorf("%s (-want +got):\n%s", broken, diff)
		}
	}
}

func TestReconnectingWhatWasNotTickedAsksForTheChoiceAgain(t *testing.T) { //nolint:paralleltest // see world
	w := newDeskWorld(t)
	w.setUpApps()
	w.connect(social.Meta, "João Prado", pageWithInstagram, otherPage)
	grants, err := w.DB().Grants(t.Context())
	w.must(err)
	accounts, err := w.DB().ActiveAccounts(t.Context())
	w.must(err)
	accounts[0].Standing = social.StandingMissing
	w.must(w.DB().SaveCheck(t.Context(), grants[0], accounts[:1], nil))
	w.Answered(notify.Response{Key: "login/" + string(grants[0].ID), Button: "reconnect"})
	w.Settle()
	// Otherwise Meta reuses the former choice in silence (meta.md 9, 3).
	attempt, err := w.Attempt(t.Context(), w.snapshot().Attempts[0].ID)
	w.must(err)
	if !strings.Contains(attempt.AuthorizeURL, "auth_type=rerequest") {
		t.Errorf("the person is sent to %s", attempt.AuthorizeURL)
	}
}
