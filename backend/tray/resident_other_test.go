//go:build !linux

package tray

// removeResident has nothing to remove: the panel of the tests is Linux's.
func removeResident() {}
