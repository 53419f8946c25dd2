package notify

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	longestName   = 40 // characters, the ellipsis among them (security.md W9)
	marksPerBase  = 4  // what a letter of any living script carries; more is ink over the lines around it
	simpleSigns   = ".,-_&'’!?()+#…"
	emptyNameSign = "…"
)

// Clean makes a provider's name fit to stand in a notification, a menu or a
// window's title (security.md W9, W10): letters and digits of all scripts with
// their accents, single spaces and simple punctuation, at most 40 characters.
// What a service could take for markup, a link, an e-mail address or a change
// of writing direction does not survive. A name of which nothing can be read
// comes out as "…"; see CleanOr.
func Clean(name string) string { return CleanOr(name, emptyNameSign) }

// CleanOr is Clean with a text of ours for a name of which nothing can be read.
func CleanOr(name, fallback string) string {
	name = norm.NFC.String(sift(name))
	name = strings.Join(strings.Fields(unlink(name)), " ")
	if !strings.ContainsFunc(name, readable) {
		return fallback
	}
	return shorten(name)
}

// sift keeps what a name is written in, puts a space where another visible sign
// was, and drops what is invisible.
func sift(name string) string {
	var out []rune
	marks := 0
	for _, r := range name {
		previous := ' '
		if len(out) > 0 {
			previous = out[len(out)-1]
		}
		switch {
		case invisible(r):
		case unicode.IsMark(r):
			if marks++; marks <= marksPerBase && (readable(previous) || unicode.IsMark(previous)) {
				out = append(out, r)
			}
			continue
		case readable(r), strings.ContainsRune(simpleSigns, r), r == '@' && (previous == ' ' || previous == '('):
			out = append(out, r)
		default:
			out = append(out, ' ')
		}
		marks = 0
	}
	return string(out)
}

func readable(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// invisible reports characters that take no room: format characters such as
// bidirectional overrides, fillers, variation selectors.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// unlink breaks the one beginning of a link that needs neither ":" nor "/".
func unlink(name string) string {
	return regexp.MustCompile(`(?i)(www\d*)\.`).ReplaceAllString(name, "$1 ")
}

// shorten cuts between letters, not between a letter and its accent.
func shorten(name string) string {
	all := []rune(name)
	if len(all) <= longestName {
		return name
	}
	end := longestName - 1
	for end > 0 && unicode.IsMark(all[end]) {
		end--
	}
	return strings.TrimRight(string(all[:end]), " .,-_&'’(+#…@") + "…"
}
