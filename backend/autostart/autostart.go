// Package autostart has the system start a program when the person logs in.
//
// It owns the one entry that each system keeps for that: a desktop file in the
// XDG autostart folder, a value below the Run key of Windows, a launch agent
// of macOS. What the entry looks like is plain text made by pure functions,
// the same on every system; only reading and writing it differs.
package autostart

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// Options say what is started.
type Options struct {
	Name    string // for people, in lists of what starts by itself
	ID      string // names the entry: letters, digits, hyphens
	Program string // absolute path
	Args    []string
}

// Entry is the login entry of one program.
type Entry struct{ options Options }

var (
	errRelative    = errors.New("the program's path is not absolute")
	errID          = errors.New("the entry's ID is not of letters, digits and hyphens")
	errPercent     = errors.New("desktops do not start a program at a path with a percent sign")
	errUnspeakable = errors.New("a line break or a zero cannot be written into a login entry")
)

// New returns the Entry for o, which may or may not exist.
func New(o Options) *Entry { return &Entry{o} }

// Enabled reports whether the program will be started at the next login. It
// will not be by an entry that the person switched off in the system's own
// settings, or that starts another program, say one that has moved since.
func (e *Entry) Enabled() (bool, error) { return e.enabled() }

// Enable makes the entry or mends it. The person's own word in the system's
// settings is taken back by it: Enable is for when the person asks.
func (e *Entry) Enable() error {
	if err := e.options.check(); err != nil {
		return err
	}
	return e.enable()
}

// Disable removes the entry. It succeeds when there is none.
func (e *Entry) Disable() error { return e.disable() }

// idSigns may stand in a file's name everywhere.
const idSigns = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

// check refuses what no system can start as it was meant.
func (o Options) check() error {
	if !filepath.IsAbs(o.Program) {
		return fmt.Errorf("start %q at login: %w", o.Program, errRelative)
	}
	if o.ID == "" || strings.Trim(o.ID, idSigns) != "" {
		return fmt.Errorf("start %q at login: %w", o.Program, errID)
	}
	for _, text := range append([]string{o.Name, o.Program}, o.Args...) {
		if strings.ContainsAny(text, "\x00\n\r") {
			return fmt.Errorf("start %q at login: %w", o.Program, errUnspeakable)
		}
	}
	return nil
}
