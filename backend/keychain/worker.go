package keychain

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
)

// closeLimit is how long Close waits for a call under way.
const closeLimit = time.Second

var (
	errWaiting = errors.New("an earlier call waits for its answer")
	errSilent  = errors.New("no answer in time, outcome unknown")
	errClosed  = errors.New("the keychain is closed")
	errCrashed = errors.New("the keychain's library crashed")
)

// worker makes all calls to the ring, one after the other, in one goroutine:
// go-keyring cannot be cancelled, so a keychain that hangs costs this
// goroutine and no other (security.md 0.3).
type worker struct {
	ring     ring
	requests chan *request
	turns    chan struct{} // holds one token while an operation runs
	quit     chan struct{}
	stopped  chan struct{}
	once     sync.Once

	mu      sync.Mutex // guards what follows
	running *request
	since   time.Time
	hung    bool // running was given up by whoever asked: the breaker is open
}

type request struct {
	call  func(ring) (string, error)
	reply chan reply
}

type reply struct {
	value string
	err   error
}

func newWorker(r ring) *worker {
	return &worker{
		ring:     r,
		requests: make(chan *request),
		turns:    make(chan struct{}, 1),
		quit:     make(chan struct{}),
		stopped:  make(chan struct{}),
	}
}

func (w *worker) run() {
	defer close(w.stopped)
	for {
		select {
		case <-w.quit:
			return
		case r := <-w.requests:
			w.started(r)
			begun := time.Now()
			value, err := safely(w.ring, r.call)
			err = classify(err, time.Since(begun))
			w.finished()
			r.reply <- reply{value, err} // has room for one: nobody may be waiting any more
		}
	}
}

// safely turns a panic into an error: go-keyring dereferences nil when the bus
// goes away while a prompt is open (KC08).
func safely(r ring, call func(ring) (string, error)) (value string, err error) {
	defer func() {
		if recover() != nil {
			value, err = "", errCrashed
		}
	}()
	return call(r)
}

func (w *worker) started(r *request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running, w.since = r, time.Now()
}

// finished shuts the breaker: the keychain answers again, however late.
func (w *worker) finished() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running, w.hung = nil, false
}

// giveUp opens the breaker, unless the keychain answered just now.
func (w *worker) giveUp() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.hung = w.running != nil
}

// unanswered returns how long the present call has been waiting, and whether
// somebody has given it up.
func (w *worker) unanswered() (waiting time.Duration, hung bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.running == nil {
		return 0, false
	}
	return time.Since(w.since), w.hung
}

// ask has one call made. Errors have a code; after problem.KeychainTimeout the
// call may still happen, but always before any later one, which is what lets a
// later Delete clean up after it (KC09).
func (w *worker) ask(ctx context.Context, limit time.Duration, call func(ring) (string, error)) (string, error) {
	if _, hung := w.unanswered(); hung {
		return "", problem.New(problem.KeychainLocked, errWaiting)
	}
	r := &request{call: call, reply: make(chan reply, 1)}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case w.requests <- r:
	case <-timer.C: // a call that was cancelled earlier still hangs
		w.giveUp()
		return "", problem.New(problem.KeychainLocked, errWaiting)
	case <-ctx.Done():
		return "", cancelled(ctx)
	case <-w.quit:
		return "", problem.New(problem.KeychainAbsent, errClosed)
	}
	select {
	case answer := <-r.reply:
		return answer.value, answer.err
	case <-timer.C:
		w.giveUp()
		return "", problem.New(problem.KeychainTimeout, errSilent)
	case <-ctx.Done():
		return "", cancelled(ctx)
	}
}

// cancelled tells a deadline of the caller, which leaves the outcome as
// unknown as our own does, from a caller that has lost interest.
func cancelled(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return problem.New(problem.KeychainTimeout, fmt.Errorf("%w: %w", errSilent, ctx.Err()))
	}
	return ctx.Err()
}

// close ends the worker and waits for it for closeLimit.
func (w *worker) close() {
	w.once.Do(func() { close(w.quit) })
	select {
	case <-w.stopped:
	case <-time.After(closeLimit):
	}
}
