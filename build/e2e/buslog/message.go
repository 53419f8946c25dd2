package buslog

import (
	"time"

	"github.com/godbus/dbus/v5"
)

// Kind is what sort of message crossed.
type Kind string

// The kinds of messages.
const (
	Call   Kind = "call"
	Reply  Kind = "reply"
	Error  Kind = "error"
	Signal Kind = "signal"
)

// Message is one message on the bus. A reply or an error has the serial number
// and the words of the call that it answers.
type Message struct {
	At        time.Time `json:"at"`
	Kind      Kind      `json:"kind"`
	From      string    `json:"from"`
	To        string    `json:"to,omitempty"`
	Path      string    `json:"path,omitempty"`
	Interface string    `json:"interface"`
	Member    string    `json:"member"`
	Serial    uint32    `json:"serial"`
	Failure   string    `json:"failure,omitempty"` // the error's name
	Body      []any     `json:"body"`
}

func newMessage(raw *dbus.Message) Message {
	kinds := map[dbus.Type]Kind{
		dbus.TypeMethodCall: Call, dbus.TypeMethodReply: Reply, dbus.TypeError: Error, dbus.TypeSignal: Signal,
	}
	m := Message{
		At: time.Now().UTC(), Kind: kinds[raw.Type],
		From: header(raw, dbus.FieldSender), To: header(raw, dbus.FieldDestination),
		Path: header(raw, dbus.FieldPath), Interface: header(raw, dbus.FieldInterface),
		Member: header(raw, dbus.FieldMember), Failure: header(raw, dbus.FieldErrorName),
		Serial: raw.Serial(), Body: []any{},
	}
	for _, value := range raw.Body {
		m.Body = append(m.Body, plain(value))
	}
	return m
}

// header is a field of a message's header, empty where it has none.
func header(raw *dbus.Message, field dbus.HeaderField) string {
	switch value := raw.Headers[field].Value().(type) {
	case string:
		return value
	case dbus.ObjectPath:
		return string(value)
	default:
		return ""
	}
}

// first is the first word of a message's body.
func first(raw *dbus.Message) (string, bool) {
	if len(raw.Body) == 0 {
		return "", false
	}
	word, ok := raw.Body[0].(string)
	return word, ok
}
