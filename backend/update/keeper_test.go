package update_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/kontent/kontent-connect/backend/update"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a keeper whose feed and whose admin a test can change.
type world struct {
	mu       sync.Mutex
	words    map[string]string
	file     []byte
	failure  error
	unwanted bool
	asked    int
	changed  int
}

func (w *world) Setting(_ context.Context, name string) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.words[name], nil
}

func (w *world) PutSetting(_ context.Context, name, value string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.words[name] = value
	return nil
}

func (w *world) fetch(context.Context) ([]byte, error) {
	w.asked++
	return w.file, w.failure
}

func (w *world) keeper() *update.Keeper {
	public, _ := keys(1)
	return update.New(update.Options{
		Key: public, Fetch: w.fetch, Store: w, Wanted: func(context.Context) bool { return !w.unwanted },
		Now: time.Now, Log: slog.New(slog.DiscardHandler), Changed: func() { w.changed++ },
	})
}

// later is some news as they are issued now.
func later(t *testing.T, version string) []byte {
	t.Helper()
	_, private := keys(1)
	return sign(t, private, news(func(n *update.News) {
		n.Version, n.Issued, n.Expires = version, time.Now(), time.Now().Add(30*24*time.Hour)
	}))
}

// during runs the keeper for some time and returns what it knows then.
func (w *world) during(t *testing.T, d time.Duration) (string, bool) {
	t.Helper()
	k := w.keeper()
	k.Start(t.Context())
	time.Sleep(d) // of the bubble
	synctest.Wait()
	k.Stop()
	n, ok := k.News(t.Context())
	return n.Version, ok
}

func TestKeeper(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	in := func(name string, story func(t *testing.T, w *world)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { story(t, &world{words: map[string]string{}}) })
		})
	}
	in("asks once a day, over restarts", func(t *testing.T, w *world) {
		w.file = later(t, "0.2.0")
		for range 8 {
			if version, ok := w.during(t, 6*time.Hour-time.Minute); !ok || version != "0.2.0" {
				t.Fatalf("it knows %q, %t", version, ok)
			}
		}
		if w.asked != 2 || w.changed != 1 {
			t.Errorf("in two days it asked %d times and told of %d news", w.asked, w.changed)
		}
	})
	in("asks nobody where that is not wanted", func(t *testing.T, w *world) {
		w.unwanted = true
		if version, ok := w.during(t, 3*day); ok || w.asked != 0 {
			t.Errorf("it asked %d times and knows %q", w.asked, version)
		}
	})
	in("asks no more often where there is no way", func(t *testing.T, w *world) {
		w.failure = errors.New("no way")
		if _, ok := w.during(t, 3*day-time.Hour); ok || w.asked != 3 {
			t.Errorf("in three days it asked %d times", w.asked)
		}
	})
	in("keeps what it knows where the feed says something older", func(t *testing.T, w *world) {
		older := later(t, "0.1.5")
		time.Sleep(time.Minute)
		w.file = later(t, "0.2.0")
		w.during(t, time.Minute)
		w.file = older
		if version, ok := w.during(t, 2*day); !ok || version != "0.2.0" {
			t.Errorf("it knows %q, %t", version, ok)
		}
	})
	in("stops believing news that nobody renewed", func(t *testing.T, w *world) {
		w.file = later(t, "0.2.0")
		w.during(t, time.Minute)
		w.failure = errors.New("no way")
		if version, ok := w.during(t, 31*day); ok {
			t.Errorf("it still knows %q", version)
		}
	})
	in("does not wait for a clock that ran a year ahead", func(t *testing.T, w *world) {
		w.words["update"] = `{"asked_at":"2040-01-01T00:00:00Z"}` // the bubble begins in 2000
		w.file = later(t, "0.2.0")
		if version, ok := w.during(t, time.Minute); !ok || version != "0.2.0" {
			t.Errorf("it knows %q, %t", version, ok)
		}
	})
	in("begins anew where it cannot read what it kept", func(t *testing.T, w *world) {
		w.words["update"] = `{"asked_at":`
		w.file = later(t, "0.2.0")
		if _, ok := w.during(t, time.Minute); !ok {
			t.Error("it knows nothing")
		}
	})
}
