package autostart

import (
	"fmt"
	"os"
	"path/filepath"
)

// path is where macOS looks for the person's own agents. It does not read the
// file before the next login, and nothing has to be told.
func (e *Entry) path() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the folder of login entries: %w", err)
	}
	return filepath.Join(home, "Library", "LaunchAgents", label(e.options)+".plist"), nil
}

// enabled cannot see a switch in the system's settings, which macOS keeps to
// itself.
func (e *Entry) enabled() (bool, error) {
	path, err := e.path()
	if err != nil {
		return false, err
	}
	content, err := read(path)
	return err == nil && launchAgentEnabled(content, e.options), err
}

func (e *Entry) enable() error {
	path, err := e.path()
	if err != nil {
		return err
	}
	return write(path, launchAgent(e.options))
}

func (e *Entry) disable() error {
	path, err := e.path()
	if err != nil {
		return err
	}
	return remove(path)
}
