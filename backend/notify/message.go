package notify

import (
	"strings"
	"unicode"
)

// Message is one notification, ready to be shown: names in it went through
// Clean, and it is in the admin's language.
type Message struct {
	Key     string   // a later message with the same key replaces this one
	Title   string   // the account first
	Body    string   // one or two sentences
	Urgent  bool     // critical where the system knows that; stays until handled
	Quiet   bool     // low urgency, no sound: recovered, summaries
	Buttons []Button // left out where the system has none
}

// Button is one thing to do about a message. Its ID is at most 32 of a-z, 0-9,
// "_" and "-"; others, and "default", which is a click on the message itself,
// are not shown.
type Button struct{ ID, Label string }

// Response is what the admin did about a message: pressed a button, or, when
// Button is "", clicked on the message itself.
type Response struct{ Key, Button string }

// State is what becomes of messages.
type State string

// The states.
const (
	Available State = "available"
	NoService State = "no_service" // nobody shows them
	Denied    State = "denied"     // the admin or the system has switched ours off
	Silenced  State = "silenced"   // do not disturb
	Unknown   State = "unknown"    // the system could not be asked
)

// Status is the answer of Desktop.Status.
type Status struct {
	State   State
	Buttons bool // buttons are known to be shown
}

// The longest texts that are handed to a system, in characters. Ours are far
// below them.
const (
	longestTitle = 200
	longestBody  = 1000
	longestLabel = 60
)

// bounded returns the message with nothing in it that a notification service
// could stumble over: bytes that are no text (the bus hangs up at them),
// control characters, endless lines, buttons that could not be told apart from
// a click.
func (m Message) bounded() Message {
	m.Title = bounded(strings.ReplaceAll(m.Title, "\n", " "), longestTitle)
	m.Body = bounded(m.Body, longestBody)
	var buttons []Button
	for _, b := range m.Buttons {
		if validButton(b.ID) {
			buttons = append(buttons, Button{b.ID, bounded(b.Label, longestLabel)})
		}
	}
	m.Buttons = buttons
	return m
}

func bounded(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	if all := []rune(text); len(all) > most {
		text = string(all[:most-1]) + "…"
	}
	return text
}

// validButton reports whether an ID can travel to any system and back.
func validButton(id string) bool {
	outside := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' && r != '-'
	}
	return id != "" && len(id) <= 32 && id != clicked && !strings.ContainsFunc(id, outside)
}

// clicked is the name of a click on the message itself, on the way.
const clicked = "default"
