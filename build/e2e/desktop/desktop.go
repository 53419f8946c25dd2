// Package desktop puts up a throw-away desktop: a virtual screen, a session bus,
// a window manager, a browser, and on request a keyring, the accessibility bus,
// notifications, a tray and a record of the bus, all with a home of their own, so
// that nothing of the person who runs the tests is read or written. Linux only.
package desktop

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/buslog"
	"github.com/kontent/kontent-connect/build/e2e/notice"
	"github.com/kontent/kontent-connect/build/e2e/process"
)

// startTimeout is for one daemon to come up, generous for a busy machine.
const startTimeout = 20 * time.Second

// Options choose what the desktop has. The zero value is a screen with a window
// manager and a session bus, and nothing on it.
type Options struct {
	Keyring       Keyring
	Accessibility bool
	Notifications Notifications
	Tray          Tray
	BusRecord     string          // the file for it; nothing is written down when empty
	Language      string          // such as "en_US.UTF-8"; Portuguese when empty
	Screen        image.Point     // its size; 1440 by 900 when empty
	Browser       image.Rectangle // its place on the screen; all of it when empty
}

// Desktop is a running desktop.
type Desktop struct {
	dir     string
	options Options
	zone    *time.Location
	display string
	bus     string
	keyring *process.Process
	notices *notice.Daemon
	record  *buslog.Log

	mu        sync.Mutex
	processes []*process.Process // in the order of their start
}

// Start puts the desktop up. On an error nothing of it is left.
func Start(ctx context.Context, options Options) (*Desktop, error) {
	if options.Screen == (image.Point{}) {
		options.Screen = image.Pt(1440, 900)
	}
	if options.Browser.Empty() {
		options.Browser = image.Rectangle{Max: options.Screen}
	}
	if options.Language == "" {
		options.Language = "pt_BR.UTF-8"
	}
	// In the folder for temporary files itself: a socket's path must be short.
	dir, err := os.MkdirTemp("", "kontent-")
	if err != nil {
		return nil, fmt.Errorf("folder of the desktop: %w", err)
	}
	d := &Desktop{dir: dir, options: options, zone: noonZone(time.Now())}
	if err := d.start(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("start desktop: %w", err), d.logs(), d.Close()) //nolint:contextcheck // see Close
	}
	return d, nil
}

func (d *Desktop) start(ctx context.Context) error {
	for _, folder := range []string{"home", "tmp", "run", "log", "screen", "config/openbox", "data/applications", "state", "cache"} {
		if err := os.MkdirAll(filepath.Join(d.dir, folder), 0o700); err != nil {
			return err
		}
	}
	steps := []func(context.Context) error{d.startScreen, d.startBus, d.startRecord, d.startWindowManager, d.startKeyring}
	if d.options.Accessibility {
		steps = append(steps, d.startAccessibility)
	}
	for _, step := range append(steps, d.startShell, d.registerBrowser) {
		if err := d.step(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desktop) step(ctx context.Context, step func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	return step(ctx)
}

// Close ends everything that was started on the desktop, by whomever, and only
// then its bus and its screen. It may be called twice. It takes no context: what
// was put up is taken down, even after the time for everything else is over.
func (d *Desktop) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	ground := d.processes[:min(len(d.processes), 2)] // the screen and the bus
	err := errors.Join(process.StopTold(d.dir, ground...), d.closeEars())
	for _, started := range slices.Backward(d.processes) {
		started.Stop()
	}
	d.processes = nil
	return errors.Join(err, os.RemoveAll(d.dir))
}

// Home is the home of the person at this desktop.
func (d *Desktop) Home() string { return filepath.Join(d.dir, "home") }

// Logs is the folder with one file for each program's output.
func (d *Desktop) Logs() string { return filepath.Join(d.dir, "log") }

// Path names a file or folder below the desktop's own.
func (d *Desktop) Path(elem ...string) string {
	return filepath.Join(d.dir, filepath.Join(elem...))
}

// Command prepares a program to run on the desktop.
func (d *Desktop) Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // running what a test names is the purpose
	cmd.Env = d.Env()
	cmd.Dir = d.Home()
	return cmd
}

// Launch starts a program on the desktop, with its output in a log of its name.
// It outlives the context and is ended with the desktop at the latest.
func (d *Desktop) Launch(ctx context.Context, name string, args ...string) (*process.Process, error) {
	return d.launch(d.Command(context.WithoutCancel(ctx), name, args...))
}

func (d *Desktop) launch(cmd *exec.Cmd) (*process.Process, error) {
	started, err := process.Start(cmd, filepath.Join(d.Logs(), filepath.Base(cmd.Path)+".log"))
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.processes = append(d.processes, started)
	return started, nil
}

// logs gathers what the programs said, for a failed start.
func (d *Desktop) logs() error {
	files, err := filepath.Glob(filepath.Join(d.Logs(), "*.log"))
	slices.Sort(files)
	for _, file := range files {
		if text, readErr := os.ReadFile(file); len(text) > 0 || readErr != nil {
			err = errors.Join(err, readErr, fmt.Errorf("%s:\n%s", filepath.Base(file), text))
		}
	}
	return err
}
