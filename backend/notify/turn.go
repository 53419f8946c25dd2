package notify

import (
	"context"
	"errors"
	"time"
)

// closeLimit is how long closing waits for a call that cannot be cancelled.
const closeLimit = time.Second

// turn lets one call at a time through. Unlike a mutex it can be waited for
// with a context.
type turn chan struct{}

func newTurn() turn { return make(turn, 1) }

func (t turn) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t turn) pass() { <-t }

// run makes a call that cannot be cancelled. One that outlasts its context goes
// on by itself, and later ones wait for it as long as their own contexts do.
func (t turn) run(ctx context.Context, call func() error) error {
	if err := t.take(ctx); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { // end waits for it
		defer t.pass()
		done <- call()
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// end takes the last turn: it waits for a call under way, but not for ever.
func (t turn) end() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeLimit)
	defer cancel()
	if t.take(ctx) != nil {
		return errors.New("the notification system does not answer")
	}
	return nil
}
