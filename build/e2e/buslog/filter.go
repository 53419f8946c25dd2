package buslog

import (
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"
)

// interest is how the names begin that a message must speak of to be kept.
func interest(name string) bool {
	return slices.ContainsFunc([]string{
		"org.freedesktop.Notifications", "org.kde.StatusNotifier", "com.canonical.dbusmenu",
	}, func(begin string) bool { return strings.HasPrefix(name, begin) })
}

// conversation is how a call and its answer are told to belong together.
type conversation struct {
	caller string
	serial uint32
}

// filter picks messages. An answer names neither an interface nor what was
// asked, so the calls that wait for theirs are remembered.
type filter struct {
	waiting map[conversation]Message
	names   map[string]string // what a connection is called, by its number
}

func newFilter() filter {
	return filter{waiting: map[conversation]Message{}, names: map[string]string{}}
}

func (f filter) take(raw *dbus.Message) (Message, bool) {
	f.learnName(raw)
	message := newMessage(raw)
	switch message.Kind {
	case Reply, Error:
		serial, _ := raw.Headers[dbus.FieldReplySerial].Value().(uint32)
		asked := conversation{message.To, serial}
		call, ok := f.waiting[asked]
		if !ok {
			return Message{}, false
		}
		delete(f.waiting, asked)
		message.Path, message.Interface, message.Member, message.Serial = call.Path, call.Interface, call.Member, serial
	default:
		if !concerns(message) {
			return Message{}, false
		}
		if message.Kind == Call && raw.Flags&dbus.FlagNoReplyExpected == 0 {
			f.waiting[conversation{message.From, message.Serial}] = message
		}
	}
	message.From, message.To = f.name(message.From), f.name(message.To)
	return message, true
}

// concerns reports whether a call or signal is of interest: by its interface, or
// because it is about a property, or a name's new owner, of something that is.
func concerns(m Message) bool {
	if m.Interface != "org.freedesktop.DBus.Properties" && m.Member != ownerChanged {
		return interest(m.Interface)
	}
	if len(m.Body) == 0 {
		return false
	}
	about, _ := m.Body[0].(string)
	return interest(about)
}

// ownerChanged is how the bus says that a service came, went or changed hands.
const ownerChanged = "NameOwnerChanged"

// learnName remembers which connection has a name of interest, from the bus's
// word that it changed hands. Numbers alone say little to whoever reads.
func (f filter) learnName(raw *dbus.Message) {
	if header(raw, dbus.FieldMember) != ownerChanged || len(raw.Body) != 3 {
		return
	}
	name, _ := raw.Body[0].(string)
	owner, _ := raw.Body[2].(string)
	if owner != "" && interest(name) {
		f.names[owner] = name
	}
}

func (f filter) name(connection string) string {
	if name, ok := f.names[connection]; ok {
		return name + " (" + connection + ")"
	}
	return connection
}
