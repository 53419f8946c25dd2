package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

const root = "../.."

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// said returns what a text says in the one group of a pattern.
func said(t *testing.T, path, pattern string) string {
	t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(read(t, path))
	if found == nil {
		t.Fatalf("%s does not say %s", path, pattern)
	}
	return found[1]
}

// TestTheInstallerUsesTheAgentsNames: where they differ, notifications come from
// nobody, and an uninstallation leaves keys behind.
func TestTheInstallerUsesTheAgentsNames(t *testing.T) {
	t.Parallel()
	const script = "build/release/windows/installer.nsi"
	for _, name := range []struct{ inScript, file, inProgram string }{
		{`(?m)^!define APP_ID "(.*)"`, "backend/agent/run.go", `const id = "([^"]+)"`},
		{`(?m)!insertmacro Unknow "\$\{APP_ID\}(\..*)"`, "backend/agent/run.go", `return id \+ "([^"]+)"`},
		{`(?m)^!define LOGIN_ENTRY "(.*)"`, "backend/agent/run.go", `(?m)^const desktopID = "(.*)"`},
	} {
		if installer, program := said(t, script, name.inScript), said(t, name.file, name.inProgram); installer != program {
			t.Errorf("the installer says %q and %s %q", installer, name.file, program)
		}
	}
}

// TestTheDesktopKnowsTheProgramByOneName: an entry, an icon and a window that
// are called differently are three things on a task bar.
func TestTheDesktopKnowsTheProgramByOneName(t *testing.T) {
	t.Parallel()
	want := said(t, "backend/agent/run.go", `(?m)^const desktopID = "(.*)"`)
	const entry = "build/release/linux/kontent-connect.desktop"
	for what, got := range map[string]string{
		"the entry's icon":      said(t, entry, `(?m)^Icon=(.*)`),
		"the entry's window":    said(t, entry, `(?m)^StartupWMClass=(.*)`),
		"the window":            said(t, "main.go", `ProgramName: +"(.*)"`),
		"the metadata's entry":  said(t, "build/release/linux/io.github.kontent.KontentConnect.metainfo.xml", `<launchable type="desktop-id">(.*)\.desktop<`),
		"the package":           said(t, "build/release/linux/kontent-connect.yaml", `(?m)^name: (.*)`),
		"the image's icon file": said(t, "build/release/macos/Info.plist", `<key>CFBundleIconFile</key>\s*<string>(.*)<`),
	} {
		if got != want {
			t.Errorf("%s is called %q, want %q", what, got, want)
		}
	}
}

// TestTheFilesForOtherSystemsCanBeRead, which nothing else here does.
func TestTheFilesForOtherSystemsCanBeRead(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		"build/release/macos/Info.plist", "build/release/macos/entitlements.plist",
		"build/release/linux/io.github.kontent.KontentConnect.metainfo.xml",
	} {
		decoder := xml.NewDecoder(strings.NewReader(read(t, path)))
		for {
			_, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
		}
	}
	if !json.Valid([]byte(read(t, "build/release/windows/winres.json"))) {
		t.Error("winres.json is no JSON")
	}
}

func TestTheIconIsThereAtAllSizes(t *testing.T) {
	t.Parallel()
	for _, size := range iconSizes() {
		if _, err := os.Stat(filepath.Join(root, fmt.Sprintf("build/icons/app/kontent-connect-%d.png", size))); err != nil {
			t.Error(err)
		}
	}
}

func TestOnlyAWholeReleaseIsBegun(t *testing.T) {
	t.Parallel()
	sound := release{version: "0.1.0", at: time.Unix(1764000000, 0), out: "out"}
	if err := sound.check(); err != nil || sound.work == sound.out {
		t.Fatalf("a sound one: %v", err)
	}
	for what, change := range map[string]func(*release){
		"no version":               func(r *release) { r.version = "" },
		"a version with v":         func(r *release) { r.version = "v0.1.0" },
		"a version of a day":       func(r *release) { r.version = "0.1.0-4-gabc" },
		"a way out in the version": func(r *release) { r.version = "../0.1.0" },
		"no time":                  func(r *release) { r.at = time.Unix(0, 0) },
		"nowhere to put it":        func(r *release) { r.out = "" },
	} {
		r := release{version: "0.1.0", at: time.Unix(1764000000, 0), out: "out"}
		change(&r)
		if r.check() == nil {
			t.Errorf("%s: it is begun", what)
		}
	}
}

// TestArchivesAreTheSameTwice whatever the clock and the mask of this machine.
func TestArchivesAreTheSameTwice(t *testing.T) {
	t.Parallel()
	pack := func(mode os.FileMode, at time.Time) string {
		stage, out := t.TempDir(), t.TempDir()
		for name, m := range map[string]os.FileMode{"bin/kontent": 0o700 | mode, "doc/copyright": 0o600 | mode, "doc/LICENSE": 0o600} {
			path := filepath.Join(stage, name)
			if err := writeFile(path, []byte("content of "+name), m); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(path, at, at); err != nil {
				t.Fatal(err)
			}
		}
		r := release{version: "0.1.0", at: time.Unix(1764000000, 0).UTC(), out: out}
		if err := r.archive("kontent-0.1.0", stage, "bin", "doc/copyright"); err != nil {
			t.Fatal(err)
		}
		if err := r.writeSums(); err != nil {
			t.Fatal(err)
		}
		sums, err := os.ReadFile(filepath.Join(out, "SHA256SUMS"))
		if err != nil {
			t.Fatal(err)
		}
		return string(sums)
	}
	first := pack(0o044, time.Unix(1700000000, 0))
	if second := pack(0, time.Unix(1600000000, 0)); first != second {
		t.Errorf("once %s, once %s", first, second)
	}
	if !regexp.MustCompile(`^[0-9a-f]{64}  kontent-0\.1\.0\.tar\.gz\n$`).MatchString(first) {
		t.Errorf("the sums are %q", first)
	}
}

// TestTheChangelogHasItsForm: the newest version comes first, each with its day,
// and what has changed is under one of the six headings.
func TestTheChangelogHasItsForm(t *testing.T) {
	t.Parallel()
	version := regexp.MustCompile(`^## (\d+)\.(\d+)\.(\d+) - \d{4}-\d{2}-\d{2}$`)
	kind := regexp.MustCompile(`^### (Added|Changed|Deprecated|Removed|Fixed|Security)$`)
	before := ""
	for line := range strings.Lines(read(t, "CHANGELOG.md")) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "### ") && !kind.MatchString(line):
			t.Errorf("%q is no kind of change", line)
		case !strings.HasPrefix(line, "## ") || line == "## Unreleased" && before == "":
		case !version.MatchString(line):
			t.Errorf("%q is no version with its day", line)
		default:
			parts := version.FindStringSubmatch(line)
			this := fmt.Sprintf("%06s.%06s.%06s", parts[1], parts[2], parts[3])
			if before != "" && this >= before {
				t.Errorf("%q comes after an older one", line)
			}
			before = this
		}
	}
}
