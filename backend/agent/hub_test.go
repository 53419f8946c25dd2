package agent

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/view"
)

// listen follows h as a face does, until ctx ends, and hands on what it is told
// after the first event, which is the present.
func listen(ctx context.Context, t *testing.T, h *hub, face view.Face) (told <-chan view.Event, ended <-chan error) {
	t.Helper()
	events, end, begun := make(chan view.Event, 16), make(chan error, 1), make(chan struct{})
	go func() {
		first := true
		end <- h.follow(ctx, face, func(e view.Event) error {
			if first {
				first = false
				close(begun)
				return nil
			}
			events <- e
			return nil
		})
		close(events)
	}()
	<-begun
	return events, end
}

// wantEnded waits for streams that were called off.
func wantEnded(t *testing.T, streams ...<-chan error) {
	t.Helper()
	for _, ended := range streams {
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("a stream ended with %v", err)
		}
	}
}

func TestNews(t *testing.T) {
	t.Parallel()

	t.Run("are put together for a window that is left alone for a while", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			h := lookingHub()
			h.rest = func() time.Duration { return time.Second }
			ctx, cancel := context.WithCancel(t.Context())
			window, ended := listen(ctx, t, h, view.FaceWindow)
			time.Sleep(time.Minute)
			// A check of ten thousand, in ten seconds.
			for range 10_000 {
				time.Sleep(time.Millisecond)
				h.publish("")
			}
			time.Sleep(time.Minute)
			cancel()
			wantEnded(t, ended)
			events, last := 0, int64(0)
			for e := range window {
				events, last = events+1, e.Revision
			}
			if events > 12 || last != h.current() {
				t.Errorf("told %d times, the last time of revision %d of %d", events, last, h.current())
			}
		})
	})

	t.Run("of a sign-in do not wait", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			h := lookingHub()
			h.rest = func() time.Duration { return time.Hour }
			ctx, cancel := context.WithCancel(t.Context())
			window, ended := listen(ctx, t, h, view.FaceWindow)
			h.publish("")
			<-window
			begun := time.Now()
			h.publish("")
			h.publish("t1")
			if e := <-window; e.Attempt != "t1" || e.Revision != h.current() || time.Since(begun) != 0 {
				t.Errorf("told %+v after %v", e, time.Since(begun))
			}
			cancel()
			wantEnded(t, ended)
		})
	})

	t.Run("hold nobody up when a window is stuck, and it learns that it is behind", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			h := lookingHub()
			ctx, cancel := context.WithCancel(t.Context())
			present, goOn, stuck, ended := make(chan struct{}), make(chan struct{}), []view.Event{}, make(chan error, 1)
			go func() {
				ended <- h.follow(ctx, view.FaceWindow, func(e view.Event) error {
					if len(stuck) == 0 {
						close(present)
						<-goOn
					}
					stuck = append(stuck, e)
					return nil
				})
			}()
			<-present
			window, otherEnded := listen(ctx, t, h, view.FaceWindow)
			for range 100 {
				before := h.current()
				h.publish("")
				for e := range window {
					if e.Revision > before {
						break
					}
				}
			}
			for i := range 1000 {
				h.order(view.Event{Show: true, Account: view.AccountID(strconv.Itoa(i))})
				<-window
			}
			close(goOn)
			synctest.Wait()
			cancel()
			wantEnded(t, ended, otherEnded)
			if len(stuck) > 1+manyOrders+1 || stuck[len(stuck)-1].Revision != h.current() {
				t.Errorf("%d events were kept for it, the last is %+v", len(stuck), stuck[len(stuck)-1])
			}
		})
	})
}

// lookingHub is a hub with something that is another one at each publication.
func lookingHub() *hub {
	h := newHub(time.UnixMilli(1))
	var mu sync.Mutex
	var seen counts
	h.look = func(context.Context) error {
		mu.Lock()
		defer mu.Unlock()
		if now, _ := h.published(); now != seen {
			seen = now
			h.advance()
		}
		return nil
	}
	return h
}

