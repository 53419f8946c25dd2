package command

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kontent/kontent-connect/backend/text"
	"github.com/kontent/kontent-connect/backend/view"
)

// calendar writes the dates on which accesses end as a calendar (RFC 5545). A
// date keeps its UID from one export to the next, so that a calendar that is
// read again moves it.
func calendar(s view.Snapshot, texts *text.Texts, now time.Time) string {
	c := &calendarFile{stamp: moment(now)}
	c.line("BEGIN:VCALENDAR")
	c.line("VERSION:2.0")
	c.line("PRODID:-//Kontent//Kontent Connect " + s.Version + "//EN")
	for _, g := range s.Grants {
		for _, end := range endsOf(g) {
			c.event(string(g.ID)+"-"+end.name+"@kontent-connect", end.at, texts.Get("calendar."+end.name, map[string]string{
				"name": g.SubjectName, "provider": texts.Get("provider."+string(g.Provider), nil),
			}), strings.Join(namesOf(s.Accounts, g.ID), "\n"))
		}
	}
	c.line("END:VCALENDAR")
	return c.String()
}

// end is one date that an access has.
type end struct {
	name string
	at   time.Time
}

// endsOf lists the dates of a login that only its person can move: a token
// that renews itself ends with what renews it.
func endsOf(g view.Grant) []end {
	first := g.Clocks.Token
	if g.Clocks.Refresh != nil {
		first = g.Clocks.Refresh
	}
	var ends []end
	for name, clock := range map[string]*view.Clock{"token": first, "data_access": g.Clocks.DataAccess} {
		if clock == nil || clock.Kind != view.ClockExpires {
			continue
		}
		if at, err := time.Parse(time.RFC3339, clock.At); err == nil {
			ends = append(ends, end{name, at})
		}
	}
	if len(ends) == 2 && ends[0].name != "token" {
		ends[0], ends[1] = ends[1], ends[0]
	}
	return ends
}

func namesOf(accounts []view.Account, login view.GrantID) []string {
	var names []string
	for _, a := range connected(accounts, "", false) {
		if a.GrantID == login {
			names = append(names, a.Name)
		}
	}
	return names
}

// calendarFile is a calendar as it is being written.
type calendarFile struct {
	strings.Builder
	stamp string
}

func (c *calendarFile) event(uid string, at time.Time, summary, description string) {
	c.line("BEGIN:VEVENT")
	c.line("UID:" + uid)
	c.line("DTSTAMP:" + c.stamp)
	c.line("DTSTART:" + moment(at))
	c.line("SUMMARY:" + escaped(summary))
	if description != "" {
		c.line("DESCRIPTION:" + escaped(description))
	}
	c.line("TRANSP:TRANSPARENT")
	c.line("END:VEVENT")
}

// maxLine is how many octets a line may have; what is longer goes on behind a
// blank on the next (RFC 5545 3.1).
const maxLine = 75

func (c *calendarFile) line(content string) {
	room := maxLine
	for len(content) > room {
		cut := room
		for !utf8.RuneStart(content[cut]) {
			cut--
		}
		c.WriteString(content[:cut] + "\r\n ")
		content, room = content[cut:], maxLine-1
	}
	c.WriteString(content + "\r\n")
}

func moment(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// escaped writes a text value (RFC 5545 3.3.11).
func escaped(value string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r", "", "\n", `\n`).Replace(value)
}
