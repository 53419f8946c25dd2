// Package window is the program's window but for the framework that draws it:
// its life, its link to the agent, the files that its person saves, and what is
// served beside its page. It knows the agent's API only; the framework is an
// interface to it.
package window

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

const (
	// callPatience bounds a call of the page. A check of many logins and a
	// keychain that asks for its password take longest.
	callPatience = 2 * time.Minute
	// preparePatience is how long Prepare keeps Open waiting, at most.
	preparePatience = 5 * time.Second
	// signalPatience is how long a signal may take to be told to everybody.
	signalPatience = 20 * time.Millisecond
	// pagePatience is how long what the page is asked to show waits for a page
	// that is still being loaded.
	pagePatience = 15 * time.Second
)

// The names of the events that the page listens to.
const (
	eventChanged = "changed"
	eventAgent   = "agent"
	eventClosing = "closing"
)

// agentState tells the page whether the window has an agent.
type agentState struct {
	Connected bool          `json:"connected"`
	Problem   *view.Problem `json:"problem,omitempty"`
}

// Framework is what the window needs of what draws it.
type Framework interface {
	// Emit sends an event to the page.
	Emit(event string, payload any)
	// Show brings the window forward.
	Show()
	// Close ends the window's process.
	Close()
	// AskWhere asks the person where to save a file that is to be called name;
	// "" when she does not say.
	AskWhere(name string) (path string, err error)
}

// Options configure a Window.
type Options struct {
	Client *control.Client
	// Start starts an agent where there is none.
	Start control.Starter
	// Demo starts the demonstration's window.
	Demo func() error
	// Show is the account to show once the page listens; "" for none.
	Show string
	// Ends is told when the system ends the program; nil where nobody tells.
	Ends <-chan os.Signal
	Log  *slog.Logger
}

// Window is one window and its link to the agent.
type Window struct {
	Options
	framework Framework

	// ctx is our own: the framework's is never cancelled.
	ctx  context.Context
	stop context.CancelFunc
	// opened is closed once framework is there: it may report a second start
	// before it has reported its own.
	opened chan struct{}
	// heard is closed, by listening, once there is a page that hears events. The
	// framework's own word comes too early: it says when the document is there,
	// not when its script listens.
	heard     chan struct{}
	listening func()
	running   sync.WaitGroup
	// preparing is what Prepare began.
	preparing sync.WaitGroup
	ahead     *ahead
	// ask: the page wants to say something before the window closes.
	ask atomic.Bool
	// pictures has a place for each picture that is asked for at once.
	pictures chan struct{}
	// faces are those of candidates, which come from the networks and may be
	// slow.
	faces chan struct{}
}

// New returns a window that is not open yet.
func New(o Options) *Window {
	ctx, stop := context.WithCancel(context.Background())
	heard := make(chan struct{})
	return &Window{
		Options: o, ctx: ctx, stop: stop, opened: make(chan struct{}),
		listening: sync.OnceFunc(func() { close(heard) }), heard: heard, ahead: newAhead(),
		pictures: make(chan struct{}, picturesAtOnce), faces: make(chan struct{}, picturesAtOnce),
	}
}

// Prepare starts an agent, where there is none, while the framework still starts:
// that takes it one core for longer than an agent needs to serve. An agent of
// another version is left to Open, because this may be a second start, which only
// brings the first window and its agent forward. Prepare is called once, before
// Open, and does nothing in the program that only lists what the page may call.
func (w *Window) Prepare() {
	if listsBindings {
		return
	}
	w.preparing.Go(func() {
		ctx, cancel := context.WithTimeout(w.ctx, preparePatience)
		defer cancel()
		if control.NotSent(w.Client.Hello(ctx)) {
			_ = control.Ensure(ctx, w.Client, w.Start) // whoever opens the window learns why
		}
	})
}

// Open starts following the agent's events, and shows the account that the
// window was opened for.
func (w *Window) Open(f Framework) {
	w.framework = f
	close(w.opened)
	w.running.Go(w.follow)
	if w.Show != "" {
		w.running.Go(func() { w.Raise(w.Show) })
	}
}

// Close ends what Open started, if it did. It is called once.
func (w *Window) Close() {
	w.stop()
	w.preparing.Wait()
	w.running.Wait()
	w.Client.Close()
}

// Raise brings the window forward, on an account if one is named, as soon as
// there is a window.
func (w *Window) Raise(account string) {
	select {
	case <-w.opened:
	case <-w.ctx.Done():
		return
	}
	w.tell(view.Event{Show: true, Account: view.AccountID(account)})
}

// Another is Raise for a second start. It returns at once, because that program
// waits for it, and others behind it: until the page is there, twenty starts
// would be twenty programs.
func (w *Window) Another(account string) {
	if w.ctx.Err() == nil {
		w.running.Go(func() { w.Raise(account) })
	}
}

// tell passes an event on to the page. One that brings the window forward says
// where to go, and is lost on a page that does not listen yet: it waits for
// the page, and not for ever.
func (w *Window) tell(e view.Event) {
	if !e.Show {
		w.ahead.missedUnless(w.heard, e.Revision)
	} else {
		w.framework.Show()
		patience := time.NewTimer(pagePatience)
		defer patience.Stop()
		select {
		case <-w.heard:
		case <-patience.C:
		case <-w.ctx.Done():
			return
		}
	}
	w.framework.Emit(eventChanged, e)
}

// BeforeClose holds the window back, once, for what the page wants to say
// first. A page that does not answer keeps nobody: the next try closes. A system
// that ends the program is not held back.
func (w *Window) BeforeClose() (prevent bool) {
	if !w.ask.Swap(false) {
		return false
	}
	// The framework hears of the signal too, and may ask before it is here.
	select {
	case <-w.Ends:
		return false
	case <-time.After(signalPatience):
	}
	w.framework.Emit(eventClosing, nil)
	return true
}

// AskBeforeClosing makes the window tell the page before it closes, instead of
// closing, the next time that it is asked to.
func (w *Window) AskBeforeClosing(on bool) { w.ask.Store(on) }

// Leave closes the window; the agent goes on watching.
func (w *Window) Leave() {
	w.ask.Store(false)
	w.framework.Close()
}

// OpenDemo opens the demonstration in a window of its own.
func (w *Window) OpenDemo() error {
	if err := w.Demo(); err != nil {
		return problem.New(problem.DemoStart, err)
	}
	return nil
}

// Call runs one request against the agent. A request that found no agent is
// sent once more after one was started; one that was sent is not repeated.
// A panic becomes a problem, because the framework would leave the page
// waiting for ever.
func Call[T any](w *Window, do func(context.Context, control.Service) (T, error)) (out T, err error) {
	ctx, cancel := context.WithTimeout(w.ctx, callPatience)
	defer cancel()
	defer func() {
		if r := recover(); r != nil {
			err = problem.New(problem.Internal, fmt.Errorf("panic: %v", r))
		}
	}()
	out, err = do(ctx, w.Client)
	if err != nil && control.NotSent(err) {
		if err = control.Ensure(ctx, w.Client, w.Start); err == nil {
			out, err = do(ctx, w.Client)
		}
	}
	return out, err
}

// Run is Call for a request without a result.
func Run(w *Window, do func(context.Context, control.Service) error) error {
	_, err := Call(w, func(ctx context.Context, s control.Service) (struct{}, error) { return struct{}{}, do(ctx, s) })
	return err
}
