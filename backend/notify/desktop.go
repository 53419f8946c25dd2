// Package notify shows desktop notifications from a process that has no window.
//
// It owns the way to the system's notification service and what happens on the
// way back: a click, a button. It refuses to know what is worth telling, when,
// and in which words: a message comes ready to be shown. A dismissal is never
// an answer.
//
// On Linux it speaks to the notification service on a bus connection of its
// own, through godbus rather than through esiqveland/notify: that library has
// no time limits, panics at a malformed signal, takes signals from anybody on
// the bus, and its event loop is not waited for. On Windows it shows toasts, and
// on other systems, and where a Linux desktop has no service, it leaves the
// message to beeep, which knows neither buttons nor answers.
package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// patience is how long the system may take over one message. A notification
// service that hangs must not hang the watcher.
const patience = 4 * time.Second

var (
	// ErrNoService says that there is nobody to show a message.
	ErrNoService = errors.New("there is no notification service")
	// ErrDenied says that the admin or the system has switched our messages off.
	ErrDenied = errors.New("notifications are switched off for this program")
	// ErrClosed says that the Desktop was closed.
	ErrClosed = errors.New("notifications are closed")
)

// Options are what a Desktop is made of.
type Options struct {
	AppName      string         // as people know it: "Kontent Connect"
	DesktopEntry string         // name of the desktop entry, without ".desktop" (Linux)
	AppID        string         // AppUserModelID, by which Windows knows the program
	Restart      []string       // the command line that starts this program again for a click, or nil (Windows)
	Icon         []byte         // PNG of at most 128 pixels a side, or nil
	Respond      func(Response) // may be nil; called one at a time; must not call Close
	Log          *slog.Logger   // may be nil
}

// Desktop shows messages on this computer.
type Desktop struct {
	system   system
	patience time.Duration
	life     context.Context // ends with Close, and every call under way with it
	end      context.CancelFunc
	close    func() error
}

// system is one way to show messages. Calls come with a deadline, and may come
// from several goroutines at once.
type system interface {
	attend(ctx context.Context) error
	show(context.Context, Message) error
	withdraw(ctx context.Context, key string) error
	there(ctx context.Context, key string) bool
	status(context.Context) Status
	close() error
}

// New stores its options. The system is first touched by the first message or
// question.
func New(o Options) *Desktop {
	if o.Respond == nil {
		o.Respond = func(Response) {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return over(newSystem(o))
}

func over(s system) *Desktop {
	d := &Desktop{system: s, patience: patience}
	d.life, d.end = context.WithCancel(context.Background())
	d.close = sync.OnceValue(func() error {
		d.end()
		return s.close()
	})
	return d
}

// Listen makes answers arrive to what an earlier run has left there, where the
// system keeps it. Answers to what this run shows arrive without.
func (d *Desktop) Listen(ctx context.Context) error {
	return d.limited(ctx, "listen to notifications", d.system.attend)
}

// Show shows a message. A message with the same key that is still there is
// replaced, where the system can. Show fails with ErrNoService when nobody can
// show it, with ErrDenied when messages are switched off, and with the
// context's error when the system did not answer within a few seconds: then it
// may have been shown.
func (d *Desktop) Show(ctx context.Context, m Message) error {
	return d.limited(ctx, "show notification", func(ctx context.Context) error {
		return d.system.show(ctx, m)
	})
}

// Withdraw takes a message back that is still there. Having nothing to take
// back is no error, nor is a system that cannot take anything back.
func (d *Desktop) Withdraw(ctx context.Context, key string) error {
	return d.limited(ctx, "withdraw notification", func(ctx context.Context) error {
		return d.system.withdraw(ctx, key)
	})
}

// There reports whether a message of this run is still to be seen, as far as the
// system says; false where it does not, or not in time.
func (d *Desktop) There(ctx context.Context, key string) (there bool) {
	_ = d.limited(ctx, "look for a notification", func(ctx context.Context) error {
		there = d.system.there(ctx, key)
		return nil
	})
	return there
}

// Status asks what would become of a message now. What cannot be asked is
// Unknown, not a refusal. It shows nothing and starts no program.
func (d *Desktop) Status(ctx context.Context) Status {
	status := Status{State: Unknown}
	_ = d.limited(ctx, "ask for notifications", func(ctx context.Context) error { // closed is unknown too
		status = d.system.status(ctx)
		return nil
	})
	return status
}

// Close ends calls under way and waits for whatever was started. Messages that
// are shown stay. It may be called twice.
func (d *Desktop) Close() error { return d.close() }

// limited makes one call that ends with its caller, with the Desktop, or when
// patience does.
func (d *Desktop) limited(ctx context.Context, act string, call func(context.Context) error) error {
	if d.life.Err() != nil {
		return ErrClosed
	}
	ctx, cancel := context.WithTimeout(ctx, d.patience)
	defer cancel()
	defer context.AfterFunc(d.life, cancel)() //nolint:contextcheck // the call ends with its caller and with us
	err := call(ctx)
	switch {
	case err == nil:
		return nil
	case d.life.Err() != nil:
		return ErrClosed
	default:
		return fmt.Errorf("%s: %w", act, err)
	}
}
