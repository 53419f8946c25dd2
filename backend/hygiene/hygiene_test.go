package hygiene

import (
	"os"
	"slices"
	"testing"
)

// Covers PL11.
func TestSwitchesAreClearedAndNothingElseIs(t *testing.T) {
	for name, cleared := range map[string]bool{
		"GODEBUG": true, "GOTRACEBACK": true, "WEBKIT_INSPECTOR_SERVER": true, "WEBKIT_INSPECTOR_HTTP_SERVER": true,
		"WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS": true, "WEBVIEW2_PIPE_FOR_SCRIPT_DEBUGGER": true, "GTK_DEBUG": true,
		"G_MESSAGES_DEBUG": true, "DBUS_VERBOSE": true,
		"GODEBUGGER": false, "GTK_THEME": false, "WEBKIT_DISABLE_COMPOSITING_MODE": false, "HTTPS_PROXY": false,
	} {
		t.Setenv(name, "1")
		if isSwitch(name) != cleared {
			t.Errorf("%s is a switch: %t, want %t", name, isSwitch(name), cleared)
		}
	}
	clearSwitches()
	for _, name := range []string{"GODEBUG", "GOTRACEBACK", "WEBKIT_INSPECTOR_SERVER", "WEBVIEW2_PIPE_FOR_SCRIPT_DEBUGGER"} {
		if value, is := os.LookupEnv(name); is {
			t.Errorf("%s is still %q", name, value)
		}
	}
	if os.Getenv("HTTPS_PROXY") != "1" || os.Getenv("GTK_THEME") != "1" {
		t.Error("more was cleared than the switches")
	}
	if slices.ContainsFunc(switches(), func(s string) bool { return isSwitch(s+"X") != (s[len(s)-1] == '_') }) {
		t.Error("a name that only begins like a switch is one, or a family is none")
	}
}
