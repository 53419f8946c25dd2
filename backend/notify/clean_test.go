package notify_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/kontent/kontent-connect/backend/notify"
)

func TestCleanKeepsWhatANameIsWrittenIn(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"Café da Esquina", "@cafe_da.esquina", "Johnson & Johnson", "L'Oréal Paris", "Ben & Jerry’s", "Yahoo!", "C&A (Brasil)",
		"カフェ東京", "Кофе №1"[:8], "مقهى", "कॉफ़ी", "ร้านกาแฟ", "Ðặng Thị", "7-Eleven", "Toys R Us, Inc.", "C++ Brasil", "Disney+",
	} {
		if got := notify.Clean(name); got != name {
			t.Errorf("%q became %q", name, got)
		}
	}
}

// Covers W9, GR08.
func TestClean(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ what, name, want string }{
		{"markup", "<b>Café</b> & <img src=x>", "b Café b & img src x"},
		{"a link", "https://evil.example/login", "https evil.example login"},
		{"a link without a scheme", "WWW.evil.example", "WWW evil.example"},
		{"a link hidden by an invisible character", "ww\u200bw.evil.example", "www evil.example"},
		{"an e-mail address", "ana@example.com", "ana example.com"},
		{"a change of direction", "Caf\u202e\u2066ésrever\u2069", "Cafésrever"},
		{"line breaks", "Café\r\n\tdone\x00\x07", "Café done"},
		{"bytes that are no text", "Caf\xff\xc3 \xed\xa0\x80x", "Caf x"},
		{"pictures", "☕ Café ☕️👩‍👩‍👧 Bar", "Café Bar"},
		{"stacked accents", "Z" + strings.Repeat("\u0301", 30) + "algo", "Ź\u0301\u0301\u0301algo"},
		{"accents on nothing", "\u0301\u0301a", "a"},
		{"decomposed accents", "Cafe\u0301", "Café"},
		{"shell and script", "`$(id)` \"; rm -rf ~ %s {0}", "(id) rm -rf s 0"},
		{"the end of a CDATA section", "a]]>b", "a b"},
		{"room", "  a \u00a0 \u3000 b  ", "a b"},
		{"nothing readable", "☕ \u202e … @ --", "…"},
		{"letters that show nothing", "\u3164\u115f\uffa0", "…"},
		{"nothing", "", "…"},
		{"length", strings.Repeat("ação ", 10), "ação ação ação ação ação ação ação ação…"},
	} {
		if got := notify.Clean(tt.name); got != tt.want {
			t.Errorf("%s: %q became %q, want %q", tt.what, tt.name, got, tt.want)
		}
	}
	if got := notify.CleanOr("☕", "Uma conta"); got != "Uma conta" {
		t.Errorf("fallback: %q", got)
	}
}

// FuzzClean holds the promises of security.md W9 for any name.
//
// Covers W9, GR08.
func FuzzClean(f *testing.F) {
	for _, seed := range []string{
		"", "Café", "@a", "a@b.c", "www.x", "wwwwww..", "https://x/y?z=1", "<a href='x'>y</a>", "&amp;", "\u202eabc", "\x00\xff", "a\u0301\u0301\u0301\u0301\u0301",
		strings.Repeat("á", 100), strings.Repeat("e\u0323\u0301", 30), "👩‍👩‍👧", "\u0600\u06dd1", "ﷺ", "한\u3164글", "(@x", "w\u0301ww.", strings.Repeat("a", 38) + "www.",
	} {
		f.Add(seed)
	}
	clickable := regexp.MustCompile(`(?i)[a-z]:|/|www\d*\.|\pL@`)
	f.Fuzz(func(t *testing.T, name string) {
		got := notify.Clean(name)
		switch n := utf8.RuneCountInString(got); {
		case n == 0 || n > 40:
			t.Errorf("%q: %d characters in %q", name, n, got)
		case !utf8.ValidString(got):
			t.Errorf("%q: no text: %q", name, got)
		case clickable.MatchString(got):
			t.Errorf("%q: could be clicked: %q", name, got)
		case strings.TrimSpace(got) != got || strings.Contains(got, "  "):
			t.Errorf("%q: too much room: %q", name, got)
		case notify.Clean(got) != got:
			t.Errorf("%q: %q is cleaned again, to %q", name, got, notify.Clean(got))
		}
		for _, r := range got {
			if unicode.In(r, unicode.C, unicode.S, unicode.Zl, unicode.Zp) && r != '+' || strings.ContainsRune("<>\"`$%\\;:/=|{}[]~^*", r) {
				t.Errorf("%q: %q has %q", name, got, r)
			}
		}
	})
}
