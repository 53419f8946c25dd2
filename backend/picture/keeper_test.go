package picture

import (
	"bytes"
	"context"
	"fmt"
	"image/color"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// world is a keeper over a store that keeps state and a network's server.
type world struct {
	*Keeper
	store   *store
	origin  string
	asked   atomic.Int64
	changed atomic.Int64
	log     bytes.Buffer

	mu     sync.Mutex
	now    time.Time
	answer http.HandlerFunc
}

func newWorld(t *testing.T, accounts ...social.AccountID) *world {
	t.Helper()
	w := &world{store: newStore(accounts...), now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	w.answers(t, red)
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.asked.Add(1)
		w.mu.Lock()
		answer := w.answer
		w.mu.Unlock()
		answer(rw, r)
	}))
	w.origin = server.URL
	w.Keeper = New(Options{
		Store: w.store, Fetcher: NewFetcher([]string{server.URL}), Log: slog.New(slog.NewTextHandler(&w.log, nil)),
		Changed: func() { w.changed.Add(1) },
		Now: func() time.Time {
			w.mu.Lock()
			defer w.mu.Unlock()
			return w.now
		},
	})
	t.Cleanup(func() {
		w.Close()
		server.Close()
	})
	return w
}

// answers makes the server show a picture of one colour.
func (w *world) answers(t *testing.T, c color.Color) {
	t.Helper()
	file := asPNG(t, plain(100, 100, c))
	w.serves(func(rw http.ResponseWriter, _ *http.Request) { _, _ = rw.Write(file) })
}

func (w *world) serves(answer http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answer = answer
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// tell tells of a picture of each account, and waits until all is done.
func (w *world) tell(accounts ...social.AccountID) {
	told := map[social.AccountID]social.Picture{}
	for _, id := range accounts {
		told[id] = social.PictureAt(w.origin + "/" + string(id) + ".png?sig=hush")
	}
	w.Found("g1", told)
	w.running.Wait()
}

// store is a Store in memory.
type store struct {
	mu     sync.Mutex
	states map[social.AccountID]social.PictureState
	kept   map[social.AccountID]social.PictureImage
	fail   error
}

func newStore(accounts ...social.AccountID) *store {
	s := &store{states: map[social.AccountID]social.PictureState{}, kept: map[social.AccountID]social.PictureImage{}}
	for _, id := range accounts {
		s.states[id] = social.PictureState{Account: id}
	}
	return s
}

func (s *store) PictureStates(context.Context, social.GrantID) (all []social.PictureState, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, state := range s.states {
		all = append(all, state)
	}
	return all, s.fail
}

func (s *store) PutPicture(_ context.Context, id social.AccountID, p social.PictureImage, due time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.states[id] = social.PictureState{Account: id, Version: p.Version, DueAt: due}
	s.kept[id] = p
	return s.fail
}

func (s *store) NotePicture(_ context.Context, state social.PictureState) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.states[state.Account] = state
	return s.fail
}

func (s *store) DropPicture(_ context.Context, id social.AccountID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.states[id] = social.PictureState{Account: id}
	delete(s.kept, id)
	return s.fail
}

func (s *store) state(id social.AccountID) social.PictureState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.states[id]
}

func (w *world) wantAsked(t *testing.T, want int64, when string) {
	t.Helper()
	if got := w.asked.Load(); got != want {
		t.Fatalf("%s the server was asked %d times in all, want %d", when, got, want)
	}
}

