package arrows_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var exactVersion = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$`)

// A version that floats is another program tomorrow.
//
// Covers C2.
func TestThePagesPackagesArePinned(t *testing.T) {
	t.Parallel()
	var page struct {
		Dependencies, DevDependencies, Overrides map[string]string
	}
	if err := json.Unmarshal([]byte(read(t, "frontend/package.json")), &page); err != nil {
		t.Fatal(err)
	}
	if len(page.DevDependencies) < 5 {
		t.Fatal("there are hardly any packages")
	}
	for _, all := range []map[string]string{page.Dependencies, page.DevDependencies, page.Overrides} {
		for name, version := range all {
			if !exactVersion.MatchString(version) {
				t.Errorf("%s is wanted as %q", name, version)
			}
		}
	}
	var lock struct {
		Packages map[string]struct {
			Version, Integrity string
			Link               bool
		}
	}
	if err := json.Unmarshal([]byte(read(t, "frontend/package-lock.json")), &lock); err != nil {
		t.Fatal(err)
	}
	for name, entry := range lock.Packages {
		if name != "" && (entry.Version == "" || entry.Integrity == "" || entry.Link) {
			t.Errorf("the lock file does not say what %s is", name)
		}
	}
}

// go.mod names versions; what floats is a command that asks for the newest, and
// what escapes is a replacement.
//
// Covers C2.
func TestNothingAsksForTheNewest(t *testing.T) {
	t.Parallel()
	files := []string{"Makefile", ".ci/run"}
	for _, pattern := range []string{"build/*.sh", "build/setup/*.sh", ".github/workflows/*", "docs/*.md", "*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range found {
			files = append(files, strings.TrimPrefix(file, root+"/"))
		}
	}
	newest := regexp.MustCompile(`go (?:install|run|get) \S+@(?:latest|master|main)|go get -u|npm (?:install|i) \S*@latest|npx (?:-y|--yes)|curl [^|]*\| *(?:ba)?sh`)
	for _, file := range files {
		if found := newest.FindString(read(t, file)); found != "" {
			t.Errorf("%s: %s", file, found)
		}
	}
	for _, module := range []string{"go.mod", "tools/go.mod", "tools/wails/go.mod"} {
		if regexp.MustCompile(`(?m)^replace|=>`).MatchString(read(t, module)) {
			t.Errorf("%s replaces a module", module)
		}
		if _, err := os.Stat(filepath.Join(root, filepath.Dir(module), "go.sum")); err != nil {
			t.Errorf("%s: %v", module, err)
		}
	}
}

// The framework's command and its library must be one version, and so must the
// database and the C library that it was made for.
//
// Covers C3, C6, W4.
func TestVersionsThatGoTogether(t *testing.T) {
	t.Parallel()
	program, command := read(t, "go.mod"), read(t, "tools/wails/go.mod")
	version := func(text, module string) string {
		m := regexp.MustCompile(`(?m)^\s*(?:require )?` + regexp.QuoteMeta(module) + ` (v\S+)`).FindStringSubmatch(text)
		if m == nil {
			t.Fatalf("%s is not there", module)
		}
		return m[1]
	}
	const wails = "github.com/wailsapp/wails/v2"
	if ours, its := version(program, wails), version(command, wails); ours != its || ours < "v2.13.0" {
		t.Errorf("the framework is %s, and its command %s", ours, its)
	}
	sums := read(t, "go.sum")
	if !strings.Contains(sums, "modernc.org/libc "+version(program, "modernc.org/libc")+" h1:") {
		t.Error("the C library's content is not pinned")
	}
	if want := version(moduleFile(t, "modernc.org/sqlite", version(program, "modernc.org/sqlite")), "modernc.org/libc"); want != version(program, "modernc.org/libc") {
		t.Errorf("the database wants the C library %s", want)
	}
	if strings.Contains(program, "energye/systray") || strings.Contains(program, "getlantern/systray") {
		t.Error("another tray library is linked")
	}
}

// moduleFile is the go.mod of a library, out of the module cache.
func moduleFile(t *testing.T, module, version string) string {
	t.Helper()
	find := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.GoMod}}", module+"@"+version)
	find.Dir = root
	find.Stderr = os.Stderr
	path, err := find.Output()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(strings.TrimSpace(string(path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
