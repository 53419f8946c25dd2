//go:build !bindings

package window

const listsBindings = false
