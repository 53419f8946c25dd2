package agent

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/view"
)

// hub tells the faces what changed. A slow face loses no change: what it has
// not been told yet is put together.
type hub struct {
	mu          sync.Mutex
	revision    int64
	subscribers map[*subscriber]struct{}
	// waiting is for the next window, should it come soon.
	waiting      view.Event
	waitingSince time.Time
}

// waitsFor is how long an order waits for a window that is being started.
const waitsFor = time.Minute

// subscriber is one face's list of what it has not been told.
type subscriber struct {
	face     view.Face
	wake     chan struct{}
	attempts map[string]struct{}
	// orders are events that are passed on as they are, in their order.
	orders []view.Event
}

func newHub() *hub { return &hub{revision: 1, subscribers: map[*subscriber]struct{}{}} }

// publish notes a change; attempt names the sign-in that changed, or is "".
func (h *hub) publish(attempt string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.revision++
	for s := range h.subscribers {
		if attempt != "" {
			s.attempts[attempt] = struct{}{}
		}
		select {
		case s.wake <- struct{}{}:
		default: // it is awake already
		}
	}
}

// order tells every window to do something, and returns how many there are.
// Where there is none yet, the next one is told.
func (h *hub) order(e view.Event) (windows int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	defer func() {
		if windows == 0 {
			h.waiting, h.waitingSince = e, time.Now()
		}
	}()
	for s := range h.subscribers {
		if s.face != view.FaceWindow {
			continue
		}
		windows++
		s.orders = append(s.orders, e)
		select {
		case s.wake <- struct{}{}:
		default: // it is awake already
		}
	}
	return windows
}

// current returns the revision as it stands.
func (h *hub) current() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.revision
}

// follow calls each for every change until ctx ends or each fails. What was
// ordered before the end is passed on: a window that the admin's quitting does
// not reach would start the agent again.
func (h *hub) follow(ctx context.Context, face view.Face, each func(view.Event) error) error {
	s := &subscriber{face: face, wake: make(chan struct{}, 1), attempts: map[string]struct{}{}}
	h.mu.Lock()
	h.subscribers[s] = struct{}{}
	revision := h.revision
	if face == view.FaceWindow {
		if time.Since(h.waitingSince) < waitsFor {
			s.orders = append(s.orders, h.waiting)
			s.wake <- struct{}{}
		}
		h.waiting, h.waitingSince = view.Event{}, time.Time{}
	}
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.subscribers, s)
	}()
	events := []view.Event{{Revision: revision}}
	for {
		for _, e := range events {
			if err := each(e); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), h.lastOrders(s, each))
		case <-s.wake:
			events = h.take(s)
		}
	}
}

// lastOrders passes on what s was ordered and not told yet.
func (h *hub) lastOrders(s *subscriber, each func(view.Event) error) error {
	for _, e := range h.take(s) {
		if !e.Show && !e.Quit {
			continue
		}
		if err := each(e); err != nil {
			return err
		}
	}
	return nil
}

// take returns what s has not been told: one event for each attempt, or one
// for all other changes.
func (h *hub) take(s *subscriber) []view.Event {
	h.mu.Lock()
	defer h.mu.Unlock()
	events := s.orders
	s.orders = nil
	for id := range s.attempts {
		events = append(events, view.Event{Attempt: id})
	}
	if len(events) == 0 {
		events = append(events, view.Event{})
	}
	for i := range events {
		events[i].Revision = h.revision
	}
	s.attempts = map[string]struct{}{}
	return events
}
