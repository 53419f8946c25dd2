package tray

import (
	"maps"
	"sync"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
)

// properties are an object's on the bus, read-only for others. The D-Bus
// library has some of its own, but those write a new icon over the old one
// while a host may be reading it.
type properties struct {
	object string // its interface

	mu  sync.Mutex // guards all, whose values are never written to
	all map[string]dbus.Variant
}

// set changes several in one step: nobody reads the half of a face.
func (p *properties) set(values map[string]any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := maps.Clone(p.all)
	if all == nil {
		all = map[string]dbus.Variant{}
	}
	for name, value := range values {
		all[name] = dbus.MakeVariant(value)
	}
	p.all = all
}

// The methods of org.freedesktop.DBus.Properties.

// GetAll returns every property.
func (p *properties) GetAll(object string) (map[string]dbus.Variant, *dbus.Error) {
	if object != p.object && object != "" {
		return nil, prop.ErrIfaceNotFound
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.all, nil
}

// Get returns one property.
func (p *properties) Get(object, name string) (dbus.Variant, *dbus.Error) {
	all, failed := p.GetAll(object)
	if failed != nil {
		return dbus.Variant{}, failed
	}
	value, there := all[name]
	if !there {
		return dbus.Variant{}, prop.ErrPropNotFound
	}
	return value, nil
}

// Set refuses: what the tray shows is not for others to say.
func (p *properties) Set(string, string, dbus.Variant) *dbus.Error { return prop.ErrReadOnly }
