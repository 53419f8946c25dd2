// Package stage puts the programs that are shipped on a desktop of their own,
// with a real browser, keyring and screen reader's bus: where a journey takes
// place, and where things go wrong on purpose.
package stage

import (
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/process"
	"github.com/kontent/kontent-connect/build/e2e/shim"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

// layout puts the window and the browser side by side, so that a picture shows
// what each does to the other. The pointer stands in the middle of the screen,
// between the two, where it points to nothing.
func layout() (screen image.Point, window, browser image.Rectangle) {
	return image.Pt(2620, 880), image.Rect(20, 30, 1300, 830), image.Rect(1340, 30, 2600, 830)
}

// shellHeight is how much higher the screen is where notifications or a tray
// have their place below the window and the browser: two notifications, and the
// panel.
const shellHeight = 300

// Stage is a desktop with the programs.
type Stage struct {
	Desktop *desktop.Desktop
	Window  *webdriver.Session // while one is open

	programs string
	env      []string // for the programs, beyond the desktop's own
	flags    []string // of every command and window
	data     string
	browser  *webdriver.Session
}

// Open puts up a desktop for the programs in a folder, which get some more
// variables than the desktop's own. Nothing is started yet.
func Open(ctx context.Context, programs string, env ...string) (*Stage, error) {
	return OpenOn(ctx, desktop.Options{}, programs, env...)
}

// OpenOn is Open on a desktop that has notifications, a tray, a record of its bus
// or another language too. The rest of the options is the stage's to say.
func OpenOn(ctx context.Context, with desktop.Options, programs string, env ...string) (*Stage, error) {
	programs, err := filepath.Abs(programs)
	if err != nil {
		return nil, err
	}
	for _, program := range []string{"kontent", "kontent-connect"} {
		if _, err := os.Stat(filepath.Join(programs, program)); err != nil {
			return nil, fmt.Errorf("%w; build it with \"make build\"", err)
		}
	}
	with.Keyring, with.Accessibility = desktop.UnlockedKeyring, true
	with.Screen, _, with.Browser = layout()
	if with.Notifications == desktop.RealNotifications || with.Tray == desktop.RealTray {
		with.Screen.Y += shellHeight
	}
	on, err := desktop.Start(ctx, with)
	if err != nil {
		return nil, err
	}
	return &Stage{
		Desktop: on, programs: programs, env: env, flags: []string{"--demo"}, data: on.Path("data", "kontent-connect-demo"),
	}, nil
}

// Close ends everything on the stage.
func (s *Stage) Close() error { return s.Desktop.Close() }

// Data is the folder of the programs' data.
func (s *Stage) Data() string { return s.data }

// Install has the programs that are started from now on work on data of their
// own, as an admin's do, instead of in the demonstration. They need networks
// that somebody else runs.
func (s *Stage) Install() {
	s.flags, s.data = nil, s.Desktop.Path("data", "kontent-connect")
}

// Setenv adds a variable for the programs that are started from now on.
func (s *Stage) Setenv(name, value string) { s.env = append(s.env, name+"="+value) }

// OpenWindow starts the window, which starts its agent.
func (s *Stage) OpenWindow(ctx context.Context) error {
	return s.OpenWindowOf(ctx, s.programs)
}

// OpenWindowOf is OpenWindow for the window in another folder of programs.
func (s *Stage) OpenWindowOf(ctx context.Context, programs string, env ...string) error {
	programs, err := filepath.Abs(programs)
	if err != nil {
		return err
	}
	program, err := shim.Wrap(ctx, s.Desktop.Path("run"), s.WindowLog(), append(s.env, env...),
		filepath.Join(programs, "kontent-connect"), s.flags...)
	if err != nil {
		return err
	}
	if s.Window, err = webdriver.Window(ctx, s.Desktop, program); err != nil {
		return err
	}
	// Before it shows something it goes to the middle of the screen by itself.
	if _, err := s.Window.Find(ctx, webdriver.CSS("h1")); err != nil {
		return err
	}
	_, place, _ := layout()
	return s.Window.Place(ctx, place)
}

// WindowLog is the file with what the window's program complained of.
func (s *Stage) WindowLog() string { return filepath.Join(s.Desktop.Logs(), "window.log") }

// closePatience is for a window to end.
const closePatience = 10 * time.Second

// CloseWindow ends the window and leaves the agent watching.
func (s *Stage) CloseWindow(ctx context.Context) error {
	if s.Window == nil {
		return nil
	}
	window := s.Window
	s.Window = nil
	if err := window.Close(ctx); err != nil {
		return err
	}
	// Now and then the driver lets go of the program without ending it, and the
	// next window would only bring this one forward.
	ctx, cancel := context.WithTimeout(ctx, closePatience)
	defer cancel()
	told := map[int]bool{}
	return poll.Until(ctx, "the end of the window", func(context.Context) error {
		left, err := process.Find(s.Desktop.Path(), "kontent-connect")
		for _, pid := range left {
			if !told[pid] {
				_ = process.Send(pid, syscall.SIGTERM) // fails when it is gone, which is the aim
			}
			told[pid] = true
		}
		if err == nil && len(left) > 0 {
			err = fmt.Errorf("processes %v are still there", left)
		}
		return err
	})
}

// Browser is the browser that the program opened, at the tab whose address holds
// a text.
func (s *Stage) Browser(ctx context.Context, address string) (*webdriver.Session, error) {
	if s.browser == nil {
		browser, err := webdriver.Browser(ctx, s.Desktop)
		if err != nil {
			return nil, err
		}
		s.browser = browser
	}
	return s.browser, s.browser.SwitchToTab(ctx, address)
}

// BrowserRequests are the addresses that the browser asked for since the last
// time, none while there is no browser.
func (s *Stage) BrowserRequests(ctx context.Context) ([]string, error) {
	if s.browser == nil {
		return nil, nil
	}
	return s.browser.Requests(ctx)
}
