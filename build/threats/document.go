package threats

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// The status of a line. All but the first want a note that says why.
const (
	Held      = "held"       // by the tests or at the places that stand beside it
	Partly    = "partly"     // held as far as the note says
	Open      = "open"       // not held yet
	NotHere   = "not here"   // it cannot happen in this program
	NotTested = "not tested" // it cannot be tested on the systems that the tests run on
)

// Row is one line of the document's tables.
type Row struct {
	ID     string
	Title  string
	Status string
	HeldBy string // written by Fill
	Note   string
}

var row = regexp.MustCompile(`^\| ([A-Z]{1,2}[0-9]{1,2}) \| (.+?) \| ([a-z ]*?) ?\| (.*?) ?\| (.*?) ?\|$`)

// Rows returns the lines of the tables of a document, in order.
func Rows(document string) []Row {
	var rows []Row
	for line := range strings.Lines(document) {
		if m := row.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			rows = append(rows, Row{m[1], m[2], m[3], m[4], m[5]})
		}
	}
	return rows
}

// Fill returns the document with its tables as the evidence says: what holds
// each line, and with a line that got its first test, that it is held.
func Fill(document string, found map[string]Evidence) string {
	var out strings.Builder
	for line := range strings.Lines(document) {
		m := row.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			out.WriteString(line)
			continue
		}
		r := Row{m[1], m[2], m[3], heldBy(found[m[1]]), m[5]}
		if r.HeldBy != "" && (r.Status == Open || r.Status == "") {
			r.Status, r.Note = Held, ""
		}
		if r.HeldBy == "" && r.Status == "" {
			r.Status = Open
		}
		_, _ = fmt.Fprintln(&out, spaced("|", r.ID, "|", r.Title, "|", r.Status, "|", r.HeldBy, "|", r.Note, "|"))
	}
	return count(out.String())
}

func spaced(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

// heldBy names the tests by folder; where there is none, the places.
func heldBy(e Evidence) string {
	names := e.Tests
	if len(names) == 0 {
		for _, place := range e.Places {
			names = append(names, "in "+place)
		}
	}
	var said []string
	var before string
	for _, name := range names {
		folder, test, found := strings.Cut(name, ": ")
		if found && folder == before {
			said = append(said, test)
			continue
		}
		before = folder
		said = append(said, strings.TrimPrefix(name, "backend/"))
	}
	return strings.Join(said, ", ")
}

var counted = regexp.MustCompile(`(?s)(<!-- counted -->\n).*?(<!-- end -->)`)

// count writes how many lines have which status.
func count(document string) string {
	number := map[string]int{}
	rows := Rows(document)
	for _, r := range rows {
		number[r.Status]++
	}
	var said []string
	for _, status := range []string{Held, Partly, NotTested, NotHere, Open} {
		said = append(said, fmt.Sprintf("%d %s", number[status], status))
	}
	sentence := fmt.Sprintf("${1}Of %d lines: %s.\n${2}", len(rows), strings.Join(said, ", "))
	return counted.ReplaceAllString(document, sentence)
}

// Check returns what is wrong with a document: lines that are missing or said
// twice, and a status that nothing stands behind.
func Check(document string, found map[string]Evidence) []string {
	var faults []string
	catalogue, seen := Catalogue(), map[string]bool{}
	for _, r := range Rows(document) {
		if seen[r.ID] {
			faults = append(faults, r.ID+" stands in the tables twice")
		}
		seen[r.ID] = true
		if fault := r.fault(found[r.ID]); fault != "" {
			faults = append(faults, r.ID+fault)
		}
	}
	for _, id := range catalogue {
		if !seen[id] {
			faults = append(faults, id+" is missing from the tables")
		}
	}
	for id, e := range found {
		if !slices.Contains(catalogue, id) {
			faults = append(faults, fmt.Sprintf("%s, named by %v, is no line of the catalogue", id, append(e.Tests, e.Places...)))
		}
	}
	slices.Sort(faults)
	return faults
}

func (r Row) fault(e Evidence) string {
	nothing := len(e.Tests)+len(e.Places) == 0
	switch r.Status {
	case Held:
		if nothing {
			return " is said to be held, and no test says that it covers it"
		}
		return ""
	case Open, NotHere, NotTested:
		if len(e.Tests) > 0 {
			return fmt.Sprintf(" is said to be %q, and %s covers it", r.Status, e.Tests[0])
		}
	case Partly:
		if nothing {
			return " is said to be partly held, and nothing says that it covers it"
		}
	default:
		return fmt.Sprintf(" has the status %q", r.Status)
	}
	if r.Note == "" {
		return fmt.Sprintf(" is %q and does not say why", r.Status)
	}
	return ""
}

// isFault tells what may happen, and what is measured, from what must hold. For
// those a comment in the code is no answer: only a test is.
func isFault(id string) bool { return id[0] == 'G' || strings.ContainsFunc(id[1:2], isLetter) }

func isLetter(r rune) bool { return r >= 'A' && r <= 'Z' }