func TestOrders(t *testing.T) {
	t.Parallel()

	t.Run("go to windows, as they are and in their order", func(t *testing.T) {
		t.Parallel()
		h := newHub(time.UnixMilli(1))
		ctx, cancel := context.WithCancel(t.Context())
		window, ended := listen(ctx, t, h, view.FaceWindow)
		other, otherEnded := listen(ctx, t, h, "cli")
		if got := h.order(view.Event{Show: true, Account: "a1"}); got != 1 {
			t.Errorf("%d windows, want 1", got)
		}
		h.order(view.Event{Show: true, Account: "a2", Attempt: "t1"})
		want := []view.Event{{Revision: 1, Show: true, Account: "a1"}, {Revision: 1, Show: true, Account: "a2", Attempt: "t1"}}
		if diff := cmp.Diff(want, []view.Event{<-window, <-window}); diff != "" {
			t.Error(diff)
		}
		cancel()
		wantEnded(t, ended, otherEnded)
		for e := range other {
			t.Errorf("another face was ordered %+v", e)
		}
	})

	t.Run("reach a window though the stream ends in the same moment", func(t *testing.T) {
		t.Parallel()
		// Which of two things that are ready comes first is chance, so it is
		// tried often.
		for range 100 {
			h := newHub(time.UnixMilli(1))
			ctx, cancel := context.WithCancel(t.Context())
			present, goOn, told := make(chan struct{}, 1), make(chan struct{}), make(chan view.Event, 16)
			ended := make(chan error, 1)
			go func() {
				ended <- h.follow(ctx, view.FaceWindow, func(e view.Event) error {
					select {
					case present <- struct{}{}:
						<-goOn
					default:
					}
					told <- e
					return nil
				})
				close(told)
			}()
			<-present
			h.order(view.Event{Quit: true})
			cancel()
			close(goOn)
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Fatalf("it ended with %v", err)
			}
			quit := false
			for e := range told {
				quit = quit || e.Quit
			}
			if !quit {
				t.Fatal("the window was not told that the admin quits")
			}
		}
	})

	t.Run("wait for the window that is being started, and not for a later one", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			h := newHub(time.UnixMilli(1))
			if got := h.order(view.Event{Show: true, Account: "a1"}); got != 0 {
				t.Fatalf("%d windows, want none", got)
			}
			time.Sleep(waitsFor - time.Second)
			ctx, cancel := context.WithCancel(t.Context())
			other, otherEnded := listen(ctx, t, h, "cli")
			window, ended := listen(ctx, t, h, view.FaceWindow)
			if e := <-window; e.Account != "a1" || !e.Show {
				t.Errorf("the window was told %+v", e)
			}
			second, secondEnded := listen(ctx, t, h, view.FaceWindow)
			cancel()
			wantEnded(t, ended, otherEnded, secondEnded)
			for _, stream := range []<-chan view.Event{other, second} {
				for e := range stream {
					t.Errorf("somebody else was told %+v as well", e)
				}
			}

			h.order(view.Event{Show: true, Account: "a2"})
			time.Sleep(waitsFor)
			ctx, cancel = context.WithCancel(t.Context())
			late, ended := listen(ctx, t, h, view.FaceWindow)
			cancel()
			wantEnded(t, ended)
			for e := range late {
				t.Errorf("a window that came much later was told %+v", e)
			}
		})
	})
	t.Run("are unseen when the last window ends as it is told", func(t *testing.T) {
		t.Parallel()
		for _, c := range []struct {
			name   string
			order  view.Event
			lives  time.Duration
			stays  bool
			unseen bool
		}{
			{"killed", view.Event{Show: true, Account: "a1"}, tooSoon - time.Millisecond, false, true},
			{"closed by a person", view.Event{Show: true, Account: "a1"}, tooSoon, false, false},
			{"one of two", view.Event{Show: true, Account: "a1"}, 0, true, false},
			{"told to quit", view.Event{Quit: true}, 0, false, false},
		} {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					h := newHub(time.UnixMilli(1))
					var unseen []view.Event
					h.unseen = func(e view.Event) { unseen = append(unseen, e) }
					ctx, cancel := context.WithCancel(t.Context())
					_, ended := listen(ctx, t, h, view.FaceWindow)
					otherCtx, otherCancel := context.WithCancel(t.Context())
					if c.stays {
						_, otherEnded := listen(otherCtx, t, h, view.FaceWindow)
						defer func() { otherCancel(); wantEnded(t, otherEnded) }()
					}
					defer otherCancel()
					h.order(c.order)
					time.Sleep(c.lives)
					cancel()
					wantEnded(t, ended)
					var want []view.Event
					if c.unseen {
						want = append(want, c.order)
					}
					if diff := cmp.Diff(want, unseen); diff != "" {
						t.Errorf("unseen are (-want +got):\n%s", diff)
					}
				})
			})
		}
	})
}
