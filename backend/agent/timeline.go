package agent

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/text"
	"github.com/kontent/kontent-connect/backend/view"
)

// timeline writes lines of the timeline as files.
type timeline struct {
	events   []social.Event
	projects []social.Project
	texts    *text.Texts
}

// json is what `kontent history --json` writes, indented for people.
func (t timeline) json() (string, error) {
	body, err := json.MarshalIndent(map[string]any{"events": view.HistoryFrom(t.events)}, "", "  ")
	if err != nil {
		return "", fmt.Errorf("write the timeline: %w", err)
	}
	return string(body) + "\n", nil
}

// byteOrderMark tells spreadsheets that the file is UTF-8; without it they
// take accents for something else.
const byteOrderMark = "\ufeff"

// csv is a table as in RFC 4180, with the columns' names first.
func (t timeline) csv() (string, error) {
	var b strings.Builder
	b.WriteString(byteOrderMark)
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	var header []string
	for _, column := range []string{"when", "what", "why", "name", "provider", "project", "kind"} {
		header = append(header, t.texts.Get("column."+column, nil))
	}
	rows := [][]string{header}
	for _, e := range t.events {
		rows = append(rows, t.row(e))
	}
	if err := w.WriteAll(rows); err != nil {
		return "", fmt.Errorf("write the timeline: %w", err)
	}
	return b.String(), nil
}

func (t timeline) row(e social.Event) []string {
	cells := []string{view.Time(e.At), t.sentence(e), "", e.Subject, "", t.project(e.ProjectID), string(e.Kind)}
	if e.Cause != "" {
		cells[2] = t.texts.Get("cause."+string(e.Cause), nil)
	}
	if e.Provider != "" {
		cells[4] = t.texts.Get("provider."+string(e.Provider), nil)
	}
	for i, cell := range cells {
		cells[i] = defused(cell)
	}
	return cells
}

// sentence says what happened to whom.
func (t timeline) sentence(e social.Event) string {
	key := "said." + string(e.Kind)
	if e.Kind == social.EventHealthChanged && e.Cause == "" {
		key = "said_well"
	}
	args := map[string]string{"name": e.Subject, "provider": ""}
	if e.Provider != "" {
		args["provider"] = t.texts.Get("provider."+string(e.Provider), nil)
	}
	return t.texts.Get(key, args)
}

func (t timeline) project(id social.ProjectID) string {
	for _, p := range t.projects {
		if p.ID == id {
			return p.Name
		}
	}
	return ""
}

// defused keeps a spreadsheet from taking a name for a formula and running it:
// names are chosen by strangers.
func defused(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
