package keychain

import (
	"context"
	"errors"
	"time"

	keyring "github.com/zalando/go-keyring"

	"github.com/kontent/kontent-connect/backend/problem"
)

var (
	errNotKept = errors.New("what was read back is not what was written")
	errNotGone = errors.New("what was deleted is still there")
	errLocked  = errors.New("it is locked, and nobody is asked in the background")
)

// turn is the right to be the only operation on the keychain. An entry of
// several parts is written, read and deleted within one turn.
type turn struct {
	worker *worker
	limit  time.Duration
}

// begin waits for a turn. A long queue that moves is waited for; one that
// stands still for the limit, because the keychain waits for a person, fails
// with problem.KeychainLocked and has touched nothing (KC03, KC20).
func (w *worker) begin(ctx context.Context, limit time.Duration) (turn, error) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for {
		waiting, hung := w.unanswered()
		if hung || waiting >= limit {
			return turn{}, problem.New(problem.KeychainLocked, errWaiting)
		}
		timer.Reset(limit - waiting)
		select {
		case w.turns <- struct{}{}:
			return turn{worker: w, limit: limit}, nil
		case <-timer.C:
		case <-ctx.Done():
			return turn{}, cancelled(ctx)
		case <-w.quit:
			return turn{}, problem.New(problem.KeychainAbsent, errClosed)
		}
	}
}

func (t turn) end() { <-t.worker.turns }

// get returns an item, and false when there is none.
func (t turn) get(ctx context.Context, name string) (value string, found bool, err error) {
	value, err = t.worker.ask(ctx, t.limit, func(r ring) (string, error) { return r.get(name) })
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return "", false, nil
	case err != nil:
		return "", false, err
	default:
		return value, true, nil
	}
}

// set writes an item and reads it back: go-keyring reports success when the
// person dismissed the prompt, and when an unrelated signal came during it
// (KC05, KC07).
func (t turn) set(ctx context.Context, name, value string) error {
	_, err := t.worker.ask(ctx, t.limit, func(r ring) (string, error) { return "", r.set(name, value) })
	if err != nil {
		return err
	}
	stored, found, err := t.get(ctx, name)
	if err != nil {
		return err
	}
	if !found || stored != value {
		return problem.New(problem.KeychainNotSaved, errNotKept)
	}
	return nil
}

// remove deletes an item and looks for it afterwards, for the same reason
// (KC06). An item that is not there is a success.
func (t turn) remove(ctx context.Context, name string) error {
	_, err := t.worker.ask(ctx, t.limit, func(r ring) (string, error) { return "", r.delete(name) })
	if errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	_, found, err := t.get(ctx, name)
	if err != nil {
		return err
	}
	if found {
		return problem.New(problem.KeychainDismissed, errNotGone)
	}
	return nil
}
