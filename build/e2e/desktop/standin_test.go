//go:build e2e

package desktop_test

import (
	"sync/atomic"
	"testing"

	"github.com/godbus/dbus/v5"

	"github.com/kontent/kontent-connect/build/e2e/desktop"
)

const (
	itemName = "org.kde.StatusNotifierItem"
	itemPath = "/StatusNotifierItem"
	menuName = "com.canonical.dbusmenu"
	menuPath = "/Menu"
)

// program is a stand-in for one that stays in the background: an icon of one
// color with a menu of three lines.
type program struct {
	bus       *dbus.Conn
	looks     atomic.Value  // of map[string]dbus.Variant; replaced as a whole
	chosen    chan int32    // lines of the menu, by their numbers
	activated chan struct{} // clicks on the icon
}

type pixmap struct {
	Width, Height int32
	Pixels        []byte
}

type tip struct {
	Icon        string
	Pixmaps     []pixmap
	Title, Text string
}

func startProgram(t *testing.T, screen *desktop.Desktop) *program {
	t.Helper()
	p := &program{bus: join(t.Context(), t, screen), chosen: make(chan int32, 4), activated: make(chan struct{}, 4)}
	ok(t, p.bus.ExportMethodTable(map[string]any{
		"Activate": func(_, _ int32) *dbus.Error { p.activated <- struct{}{}; return nil },
	}, itemPath, itemName))
	ok(t, p.bus.ExportMethodTable(map[string]any{
		"AboutToShow":        func(int32) (bool, *dbus.Error) { return false, nil },
		"GetLayout":          layout,
		"GetGroupProperties": groupProperties,
		"Event": func(id int32, event string, _ dbus.Variant, _ uint32) *dbus.Error {
			return p.hear([]happening{{ID: id, Name: event}})
		},
		"EventGroup": func(events []happening) ([]int32, *dbus.Error) { return nil, p.hear(events) },
	}, menuPath, menuName))
	p.looks.Store(look("Active", "", square(0x2e, 0x7d, 0x32)))
	p.exportProperties(t)
	_, err := p.bus.RequestName("org.kde.StatusNotifierItem-1-1", 0)
	ok(t, err)
	ok(t, p.bus.Object("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher").
		Call("org.kde.StatusNotifierWatcher.RegisterStatusNotifierItem", 0, "org.kde.StatusNotifierItem-1-1").Err)
	return p
}

// happening is what a menu tells its program; a panel tells of several at once.
type happening struct {
	ID   int32
	Name string
	Data dbus.Variant
	At   uint32
}

func (p *program) hear(events []happening) *dbus.Error {
	for _, event := range events {
		if event.Name == "clicked" {
			p.chosen <- event.ID
		}
	}
	return nil
}

// look is what the icon shows, with everything that a panel asks for.
func look(status, tipText string, icon pixmap) map[string]dbus.Variant {
	described := map[string]dbus.Variant{}
	for name, value := range map[string]any{
		"Id": "stand-in", "Title": "Stand-in", "Category": "ApplicationStatus", "Status": status,
		"IconName": "", "IconPixmap": []pixmap{icon}, "ItemIsMenu": false,
		"Menu": dbus.ObjectPath(menuPath), "ToolTip": tip{Title: "Stand-in", Text: tipText, Pixmaps: []pixmap{}},
	} {
		described[name] = dbus.MakeVariant(value)
	}
	return described
}

// warn changes what the icon says and shows.
func (p *program) warn(t *testing.T, text string) {
	t.Helper()
	p.looks.Store(look("NeedsAttention", text, square(0xc6, 0x28, 0x28)))
	ok(t, p.bus.Emit(itemPath, itemName+".NewStatus", "NeedsAttention"))
	ok(t, p.bus.Emit(itemPath, itemName+".NewToolTip"))
	ok(t, p.bus.Emit(itemPath, itemName+".NewIcon"))
}

// exportProperties answers the questions for what the icon shows and what kind
// of menu it has.
func (p *program) exportProperties(t *testing.T) {
	t.Helper()
	menu := map[string]dbus.Variant{
		"Version": dbus.MakeVariant(uint32(3)), "TextDirection": dbus.MakeVariant("ltr"), "Status": dbus.MakeVariant("normal"),
	}
	answer := func(path dbus.ObjectPath, all func() map[string]dbus.Variant) {
		ok(t, p.bus.ExportMethodTable(map[string]any{
			"GetAll": func(string) (map[string]dbus.Variant, *dbus.Error) { return all(), nil },
			"Get":    func(_, name string) (dbus.Variant, *dbus.Error) { return all()[name], nil },
		}, path, "org.freedesktop.DBus.Properties"))
	}
	answer(itemPath, func() map[string]dbus.Variant { return p.looks.Load().(map[string]dbus.Variant) })
	answer(menuPath, func() map[string]dbus.Variant { return menu })
}

func square(red, green, blue byte) pixmap {
	const size = 32
	var pixels []byte
	for range size * size {
		pixels = append(pixels, 0xff, red, green, blue)
	}
	return pixmap{size, size, pixels}
}

type line struct {
	ID         int32
	Properties map[string]dbus.Variant
	Children   []dbus.Variant
}

func lines() []line {
	property := dbus.MakeVariant
	return []line{
		{1, map[string]dbus.Variant{"label": property("Open _Maria Silva")}, nil},
		{2, map[string]dbus.Variant{"type": property("separator")}, nil},
		{3, map[string]dbus.Variant{"label": property("Pause"), "enabled": property(false)}, nil},
		{4, map[string]dbus.Variant{"label": property("More"), "children-display": property("submenu")},
			[]dbus.Variant{property(line{5, map[string]dbus.Variant{"label": property("Check now")}, nil})}},
	}
}

func layout(int32, int32, []string) (uint32, line, *dbus.Error) {
	root := line{0, map[string]dbus.Variant{"children-display": dbus.MakeVariant("submenu")}, nil}
	for _, line := range lines() {
		root.Children = append(root.Children, dbus.MakeVariant(line))
	}
	return 1, root, nil
}

type described struct {
	ID         int32
	Properties map[string]dbus.Variant
}

func groupProperties([]int32, []string) ([]described, *dbus.Error) {
	all := []described{{0, map[string]dbus.Variant{"children-display": dbus.MakeVariant("submenu")}}}
	for _, line := range lines() {
		all = append(all, described{line.ID, line.Properties})
	}
	return all, nil
}
