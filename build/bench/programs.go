package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/kontent/kontent-connect/backend/sqlite"
	"github.com/kontent/kontent-connect/backend/sqlite/sqlitetest"
	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/process"
)

// What the programs may cost, against the framework's bare template.
const (
	mostStart     = 1.10 // with an agent that runs, a hundred accounts
	mostColdStart = 1.25 // with no agent yet
	mostBigStart  = 1.3  // ten thousand accounts
	mostWindow    = 1.15 // memory of the open window with its agent
	mostAgent     = 0.10 // memory of the agent alone, a thousand accounts
	mostBinary    = 1.7
	mostIdle      = 0.0005 // of one core
	mostWakes     = 2.0    // a second
)

// What is measured, to the reader of a report.
const (
	sizeOfWindow  = "size of kontent-connect, against the template's"
	sizeOfKontent = "size of kontent, against the template's"
	startWith     = "from exec to the painted list, "
	fewAccounts   = "100 accounts, agent running"
	noAgentYet    = "100 accounts, no agent yet"
	manyAccounts  = "10,000 accounts, agent running"
)

// A window opens in the middle of the screen. Left of the middle, where the
// pointer stands, the list has its names, and the template its field. The panel
// with the tray is along the edge.
func layout() (screen image.Point, names image.Rectangle) {
	return image.Pt(1440, 1000), image.Rect(400, 420, 700, 780)
}

// stand is a desktop with our programs and the bare template.
type stand struct {
	*desktop.Desktop
	bare  string
	names image.Rectangle
}

// measurePrograms starts the real programs on a virtual desktop.
func measurePrograms(ctx context.Context, o options, r *report) (err error) {
	bare, err := buildBare(ctx, o.tags)
	if err != nil {
		return err
	}
	// The panel now and then crashes while agents come and go, and says so in the
	// middle of the screen: windows are measured without it.
	tray := desktop.Options{Keyring: desktop.UnlockedKeyring, Tray: desktop.RealTray}
	plain := desktop.Options{Keyring: desktop.UnlockedKeyring}
	type step = func(stand, context.Context, options, *report) error
	return errors.Join(
		onDesktop(ctx, tray, bare, func(s stand) error { return s.agent(ctx, o, r) }),
		onDesktop(ctx, plain, bare, func(s stand) error {
			for _, measure := range []step{stand.sizes, stand.starts, stand.weights} {
				if err := measure(s, ctx, o, r); err != nil {
					return err
				}
			}
			return nil
		}),
	)
}

// onDesktop puts a desktop up for what is measured on it.
func onDesktop(ctx context.Context, with desktop.Options, bare string, do func(stand) error) (err error) {
	var names image.Rectangle
	with.Screen, names = layout()
	d, err := desktop.Start(ctx, with)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }() //nolint:contextcheck // what was put up is taken down
	return do(stand{d, bare, names})
}

// sizes compares what is on the disk.
func (s stand) sizes(_ context.Context, _ options, r *report) error {
	bare, err := os.Stat(s.bare)
	if err != nil {
		return err
	}
	for _, one := range []struct{ name, what string }{{"kontent-connect", sizeOfWindow}, {"kontent", sizeOfKontent}} {
		own, err := os.Stat(program(one.name))
		if err != nil {
			return err
		}
		r.add(ratio{
			what: one.what, ours: mebibytes(own.Size()), base: mebibytes(bare.Size()),
			value: float64(own.Size()) / float64(bare.Size()), limit: mostBinary,
		})
	}
	return nil
}

// install fills a data folder. The agent finds it as one of a run before.
func (s stand) install(ctx context.Context, accounts int) error {
	folder := s.data(accounts)
	if err := s.kontent(ctx, "projects", "list", "--data-dir", folder); err != nil { // makes the first project
		return err
	}
	db, err := sqlite.Open(ctx, filepath.Join(folder, "kontent-connect.db"))
	if err != nil {
		return err
	}
	projects, err := db.Projects(ctx)
	if err == nil {
		err = sqlitetest.Fill(ctx, db, projects[0].ID, accounts)
	}
	return errors.Join(err, db.Close())
}

// startAgent starts an agent and returns it with how long it took until its
// socket was there.
func (s stand) startAgent(ctx context.Context, accounts int) (*process.Process, time.Duration, error) {
	folder, begun := s.data(accounts), time.Now()
	agent, err := s.Launch(ctx, program("kontent"), "agent", "--data-dir", folder)
	if err != nil {
		return nil, 0, err
	}
	err = poll.Until(ctx, "the agent", func(context.Context) error {
		_, err := os.Stat(filepath.Join(folder, "agent.sock"))
		return err
	})
	return agent, time.Since(begun), err
}

// open starts a window, waits until it is painted, and ends it. It returns how
// long that took from its exec.
func (s stand) open(ctx context.Context, name string, command string, args ...string) (time.Duration, error) {
	window, took, err := s.launch(ctx, command, args...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	defer window.Stop()
	return took, s.Screenshot(ctx, filepath.Join(outFolder, name+".png"))
}

// launch starts a window and returns it once it is painted, with how long that
// took from its exec.
func (s stand) launch(ctx context.Context, command string, args ...string) (window *process.Process, took time.Duration, err error) {
	var begun time.Time
	painted, err := s.Painted(ctx, s.names, func() (err error) {
		begun = time.Now()
		window, err = s.Launch(ctx, command, args...)
		return err
	})
	return window, painted.Sub(begun), err
}

func (s stand) openOurs(ctx context.Context, accounts int) (time.Duration, error) {
	return s.open(ctx, "window-"+strconv.Itoa(accounts), program("kontent-connect"), "--data-dir", s.data(accounts))
}

func (s stand) openBare(ctx context.Context) (time.Duration, error) {
	return s.open(ctx, "bare", s.bare)
}

func (s stand) data(accounts int) string { return s.Path("data", strconv.Itoa(accounts)) }

func (s stand) kontent(ctx context.Context, args ...string) error {
	if text, err := s.Command(ctx, program("kontent"), args...).CombinedOutput(); err != nil {
		return fmt.Errorf("kontent %v: %w\n%s", args, err, text)
	}
	return nil
}

// program is one that was built; it runs in another folder than this one.
func program(name string) string {
	path, err := filepath.Abs(filepath.Join("build/bin", name))
	if err != nil {
		panic(err) // there is no working folder
	}
	return path
}
