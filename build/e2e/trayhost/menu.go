package trayhost

import (
	"context"
	"fmt"
	"strings"

	"github.com/godbus/dbus/v5"
)

const menuName = "com.canonical.dbusmenu"

// Entry is one line of a menu, with the menu that it opens.
type Entry struct {
	Label     string // without the mark of its key
	Separator bool
	Disabled  bool
	Hidden    bool
	Checked   bool
	Children  []Entry

	id int32
}

// Menu opens an item's menu and returns its lines.
func (i Item) Menu(ctx context.Context) ([]Entry, error) {
	menu, err := i.menu(ctx)
	if err != nil {
		return nil, err
	}
	// It may fill itself only now. Most need not, and some know no such question.
	_ = menu.CallWithContext(ctx, menuName+".AboutToShow", 0, int32(0)).Err

	var revision uint32
	var root line
	err = menu.CallWithContext(ctx, menuName+".GetLayout", 0, int32(0), int32(-1), []string{}).Store(&revision, &root)
	if err != nil {
		return nil, fmt.Errorf("read the tray's menu: %w", err)
	}
	top, err := root.entry()
	return top.Children, err
}

func (i Item) menu(ctx context.Context) (dbus.BusObject, error) {
	var path dbus.ObjectPath
	err := i.object.CallWithContext(ctx, getProperty, 0, itemName, "Menu").Store(&path)
	if err != nil {
		return nil, fmt.Errorf("find the tray's menu: %w", err)
	}
	return i.bus.Object(i.object.Destination(), path), nil
}

// Choose opens the menu and clicks on the line with a label, or, where there are
// more labels, on a line of the menus that the ones before it open. A line that
// a person could not click is an error.
func (i Item) Choose(ctx context.Context, labels ...string) error {
	entries, err := i.Menu(ctx)
	if err != nil {
		return err
	}
	var chosen Entry
	for _, label := range labels {
		if chosen, err = find(entries, label); err != nil {
			return err
		}
		entries = chosen.Children
	}
	menu, err := i.menu(ctx)
	if err != nil {
		return err
	}
	err = menu.CallWithContext(ctx, menuName+".Event", 0, chosen.id, "clicked", dbus.MakeVariant(int32(0)), uint32(0)).Err
	if err != nil {
		return fmt.Errorf("choose %q from the tray's menu: %w", labels, err)
	}
	return nil
}

func find(entries []Entry, label string) (Entry, error) {
	var there []string
	for _, entry := range entries {
		if entry.Label == label && !entry.Hidden {
			if entry.Disabled {
				return Entry{}, fmt.Errorf("%q cannot be chosen now", label)
			}
			return entry, nil
		}
		there = append(there, entry.Label)
	}
	return Entry{}, fmt.Errorf("the menu has no %q but %q", label, there)
}

// line is an entry as the bus carries it.
type line struct {
	ID         int32
	Properties map[string]dbus.Variant
	Children   []dbus.Variant
}

func (l line) entry() (Entry, error) {
	entry := Entry{id: l.ID}
	label, _ := l.Properties["label"].Value().(string)
	entry.Label = unmarked(label)
	entry.Separator = l.Properties["type"].Value() == "separator"
	entry.Disabled = l.Properties["enabled"].Value() == false
	entry.Hidden = l.Properties["visible"].Value() == false
	entry.Checked = l.Properties["toggle-state"].Value() == int32(1)
	for _, child := range l.Children {
		var below line
		if err := dbus.Store([]any{child.Value()}, &below); err != nil {
			return Entry{}, fmt.Errorf("a line of the tray's menu: %w", err)
		}
		inside, err := below.entry()
		if err != nil {
			return Entry{}, err
		}
		entry.Children = append(entry.Children, inside)
	}
	return entry, nil
}

// unmarked takes out the underlines that mark a key; two of them stand for one.
func unmarked(label string) string {
	return strings.NewReplacer("__", "_", "_", "").Replace(label)
}
