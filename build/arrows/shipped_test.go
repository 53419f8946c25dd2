package arrows_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What is shipped is built without the framework's developer tools: no tag of
// theirs, and nothing in the makefile or the options that switches them on.
//
// Covers W7.
func TestNoDeveloperToolsAreShipped(t *testing.T) {
	t.Parallel()
	makefile := read(t, "Makefile")
	tags := regexp.MustCompile(`(?m)^TAGS :?=.*$`).FindAllString(makefile, -1)
	if len(tags) < 2 || !strings.Contains(tags[0], "production") {
		t.Fatalf("the makefile's tags are %q", tags)
	}
	for _, line := range tags {
		if strings.Contains(line, "devtools") || strings.Contains(line, "debug") {
			t.Errorf("what is shipped has developer tools: %s", line)
		}
	}
	options := read(t, "main.go")
	for _, want := range []string{"LogLevelProduction: logger.ERROR"} {
		if !strings.Contains(strings.Join(strings.Fields(options), " "), want) {
			t.Errorf("main.go does not say %s", want)
		}
	}
	for _, unwanted := range []string{"OpenInspectorOnStartup", "BindingsAllowedOrigins"} {
		if strings.Contains(options, unwanted) {
			t.Errorf("main.go sets %s", unwanted)
		}
	}
	// What the tags leave out of the build is not there to be switched on.
	list := exec.CommandContext(t.Context(), "go", "list", "-tags", "desktop,production", "-f", "{{.GoFiles}}", "github.com/wailsapp/wails/v2/internal/app")
	list.Dir = root
	list.Stderr = os.Stderr
	files, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(files), "app_production.go") || strings.Contains(string(files), "app_debug.go") ||
		strings.Contains(string(files), "app_devtools.go") {
		t.Errorf("the framework is built from %s", files)
	}
}

// The development server takes calls from every page that the browser has open.
//
// Covers W8.
func TestTheDevelopmentServerIsForTheDemonstration(t *testing.T) {
	t.Parallel()
	for line := range strings.Lines(read(t, "Makefile")) {
		if strings.Contains(line, "$(WAILS) dev") && !strings.Contains(line, "-appargs --demo") {
			t.Errorf("real accounts behind the development server: %s", line)
		}
	}
	if !strings.Contains(read(t, "Makefile"), "$(WAILS) dev") {
		t.Error("there is no development server")
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
