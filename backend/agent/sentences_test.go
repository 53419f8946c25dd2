package agent

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/notify"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/text"
)

var rewrite = flag.Bool("update", false, "write the golden files anew")

// brasilia is where the days of these tests are counted, three hours behind
// UTC.
var brasilia = time.FixedZone("BRT", -3*60*60)

// afternoon is the present of these tests.
var afternoon = time.Date(2026, 11, 25, 15, 0, 0, 0, brasilia)

// speaking returns a speech in a language.
func speaking(tb testing.TB, language string) speech {
	tb.Helper()
	texts, err := text.New(language)
	if err != nil {
		tb.Fatal(err)
	}
	return speech{texts: texts, at: afternoon.UTC(), zone: brasilia}
}

// need is what a login of a Page needs.
func need(health social.Health, cause social.Cause, endsIn time.Duration) social.Attention {
	a := social.Attention{
		Grant:      social.Grant{ID: "g1", Provider: social.Meta, Subject: social.Subject{ID: "10", Name: "João Prado"}},
		Account:    social.Account{ID: "a1", Kind: social.FacebookPage, Name: "Café da Esquina"},
		Accounts:   1,
		Assessment: social.Assessment{Health: health, Cause: cause},
	}
	if endsIn != 0 {
		a.Clock, a.EndsAt = social.TokenClock, afternoon.Add(endsIn).UTC()
	}
	return a
}

// linkedIn makes a need one of a LinkedIn login.
func linkedIn(a social.Attention, clock social.ClockName) social.Attention {
	a.Grant.Provider, a.Clock = social.LinkedIn, clock
	a.Account.Kind, a.Account.Name = social.LinkedInOrganization, "Padaria do Zé"
	return a
}

// written renders a message as people see it.
func written(m notify.Message) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", m.Title, m.Body)
	for _, button := range m.Buttons {
		fmt.Fprintf(&b, "[%s] ", button.Label)
	}
	if m.Urgent {
		b.WriteString("(urgent)")
	}
	return strings.TrimSpace(b.String()) + "\n"
}

const day = 24 * time.Hour

// several are n needs, the most urgent first.
func several(n int) []social.Attention {
	needs := make([]social.Attention, n)
	for i := range needs {
		needs[i] = need(social.Expiring, "", 3*day)
		needs[i].Grant.ID = social.GrantID(fmt.Sprintf("g%d", i+1))
		needs[i].Account.Name = fmt.Sprintf("Café %d", i+1)
	}
	needs[0].Health, needs[0].Cause = social.Reconnect, social.CausePasswordChanged
	return needs
}

// TestNoticesInWords holds every notice, in the three languages, against the
// golden files, which are to be read as the admin reads them.
func TestNoticesInWords(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"pt-BR", "en", "es"} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			s := speaking(t, language)
			var b strings.Builder
			say := func(what string, m notify.Message) { fmt.Fprintf(&b, "== %s\n%s\n", what, written(m)) }
			for _, days := range []int{14, 7, 3, 2, 1} {
				say(fmt.Sprintf("Meta, in %d days", days), s.notice([]social.Attention{need(social.Expiring, "", time.Duration(days)*day)}))
			}
			say("Meta, today", s.notice([]social.Attention{need(social.Expiring, "", 3*time.Hour)}))
			say("Meta, past midnight", s.notice([]social.Attention{need(social.Expiring, "", 10*time.Hour)}))
			say("LinkedIn, in 7 days", s.notice([]social.Attention{linkedIn(need(social.Expiring, "", 7*day), social.TokenClock)}))
			say("LinkedIn, the refresh in 7 days", s.notice([]social.Attention{linkedIn(need(social.Expiring, "", 7*day), social.RefreshClock)}))
			for _, cause := range []social.Cause{
				social.CauseExpired, social.CauseRevoked, social.CausePasswordChanged, social.CauseAppRemoved, social.CauseDataAccessEnded,
				social.CauseRefused, social.CauseTokenMissing, social.CauseTokenDamaged,
			} {
				say("ended: "+string(cause), s.notice([]social.Attention{need(social.Reconnect, cause, 0)}))
			}
			say("LinkedIn, ended", s.notice([]social.Attention{linkedIn(need(social.Reconnect, social.CauseExpired, -day), social.TokenClock)}))
			say("not in the grant", s.notice([]social.Attention{need(social.Missing, social.CauseNotInGrant, 0)}))
			say("checkpoint", s.notice([]social.Attention{need(social.Checkpoint, social.CauseCheckpoint, 0)}))
			for _, accounts := range []int{2, 500} {
				many := need(social.Reconnect, social.CauseRevoked, 0)
				many.Accounts = accounts
				say(fmt.Sprintf("a login of %d accounts", accounts), s.notice([]social.Attention{many}))
			}
			for _, n := range []int{2, 4, 10_000} {
				say(fmt.Sprintf("%d logins", n), s.notice(several(n)))
			}
			say("well again", s.recovered(several(1)))
			say("two are well again", s.recovered(several(2)))
			s.discreet = true
			say("discreet", s.notice(several(1)))
			say("discreet summary", s.notice(several(4)))
			say("discreet, well again", s.recovered(several(1)))
			wantGolden(t, "notices."+language+".txt", b.String())
		})
	}
}

