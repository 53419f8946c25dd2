package social_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/kontent/kontent-connect/backend/social"
)

// hostileNames are those of security.md GR08, and what must come of them.
// Markup and templates stay: they are text, and whoever shows them escapes.
var hostileNames = map[string]struct{ name, want string }{
	"empty":                      {"", ""},
	"ten thousand characters":    {strings.Repeat("a", 10_000), strings.Repeat("a", social.MaxNameLength)},
	"right-to-left override":     {"Caf\u202eé da\u202c Esquina", "Café da Esquina"},
	"isolates and marks":         {"\u2066a\u2069\u200e\u061cb", "ab"},
	"zero width inside":          {"Ca\u200bf\ufeff\u2060é\u00ad", "Café"},
	"nothing but zero width":     {"\u200b\u200d\u2060", ""},
	"a joiner at the edges":      {"\u200dCafé\u200d", "Café"},
	"nothing but fillers":        {"\u3164\uffa0\u115f", ""},
	"a mark on nothing":          {"\u0301 \u0301", ""},
	"an emoji family stays one":  {"👩\u200d👩\u200d👧 Café ☕\ufe0f", "👩\u200d👩\u200d👧 Café ☕\ufe0f"},
	"script":                     {"<script>alert(1)</script>", "<script>alert(1)</script>"},
	"end of CDATA":               {"]]>", "]]>"},
	"shell":                      {"$(calc)`id`", "$(calc)`id`"},
	"format verbs":               {"%s%n", "%s%n"},
	"quotes of SQL":              {"'; DROP TABLE accounts;--", "'; DROP TABLE accounts;--"},
	"new lines and tabs":         {"  a\r\n\tb\u2028c\u0085 ", "a b c"},
	"escape sequences":           {"\x1b[2J\x1b]0;title\x07ok\x00\x7f\u009b", "[2J]0;titleok"},
	"broken UTF-8":               {"Caf\xc3\x28 \xff", "Caf("},
	"replacement characters":     {"a\ufffdb", "ab"},
	"a cut leaves no blank":      {strings.Repeat("a", social.MaxNameLength-1) + " b", strings.Repeat("a", social.MaxNameLength-1)},
	"a cut counts characters":    {strings.Repeat("é", social.MaxNameLength+1), strings.Repeat("é", social.MaxNameLength)},
	"a cut inside of an emoji":   {strings.Repeat("a", social.MaxNameLength-2) + "👩\u200d👩", strings.Repeat("a", social.MaxNameLength-2) + "👩"},
	"nothing to clean is itself": {"Café da Esquina – São Paulo 🇧🇷", "Café da Esquina – São Paulo 🇧🇷"},
}

// Covers GR08.
func TestCleanName(t *testing.T) {
	t.Parallel()
	for name, tc := range hostileNames {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := social.CleanName(tc.name); got != tc.want {
				t.Errorf("cleaned %+q, want %+q", got, tc.want)
			}
		})
	}
}

// Covers GR08.
func FuzzCleanName(f *testing.F) {
	for _, tc := range hostileNames {
		f.Add(tc.name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		cleaned := social.CleanName(name)
		if !utf8.ValidString(cleaned) || utf8.RuneCountInString(cleaned) > social.MaxNameLength {
			t.Errorf("%+q is not text of at most %d characters", cleaned, social.MaxNameLength)
		}
		for _, r := range cleaned {
			if unicode.IsControl(r) || (unicode.Is(unicode.Cf, r) && r != '\u200d') || (unicode.IsSpace(r) && r != ' ') {
				t.Errorf("%+q holds %U", cleaned, r)
			}
		}
		if strings.Contains(cleaned, "  ") || strings.Trim(cleaned, " \u200d") != cleaned {
			t.Errorf("%+q has blanks or joiners where none belong", cleaned)
		}
		if again := social.CleanName(cleaned); again != cleaned {
			t.Errorf("cleaning %+q again makes %+q", cleaned, again)
		}
	})
}
