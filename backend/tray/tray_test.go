package tray

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"unicode/utf16"
)

func full() Menu {
	return Menu{
		Shape: ShapeBroken, Attention: true, Tooltip: "Instagram @padaria: reconectar",
		Status:     "1 conta precisa de reconexão",
		Accounts:   []Entry{{"a1", "Instagram @padaria: reconectar"}, {"a2", "Página Padaria: expira em 3 dias"}},
		More:       "+4 saudáveis",
		NextExpiry: "Próximo vencimento: 28 de novembro",
		CheckNow:   "Verificar agora",
		Pause:      "Pausar avisos", PauseFor: []Entry{{"1h", "Por 1 hora"}, {"today", "Até amanhã"}},
		Open: "Abrir o Kontent Connect", Quit: "Sair",
	}
}

// labels are the visible lines of a look.
func labels(l look) []string {
	var all []string
	for _, r := range l.rows {
		if r.label != "" {
			all = append(all, r.label)
		}
	}
	return all
}

func TestLook(t *testing.T) {
	t.Parallel()
	t.Run("puts every line in its order", func(t *testing.T) {
		t.Parallel()
		want := []string{
			"1 conta precisa de reconexão", "Instagram @padaria: reconectar", "Página Padaria: expira em 3 dias", "+4 saudáveis",
			"Próximo vencimento: 28 de novembro", "Verificar agora", "Pausar avisos", "Abrir o Kontent Connect", "Sair",
			"Por 1 hora", "Até amanhã",
		}
		if got := labels(lookOf(full())); !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
	})
	t.Run("leaves out what is empty", func(t *testing.T) {
		t.Parallel()
		if got := labels(lookOf(Menu{Open: "Abrir", Checking: true})); !slices.Equal(got, []string{"Abrir"}) {
			t.Errorf("%q", got)
		}
	})
	t.Run("leaves out a pause that offers no span", func(t *testing.T) {
		t.Parallel()
		if got := labels(lookOf(Menu{Pause: "Pausar", Resume: "Retomar"})); !slices.Equal(got, []string{"Retomar"}) {
			t.Errorf("%q", got)
		}
	})
	t.Run("has room for eight accounts and four spans", func(t *testing.T) {
		t.Parallel()
		many := slices.Repeat([]Entry{{"x", "x"}}, 20)
		if got := len(labels(lookOf(Menu{Accounts: many, Pause: "p", PauseFor: many}))); got != 8+1+4 {
			t.Errorf("%d lines", got)
		}
	})
	t.Run("greys the check under way and the date", func(t *testing.T) {
		t.Parallel()
		m := full()
		m.Checking = true
		for slot, r := range lookOf(m).rows {
			if want := slot == slotCheckNow || slot == slotNextExpiry; r.off != want {
				t.Errorf("slot %d greyed: %v", slot, r.off)
			}
		}
	})
	t.Run("draws a shape that it does not know as unknown", func(t *testing.T) {
		t.Parallel()
		if got := lookOf(Menu{Shape: "star"}).face.shape; got != ShapeUnknown {
			t.Error(got)
		}
	})
}

// Covers W10.
func TestWords(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ got, want string }{
		"a line break is a blank":                 {plain("a\nb\tc\x00d"), "a b c d"},
		"direction marks go":                      {plain("a\u202eb\u2066c"), "abc"},
		"broken letters are replaced":             {plain("a\xffb"), "a\uFFFDb"},
		"a long line is cut":                      {plain(strings.Repeat("ã", 500)), strings.Repeat("ã", lineLimit-1) + "…"},
		"a line of just the length stays":         {plain(strings.Repeat("ã", lineLimit)), strings.Repeat("ã", lineLimit)},
		"an underscore is doubled on Linux":       {literal("a_b&c", "linux"), "a__b&c"},
		"an ampersand is doubled on Windows":      {literal("a_b&c", "windows"), "a_b&&c"},
		"macOS has no such sign":                  {literal("a_b&c", "darwin"), "a_b&c"},
		"a short tooltip stays":                   {clip("ação", 4), "ação"},
		"a long tooltip is cut":                   {clip("ações", 4), "açõ…"},
		"a tooltip is not cut within an emoji":    {clip("ab🙂🙂", 4), "ab…"},
		"a tooltip of emoji is measured in pairs": {clip("🙂🙂🙂", 5), "🙂🙂…"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tc.got != tc.want {
				t.Errorf("%q, not %q", tc.got, tc.want)
			}
		})
	}
}

// Covers W10, GR08.
func FuzzWords(f *testing.F) {
	f.Add("a\xff_\x00&\u202e🙂")
	f.Fuzz(func(t *testing.T, text string) {
		p := plain(text)
		if strings.ContainsAny(p, "\x00\n\r\t\u202e") || len([]rune(p)) > lineLimit {
			t.Errorf("plain leaves %q", p)
		}
		if units := len(utf16.Encode([]rune(clip(p, 20)))); units > 20 {
			t.Errorf("clip leaves %d units", units)
		}
	})
}

// sheet is a screen that remembers what was drawn.
type sheet struct {
	mu    sync.Mutex
	rows  [slots]string
	faces []face
	drawn int
}

func (s *sheet) row(slot int, from, to row) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rows[slot] != from.label {
		panic("told of a change from " + from.label + ", which is not there")
	}
	s.rows[slot] = to.label
	s.drawn++
}

