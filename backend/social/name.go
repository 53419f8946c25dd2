package social

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxNameLength is the most characters of a provider's name that are kept.
const MaxNameLength = 200

// CleanName makes a provider's display name safe to store and show: control,
// format and direction characters go, runs of white space become one blank,
// and no more than MaxNameLength characters stay (security.md GR08). It may
// return "".
func CleanName(name string) string {
	name = strings.ToValidUTF8(name, "")
	var b strings.Builder
	blank := false
	for _, r := range name {
		switch {
		case unicode.IsSpace(r):
			blank = b.Len() > 0
			continue
		case unicode.Is(unicode.Cf, r) && r != zeroWidthJoiner, unicode.IsControl(r), r == utf8.RuneError:
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
	}
	return truncate(b.String(), MaxNameLength)
}

// zeroWidthJoiner holds composed emoji together; alone it shows nothing.
const zeroWidthJoiner = '\u200d'

func truncate(s string, most int) string {
	count := 0
	for i := range s {
		if count == most {
			return strings.TrimSpace(s[:i])
		}
		count++
	}
	return s
}
