package agent

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/view"
)

// hub tells the faces that something changed. A slow face loses no change and
// holds nobody up: it is told that it is behind, whenever it listens.
type hub struct {
	// look has the mirror look, and rest says for how long a window is left
	// alone after it was told of a change.
	look func(context.Context) error
	rest func() time.Duration
	// unseen is given an order that no window can have shown: the last of them
	// was ending when it was told.
	unseen func(view.Event)

	mu          sync.Mutex
	revision    int64
	counts      counts
	subscribers map[*subscriber]struct{}
	// waiting is for the next window, should it come soon.
	waiting      view.Event
	waitingSince time.Time
}

// counts says how much was published: of what is watched, and of all.
type counts struct{ watched, all int64 }

const (
	// waitsFor is how long an order waits for a window that is being started.
	waitsFor = time.Minute
	// manyOrders is how many orders are kept for a window that does not listen.
	// Only the last of them is of use once it does.
	manyOrders = 16
	// tooSoon is how long a window lives that has shown what it was ordered.
	// What a killed one left open is still there for a moment, and then takes
	// orders that nobody reads.
	tooSoon = 500 * time.Millisecond
)

// subscriber is one face's list of what it has not been told.
type subscriber struct {
	face     view.Face
	wake     chan struct{}
	attempts map[string]struct{}
	// orders are events that are passed on as they are, in their order.
	orders []view.Event
	// ordered is the last order of all.
	ordered   view.Event
	orderedAt time.Time
	// told is the last revision that it was told of.
	told int64
}

// newHub returns a hub without subscribers. Its revisions begin with the time,
// so that a window never takes another agent's for them.
func newHub(now time.Time) *hub {
	return &hub{
		look: func(context.Context) error { return nil }, rest: func() time.Duration { return 0 }, unseen: func(view.Event) {},
		revision: now.UnixMilli(), subscribers: map[*subscriber]struct{}{},
	}
}

// publish notes a change; attempt names the sign-in that changed, or is "".
func (h *hub) publish(attempt string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.counts.all++
	if attempt == "" {
		h.counts.watched++
	}
	for s := range h.subscribers {
		if attempt != "" {
			s.attempts[attempt] = struct{}{}
		}
		s.rouse()
	}
}

// rouse has a face told of what there is. The caller holds the hub's lock.
func (s *subscriber) rouse() {
	select {
	case s.wake <- struct{}{}:
	default: // it is awake already
	}
}

// published returns how much was published, and how many windows follow.
func (h *hub) published() (counts, int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.counts, h.windows()
}

// windows counts those that follow. The caller holds the hub's lock.
func (h *hub) windows() (n int) {
	for s := range h.subscribers {
		if s.face == view.FaceWindow {
			n++
		}
	}
	return n
}

// advance begins the next revision, which the windows are told of.
func (h *hub) advance() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.revision++
	for s := range h.subscribers {
		s.rouse()
	}
	return h.revision
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
		s.ordered, s.orderedAt = e, time.Now()
		s.orders = append(s.orders[max(0, len(s.orders)+1-manyOrders):], e)
		s.rouse()
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
	s, leave := h.join(face)
	defer leave()
	events := []view.Event{{Revision: s.told}}
	rested := time.NewTimer(0)
	defer rested.Stop()
	for pending, resting := false, true; ; {
		for _, e := range events {
			if err := each(e); err != nil {
				return err
			}
		}
		events = nil
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), h.lastOrders(s, each))
		case <-s.wake:
			pending = true
		case <-rested.C:
			resting = false
		}
		if pending && (!resting || h.urgent(s)) {
			events = h.news(ctx, s)
			pending, resting = false, true
			rested.Reset(h.rest())
		}
	}
}

// join adds a subscriber, whose first event is the present revision.
func (h *hub) join(face view.Face) (s *subscriber, leave func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s = &subscriber{face: face, wake: make(chan struct{}, 1), attempts: map[string]struct{}{}, told: h.revision}
	h.subscribers[s] = struct{}{}
	if face == view.FaceWindow {
		if time.Since(h.waitingSince) < waitsFor {
			s.orders = append(s.orders, h.waiting)
		}
		h.waiting, h.waitingSince = view.Event{}, time.Time{}
		// It will ask for everything, which is looked at meanwhile.
		s.rouse()
	}
	return s, func() {
		if h.leave(s) {
			h.unseen(s.ordered)
		}
	}
}

// leave forgets a subscriber. It reports whether that was the last window and
// cannot have shown what it was ordered.
func (h *hub) leave(s *subscriber) (unseen bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.subscribers, s)
	return s.ordered.Show && time.Since(s.orderedAt) < tooSoon && h.windows() == 0
}

// urgent reports whether there is something for s that does not wait: a person
// sees how a sign-in goes on, and has clicked for an order.
func (h *hub) urgent(s *subscriber) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(s.orders)+len(s.attempts) > 0
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

// news has the mirror look, and returns what s has not been told. Where it
// cannot look, the window is to ask, and so learns why.
func (h *hub) news(ctx context.Context, s *subscriber) []view.Event {
	if s.face != view.FaceWindow {
		return h.take(s)
	}
	err := h.look(ctx)
	events := h.take(s)
	if err != nil && len(events) == 0 {
		events = append(events, view.Event{Revision: s.told + 1})
	}
	return events
}

// take returns what s has not been told: its orders, an event for each attempt,
// or one for all other changes. For whoever is no window nobody looks whether
// what was published is a change.
func (h *hub) take(s *subscriber) []view.Event {
	h.mu.Lock()
	defer h.mu.Unlock()
	events := s.orders
	for id := range s.attempts {
		events = append(events, view.Event{Attempt: id})
	}
	if len(events) == 0 && (s.face != view.FaceWindow || s.told < h.revision) {
		events = append(events, view.Event{})
	}
	for i := range events {
		events[i].Revision = h.revision
	}
	s.orders, s.attempts, s.told = nil, map[string]struct{}{}, h.revision
	return events
}
