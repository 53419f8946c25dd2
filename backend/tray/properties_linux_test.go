package tray

import (
	"errors"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"

	"github.com/kontent/kontent-connect/backend/tray/traytest"
)

// TestAFaceIsReadWhole has a host read over a real bus while the face changes.
func TestAFaceIsReadWhole(t *testing.T) {
	t.Parallel()
	address, _ := traytest.Bus(t)
	ours, host := dial(t, address), dial(t, address)
	s := &statusNotifier{now: face{shape: ShapeOK, tooltip: string(ShapeOK)}}
	if err := s.export(ours); err != nil {
		t.Fatal(err)
	}
	var changing sync.WaitGroup
	defer changing.Wait()
	changing.Go(func() {
		for range 50 {
			for _, shape := range []Shape{ShapeOK, ShapeBroken} {
				s.face(face{shape: shape, tooltip: string(shape)})
			}
		}
	})
	for range 50 {
		var all map[string]dbus.Variant
		var icon []pixmap
		var tip tooltip
		call := host.Object(ours.Names()[0], itemPath).Call("org.freedesktop.DBus.Properties.GetAll", 0, itemName)
		if err := call.Store(&all); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(all["IconPixmap"].Store(&icon), all["ToolTip"].Store(&tip)); err != nil {
			t.Fatal(err)
		}
		if want := pixmapsOf(Shape(tip.Title)); string(icon[0].ARGB) != string(want[0].ARGB) {
			t.Fatalf("the icon is not the one of %q", tip.Title)
		}
	}
}

func TestPropertiesRefuse(t *testing.T) {
	t.Parallel()
	p := &properties{object: itemName}
	p.set(map[string]any{"Status": "Active"})
	if value, err := p.Get(itemName, "Status"); err != nil || value.Value() != "Active" {
		t.Errorf("%v, %v", value, err)
	}
	if _, err := p.Get(itemName, "Token"); err != prop.ErrPropNotFound {
		t.Error(err)
	}
	if _, err := p.Get("org.example.Other", "Status"); err != prop.ErrIfaceNotFound {
		t.Error(err)
	}
	if err := p.Set(itemName, "Status", dbus.MakeVariant("Passive")); err != prop.ErrReadOnly {
		t.Error(err)
	}
}

func dial(t *testing.T, address string) *dbus.Conn {
	t.Helper()
	bus, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	return bus
}
