// Package keychaintest plays the desktop's keychain for tests: a Secret Service
// that can be told to misbehave, and the real gnome-keyring, on a session bus
// that the caller has started.
package keychaintest

import (
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
)

const (
	name       = "org.freedesktop.secrets"
	path       = dbus.ObjectPath("/org/freedesktop/secrets")
	face       = "org.freedesktop.Secret."
	promptPath = dbus.ObjectPath("/prompt")
	properties = "org.freedesktop.DBus.Properties"

	// aPersonsTime is longer than a machine needs to refuse something.
	aPersonsTime = 300 * time.Millisecond
)

// Login is where a Secret Service has its first collection.
const Login = path + "/collection/login"

// Call is what a client asks of a Service.
type Call string

// The calls that can be made to misbehave.
const (
	Open   Call = "open"
	Unlock Call = "unlock"
	Search Call = "search"
	Create Call = "create"
	Read   Call = "read"
	Delete Call = "delete"
)

// Behaviour is how a Service behaves. The zero value is well-behaved.
type Behaviour struct {
	// Prompt is the call that raises a question, and Answer what the person
	// does a little later. nil: nothing, ever.
	Prompt Call
	Answer func(*Service)
	// Lie is the call that is said to be done, and is not.
	Lie Call
	// Hang is the call that is never answered; Vanish the one at which the
	// service ends, before it is done.
	Hang, Vanish Call
	// Locked: the collection says that it is locked.
	Locked bool
	// Collections, where there are others than Login. The last serves as the
	// default.
	Collections []dbus.ObjectPath
}

// Service is a Secret Service without a password.
type Service struct {
	Behaviour
	conn    *dbus.Conn
	serving dbus.ObjectPath
	hung    chan struct{}

	mu    sync.Mutex // protects what follows
	next  int
	items map[dbus.ObjectPath]item
	calls map[Call]int
	asker string // whose question is open
}

type item struct {
	attributes map[string]string
	secret     []byte
}

type wireSecret struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}

// Serve starts a Service on the bus of conn. It ends with the test.
func Serve(t *testing.T, conn *dbus.Conn, b Behaviour) *Service {
	t.Helper()
	if len(b.Collections) == 0 {
		b.Collections = []dbus.ObjectPath{Login}
	}
	s := &Service{
		Behaviour: b, conn: conn, serving: b.Collections[len(b.Collections)-1], hung: make(chan struct{}),
		items: map[dbus.ObjectPath]item{}, calls: map[Call]int{},
	}
	t.Cleanup(func() { close(s.hung) })
	for _, err := range s.export() {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := conn.RequestName(name, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *Service) export() (errs []error) {
	table := func(at dbus.ObjectPath, interfaceName string, methods map[string]any) {
		errs = append(errs, s.conn.ExportMethodTable(methods, at, face+interfaceName))
	}
	table(path, "Service", map[string]any{"OpenSession": s.openSession, "Unlock": s.unlock})
	table("/session", "Session", map[string]any{"Close": func() *dbus.Error { return nil }})
	table(promptPath, "Prompt", map[string]any{"Prompt": s.prompt})
	places := append([]dbus.ObjectPath{path + "/aliases/default"}, s.Collections...)
	for _, at := range places {
		table(at, "Collection", map[string]any{"SearchItems": s.search, "CreateItem": s.create})
		_, err := prop.Export(s.conn, at, prop.Map{face + "Collection": {"Locked": {Value: s.Locked}}})
		errs = append(errs, err)
	}
	_, err := prop.Export(s.conn, path, prop.Map{face + "Service": {"Collections": {Value: s.Collections}}})
	return append(errs, err)
}

// Calls is how often something was asked.
func (s *Service) Calls(c Call) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[c]
}

// Items is how many secrets are kept.
func (s *Service) Items() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.items)
}

// meet lets a call misbehave. It reports whether the call is to be done.
func (s *Service) meet(c Call) bool {
	s.mu.Lock()
	s.calls[c]++
	s.mu.Unlock()
	if c == s.Vanish {
		_ = s.conn.Close()
	}
	if c == s.Hang || c == s.Vanish {
		<-s.hung
	}
	return c != s.Lie
}

func (s *Service) openSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	s.meet(Open)
	return dbus.MakeVariant(""), "/session", nil
}

func (s *Service) unlock(objects []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	s.meet(Unlock)
	if s.Prompt == Unlock {
		return []dbus.ObjectPath{}, promptPath, nil
	}
	return objects, "/", nil
}

