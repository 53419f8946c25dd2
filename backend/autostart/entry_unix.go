//go:build !windows && !darwin

package autostart

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// path is where desktops look for the person's own entries.
func (e *Entry) path() (string, error) {
	folder := os.Getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(folder) { // the specification has relative ones ignored
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("find the folder of login entries: %w", err)
		}
		folder = filepath.Join(home, ".config")
	}
	return filepath.Join(folder, "autostart", e.options.ID+".desktop"), nil
}

func (e *Entry) enabled() (bool, error) {
	path, err := e.path()
	if err != nil {
		return false, err
	}
	content, err := read(path)
	return err == nil && desktopEnabled(content, e.options), err
}

func (e *Entry) enable() error {
	// GLib looks for the program before it reads "%%", and would pass over the
	// entry without a word.
	if strings.Contains(e.options.Program, "%") {
		return fmt.Errorf("start %q at login: %w", e.options.Program, errPercent)
	}
	path, err := e.path()
	if err != nil {
		return err
	}
	return write(path, desktopFile(e.options))
}

func (e *Entry) disable() error {
	path, err := e.path()
	if err != nil {
		return err
	}
	return remove(path)
}
