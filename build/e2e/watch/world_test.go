//go:build e2e

// Package watch_test is the watcher on a real desktop: the programs as they are
// shipped, a notification daemon that draws, a panel with a tray, and a record
// of everything that crossed the bus.
package watch_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"go.uber.org/goleak"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/sandbox/sandboxtest"
	"github.com/kontent/kontent-connect/backend/view"
	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/stage"
	"github.com/kontent/kontent-connect/build/e2e/trayhost"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

const (
	programs = "../../bin"
	out      = "../../out/watch"
	// daemon is the program that draws notifications here.
	daemon = "xfce4-notifyd"

	page       = "104728391056214"
	instagram  = "17841401234500011"
	mariasPage = "120394857610293"
	day        = 24 * time.Hour
	// patience is for one test.
	patience = 90 * time.Second
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a stage whose networks a test can make misbehave.
type world struct {
	*stage.Stage
	t        *testing.T
	ctx      context.Context
	networks stage.Networks
	name     string
	bus      *dbus.Conn
}

// shell is a desktop with all that there is around its windows.
func shell() desktop.Options {
	return desktop.Options{Notifications: desktop.RealNotifications, Tray: desktop.RealTray}
}

// newWorld puts a desktop up; the record of its bus and its pictures are called
// after name.
func newWorld(t *testing.T, name string, with desktop.Options) *world {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	ok(t, os.MkdirAll(out, 0o755))
	w := &world{t: t, ctx: ctx, name: name}
	with.BusRecord = filepath.Join(out, name+".jsonl")
	var err error
	w.Stage, err = stage.OpenOn(ctx, with, programs)
	ok(t, err)
	t.Cleanup(func() {
		if t.Failed() {
			w.keepEvidence()
		}
		ok(t, w.Close())
	})
	w.networks, err = w.StartNetworks(ctx)
	ok(t, err)
	w.bus, err = w.Desktop.Bus(ctx)
	ok(t, err)
	t.Cleanup(func() { _ = w.bus.Close() })
	return w
}

func (w *world) keepEvidence() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := w.Desktop.Screenshot(ctx, filepath.Join(out, "failed-"+w.name+".png")); err != nil {
		w.t.Error(err)
	}
	for _, file := range []string{w.WindowLog(), filepath.Join(w.Data(), "logs", "kontent.log")} {
		if text, err := os.ReadFile(file); err == nil {
			w.t.Logf("%s:\n%s", filepath.Base(file), text)
		}
	}
}

// picture keeps what the whole screen shows.
func (w *world) picture(name string) {
	w.t.Helper()
	ok(w.t, w.Desktop.Screenshot(w.ctx, filepath.Join(out, w.name+"-"+name+".png")))
}

// connect signs a person in by the command line, who says yes to everything.
func (w *world) connect(person string, remoteIDs ...string) {
	w.t.Helper()
	signIn, err := w.StartSignIn(w.ctx, "meta", "--select", strings.Join(remoteIDs, ","), "--no-browser")
	ok(w.t, err)
	visit(w.ctx, w.t, consent(w.ctx, w.t, signIn.URL, person))
	last, err := signIn.End()
	ok(w.t, err)
	if last != "connected" {
		w.t.Fatalf("the sign-in ended with %q", last)
	}
}

// consent goes through the network's pages, ticks everything, and returns where
// the network sends the browser.
func consent(ctx context.Context, t *testing.T, address, person string) string {
	t.Helper()
	visitor, err := sandboxtest.New("pt-BR")
	ok(t, err)
	ok(t, visitor.Open(ctx, address))
	for visitor.Landed() == nil {
		ok(t, visitor.Set(true, visitor.Boxes()...))
		i := slices.IndexFunc(visitor.Buttons(), func(name string) bool {
			return slices.Contains([]string{"Continuar como " + person, "Reconectar", "Continuar", "Concluir"}, name)
		})
		if i < 0 {
			t.Fatalf("%q has no way on among %q", visitor.Heading(), visitor.Buttons())
		}
		ok(t, visitor.Press(ctx, visitor.Buttons()[i]))
	}
	return visitor.Landed().String()
}

