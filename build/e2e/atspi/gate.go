package atspi

import (
	"fmt"
	"iter"
	"strings"
)

// All goes through a tree from the top, parents before children.
func (n Node) All() iter.Seq[Node] {
	return func(yield func(Node) bool) { n.walk(yield) }
}

func (n Node) walk(yield func(Node) bool) bool {
	if !yield(n) {
		return false
	}
	for _, child := range n.Children {
		if !child.walk(yield) {
			return false
		}
	}
	return true
}

// String prints the tree, one node a line, for a failed test.
func (n Node) String() string {
	var out strings.Builder
	n.print(&out, 0)
	return out.String()
}

func (n Node) print(out *strings.Builder, depth int) {
	fmt.Fprintf(out, "%s%s %q\n", strings.Repeat("  ", depth), n.Role, n.Name)
	for _, child := range n.Children {
		child.print(out, depth+1)
	}
}

// control reports whether a role is one that a person does something with.
func control(role string) bool {
	switch role {
	case "push button", "toggle button", "check box", "radio button", "link",
		"entry", "password text", "spin button", "combo box", "slider",
		"menu item", "check menu item", "radio menu item", "page tab", "list box":
		return true
	default:
		return false
	}
}

// Nameless lists the controls on show that a screen reader could announce by
// their kind only. An empty list is what a window must reach.
func (n Node) Nameless() []Node {
	var nameless []Node
	for node := range n.All() {
		if control(node.Role) && node.States.Has(Showing) && strings.TrimSpace(node.Name) == "" {
			nameless = append(nameless, node)
		}
	}
	return nameless
}

// Controls counts the controls on show: a gate with nothing behind it proves
// nothing.
func (n Node) Controls() int {
	count := 0
	for node := range n.All() {
		if control(node.Role) && node.States.Has(Showing) {
			count++
		}
	}
	return count
}