func TestKeeper(t *testing.T) {
	t.Parallel()
	t.Run("a picture appears, and the faces are told", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, "a1")
		w.tell("a1")
		if kept := w.store.kept["a1"]; kept.Type != "image/png" || kept.Version == "" || w.changed.Load() != 1 {
			t.Errorf("kept %s %q, told %d times", kept.Type, kept.Version, w.changed.Load())
		}
	})
	t.Run("a changed one is noticed by the next daily check, and by none before", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, "a1")
		w.tell("a1")
		before := w.store.state("a1").Version
		w.answers(t, blue)
		w.pass(every - time.Minute)
		w.tell("a1")
		w.wantAsked(t, 1, "on the same day")
		w.pass(time.Minute)
		w.tell("a1")
		w.wantAsked(t, 2, "on the next day")
		if w.store.state("a1").Version == before || w.changed.Load() != 2 {
			t.Errorf("the copy is the former one; told %d times", w.changed.Load())
		}
	})
	t.Run("the same one again is no news", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, "a1")
		w.tell("a1")
		w.pass(every)
		w.tell("a1")
		w.wantAsked(t, 2, "on the next day")
		if w.changed.Load() != 1 || !w.store.state("a1").DueAt.Equal(w.now.Add(every)) {
			t.Errorf("told %d times, due %s", w.changed.Load(), w.store.state("a1").DueAt)
		}
	})
	t.Run("one that is gone at the network goes here", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, "a1", "a2")
		w.tell("a1")
		w.Found("g1", map[social.AccountID]social.Picture{"a1": social.NoPicture(), "a2": social.NoPicture()})
		w.running.Wait()
		if len(w.store.kept) != 0 || w.changed.Load() != 2 {
			t.Errorf("%d are kept, told %d times", len(w.store.kept), w.changed.Load())
		}
	})
	t.Run("nothing said changes nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, "a1")
		w.tell("a1")
		w.pass(every)
		w.Found("g1", map[social.AccountID]social.Picture{"a1": {}})
		w.running.Wait()
		w.wantAsked(t, 1, "without a word")
		if w.store.state("a1").Version == "" {
			t.Error("the copy is gone")
		}
	})
	t.Run("an account that is not connected any more is not asked for", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, "a1")
		w.tell("a9")
		w.wantAsked(t, 0, "for nobody")
	})
	t.Run("a failure keeps the copy and waits twice as long each time, at most a week", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, "a1")
		w.tell("a1")
		kept := w.store.state("a1").Version
		w.serves(http.NotFound)
		w.pass(every)
		for try, pause := range []time.Duration{1, 2, 4, 8, 16, 32, 64, 128, 168, 168} {
			w.tell("a1")
			w.wantAsked(t, int64(try)+2, "when due")
			w.pass(pause*time.Hour - time.Second)
			w.tell("a1")
			w.wantAsked(t, int64(try)+2, "when not due")
			w.pass(time.Second)
		}
		w.answers(t, red)
		w.tell("a1")
		if s := w.store.state("a1"); s.Version != kept || s.Tries != 0 {
			t.Errorf("afterwards it stands at %+v", s)
		}
		if log := w.log.String(); strings.Contains(log, "hush") || strings.Contains(log, "127.0.0.1") || !strings.Contains(log, "404") {
			t.Errorf("the log says %s", log)
		}
	})
	t.Run("servers that are down are not asked for the rest", func(t *testing.T) {
		t.Parallel()
		var accounts []social.AccountID
		for i := range 200 {
			accounts = append(accounts, social.AccountID(fmt.Sprint("a", i)))
		}
		w := newWorld(t, accounts...)
		w.serves(func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusBadGateway) })
		w.tell(accounts...)
		if n := w.asked.Load(); n < enough || n > enough+atOnce {
			t.Errorf("they were asked %d times", n)
		}
		// The others lose nothing by it: the next check finds them due.
		w.answers(t, red)
		before := w.asked.Load()
		w.tell(accounts...)
		if n := w.asked.Load() - before; n != 200-before {
			t.Errorf("of the rest %d were asked for", n)
		}
		if strings.Count(w.log.String(), "\n") != 2 {
			t.Errorf("the log says %s", w.log.String())
		}
	})
	t.Run("a hostile one harms no other", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, "a1", "a2")
		bomb, face := claims(t, 65000, 65000), asPNG(t, plain(64, 64, blue))
		w.serves(func(rw http.ResponseWriter, r *http.Request) {
			if strings.Contains(r.URL.Path, "a1") {
				_, _ = rw.Write(bomb)
				return
			}
			_, _ = rw.Write(face)
		})
		w.tell("a1", "a2")
		if keys := maps.Collect(maps.All(w.store.kept)); len(keys) != 1 || w.store.state("a2").Version == "" || w.store.state("a1").Tries != 1 {
			t.Errorf("kept %d, %+v", len(keys), w.store.state("a1"))
		}
	})
	t.Run("at most four are on their way at once", func(t *testing.T) {
		t.Parallel()
		var accounts []social.AccountID
		for i := range 20 {
			accounts = append(accounts, social.AccountID(fmt.Sprint("a", i)))
		}
		w := newWorld(t, accounts...)
		var mu sync.Mutex
		running, most := 0, 0
		count := func(change int) int {
			mu.Lock()
			defer mu.Unlock()
			running += change
			most = max(most, running)
			return running
		}
		full := make(chan struct{})
		reached := sync.OnceFunc(func() { close(full) })
		w.serves(func(rw http.ResponseWriter, r *http.Request) {
			if count(1) == atOnce {
				reached()
			}
			select {
			case <-full:
			case <-r.Context().Done():
			}
			count(-1)
			http.NotFound(rw, r)
		})
		w.tell(accounts...)
		if most != atOnce {
			t.Errorf("%d at once", most)
		}
	})
	t.Run("closing does not wait for a slow server, and counts no failure", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, "a1")
		arrived := make(chan struct{})
		w.serves(func(_ http.ResponseWriter, r *http.Request) {
			close(arrived)
			<-r.Context().Done()
		})
		w.Found("g1", map[social.AccountID]social.Picture{"a1": social.PictureAt(w.origin)})
		<-arrived
		w.Close()
		if s := w.store.state("a1"); s.Tries != 0 {
			t.Errorf("it stands at %+v", s)
		}
		w.Found("g1", map[social.AccountID]social.Picture{"a1": social.PictureAt(w.origin)})
		w.running.Wait()
		w.wantAsked(t, 1, "after the end")
	})
}