func (s *Service) search(wanted map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	s.meet(Search)
	s.mu.Lock()
	defer s.mu.Unlock()
	found := []dbus.ObjectPath{}
	for path, item := range s.items {
		if has(item.attributes, wanted) {
			found = append(found, path)
		}
	}
	return found, nil
}

// has reports whether attributes are as wanted, whatever others there are.
func has(attributes, wanted map[string]string) bool {
	for name, value := range wanted {
		if attributes[name] != value {
			return false
		}
	}
	return true
}

func (s *Service) create(described map[string]dbus.Variant, secret wireSecret, replace bool) (dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	done := s.meet(Create)
	if s.Prompt == Create {
		return "/", promptPath, nil
	}
	if !done {
		return s.serving + "/lie", "/", nil
	}
	i := item{secret: secret.Value}
	_ = described[face+"Item.Attributes"].Store(&i.attributes)
	s.mu.Lock()
	defer s.mu.Unlock()
	for at, former := range s.items {
		if replace && maps.Equal(former.attributes, i.attributes) {
			s.items[at] = i
			return at, "/", nil
		}
	}
	s.next++
	at := s.serving + dbus.ObjectPath(fmt.Sprintf("/%d", s.next))
	s.items[at] = i
	s.show(at)
	return at, "/", nil
}

// show makes an item reachable.
func (s *Service) show(at dbus.ObjectPath) {
	_ = s.conn.ExportMethodTable(map[string]any{
		"GetSecret": func(session dbus.ObjectPath) (wireSecret, *dbus.Error) {
			s.meet(Read)
			return wireSecret{session, []byte{}, s.kept(at).secret, "text/plain"}, nil
		},
		"Delete": func() (dbus.ObjectPath, *dbus.Error) { return s.remove(at) },
	}, at, face+"Item")
	_ = s.conn.ExportMethodTable(map[string]any{
		"Get": func(string, string) (dbus.Variant, *dbus.Error) { return dbus.MakeVariant(s.kept(at).attributes), nil },
	}, at, properties)
}

func (s *Service) kept(at dbus.ObjectPath) item {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.items[at]
}

func (s *Service) remove(at dbus.ObjectPath) (dbus.ObjectPath, *dbus.Error) {
	done := s.meet(Delete)
	if s.Prompt == Delete {
		return promptPath, nil
	}
	if !done {
		return "/", nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.items, at)
	_ = s.conn.ExportMethodTable(nil, at, face+"Item")
	return "/", nil
}

// prompt lets the person act after it has answered.
func (s *Service) prompt(asker dbus.Sender, _ string) *dbus.Error {
	s.mu.Lock()
	s.asker = string(asker)
	s.mu.Unlock()
	if s.Answer != nil {
		time.AfterFunc(aPersonsTime, func() { s.Answer(s) })
	}
	return nil
}

// Dismiss is an Answer: the person closes the question.
func (s *Service) Dismiss() {
	_ = s.conn.Emit(promptPath, face+"Prompt.Completed", true, dbus.MakeVariant(""))
}

// Distract is an Answer: a signal of something else reaches the client, and the
// question stays open.
func (s *Service) Distract() {
	s.mu.Lock()
	asker := s.asker
	s.mu.Unlock()
	s.conn.Send(&dbus.Message{
		Type: dbus.TypeSignal,
		Headers: map[dbus.HeaderField]dbus.Variant{
			dbus.FieldDestination: dbus.MakeVariant(asker), dbus.FieldPath: dbus.MakeVariant(dbus.ObjectPath("/weather")),
			dbus.FieldInterface: dbus.MakeVariant("org.example.Weather"), dbus.FieldMember: dbus.MakeVariant("Changed"),
			dbus.FieldSignature: dbus.MakeVariant(dbus.SignatureOf(true, dbus.MakeVariant(""))),
		},
		Body: []any{true, dbus.MakeVariant("")},
	}, nil)
}

// Entries lists the user names of the secrets that the keychain on the bus of
// conn, whichever it is, keeps for a service.
func Entries(conn *dbus.Conn, service string) ([]string, error) {
	var paths []dbus.ObjectPath
	err := conn.Object(name, Login).Call(face+"Collection.SearchItems", 0, map[string]string{"service": service}).Store(&paths)
	if err != nil {
		return nil, fmt.Errorf("search the keychain: %w", err)
	}
	var names []string
	for _, at := range paths {
		var attributes dbus.Variant
		if err := conn.Object(name, at).Call(properties+".Get", 0, face+"Item", "Attributes").Store(&attributes); err != nil {
			return nil, fmt.Errorf("read an item's attributes: %w", err)
		}
		of, _ := attributes.Value().(map[string]string)
		names = append(names, strings.Clone(of["username"]))
	}
	return names, nil
}
