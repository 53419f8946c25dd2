package keychain

import (
	"fmt"
	"maps"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
)

const (
	secretService = "org.freedesktop.secrets"
	secretPath    = "/org/freedesktop/secrets"
	collection    = secretPath + "/collection/login"
	promptPath    = "/prompt"
)

func uid() string { return strconv.Itoa(os.Getuid()) }

// TestMisbehavingSecretService plays the scenes in which a person, or the
// desktop, does what gnome-keyring cannot be asked to do.
func TestMisbehavingSecretService(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		scene, prompts string // which call raises a prompt
		answer         func(s *fakeService)
	}{
		"KC04 the unlock prompt is dismissed": {"dismiss unlock", "unlock", (*fakeService).dismiss},
		"KC05 the save prompt is dismissed":   {"dismiss create", "create", (*fakeService).dismiss},
		"KC06 the delete prompt is dismissed": {"dismiss delete", "delete", (*fakeService).dismiss},
		"KC03 the prompt is never answered":   {"hang", "unlock", func(*fakeService) {}},
		"KC08 the bus dies during the prompt": {"bus dies", "unlock", func(s *fakeService) { s.stopBus() }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, stop := startBus(t)
			s := &fakeService{conn: connect(t, address), prompts: tc.prompts, answer: tc.answer, stopBus: stop}
			s.serve(t)
			play(t, tc.scene, "DBUS_SESSION_BUS_ADDRESS="+address)
		})
	}
}

// fakeService is a Secret Service of one collection without a password.
type fakeService struct {
	conn    *dbus.Conn
	prompts string
	answer  func(*fakeService)
	stopBus func()

	mu    sync.Mutex
	next  int
	items map[dbus.ObjectPath]fakeItem
}

type fakeItem struct {
	attributes map[string]string
	secret     []byte
}

type wireSecret struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}

func (s *fakeService) serve(t *testing.T) {
	t.Helper()
	s.items = map[dbus.ObjectPath]fakeItem{}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	export := func(methods map[string]any, path dbus.ObjectPath, face string) {
		must(s.conn.ExportMethodTable(methods, path, secretService1+face))
	}
	export(map[string]any{"OpenSession": s.openSession, "Unlock": s.unlock}, secretPath, "Service")
	export(map[string]any{"SearchItems": s.search, "CreateItem": s.create}, collection, "Collection")
	export(map[string]any{"Close": func() *dbus.Error { return nil }}, "/session", "Session")
	export(map[string]any{"Prompt": s.prompt}, promptPath, "Prompt")
	_, err := prop.Export(s.conn, secretPath, prop.Map{
		secretService1 + "Service": {"Collections": {Value: []dbus.ObjectPath{collection}}},
	})
	must(err)
	_, err = s.conn.RequestName(secretService, dbus.NameFlagDoNotQueue)
	must(err)
}

const secretService1 = "org.freedesktop.Secret."

func (s *fakeService) openSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	return dbus.MakeVariant(""), "/session", nil
}

func (s *fakeService) unlock(objects []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	if s.prompts == "unlock" {
		return []dbus.ObjectPath{}, promptPath, nil
	}
	return objects, "/", nil
}

func (s *fakeService) search(wanted map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := []dbus.ObjectPath{}
	for path, item := range s.items {
		if maps.Equal(item.attributes, wanted) {
			found = append(found, path)
		}
	}
	return found, nil
}

func (s *fakeService) create(properties map[string]dbus.Variant, secret wireSecret, _ bool) (dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	if s.prompts == "create" {
		return "/", promptPath, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next++
	path := dbus.ObjectPath(fmt.Sprintf("%s/%d", collection, s.next))
	item := fakeItem{secret: secret.Value}
	_ = properties[secretService1+"Item.Attributes"].Store(&item.attributes)
	s.items[path] = item
	_ = s.conn.ExportMethodTable(map[string]any{
		"GetSecret": func(session dbus.ObjectPath) (wireSecret, *dbus.Error) {
			return wireSecret{session, []byte{}, item.secret, "text/plain"}, nil
		},
		"Delete": func() (dbus.ObjectPath, *dbus.Error) { return s.delete(path) },
	}, path, secretService1+"Item")
	return path, "/", nil
}

func (s *fakeService) delete(path dbus.ObjectPath) (dbus.ObjectPath, *dbus.Error) {
	if s.prompts == "delete" {
		return promptPath, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.items, path)
	return "/", nil
}

// prompt lets the person act after it has answered, a little later than a
// machine would.
func (s *fakeService) prompt(string) *dbus.Error {
	time.AfterFunc(2*tooFastForAPerson, func() { s.answer(s) })
	return nil
}

func (s *fakeService) dismiss() {
	_ = s.conn.Emit(promptPath, secretService1+"Prompt.Completed", true, dbus.MakeVariant(""))
}
