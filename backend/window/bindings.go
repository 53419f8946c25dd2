//go:build bindings

package window

// listsBindings: the framework's generator runs this program to learn what the
// page may call, and ends it.
const listsBindings = true
