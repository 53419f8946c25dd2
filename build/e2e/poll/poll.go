// Package poll waits for something to become true. It is the only place in the
// end-to-end tests that lets time pass: whoever waits says for what, and until
// when by the context's deadline, so a failure reads as what never happened.
package poll

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// interval is short beside anything a person or a program would notice.
const interval = 25 * time.Millisecond

// Until asks again and again until the answer is nil. When the context ends
// first, the error names what was waited for and the last answer.
func Until(ctx context.Context, what string, ask func(context.Context) error) error {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	var last error
	for {
		err := ask(ctx)
		if err == nil {
			return nil
		}
		// A question that the end of the waiting cut off has no answer of its own.
		if last == nil || ctx.Err() == nil {
			last = err
		}
		var final *finalError
		if errors.As(err, &final) {
			return fmt.Errorf("wait for %s: %w", what, final.err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for %s: %w; last answer: %w", what, context.Cause(ctx), last)
		case <-tick.C:
		}
	}
}

// Final marks an answer that asking again will not change.
func Final(err error) error { return &finalError{err} }

type finalError struct{ err error }

func (e *finalError) Error() string { return e.err.Error() }
func (e *finalError) Unwrap() error { return e.err }
