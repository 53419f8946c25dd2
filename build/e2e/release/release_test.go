//go:build e2e

// Package release_test looks at the programs as they are shipped.
package release_test

import (
	"debug/buildinfo"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const programs = "../../bin"

// What was said to the compiler stands in the program: no switch is on with
// which the framework would let somebody look into the page or drive it.
//
// Covers W7.
func TestTheProgramsAreBuiltForRelease(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct {
		tags []string
		cgo  string
	}{
		"kontent-connect": {[]string{"desktop", "nethttpomithttp2", "production", "timberjack_nozstd", "webkit2_41"}, "1"},
		"kontent":         {[]string{"nethttpomithttp2", "timberjack_nozstd"}, "0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			info, err := buildinfo.ReadFile(filepath.Join(programs, name))
			if err != nil {
				t.Fatal(err)
			}
			said := map[string]string{}
			for _, setting := range info.Settings {
				said[setting.Key] = setting.Value
			}
			tags := strings.Split(said["-tags"], ",")
			slices.Sort(tags)
			// "devtools", "debug", "dev" and "obfuscated" are the framework's others.
			if !slices.Equal(tags, want.tags) || said["-trimpath"] != "true" || said["CGO_ENABLED"] != want.cgo || said["-race"] == "true" {
				t.Errorf("built with %v", said)
			}
		})
	}
}
