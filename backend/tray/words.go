package tray

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// lineLimit is how many letters of a line or tooltip are shown. Names arrive
// cleaned and short; this only keeps a mistake from filling the screen.
const lineLimit = 120

// plain makes text safe for one line: no control characters, which can end a
// string for the system, no broken letters, which end a connection to the bus,
// and nothing that turns the direction of what follows.
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	letters := []rune(strings.TrimSpace(text))
	if len(letters) > lineLimit {
		return string(letters[:lineLimit-1]) + "…"
	}
	return string(letters)
}

// literal doubles the sign that a system takes for "the next letter is the
// shortcut", so that a name is shown as it is.
func literal(label, system string) string {
	switch system {
	case "windows":
		return strings.ReplaceAll(label, "&", "&&")
	case "darwin":
		return label
	default:
		return strings.ReplaceAll(label, "_", "__")
	}
}

// clip cuts text to what a Windows tooltip holds, in UTF-16 units: what is
// longer would lose its end mark.
func clip(text string, units int) string {
	if len(utf16.Encode([]rune(text))) <= units {
		return text
	}
	used, kept := 1, 0 // the ellipsis
	for i, r := range text {
		if used += utf16.RuneLen(r); used > units {
			break
		}
		kept = i + len(string(r))
	}
	return text[:kept] + "…"
}
