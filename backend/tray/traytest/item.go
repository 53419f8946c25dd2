package traytest

import (
	"slices"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// Item is one program's tray, as the panel knows it.
type Item struct {
	conn    *dbus.Conn
	address string
	path    dbus.ObjectPath
	menu    dbus.ObjectPath
	signals chan *dbus.Signal
	face    Face     // as far as the item has told of it
	stale   bool     // the menu has changed since it was read
	told    []string // signals that await has seen
}

// Face is what is seen of an item without opening its menu.

type Face struct {
	ID, Title, Category, Status string
	Tooltip                     string
	IsMenu                      bool
	Icon, AttentionIcon         []Pixmap
}

// Pixmap is one size of an icon.
type Pixmap struct {
	Width, Height int32
	ARGB          []byte
}

func newItem(t *testing.T, conn *dbus.Conn, address string, path dbus.ObjectPath) *Item {
	t.Helper()
	i := &Item{conn: conn, address: address, path: path, signals: make(chan *dbus.Signal, 256)}
	if err := conn.AddMatchSignal(dbus.WithMatchSender(address)); err != nil {
		t.Fatal(err)
	}
	conn.Signal(i.signals)
	t.Cleanup(func() { conn.RemoveSignal(i.signals) })
	i.menu, _ = i.properties(t)["Menu"].Value().(dbus.ObjectPath)
	i.face, i.stale = i.Face(t), true
	return i
}

// Owner is the bus address of the program.
func (i *Item) Owner() string { return i.address }

func (i *Item) object() dbus.BusObject { return i.conn.Object(i.address, i.path) }

func (i *Item) properties(t *testing.T) map[string]dbus.Variant {
	t.Helper()
	var all map[string]dbus.Variant
	if err := i.object().Call("org.freedesktop.DBus.Properties.GetAll", 0, itemName).Store(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// Face reads the item's properties. One that is not there is empty: between
// registering and the end of its start, an item may not have them all.
func (i *Item) Face(t *testing.T) Face {
	t.Helper()
	all := i.properties(t)
	var f Face
	var tip struct {
		Icon        string
		Pixmaps     []Pixmap
		Title, Text string
	}
	for name, into := range map[string]any{
		"Id": &f.ID, "Title": &f.Title, "Category": &f.Category, "Status": &f.Status, "ItemIsMenu": &f.IsMenu,
		"ToolTip": &tip, "IconPixmap": &f.Icon, "AttentionIconPixmap": &f.AttentionIcon,
	} {
		if value, there := all[name]; there {
			if err := value.Store(into); err != nil {
				t.Fatalf("property %s: %v", name, err)
			}
		}
	}
	f.Tooltip = tip.Title
	return f
}

// AwaitFace waits until the item has told of a face that is as wanted.
func (i *Item) AwaitFace(t *testing.T, wanted func(Face) bool) Face {
	t.Helper()
	i.await(t, func() bool { return wanted(i.face) }, func() string { return i.face.Status + ", " + i.face.Tooltip })
	return i.face
}

// learn does what a panel does on a signal: it reads anew what the signal
// names, and nothing else.
func (i *Item) learn(t *testing.T, signal *dbus.Signal) {
	t.Helper()
	switch signal.Name {
	case itemName + ".NewTitle":
		i.face.Title = i.Face(t).Title
	case itemName + ".NewIcon":
		i.face.Icon = i.Face(t).Icon
	case itemName + ".NewAttentionIcon":
		i.face.AttentionIcon = i.Face(t).AttentionIcon
	case itemName + ".NewToolTip":
		i.face.Tooltip = i.Face(t).Tooltip
	case itemName + ".NewStatus":
		i.face.Status, _ = signal.Body[0].(string)
	case menuName + ".LayoutUpdated", menuName + ".ItemsPropertiesUpdated":
		i.stale = true
	}
}

// Activate is a left click.
func (i *Item) Activate(t *testing.T) {
	t.Helper()
	if err := i.object().Call(itemName+".Activate", 0, int32(10), int32(10)).Err; err != nil {
		t.Fatal(err)
	}
}

// Stray sends the program a signal of two values that it never asked for, as
// the keychain's prompts do.
func (i *Item) Stray(t *testing.T) {
	t.Helper()
	signal := &dbus.Message{Type: dbus.TypeSignal, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldDestination: dbus.MakeVariant(i.address),
		dbus.FieldPath:        dbus.MakeVariant(dbus.ObjectPath("/prompt")),
		dbus.FieldInterface:   dbus.MakeVariant("org.freedesktop.Secret.Prompt"),
		dbus.FieldMember:      dbus.MakeVariant("Completed"),
		dbus.FieldSignature:   dbus.MakeVariant(dbus.SignatureOf(true, "")),
	}, Body: []any{true, ""}}
	i.conn.Send(signal, nil)
}

// Told lists what the item has signalled since the last time, up to a question
// that it answers now.
func (i *Item) Told(t *testing.T) []string {
	t.Helper()
	i.properties(t)
	for {
		select {
		case signal := <-i.signals:
			i.told = append(i.told, signal.Name)
			i.learn(t, signal)
		default:
			told := i.told
			i.told = nil
			return told
		}
	}
}

// await looks now and after each signal of the item, and at no other time.
func (i *Item) await(t *testing.T, done func() bool, seen func() string) {
	t.Helper()
	late := time.After(patience)
	for !done() {
		select {
		case signal := <-i.signals:
			i.told = append(i.told, signal.Name)
			i.learn(t, signal)
		case <-late:
			t.Fatalf("the item never told of it; last seen: %s", seen())
		}
	}
}

// Gone waits until the program has left the bus.
func (i *Item) Gone(t *testing.T) {
	t.Helper()
	changed := make(chan *dbus.Signal, 16)
	i.conn.Signal(changed)
	defer i.conn.RemoveSignal(changed)
	if err := i.conn.AddMatchSignal(dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, i.address)); err != nil {
		t.Fatal(err)
	}
	late := time.After(patience)
	for {
		var names []string
		if err := i.conn.BusObject().Call("org.freedesktop.DBus.ListNames", 0).Store(&names); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(names, i.address) {
			return
		}
		select {
		case <-changed:
		case <-late:
			t.Fatal("the program is still on the bus")
		}
	}
}
