package traytest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// Separator is how a line between groups is read.
const Separator = "---"

// Line is one visible line of a menu, as the panel draws it.
type Line struct {
	Label string
	Grey  bool
	Below []Line // the sub-menu

	id int32
}

// String is the label, with "(…)" around a grey one and the sub-menu's lines
// in brackets.
func (l Line) String() string {
	label := l.Label
	if l.Grey {
		label = "(" + label + ")"
	}
	if len(l.Below) > 0 {
		label += fmt.Sprint(l.Below)
	}
	return label
}

// Words are the lines as strings, to be compared.
func Words(lines []Line) []string {
	var words []string
	for _, l := range lines {
		words = append(words, l.String())
	}
	return words
}

// node is com.canonical.dbusmenu's shape of a line and what is below it.
type node struct {
	ID         int32
	Properties map[string]dbus.Variant
	Children   []dbus.Variant
}

// Menu reads the visible lines, sub-menus too.
func (i *Item) Menu(t *testing.T) []Line {
	t.Helper()
	return i.below(t, 0)
}

// below asks for one level at a time: the library answers a first question
// with one level whatever was asked.
func (i *Item) below(t *testing.T, id int32) []Line {
	t.Helper()
	var revision uint32
	var root node
	call := i.conn.Object(i.address, i.menu).Call(menuName+".GetLayout", 0, id, int32(1), []string{})
	if err := call.Store(&revision, &root); err != nil {
		t.Fatal(err)
	}
	var lines []Line
	for _, child := range root.Children {
		var n node
		if err := dbus.Store([]any{child.Value()}, &n); err != nil {
			t.Fatal(err)
		}
		if l, visible := n.line(); visible {
			if shape, _ := n.Properties["children-display"].Value().(string); shape == "submenu" {
				l.Below = i.below(t, n.ID)
			}
			lines = append(lines, l)
		}
	}
	return lines
}

// line draws a node; a property that is not there has its default.
func (n node) line() (l Line, visible bool) {
	if shown, told := n.Properties["visible"].Value().(bool); told && !shown {
		return Line{}, false
	}
	if kind, _ := n.Properties["type"].Value().(string); kind == "separator" {
		return Line{Label: Separator}, true
	}
	label, _ := n.Properties["label"].Value().(string)
	enabled, told := n.Properties["enabled"].Value().(bool)
	return Line{Label: drawn(label), Grey: told && !enabled, id: n.ID}, true
}

// drawn is a label as it is seen: one underscore marks the shortcut and is not
// shown, two are one.
func drawn(label string) string {
	const two = "\x00"
	label = strings.ReplaceAll(label, "__", two)
	return strings.ReplaceAll(strings.ReplaceAll(label, "_", ""), two, "_")
}

// AwaitMenu waits until the item has told of a menu that reads like words.
func (i *Item) AwaitMenu(t *testing.T, words ...string) {
	t.Helper()
	var lines []Line
	i.stale = true
	i.await(t, func() bool {
		if i.stale {
			lines, i.stale = i.Menu(t), false
		}
		return slices.Equal(Words(lines), words)
	}, func() string { return fmt.Sprintf("%q, not %q", Words(lines), words) })
}

// Click clicks the line with a label, in a sub-menu too.
func (i *Item) Click(t *testing.T, label string) {
	t.Helper()
	lines := i.Menu(t)
	id, found := find(lines, label)
	if !found {
		t.Fatalf("no line %q in %q", label, Words(lines))
	}
	call := i.conn.Object(i.address, i.menu).Call(menuName+".Event", 0, id, "clicked", dbus.MakeVariant(int32(0)), uint32(0))
	if call.Err != nil {
		t.Fatal(call.Err)
	}
}

func find(lines []Line, label string) (id int32, found bool) {
	for _, l := range lines {
		if l.Label == label && !l.Grey {
			return l.id, true
		}
		if id, found := find(l.Below, label); found {
			return id, true
		}
	}
	return 0, false
}
