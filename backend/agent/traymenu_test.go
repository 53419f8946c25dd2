package agent

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/tray"
	"github.com/kontent/kontent-connect/backend/view"
)

// row is an account of the tray's tests.
func row(name string, health social.Health, endsIn time.Duration) view.Account {
	a := view.Account{ID: social.AccountID("a-" + name), GrantID: "g1", Kind: social.FacebookPage, Name: name, State: social.AccountActive, Health: health}
	if endsIn != 0 {
		a.EndsAt = view.Time(afternoon.Add(endsIn))
	}
	return a
}

func desk(accounts ...view.Account) view.Snapshot { return view.Snapshot{Accounts: accounts} }

func TestTheTraySaysTheWorst(t *testing.T) {
	t.Parallel()
	well, soon, broken := row("A", social.Healthy, 0), row("B", social.Expiring, 3*day), row("C", social.Reconnect, 0)
	unsure, limited, locked := row("D", social.Unverified, 0), row("E", social.Limited, 0), row("F", social.Keychain, 0)
	wrong := func(s view.Snapshot) view.Snapshot { s.Watch.ClockWrong = true; return s }
	off := func(s view.Snapshot) view.Snapshot { s.Watch.Offline = true; return s }
	noKeychain := func(s view.Snapshot) view.Snapshot { s.Keychain = &view.Problem{Code: "keychain_absent"}; return s }
	for _, c := range []struct {
		name      string
		seen      view.Snapshot
		shape     tray.Shape
		attention bool
		word      string
	}{
		{"nothing is connected", desk(), tray.ShapeOK, false, "No account connected"},
		{"all is well", desk(well), tray.ShapeOK, false, "All well"},
		{"one ends", desk(well, soon), tray.ShapeSoon, false, "1 account expires soon"},
		{"one has ended", desk(soon, broken, unsure), tray.ShapeBroken, true, "1 account needs reconnecting"},
		{"two kinds of ended", desk(broken, row("G", social.Missing, 0), row("H", social.Checkpoint, 0)), tray.ShapeBroken, true, "3 accounts need reconnecting"},
		{"nobody could ask", desk(well, unsure), tray.ShapeUnknown, false, "1 account could not be checked"},
		{"limits", desk(well, limited), tray.ShapeOK, false, "1 account with limits"},
		{"offline", off(desk(well)), tray.ShapeUnknown, false, "Offline: nothing can be checked now"},
		{"offline hides no date that is known", off(desk(soon)), tray.ShapeSoon, false, "1 account expires soon"},
		{"a wrong clock", wrong(desk(soon)), tray.ShapeUnknown, false, "This computer’s clock is wrong"},
		{"a wrong clock hides no end", wrong(desk(broken)), tray.ShapeBroken, true, "1 account needs reconnecting"},
		{"a locked keychain", desk(locked), tray.ShapeUnknown, false, "The system’s keychain is not available"},
		{"no keychain", noKeychain(desk(well)), tray.ShapeUnknown, false, "The system’s keychain is not available"},
	} {
		m := speaking(t, "en").menuOf(c.seen)
		if m.Shape != c.shape || m.Attention != c.attention || m.Status != c.word || !strings.HasSuffix(m.Tooltip, c.word) {
			t.Errorf("%s: %s, attention %v, %q (%q)", c.name, m.Shape, m.Attention, m.Status, m.Tooltip)
		}
	}
}

func TestTheTrayNamesTheMostUrgentFirst(t *testing.T) {
	t.Parallel()
	gone := row("Gone", social.Reconnect, 0)
	gone.State = social.AccountDisconnected
	m := speaking(t, "en").menuOf(desk(
		row("Well", social.Healthy, 0), row("Limited", social.Limited, 0), row("Late", social.Expiring, 6*day), row("Today", social.Expiring, 2*time.Hour),
		row("Ended", social.Reconnect, 0), row("Tomorrow", social.Expiring, day), gone, row("Unsure", social.Unverified, 0),
	))
	var got []string
	for _, entry := range m.Accounts {
		got = append(got, entry.Label)
	}
	want := []string{
		"Ended (Facebook) – reconnect", "Today (Facebook) – expires today", "Tomorrow (Facebook) – expires in 1 day",
		"Late (Facebook) – expires in 6 days", "Unsure (Facebook) – not checked", "Limited (Facebook) – with limits",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if m.More != "+1 healthy" || m.Accounts[0].ID != "a-Ended" {
		t.Errorf("more %q, first %q", m.More, m.Accounts[0].ID)
	}
}

func TestTheTrayIsNeverLongerThanEightAccounts(t *testing.T) {
	t.Parallel()
	for _, n := range []int{8, 9, 10_000} {
		var accounts []view.Account
		for i := range n {
			accounts = append(accounts, row(fmt.Sprintf("Café %05d", i), social.Reconnect, 0))
		}
		m := speaking(t, "en").menuOf(desk(append(accounts, row("Well", social.Healthy, 0))...))
		want := map[int]string{8: "+1 healthy", 9: "+1 that needs you", 10_000: "+9992 that need you"}[n]
		if len(m.Accounts) != 8 || m.More != want {
			t.Errorf("%d accounts: %d rows and %q, want %q", n, len(m.Accounts), m.More, want)
		}
	}
}

func TestTheTraysCommands(t *testing.T) {
	t.Parallel()
	s := speaking(t, "pt-BR")
	m := s.menuOf(desk())
	if m.Checking || m.CheckNow != "Verificar agora" || m.Resume != "" || len(m.PauseFor) != 2 {
		t.Errorf("at rest: %+v", m)
	}
	seen := desk()
	seen.Watch.Checking, seen.Watch.PausedUntil = true, view.Time(afternoon.Add(time.Hour))
	if m = s.menuOf(seen); !m.Checking || m.CheckNow != "Verificando…" || m.Resume != "Retomar avisos" || m.Pause != "" {
		t.Errorf("checking and paused: %+v", m)
	}
	hostile := s.menuOf(desk(row("<b>x</b>\u202e\nhttps://evil.example", social.Reconnect, 0))).Accounts[0].Label
	if strings.ContainsAny(hostile, "<>\n\u202e") || strings.Contains(hostile, "://") {
		t.Errorf("a hostile name stands in the menu: %q", hostile)
	}
}

func TestTheTrayNamesTheNextEnd(t *testing.T) {
	t.Parallel()
	login := func(id social.GrantID, endsIn time.Duration) view.Grant {
		return view.Grant{ID: id, State: social.GrantActive, Clocks: view.Clocks{Token: &view.Clock{At: view.Time(afternoon.Add(endsIn))}}}
	}
	seen := desk(row("A", social.Healthy, 0))
	seen.Grants = []view.Grant{login("g1", 30*day), login("nobody's", 2*day)}
	ended := login("g1", -day)
	revoking := login("g2", day)
	revoking.State = social.GrantRevoking
	s := speaking(t, "en")
	if got := s.menuOf(seen).NextExpiry; got != "Next expiry: Dec 25" {
		t.Errorf("%q; a login without accounts is nobody's business", got)
	}
	seen.Grants = []view.Grant{ended, revoking}
	if got := s.menuOf(seen).NextExpiry; got != "" {
		t.Errorf("%q of what has ended and what is being withdrawn", got)
	}
}
