package update

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"log/slog"
	"sync"
	"time"
)

const (
	// every is how often the feed is asked for at most, whatever came of it.
	every = 24 * time.Hour
	// tick is how often it is looked whether that is due: timers stand still
	// while a computer sleeps.
	tick = time.Hour
	// setting is where it stands what was asked and seen.
	setting = "update"
)

// Store keeps a few words over restarts.
type Store interface {
	Setting(ctx context.Context, name string) (string, error)
	PutSetting(ctx context.Context, name, value string) error
}

// Options are what a Keeper works with.
type Options struct {
	Key   ed25519.PublicKey
	Fetch func(ctx context.Context) ([]byte, error)
	Store Store
	// Wanted reports whether the admin wants to be told.
	Wanted func(ctx context.Context) bool
	Now    func() time.Time
	Log    *slog.Logger
	// Changed is told that there is other news. It must not block.
	Changed func()
}

// Keeper asks for the feed once a day and keeps what it said.
type Keeper struct {
	o       Options
	mu      sync.Mutex // held while the kept words are read or written
	running sync.WaitGroup
	stop    context.CancelFunc
}

// kept is what outlives a restart.
type kept struct {
	AskedAt time.Time `json:"asked_at"`
	News    News      `json:"news"`
}

// New returns a Keeper that does not ask yet.
func New(o Options) *Keeper { return &Keeper{o: o, stop: func() {}} }

// Start asks from now on, until ctx ends or Stop.
func (k *Keeper) Start(ctx context.Context) {
	ctx, k.stop = context.WithCancel(ctx)
	k.running.Go(func() {
		ticker := time.NewTicker(tick)
		defer ticker.Stop()
		for {
			k.askIfDue(ctx)
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
		}
	})
}

// Stop returns when nothing is asked any more. It may be called without Start.
func (k *Keeper) Stop() {
	k.stop()
	k.running.Wait()
}

// News returns the last news that can still be believed. ok is false where
// there are none.
func (k *Keeper) News(ctx context.Context) (n News, ok bool) {
	known := k.read(ctx)
	return known.News, !known.News.Issued.IsZero() && known.News.Current(News{}, k.o.Now()) == nil
}

// askIfDue asks where that is wanted and a day has gone by. A clock that was
// set back by more than that makes it due as well, or it would not be for ever.
func (k *Keeper) askIfDue(ctx context.Context) {
	known, now := k.read(ctx), k.o.Now().UTC().Round(0)
	if since := now.Sub(known.AskedAt); since < every && since > -every || !k.o.Wanted(ctx) {
		return
	}
	news, err := k.ask(ctx, known.News, now)
	if ctx.Err() != nil {
		return
	}
	next := kept{AskedAt: now, News: known.News}
	if err == nil {
		next.News = news
	}
	k.o.Log.Info("asked for news of the program", "err", err)
	if err := k.write(ctx, next); err != nil {
		k.o.Log.Warn("keep the news of the program", "err", err)
		return
	}
	if next.News != known.News {
		k.o.Changed()
	}
}

func (k *Keeper) ask(ctx context.Context, seen News, now time.Time) (News, error) {
	file, err := k.o.Fetch(ctx)
	if err != nil {
		return News{}, err
	}
	news, err := Open(k.o.Key, file)
	if err != nil {
		return News{}, err
	}
	return news, news.Current(seen, now)
}

// read returns what is kept; nothing where it cannot be read.
func (k *Keeper) read(ctx context.Context) (known kept) {
	k.mu.Lock()
	defer k.mu.Unlock()
	text, err := k.o.Store.Setting(ctx, setting)
	if err == nil && text != "" {
		err = json.Unmarshal([]byte(text), &known)
	}
	if err != nil {
		k.o.Log.Warn("read the news of the program", "err", err)
		return kept{}
	}
	return known
}

func (k *Keeper) write(ctx context.Context, known kept) error {
	text, err := json.Marshal(known)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.o.Store.PutSetting(ctx, setting, string(text))
}
