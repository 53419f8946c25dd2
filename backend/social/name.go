package social

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxNameLength is the most characters of a provider's name that are kept.
const MaxNameLength = 200

// CleanName makes a provider's display name safe to store and show: control,
// format, direction and filler characters go, runs of white space become one
// blank, and no more than MaxNameLength characters stay (security.md GR08). It
// returns "" where nothing of the name could be seen.
func CleanName(name string) string {
	name = strings.ToValidUTF8(name, "")
	var b strings.Builder
	blank, joined := false, false
	for _, r := range name {
		switch {
		case unicode.IsSpace(r):
			blank, joined = b.Len() > 0, false
			continue
		case r == zeroWidthJoiner:
			joined = b.Len() > 0 && !blank
			continue
		case unicode.In(r, unicode.Cf, unicode.Cc, unicode.Other_Default_Ignorable_Code_Point), r == utf8.RuneError:
			continue
		}
		switch {
		case blank:
			b.WriteByte(' ')
		case joined:
			b.WriteRune(zeroWidthJoiner)
		}
		blank, joined = false, false
		b.WriteRune(r)
	}
	cleaned := truncate(b.String(), MaxNameLength)
	if !strings.ContainsFunc(cleaned, visible) {
		return ""
	}
	return cleaned
}

// visible reports whether r shows something by itself.
func visible(r rune) bool { return !unicode.IsMark(r) && r != ' ' && r != zeroWidthJoiner }

// zeroWidthJoiner holds composed emoji together; at an edge it shows nothing.
const zeroWidthJoiner = '\u200d'

func truncate(s string, most int) string {
	count := 0
	for i := range s {
		if count == most {
			return strings.TrimRight(s[:i], " \u200d")
		}
		count++
	}
	return s
}