// visit brings the network's answer back, as a browser does.
func visit(ctx context.Context, t *testing.T, address string) {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	ok(t, err)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	reply, err := client.Do(request)
	ok(t, err)
	ok(t, reply.Body.Close())
}

// act makes Meta do something to a person's login.
func (w *world) act(do, person string, in time.Duration) {
	w.t.Helper()
	ok(w.t, w.networks.Act(w.ctx, stage.Action{Do: do, Provider: "meta", Person: person, Millis: int(in.Milliseconds())}))
}

// checkNow has the program see what happened at the networks.
func (w *world) checkNow() {
	w.t.Helper()
	ok(w.t, w.Kontent(w.ctx, nil, "check"))
}

// snapshot is everything that a window is told by the agent that runs.
func (w *world) snapshot() view.Snapshot {
	w.t.Helper()
	client := control.NewClient(filepath.Join(w.Data(), "agent.sock"))
	defer client.Close()
	s, err := client.Snapshot(w.ctx)
	ok(w.t, err)
	return s
}

// snapshot is short for what a window is told.
type snapshot = view.Snapshot

// awaitSnapshot waits until a window is told what a test waits for.
func (w *world) awaitSnapshot(what string, fits func(snapshot) bool) snapshot {
	w.t.Helper()
	var s snapshot
	ok(w.t, poll.Until(w.ctx, what, func(context.Context) error {
		if s = w.snapshot(); !fits(s) {
			return fmt.Errorf("there are notices %+v, %+v, %+v", s.Notices, s.Watch, s.System)
		}
		return nil
	}))
	return s
}

// call calls one of the methods that the window's page may call. The answer is
// the problem that it ended with, as a JSON text; empty for none.
func (w *world) call(method, argument string) string {
	w.t.Helper()
	var problem string
	ok(w.t, w.Window.ExecuteAsync(w.ctx, fmt.Sprintf(`const done = arguments[arguments.length - 1]
		window.go.main.App.%s(%s).then(() => done(""), error => done(typeof error === "string" ? error : error.message))`,
		method, argument), &problem))
	return problem
}

// account is a connected account by the network's own number.
func (w *world) account(remoteID string) view.Account {
	w.t.Helper()
	for _, a := range w.snapshot().Accounts {
		if a.RemoteID == remoteID {
			return a
		}
	}
	w.t.Fatalf("there is no account %s", remoteID)
	return view.Account{}
}

// icon is the program's in the tray.
func (w *world) icon() trayhost.Item {
	w.t.Helper()
	item, err := trayhost.Await(w.ctx, w.bus)
	ok(w.t, err)
	return item
}

// looks waits until the tray says a word, and returns how it looks then.
func (w *world) looks(word string) trayhost.Look {
	w.t.Helper()
	look, err := w.icon().AwaitLook(w.ctx, word, func(l trayhost.Look) bool { return strings.Contains(l.ToolTip, word) })
	ok(w.t, err)
	return look
}

// labels are the lines of the tray's menu that can be seen.
func (w *world) labels() []string {
	w.t.Helper()
	entries, err := w.icon().Menu(w.ctx)
	ok(w.t, err)
	var labels []string
	for _, entry := range entries {
		if !entry.Hidden && !entry.Separator {
			labels = append(labels, entry.Label)
		}
	}
	return labels
}

// pictureOfMenu keeps a picture with the tray's menu open, and closes it.
func (w *world) pictureOfMenu(name string) {
	w.t.Helper()
	_, err := w.Desktop.OpenTrayMenu(w.ctx)
	ok(w.t, err)
	w.picture(name)
	beside := w.Desktop.TrayIcon()
	ok(w.t, w.Desktop.Click(w.ctx, beside.Sub(beside.Min), desktop.LeftButton))
}

// see waits for something in the window.
func (w *world) see(what webdriver.Locator) {
	w.t.Helper()
	_, err := w.Window.Find(w.ctx, what)
	ok(w.t, err)
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
