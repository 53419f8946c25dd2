// Package hygiene is what each of our programs does before anything else:
// from then on the system writes no image of its memory, and the switches with
// which whoever sets our environment could look into it are gone, for it and for
// every program that it starts.
//
// It knows nothing of what the programs do, and cannot fail: where a system
// does not offer one of these, the others still count.
package hygiene

import (
	"os"
	"strings"
)

// AtStart must be the first thing that main does: the system's copy of a crash
// would hold every token in memory (security.md S7, PL10), and a library may
// read a switch the first time that it is used (PL11).
func AtStart() {
	noDumps()
	clearSwitches()
}

// switches are the variables that make a library say more than it should, or
// let another program in. One that ends in "_" stands for all that begin so.
func switches() []string {
	return []string{
		"GODEBUG",     // prints headers, weakens TLS
		"GOTRACEBACK", // "crash" and "wer" ask the system for an image of the memory
		// The page's inspector calls every method that the page may call.
		"WEBKIT_INSPECTOR_", "WEBVIEW2_",
		"GTK_DEBUG",        // "interactive" opens an inspector over the window
		"G_MESSAGES_DEBUG", // prints what crosses the session bus
		"DBUS_VERBOSE",
	}
}

func clearSwitches() {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if isSwitch(name) {
			_ = os.Unsetenv(name) // fails for a name that is none
		}
	}
}

// isSwitch ignores case, as Windows does.
func isSwitch(name string) bool {
	for _, s := range switches() {
		family := strings.HasSuffix(s, "_") && len(name) > len(s) && strings.EqualFold(name[:len(s)], s)
		if family || strings.EqualFold(name, s) {
			return true
		}
	}
	return false
}