// wantGolden holds text against a golden file.
func wantGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *rewrite {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
	for _, jargon := range []string{"token", "OAuth", "grant", "refresh", "API", "desk.", "cause.", "health.", "tray.", "<no value>"} {
		for line := range strings.Lines(got) {
			if !strings.HasPrefix(line, "==") && strings.Contains(strings.ToLower(line), strings.ToLower(jargon)) {
				t.Errorf("%q reads like jargon: %q", jargon, strings.TrimSpace(line))
			}
		}
	}
}

// Covers W9.
func TestNoticesSayNothingThatANameWants(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		`<b>Pague já</b> https://evil.example/?a=1`, "Café\u202egpj.exe", "Ana\nUrgente: ligue 0800", `$(calc) "; rm -rf /`, "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\x00\xff\xfe",
		strings.Repeat("A", 5000), "{{.person}} {{template}}",
	} {
		for _, health := range []social.Health{social.Expiring, social.Reconnect, social.Missing, social.Checkpoint} {
			a := need(health, social.CauseRevoked, 3*day)
			a.Account.Name, a.Account.Username, a.Grant.Subject.Name = name, name, name
			s := speaking(t, "en")
			for _, m := range []notify.Message{s.notice([]social.Attention{a}), s.notice([]social.Attention{a, a}), s.recovered([]social.Attention{a})} {
				said := m.Title + m.Body
				for _, mark := range []string{"<", ">", "://", "\u202e", "$(", "\"", "\x00", "{{", "0800\n", "Ana\n"} {
					if strings.Contains(said, mark) {
						t.Errorf("%q of the name %.20q reached the desktop: %q", mark, name, said)
					}
				}
				if len([]rune(said)) > 400 {
					t.Errorf("a name of %d letters fills the screen", len(name))
				}
			}
		}
	}
}

func TestFiveSecondsArePromisedOnlyWhereTheyAreTrue(t *testing.T) {
	t.Parallel()
	s := speaking(t, "en")
	for _, c := range []struct {
		name string
		need social.Attention
		want bool
	}{
		{"while the old access lives", linkedIn(need(social.Expiring, "", 3*day), social.TokenClock), true},
		{"not when it has ended", linkedIn(need(social.Reconnect, social.CauseExpired, -day), social.TokenClock), false},
		{"not when it was taken away", linkedIn(need(social.Reconnect, social.CauseRevoked, 0), ""), false},
		{"not for another date", linkedIn(need(social.Expiring, "", 3*day), social.DataAccessClock), false},
		{"not at Meta", need(social.Expiring, "", 3*day), false},
	} {
		if got := strings.Contains(s.notice([]social.Attention{c.need}).Body, "five seconds"); got != c.want {
			t.Errorf("%s: promised %v", c.name, got)
		}
	}
}

func TestDaysAreCountedByMidnights(t *testing.T) {
	t.Parallel()
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, to time.Time
		want     int
	}{
		{time.Date(2026, 11, 25, 23, 59, 0, 0, brasilia), time.Date(2026, 11, 26, 0, 1, 0, 0, brasilia), 1},
		{time.Date(2026, 11, 25, 0, 1, 0, 0, brasilia), time.Date(2026, 11, 25, 23, 59, 0, 0, brasilia), 0},
		// The days on which clocks are changed have 23 and 25 hours.
		{time.Date(2026, 3, 7, 12, 0, 0, 0, newYork), time.Date(2026, 3, 9, 1, 0, 0, 0, newYork), 2},
		{time.Date(2026, 10, 31, 23, 0, 0, 0, newYork), time.Date(2026, 11, 2, 0, 30, 0, 0, newYork), 2},
		{time.Date(2026, 12, 31, 23, 0, 0, 0, brasilia), time.Date(2027, 1, 14, 1, 0, 0, 0, brasilia), 14},
	} {
		if got := daysBetween(c.from, c.to); got != c.want {
			t.Errorf("from %s to %s: %d days, want %d", c.from, c.to, got, c.want)
		}
	}
}
