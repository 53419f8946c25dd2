package social

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// EventFilter says which lines of the timeline are wanted. The zero value
// wants all.
type EventFilter struct {
	Account AccountID
	Project ProjectID
	// Logins are those of Account and of Project: a line about a login names
	// no account, and is a line of every account that the login serves.
	Logins   []GrantID
	Provider Provider
	Kinds    []EventKind
	// Text is looked for in the name that a line is about, whatever its case
	// and accents.
	Text string
}

// Admits reports whether e is wanted.
func (f EventFilter) Admits(e Event) bool {
	return (f.Account == "" || e.AccountID == f.Account || e.AccountID == "" && f.ofLogin(e)) &&
		(f.Project == "" || e.ProjectID == f.Project || e.ProjectID == "" && f.ofLogin(e)) &&
		(f.Provider == "" || e.Provider == f.Provider) &&
		(len(f.Kinds) == 0 || slices.Contains(f.Kinds, e.Kind)) &&
		strings.Contains(folded(e.Subject), folded(f.Text))
}

func (f EventFilter) ofLogin(e Event) bool { return slices.Contains(f.Logins, e.GrantID) }

// folded drops case and accents: people type "acao" and mean "Ação".
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(strings.TrimSpace(s)))
}
