// Package trayhost does with a program's icon in the tray what a desktop does:
// it finds it, reads what it shows, opens its menu and chooses from it. It says
// the same words on the bus as a panel, with the mouse left out.
package trayhost

import (
	"context"
	"fmt"
	"strings"

	"github.com/godbus/dbus/v5"

	"github.com/kontent/kontent-connect/build/e2e/poll"
)

const (
	watcherName = "org.kde.StatusNotifierWatcher"
	watcherPath = "/StatusNotifierWatcher"
	itemName    = "org.kde.StatusNotifierItem"
	itemPath    = "/StatusNotifierItem" // of an item that does not say
	getProperty = "org.freedesktop.DBus.Properties.Get"
)

// Item is one icon in the tray.
type Item struct {
	object dbus.BusObject
	bus    *dbus.Conn
}

// Items lists what is in the tray. On a desktop without a tray that is an error.
// The bus must stay open as long as the items are used.
func Items(ctx context.Context, bus *dbus.Conn) ([]Item, error) {
	var registered []string
	err := bus.Object(watcherName, watcherPath).
		CallWithContext(ctx, getProperty, 0, watcherName, "RegisteredStatusNotifierItems").Store(&registered)
	if err != nil {
		return nil, fmt.Errorf("ask for what is in the tray: %w", err)
	}
	var items []Item
	for _, address := range registered {
		program, path, found := strings.Cut(address, "/")
		if path = "/" + path; !found {
			path = itemPath
		}
		items = append(items, Item{bus.Object(program, dbus.ObjectPath(path)), bus})
	}
	return items, nil
}

// Await waits for the one item in the tray and returns it.
func Await(ctx context.Context, bus *dbus.Conn) (Item, error) {
	var only Item
	err := poll.Until(ctx, "an icon in the tray", func(ctx context.Context) error {
		items, err := Items(ctx, bus)
		if err != nil {
			return err
		}
		if len(items) != 1 {
			return fmt.Errorf("there are %d", len(items))
		}
		only = items[0]
		return nil
	})
	return only, err
}

// Activate is a click on the icon.
func (i Item) Activate(ctx context.Context) error {
	err := i.object.CallWithContext(ctx, itemName+".Activate", 0, int32(0), int32(0)).Err
	if err != nil {
		return fmt.Errorf("activate the icon: %w", err)
	}
	return nil
}
