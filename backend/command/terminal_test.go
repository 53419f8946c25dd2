package command_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/command"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

var errFarEnough = errors.New("far enough")

// offering offers five Pages, the third of which cannot be connected.
func offering(a *view.Attempt) {
	a.State, a.Complete = view.AttemptChoosing, true
	for _, id := range []string{"11", "12", "13", "14", "15"} {
		a.Candidates = append(a.Candidates, view.Candidate{
			Kind: social.FacebookPage, RemoteID: id, Name: "Página " + id, Usable: id != "13", Capabilities: view.CapabilitiesFrom(nil),
		})
	}
	a.Candidates[2].Reason = social.ReasonNotTicked
	a.Candidates[0].Name = strings.Repeat("Padaria ", 20)
}

// TestChoose is the list that a person at a terminal chooses from.
func TestChoose(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		typed string
		want  []string
	}{
		"some":                   {"1,3-4\n", []string{"11", "14", "15"}},
		"with blanks":            {" 2 3 \n", []string{"12", "14"}},
		"all":                    {"ALL\n", []string{"11", "12", "14", "15"}},
		"without a last line":    {"2", []string{"12"}},
		"at the second try":      {"9\nx\n3-1\n0\n1-99\n2\n", []string{"12"}},
		"nothing":                {"\n", nil},
		"nothing, at a hang-up":  {"", nil},
		"twice the same is once": {"1,1\n", []string{"11"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := signingIn(offering)
			w.in, w.terminals = tc.typed, command.Terminals{In: true, Err: true}
			got := w.run(t.Context(), "connect", "meta")
			snapshot, err := w.Snapshot(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var connected []string
			for _, a := range snapshot.Accounts[2:] {
				connected = append(connected, a.RemoteID)
			}
			if diff := cmp.Diff(tc.want, connected); diff != "" || got.code != 0 {
				t.Errorf("exit %d, connected (-want +got):\n%s%s", got.code, diff, got.err)
			}
			if diff := cmp.Diff([]string{"t1"}, w.Cancelled()); diff != "" {
				t.Errorf("left at the agent (-want +got):\n%s", diff)
			}
			for line := range strings.Lines(got.err) {
				if !strings.HasPrefix(line, "http") && len([]rune(strings.TrimRight(line, "\n"))) > 80 && strings.Contains(line, "Padaria") {
					t.Errorf("wider than a terminal: %q", line)
				}
			}
			if asked := strings.Count(got.err, "What to connect?"); asked < 1 || name == "at the second try" && asked != 6 {
				t.Errorf("asked %d times:\n%s", asked, got.err)
			}
		})
	}
	for name, terminals := range map[string]command.Terminals{"a pipe in": {Err: true}, "a log": {In: true}} {
		t.Run("is not for "+name, func(t *testing.T) {
			t.Parallel()
			w := signingIn(offering)
			w.terminals = terminals
			if got := w.run(t.Context(), "connect", "meta"); got.code != command.ExitUsage || len(w.Requests()) != 0 {
				t.Errorf("exit %d: %s", got.code, got.err)
			}
		})
	}
	t.Run("ends with Ctrl-C, and leaves nothing", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		w := signingIn(offering)
		w.terminals = command.Terminals{In: true, Err: true}
		silent, nobody := io.Pipe()
		defer func() { _ = nobody.Close() }()
		w.reader = asked{silent, cancel}
		got := w.run(ctx, "connect", "meta")
		if got.code != 1 || !strings.Contains(got.err, "cancelled") {
			t.Errorf("exit %d: %s", got.code, got.err)
		}
		if diff := cmp.Diff([]string{"t1"}, w.Cancelled()); diff != "" {
			t.Errorf("left at the agent (-want +got):\n%s", diff)
		}
	})
}

// asked is a terminal at which Ctrl-C is pressed once it is read.
type asked struct {
	io.Reader
	pressed func()
}

func (a asked) Read(p []byte) (int, error) { a.pressed(); return a.Reader.Read(p) }

