// Package atspi reads the accessibility tree: what a screen reader is told about
// a window, after the web view and the toolkit have had their say.
package atspi

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/godbus/dbus/v5"
)

const (
	accessible = "org.a11y.atspi.Accessible"
	// maxDepth is beyond any real page; a tree that refers to itself ends there.
	maxDepth = 80
)

// Node is one thing in the tree, with what lies inside it.
type Node struct {
	Role     string
	Name     string
	States   States
	Children []Node

	at reference
}

// reference is how the bus names a node: by program and path.
type reference struct {
	Program string
	Path    dbus.ObjectPath
}

// nothing reports whether a program filled a place where it has nothing to show.
func (r reference) nothing() bool { return r.Path == "/org/a11y/atspi/null" }

// Tree reads everything that the program with a name shows. The bus is the
// desktop's session bus.
func Tree(ctx context.Context, session *dbus.Conn, program string) (Node, error) {
	bus, err := connect(ctx, session)
	if err != nil {
		return Node{}, err
	}
	defer bus.Close() //nolint:errcheck // only read from

	root := reference{"org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"}
	programs, err := children(ctx, bus, root)
	if err != nil {
		return Node{}, fmt.Errorf("list programs: %w", err)
	}
	var seen []string
	for _, at := range programs {
		name, err := name(ctx, bus, at)
		if err != nil {
			continue // it may just have ended
		}
		if name == program {
			return read(ctx, bus, at, 0)
		}
		seen = append(seen, name)
	}
	return Node{}, fmt.Errorf("no program %q tells anything; these do: %q", program, seen)
}

// connect finds the accessibility bus, which is not the session bus, by asking
// on the session bus.
func connect(ctx context.Context, session *dbus.Conn) (*dbus.Conn, error) {
	var address string
	err := session.Object("org.a11y.Bus", "/org/a11y/bus").
		CallWithContext(ctx, "org.a11y.Bus.GetAddress", 0).Store(&address)
	if err != nil {
		return nil, fmt.Errorf("find the accessibility bus: %w", err)
	}
	bus, err := dbus.Connect(address, dbus.WithContext(ctx))
	if err != nil {
		return nil, fmt.Errorf("connect to the accessibility bus: %w", err)
	}
	return bus, nil
}

func read(ctx context.Context, bus *dbus.Conn, at reference, depth int) (Node, error) {
	if depth > maxDepth {
		return Node{}, errors.New("the tree has no end")
	}
	node := Node{at: at}
	var role uint32
	var states []uint32
	object := bus.Object(at.Program, at.Path)
	err := errors.Join(
		object.CallWithContext(ctx, accessible+".GetRole", 0).Store(&role),
		object.CallWithContext(ctx, accessible+".GetState", 0).Store(&states),
	)
	if err != nil {
		return Node{}, fmt.Errorf("read %s: %w", at.Path, err)
	}
	node.Role, node.States = roleName(role), newStates(states)
	if node.Name, err = name(ctx, bus, at); err != nil {
		return Node{}, err
	}
	below, err := children(ctx, bus, at)
	if err != nil {
		return Node{}, err
	}
	for _, child := range below {
		inside, err := read(ctx, bus, child, depth+1)
		if err != nil {
			return Node{}, err
		}
		node.Children = append(node.Children, inside)
	}
	return node, nil
}

func name(ctx context.Context, bus *dbus.Conn, at reference) (string, error) {
	var name string
	return name, property(ctx, bus, at, "Name", &name)
}

// children lists what lies inside a node. The place where the web view's own
// process hangs its tree says that it has one child but leaves it out of the
// list; asked for the first one, it gives it.
func children(ctx context.Context, bus *dbus.Conn, at reference) ([]reference, error) {
	var below []reference
	object := bus.Object(at.Program, at.Path)
	err := object.CallWithContext(ctx, accessible+".GetChildren", 0).Store(&below)
	if err != nil {
		return nil, fmt.Errorf("children of %s: %w", at.Path, err)
	}
	below = slices.DeleteFunc(below, reference.nothing)
	if len(below) > 0 {
		return below, nil
	}
	var count int32
	if err := property(ctx, bus, at, "ChildCount", &count); err != nil || count == 0 {
		return nil, err
	}
	var hung reference
	err = object.CallWithContext(ctx, accessible+".GetChildAtIndex", 0, int32(0)).Store(&hung)
	if err != nil {
		return nil, fmt.Errorf("child of %s: %w", at.Path, err)
	}
	return slices.DeleteFunc([]reference{hung}, reference.nothing), nil
}

func property(ctx context.Context, bus *dbus.Conn, at reference, name string, value any) error {
	err := bus.Object(at.Program, at.Path).
		CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, accessible, name).Store(value)
	if err != nil {
		return fmt.Errorf("%s of %s: %w", name, at.Path, err)
	}
	return nil
}
