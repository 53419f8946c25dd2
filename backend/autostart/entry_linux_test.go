package autostart

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// These tests are not parallel: they change the process's environment.

// desktop is a configuration folder of the test's own, and an entry in it.
func desktop(t *testing.T) (entry *Entry, path string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "not yet there")
	t.Setenv("XDG_CONFIG_HOME", folder)
	return New(kontent("agent")), filepath.Join(folder, "autostart", "kontent-connect.desktop")
}

func want(t *testing.T, e *Entry, enabled bool) {
	t.Helper()
	got, err := e.Enabled()
	if err != nil || got != enabled {
		t.Errorf("enabled: %v, %v", got, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestEnableAndDisable(t *testing.T) {
	e, path := desktop(t)
	want(t, e, false)
	must(t, e.Disable()) // nothing there
	for range 2 {
		must(t, e.Enable())
		want(t, e, true)
	}
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != 0o644 {
		t.Errorf("mode %o", info.Mode().Perm())
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	must(t, err)
	if len(entries) != 1 {
		t.Errorf("left beside the entry: %v", entries)
	}
	for range 2 {
		must(t, e.Disable())
		want(t, e, false)
	}
}

func TestEnableMendsAnEntry(t *testing.T) {
	for name, content := range map[string]string{
		"that was switched off":          desktopFile(kontent("agent")) + "Hidden=true\n",
		"of a program that has moved":    strings.ReplaceAll(desktopFile(kontent("agent")), "/opt/", "/old/"),
		"that is damaged":                "[Desktop",
		"that is far too large":          desktopFile(kontent("agent")) + strings.Repeat("#\n", entryLimit),
		"that holds nothing, not a word": "",
	} {
		t.Run(name, func(t *testing.T) {
			e, path := desktop(t)
			must(t, os.MkdirAll(filepath.Dir(path), 0o700))
			must(t, os.WriteFile(path, []byte(content), 0o600))
			want(t, e, false)
			must(t, e.Enable())
			want(t, e, true)
		})
	}
}

func TestASymlinkIsReplacedAndNotFollowed(t *testing.T) {
	e, path := desktop(t)
	must(t, os.MkdirAll(filepath.Dir(path), 0o700))
	target := filepath.Join(t.TempDir(), "target")
	must(t, os.WriteFile(target, []byte(desktopFile(kontent("agent"))), 0o600))
	must(t, os.Symlink(target, path))
	want(t, e, false) // what it leads to may be another's tomorrow
	must(t, os.WriteFile(target, []byte("precious"), 0o600))
	must(t, e.Enable())
	want(t, e, true)
	if kept, err := os.ReadFile(target); err != nil || string(kept) != "precious" {
		t.Errorf("%q, %v", kept, err)
	}
	must(t, os.Remove(path))
	must(t, os.Symlink(target, path))
	must(t, e.Disable())
	if _, err := os.Stat(target); err != nil {
		t.Error(err)
	}
}

func TestAFolderThatCannotBeWrittenIsAnError(t *testing.T) {
	e, path := desktop(t)
	must(t, os.MkdirAll(path, 0o700)) // a folder where the file should be
	must(t, os.WriteFile(filepath.Join(path, "x"), nil, 0o600))
	want(t, e, false)
	if e.Enable() == nil || e.Disable() == nil {
		t.Error("a full folder was replaced")
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	must(t, err)
	if len(entries) != 1 {
		t.Errorf("left beside it: %v", entries)
	}
}

func TestARelativeConfigurationFolderIsIgnored(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", "relative")
	must(t, New(kontent()).Enable())
	if _, err := os.Stat(filepath.Join(home, ".config", "autostart", "kontent-connect.desktop")); err != nil {
		t.Error(err)
	}
}

func TestEnableRefuses(t *testing.T) {
	e, path := desktop(t)
	for name, tc := range map[string]struct {
		change func(*Options)
		want   error
	}{
		"a relative program":    {func(o *Options) { o.Program = "kontent" }, errRelative},
		"no program":            {func(o *Options) { o.Program = "" }, errRelative},
		"a percent sign":        {func(o *Options) { o.Program = "/100%/kontent" }, errPercent},
		"a line break":          {func(o *Options) { o.Args = []string{"a\nHidden=false"} }, errUnspeakable},
		"a zero":                {func(o *Options) { o.Program = "/a\x00b" }, errUnspeakable},
		"a line break in names": {func(o *Options) { o.Name = "a\nb" }, errUnspeakable},
		"a path for an ID":      {func(o *Options) { o.ID = "../x" }, errID},
		"no ID":                 {func(o *Options) { o.ID = "" }, errID},
	} {
		t.Run(name, func(t *testing.T) {
			o := e.options
			tc.change(&o)
			if err := New(o).Enable(); !errors.Is(err, tc.want) {
				t.Error(err)
			}
		})
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("an entry was written")
	}
}
