package oauth

import (
	"context"
	"sync"
)

// openers keeps track of the goroutines that wait for a browser opener.
type openers struct {
	mu      sync.Mutex
	closed  bool
	running []<-chan struct{}
}

// start runs open in a goroutine and returns where its error will be. It
// reports false after close.
func (o *openers) start(open func() error) (<-chan error, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return nil, false
	}
	failed := make(chan error, 1) // has room: nobody may be waiting any more
	done := make(chan struct{})
	o.running = append(o.running, done)
	go func() {
		defer close(done)
		failed <- open()
	}()
	return failed, true
}

func (o *openers) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
}

// wait waits until every opener has ended, or until ctx ends.
func (o *openers) wait(ctx context.Context) {
	for _, done := range o.running {
		select {
		case <-done:
		case <-ctx.Done():
			return
		}
	}
}
