// Package threats holds docs/threat-model.md to the tests that it speaks of.
//
// A test says what it covers in the line directly above it, as in
//
//	// Covers CB07, CB08.
//
// and code that holds a line of the checklist names it in a comment, as in
// "(security.md L4)". The document's tables have every line of the catalogue
// with what was found for it; what has no test has a reason. The tests beside
// this file fail on a line that is missing, on a test that the tables do not
// have and on a reason that is not given; "make threats" writes the columns
// that can be written.
package threats

import "fmt"

// groups says how many lines the catalogue has under each letter. The lines
// themselves stand in the document; this is what keeps one from being left out.
func groups() []struct {
	prefix string
	count  int
} {
	return []struct {
		prefix string
		count  int
	}{
		// The checklist: what must hold.
		{"A", 9}, {"L", 16}, {"T", 13}, {"S", 11}, {"W", 11}, {"P", 6}, {"C", 6},
		// The faults: what may happen.
		{"CB", 35}, {"TK", 23}, {"GR", 14}, {"KC", 22}, {"DB", 16}, {"CK", 10}, {"NW", 7}, {"PL", 13}, {"UI", 11},
		// The goals: what is measured.
		{"G", 20},
	}
}

// Catalogue lists the ids of all lines. Faults are numbered with two digits.
func Catalogue() []string {
	var ids []string
	for _, group := range groups() {
		form := "%s%d"
		if len(group.prefix) > 1 {
			form = "%s%02d"
		}
		for n := range group.count {
			ids = append(ids, fmt.Sprintf(form, group.prefix, n+1))
		}
	}
	return ids
}
