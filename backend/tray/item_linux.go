package tray

import (
	"fmt"

	"fyne.io/systray"
	"github.com/godbus/dbus/v5"
)

const (
	itemName = "org.kde.StatusNotifierItem"
	itemPath = "/StatusNotifierItem"
	itemID   = "kontent-connect" // hosts remember by it what the person chose
)

// statusNotifier is the tray on the bus. The library serves the menu and the
// clicks; the item's properties are ours, because the library knows neither
// "needs attention" nor an icon in two sizes.
type statusNotifier struct {
	*pool
	now  face
	bus  *dbus.Conn  // nil before export
	item *properties // hosts read them
}

// tooltip and pixmap are shaped as the StatusNotifierItem specification says.
type tooltip struct {
	Icon        string
	Pixmaps     []pixmap
	Title, Text string
}

type pixmap struct {
	Width, Height int32
	ARGB          []byte
}

// export takes the properties over from the library.
func (s *statusNotifier) export(bus *dbus.Conn) error {
	s.item = &properties{object: itemName}
	s.item.set(map[string]any{
		"Category": "ApplicationStatus", "Id": itemID, "Title": "Kontent Connect",
		"ItemIsMenu": false, "Menu": dbus.ObjectPath(itemPath + "/menu"), "WindowId": int32(0),
		"IconName": "", "IconThemePath": "", "AttentionIconName": "", "AttentionMovieName": "",
		"OverlayIconName": "", "OverlayIconPixmap": []pixmap{},
	})
	s.item.set(s.values())
	if err := bus.Export(s.item, itemPath, "org.freedesktop.DBus.Properties"); err != nil {
		return fmt.Errorf("export the tray's properties: %w", err)
	}
	s.bus = bus
	// A host that read the library's values in between reads again.
	s.tell("NewTitle")
	s.tellFace()
	return nil
}

// values are the properties that a face sets.
func (s *statusNotifier) values() map[string]any {
	pixmaps := pixmapsOf(s.now.shape)
	return map[string]any{
		"Status":              s.status(),
		"IconPixmap":          pixmaps,
		"AttentionIconPixmap": pixmaps,
		// The title is shown as it is; the text beside it may hold markup.
		"ToolTip": tooltip{Pixmaps: []pixmap{}, Title: s.now.tooltip},
	}
}

func (s *statusNotifier) status() string {
	if s.now.attention {
		return "NeedsAttention"
	}
	return "Active" // "Passive" would let hosts hide what was asked for
}

func (s *statusNotifier) face(f face) {
	s.now = f
	if s.bus == nil {
		systray.SetIcon(iconFile(f.shape, small))
		return
	}
	s.item.set(s.values())
	s.tellFace()
}

// tellFace has hosts read the face again. The pictures come first: a host that
// learns of the attention draws at once.
func (s *statusNotifier) tellFace() {
	s.tell("NewIcon")
	s.tell("NewAttentionIcon")
	s.tell("NewToolTip")
	s.tell("NewStatus", s.status())
}

// tell sends a signal. A bus that went away has nobody left to tell.
func (s *statusNotifier) tell(signal string, values ...any) {
	_ = s.bus.Emit(itemPath, itemName+"."+signal, values...)
}
