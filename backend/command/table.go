package command

import (
	"runtime"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"github.com/kontent/kontent-connect/backend/view"
)

// table writes aligned rows.
func (s *session) table(rows [][]string) { s.colouredTable(rows, -1, nil) }

// colouredTable writes aligned rows; colours, one for each row, are those of
// column.
func (s *session) colouredTable(rows [][]string, column int, colours []string) {
	widths := map[int]int{}
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], columns(printable(cell)))
		}
	}
	for r, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			cell = printable(cell)
			gap := widths[i] - columns(cell) + 2
			if i == column {
				cell = s.paint(colours[r], cell)
			}
			line.WriteString(cell)
			if i < len(row)-1 {
				line.WriteString(strings.Repeat(" ", gap))
			}
		}
		s.print("%s", strings.TrimRight(line.String(), " "))
	}
}

// printable leaves out what a terminal would take for an order: names are
// chosen by strangers.
func printable(cell string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, cell)
}

// columns is how many columns of a terminal text takes.
func columns(text string) int {
	n := 0
	for _, r := range text {
		n += columnsOf(r)
	}
	return n
}

// emojiStyle makes a picture of two columns of the narrow sign before it.
const emojiStyle = 0xfe0f

func columnsOf(r rune) int {
	switch {
	case r == emojiStyle:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	}
	switch width.LookupRune(r).Kind() { //nolint:exhaustive // the others are narrow
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// cut shortens text to so many columns.
func cut(text string, most int) string {
	text = printable(text)
	if columns(text) <= most {
		return text
	}
	var kept strings.Builder
	room := most - 1
	for _, r := range text {
		if room -= columnsOf(r); room < 0 {
			break
		}
		kept.WriteRune(r)
	}
	return kept.String() + "…"
}

// The colours, as a terminal takes them. Each only says once more what the
// word beside it says.
const (
	green  = "32"
	yellow = "33"
	red    = "31"
	faint  = "2"
)

// colourOf is the colour of a health.
func colourOf(h view.Health) string {
	switch exitCodeOf(h) {
	case ExitAttention:
		return yellow
	case ExitReconnect:
		return red
	}
	if h == view.Disconnected {
		return faint
	}
	return green
}

// paint colours text where somebody watches and does not mind (no-color.org).
func (s *session) paint(colour, text string) string {
	old := runtime.GOOS == "windows" && s.Getenv("WT_SESSION") == ""
	if colour == "" || !s.Terminals.Out || s.Getenv("NO_COLOR") != "" || s.Getenv("TERM") == "dumb" || old {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}