// TestColours are for whoever watches and does not mind.
func TestColours(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		terminal bool
		env      map[string]string
		want     bool
	}{
		"a terminal":              {true, nil, true},
		"a file":                  {false, nil, false},
		"NO_COLOR":                {true, map[string]string{"NO_COLOR": "1"}, false},
		"a terminal without them": {true, map[string]string{"TERM": "dumb"}, false},
	} {
		for _, args := range [][]string{{"accounts", "--all"}, {"status"}} {
			w := newWorld()
			w.terminals.Out, w.env = tc.terminal, tc.env
			got := w.run(t.Context(), args...)
			if coloured := strings.Contains(got.out, "\x1b["); coloured != tc.want {
				t.Errorf("%s: coloured %v\n%q", name, coloured, got.out)
			}
			w.terminals.Out = false
			plain := w.run(t.Context(), args...).out
			stripped := got.out
			for _, code := range []string{"\x1b[0m", "\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[2m"} {
				stripped = strings.ReplaceAll(stripped, code, "")
			}
			if diff := cmp.Diff(plain, stripped); diff != "" {
				t.Errorf("%s: colours move the columns (-plain +coloured):\n%s", name, diff)
			}
		}
	}
}

// TestColumns stay where they are, whatever somebody is called, and no name
// gives the terminal an order.
func TestColumns(t *testing.T) {
	t.Parallel()
	s := snapshot()
	for i, name := range []string{"喫茶店", "Café", "evil\x1b[31m\r\nname"} {
		s.Accounts[i].Name, s.Accounts[i].Kind, s.Accounts[i].State, s.Accounts[i].Health = name, social.FacebookPage, social.AccountActive, view.Healthy
	}
	w := newWorld()
	w.service = showing(s)
	got := w.run(t.Context(), "accounts").out
	if strings.ContainsAny(got, "\x1b\r") || strings.Count(got, "\n") != 3 {
		t.Errorf("a name gave orders: %q", got)
	}
	var begins []int
	for line := range strings.Lines(got) {
		before, _, _ := strings.Cut(line, "Connected")
		// Each of these takes two columns of a terminal.
		begins = append(begins, len([]rune(before))+strings.Count(before, "喫")+strings.Count(before, "茶")+strings.Count(before, "店"))
	}
	if begins[0] != begins[1] || begins[1] != begins[2] {
		t.Errorf("the state begins at %v:\n%s", begins, got)
	}
}

// TestCalendar holds the file to RFC 5545, and its dates to their places.
func TestCalendar(t *testing.T) {
	t.Parallel()
	s := snapshot()
	s.Grants[0].SubjectName = "Ana; Souza, \\ " + strings.Repeat("ção", 30)
	s.Grants[0].Clocks = view.Clocks{
		Token:      &view.Clock{Kind: view.ClockExpires, At: "2026-05-09T12:00:00Z"},
		DataAccess: &view.Clock{Kind: view.ClockExpires, At: "2026-06-01T00:00:00Z"},
	}
	s.Grants = append(s.Grants,
		view.Grant{ID: "g2", Provider: social.LinkedIn, SubjectName: "Bia", Clocks: view.Clocks{
			Token: &view.Clock{Kind: view.ClockExpires, At: "2026-04-01T00:00:00Z"}, Refresh: &view.Clock{Kind: view.ClockExpires, At: "2027-01-01T00:00:00Z"},
		}},
		view.Grant{ID: "g3", Provider: social.Meta, Clocks: view.Clocks{Token: &view.Clock{Kind: view.ClockNever}}})
	got := newWorldOf(s).run(t.Context(), "export", "--format", "ics", "-").out
	golden(t, "calendar", []string{"export", "--format", "ics", "-"}, result{0, strings.ReplaceAll(got, "\r\n", "\n"), ""})
	if strings.Count(got, "\n") != strings.Count(got, "\r\n") {
		t.Error("not every line ends as RFC 5545 has it")
	}
	for line := range strings.SplitSeq(got, "\r\n") {
		if len(line) > 75 || strings.ToValidUTF8(line, "?") != line {
			t.Errorf("line of %d octets: %q", len(line), line)
		}
	}
	unfolded := strings.ReplaceAll(got, "\r\n ", "")
	for _, part := range []string{"UID:g1-token@kontent-connect\r\n", `Ana\; Souza\, \\ `, "DTSTART:20270101T000000Z", `DESCRIPTION:Café <da> Esquina\nLoja` + "\r\n"} {
		if !strings.Contains(unfolded, part) {
			t.Errorf("no %q in\n%s", part, unfolded)
		}
	}
	if again := newWorldOf(s).run(t.Context(), "export", "--format", "ics", "-").out; again != got {
		t.Error("a second export is another calendar")
	}
}