func (s *sheet) face(f face) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faces = append(s.faces, f)
}

// read returns the rows, the faces and how many rows were drawn since the last
// time.
func (s *sheet) read() (rows [slots]string, faces []face, drawn int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows, faces, drawn = s.rows, s.faces, s.drawn
	s.faces, s.drawn = nil, 0
	return rows, faces, drawn
}

func TestShow(t *testing.T) {
	t.Parallel()
	served := func(t *testing.T, story func(*testing.T, *Tray, *sheet)) {
		t.Helper()
		synctest.Test(t, func(t *testing.T) {
			tray, s := New(Actions{}, slog.New(slog.DiscardHandler)), &sheet{}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			go tray.serve(ctx, s)
			synctest.Wait()
			story(t, tray, s)
		})
	}
	t.Run("draws an unknown face before anything is shown", func(t *testing.T) {
		t.Parallel()
		served(t, func(t *testing.T, _ *Tray, s *sheet) {
			if _, faces, drawn := s.read(); !slices.Equal(faces, []face{{shape: ShapeUnknown}}) || drawn != 0 {
				t.Errorf("%v and %d rows", faces, drawn)
			}
		})
	})
	t.Run("draws nothing for an equal menu", func(t *testing.T) {
		t.Parallel()
		served(t, func(t *testing.T, tray *Tray, s *sheet) {
			tray.Show(full())
			synctest.Wait()
			s.read()
			tray.Show(full())
			synctest.Wait()
			if _, faces, drawn := s.read(); len(faces) != 0 || drawn != 0 {
				t.Errorf("%v and %d rows", faces, drawn)
			}
		})
	})
	t.Run("draws the one line that changed", func(t *testing.T) {
		t.Parallel()
		served(t, func(t *testing.T, tray *Tray, s *sheet) {
			tray.Show(full())
			synctest.Wait()
			s.read()
			m := full()
			m.More = "+5 saudáveis"
			tray.Show(m)
			synctest.Wait()
			if rows, faces, drawn := s.read(); rows[slotMore] != m.More || len(faces) != 0 || drawn != 1 {
				t.Errorf("%q, %v and %d rows", rows, faces, drawn)
			}
		})
	})
	t.Run("draws only the last of many", func(t *testing.T) {
		t.Parallel()
		tray, s := New(Actions{}, slog.New(slog.DiscardHandler)), &sheet{}
		for range 100 {
			tray.Show(Menu{Status: "früher"})
		}
		tray.Show(Menu{Status: "último"})
		tray.draw(s)
		if rows, _, drawn := s.read(); rows[slotStatus] != "último" || drawn != 1 {
			t.Errorf("%q in %d rows", rows, drawn)
		}
	})
	t.Run("may be called from anywhere", func(t *testing.T) {
		t.Parallel()
		served(t, func(t *testing.T, tray *Tray, s *sheet) {
			var callers sync.WaitGroup
			for range 20 {
				callers.Go(func() { tray.Show(full()); tray.Show(Menu{}) })
			}
			callers.Wait()
			tray.Show(full())
			synctest.Wait()
			if rows, _, _ := s.read(); rows[slotQuit] != "Sair" {
				t.Errorf("%q", rows)
			}
		})
	})
}

func TestClicks(t *testing.T) {
	t.Parallel()
	for slot, want := range map[int]string{
		slotStatus: "open", slotAccount: "account a1", slotAccount + 1: "account a2", slotMore: "open", slotCheckNow: "check",
		slotResume: "resume", slotOpen: "open", slotQuit: "quit", slotPauseFor: "pause 1h", slotPauseFor + 1: "pause today",
		slotNextExpiry: "", slotPause: "", slotAccount + 2: "",
	} {
		m := full()
		m.Resume = "Retomar"
		if got := clicked(m, slot); got != want {
			t.Errorf("slot %d: %q, not %q", slot, got, want)
		}
	}
	if got := clicked(Menu{Open: "Abrir"}, slotAccount); got != "open" {
		t.Errorf("without accounts: %q", got)
	}
}

// clicked is what the actions hear of a click on a slot.
func clicked(m Menu, slot int) (heard string) {
	hear := func(word string) func() { return func() { heard = word } }
	tell := func(word string) func(string) { return func(id string) { heard = word + " " + id } }
	Actions{
		Open: hear("open"), OpenAccount: tell("account"), CheckNow: hear("check"),
		Pause: tell("pause"), Resume: hear("resume"), Quit: hear("quit"),
	}.do(lookOf(m).rows[slot].click)
	Actions{}.do(lookOf(m).rows[slot].click) // which must not crash
	return heard
}

func TestAClickAfterTheEndIsForgotten(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	tray := New(Actions{}, slog.New(slog.DiscardHandler))
	tray.press(ctx, slotOpen) // returns although nobody takes the order
	if len(tray.orders) != 0 {
		t.Error("an order waits")
	}
}

func TestTheLibrarysWordsGoToTheLog(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	l := lines{slog.New(slog.NewTextHandler(&out, nil))}
	_, _ = l.Write([]byte("systray error: failed to register: no such name\n"))
	if out.Len() > 0 {
		t.Errorf("a desktop without a tray is told: %s", &out)
	}
	_, _ = l.Write([]byte("systray error: unable to set icon\n"))
	if !strings.Contains(out.String(), `level=WARN msg="tray library" said="systray error: unable to set icon"`) {
		t.Errorf("%s", &out)
	}
}
