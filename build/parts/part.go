package main

import (
	"cmp"
	"slices"
)

// ecosystem is where a part comes from, by the name that package URLs have for it.
type ecosystem string

const (
	golang ecosystem = "golang"
	npm    ecosystem = "npm"
)

// part is a library that a program or its page consists of, or is built with.
type part struct {
	From    ecosystem
	Name    string
	Version string
	// Sum is what go.sum ("h1:...") or the lock file ("sha512-...") says.
	Sum string
	// Shipped is false for what only builds or checks.
	Shipped bool
	// Dir has the sources with their licence; empty where nobody asked.
	Dir string
	// Licence is what the package says of itself; Go modules say nothing.
	Licence string
}

func (p part) key() string { return string(p.From) + " " + p.Name + " " + p.Version }

// sorted orders parts by name and names each once. One that is shipped anywhere
// is shipped.
func sorted(parts []part) []part {
	parts = slices.Clone(parts)
	slices.SortFunc(parts, func(a, b part) int {
		order := cmp.Compare(a.key(), b.key())
		if order == 0 && a.Shipped != b.Shipped {
			order = map[bool]int{true: -1, false: 1}[a.Shipped]
		}
		return order
	})
	return slices.CompactFunc(parts, func(a, b part) bool { return a.key() == b.key() })
}
