package agent

import (
	"context"
	_ "embed"
	"errors"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"github.com/kontent/kontent-connect/backend/autostart"
	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/notify"
	"github.com/kontent/kontent-connect/backend/tray"
	"github.com/kontent/kontent-connect/backend/view"
)

// lastFaceGrace is how long an agent that is not to watch in the background
// stays when its last face has gone: a window that is reloaded comes back
// within it. One that no face has reached yet stays as long as a window may take
// to start on a slow computer.
const (
	lastFaceGrace  = 10 * time.Second
	firstFaceGrace = time.Minute
)

// desktopID is the name of the program's desktop entry and its icon.
const desktopID = "kontent-connect"

// icon is the program's, for notifications.
//
//go:embed icon.png
var icon []byte

// Run opens the agent on the desktop of this process, serves the faces, and
// returns when ctx ends, the admin quits, or a face of another version asks it
// to leave. openWindow starts the window's program. It is called on the
// process's main thread, which some trays insist on.
//
// The demonstration's agent ends with its last face, because nothing needs
// watching there; so does one whose admin wants no watching in the background.
func Run(ctx context.Context, settings config.Config, log *slog.Logger, openWindow func(context.Context) error) error {
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	r, again := &resident{leave: leave}, command(settings, log)
	r.tray = tray.New(r.actions(), log) //nolint:contextcheck // what a click begins ends with the agent
	r.notifications = notify.New(notify.Options{
		AppName: appName, DesktopEntry: desktopID, AppID: appID(settings), Restart: again, Icon: icon,
		Respond: r.answered, Log: log,
	})
	defer func() { _ = r.notifications.Close() }()
	a, err := Open(ctx, settings, log, WithDesktop(Desktop{
		Notifications: r.notifications, Tray: r.tray, Autostart: startEntryOf(again), OpenWindow: openWindow,
	}))
	if err != nil {
		return err
	}
	r.agent.Store(a)
	if err := a.Serve(ctx, leave, r.lastFace(ctx, settings.Demo)); err != nil {
		return errors.Join(err, a.Close()) //nolint:contextcheck // closing must not end with ctx
	}
	log.Info("agent started", "version", config.ThisBuild().String(), "demo", settings.Demo)
	if err := r.notifications.Listen(ctx); err != nil {
		log.Warn("listen to notifications of earlier", "err", err)
	}
	go rest(ctx, allocated, giveBack)
	ended := make(chan error, 1)
	go func() {
		<-ctx.Done()
		ended <- a.Close() //nolint:contextcheck // ctx has ended; that is why
		r.tray.Stop()
	}()
	// Its end takes the session's bus with it, so it is the last to go
	// (security.md P6).
	r.tray.Run(context.WithoutCancel(ctx))
	leave() // a tray that ended by itself takes the agent along
	err = <-ended
	log.Info("agent ended", "err", err)
	return err
}

// appID is the program's name to Windows. The demonstration has its own, or a
// click on a real notice could reach it.
func appID(settings config.Config) string {
	const id = "Kontent.KontentConnect"
	if settings.Demo {
		return id + ".Demo"
	}
	return id
}

// command is the command line that starts this agent; nil for the
// demonstration, which is not to start by itself.
func command(settings config.Config, log *slog.Logger) []string {
	program, err := os.Executable()
	if settings.Demo || err != nil {
		log.Info("nothing starts this agent by itself", "demo", settings.Demo, "err", err)
		return nil
	}
	return []string{program, "agent", "--data-dir", settings.Paths.Data}
}

// startEntryOf is the entry that starts this program at login, or nil.
func startEntryOf(command []string) startEntry {
	if len(command) == 0 {
		return nil
	}
	return autostart.New(autostart.Options{ID: desktopID, Name: appName, Program: command[0], Args: command[1:]})
}

// resident ties the desktop to the agent, which is opened after it.
type resident struct {
	leave         context.CancelFunc
	tray          *tray.Tray
	notifications *notify.Desktop
	agent         atomic.Pointer[Agent]
}

// answered passes on what was chosen on a notification.
func (r *resident) answered(response notify.Response) {
	if a := r.agent.Load(); a != nil {
		a.answered(response)
	}
}

// actions passes on what was chosen in the tray's menu.
func (r *resident) actions() tray.Actions {
	on := func(do func(*Agent)) {
		if a := r.agent.Load(); a != nil {
			do(a)
		}
	}
	return tray.Actions{
		Open:        func() { on((*Agent).openFromDesktop) },
		OpenAccount: func(id string) { on(func(a *Agent) { a.openAccount(id) }) },
		CheckNow:    func() { on((*Agent).checkFromDesktop) },
		Pause:       func(id string) { on(func(a *Agent) { a.pauseFromDesktop(id) }) },
		Resume:      func() { on((*Agent).resumeFromDesktop) },
		Quit:        func() { on(r.quit) },
	}
}

// lastFace ends the agent some time after its last face has gone, or when none
// has come, where it is not to watch in the background. A demonstration that was
// started without a face is somebody's on purpose: it ends with its last one.
func (r *resident) lastFace(ctx context.Context, demo bool) func(count int) {
	end := func(demo bool) {
		if p, err := r.agent.Load().preferences(ctx); demo || err == nil && !p.Background {
			r.leave()
		}
	}
	alone := time.AfterFunc(firstFaceGrace, func() { end(false) })
	goodbye := time.AfterFunc(time.Hour, func() { end(demo) })
	goodbye.Stop()
	context.AfterFunc(ctx, func() { alone.Stop(); goodbye.Stop() })
	return func(count int) {
		alone.Stop()
		goodbye.Stop()
		if count == 0 {
			goodbye.Reset(lastFaceGrace)
		}
	}
}

// quit closes the windows and then the agent: watching stops.
func (r *resident) quit(a *Agent) {
	a.hub.order(view.Event{Quit: true})
	r.leave()
}
