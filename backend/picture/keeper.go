// Package picture keeps a small copy of each account's picture, so that the
// window shows faces and never asks a network's servers for anything itself.
//
// What comes from those servers is taken for hostile: it is fetched from a list
// of hosts and within limits, drawn anew, and only the drawing is kept. Work
// begins when a check has brought new links and ends with the last of them;
// nothing waits in between, and nothing is done at the start of the program.
package picture

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kontent/kontent-connect/backend/social"
)

const (
	// atOnce bounds how many pictures are fetched at the same time.
	atOnce = 4
	// every is how often a picture is asked for at most: with each daily check,
	// which is not at the same minute every day.
	every = 20 * time.Hour
	// A failure holds a picture back for an hour, the next for two, at most for
	// a week.
	firstPause, longestPause = time.Hour, 7 * 24 * time.Hour
	// enough failures of the way in a row mean that there is none.
	enough = 8
	// tellEvery keeps the news of thousands of pictures from flooding the faces.
	tellEvery = 2 * time.Second
)

// Store keeps the copies.
type Store interface {
	PictureStates(ctx context.Context, id social.GrantID) ([]social.PictureState, error)
	// PutPicture stores a copy, unless the account is not connected any more.
	PutPicture(ctx context.Context, id social.AccountID, p social.PictureImage, due time.Time) error
	// NotePicture notes when a picture may be asked for again; its copy stays.
	NotePicture(ctx context.Context, s social.PictureState) error
	DropPicture(ctx context.Context, id social.AccountID) error
}

// Options are what a Keeper works with.
type Options struct {
	Store   Store
	Fetcher *Fetcher
	Now     func() time.Time
	Log     *slog.Logger
	// Changed is told that accounts have other pictures now. It must not block.
	Changed func()
}

// Keeper brings the copies up to date.
type Keeper struct {
	Options
	ctx     context.Context
	stop    context.CancelFunc
	running sync.WaitGroup
	// shrinking is one at a time: unpacked, a hostile file may take some eighty
	// megabytes.
	shrinking sync.Mutex
	// looks has a place for each picture that is looked at.
	looks chan struct{}

	mu      sync.Mutex // protects what follows
	waiting map[social.GrantID]map[social.AccountID]social.Picture
	busy    bool
}

// New returns a Keeper that does nothing until it is told of pictures.
func New(o Options) *Keeper {
	ctx, stop := context.WithCancel(context.Background())
	return &Keeper{
		Options: o, ctx: ctx, stop: stop, looks: make(chan struct{}, atOnce),
		waiting: map[social.GrantID]map[social.AccountID]social.Picture{},
	}
}

// Close gives up what is under way and waits for its end. It may be called
// twice.
func (k *Keeper) Close() {
	k.mu.Lock()
	k.stop()
	k.mu.Unlock()
	k.running.Wait()
	k.Fetcher.Close()
}

// Found takes what a provider said of the pictures of a login's accounts, and
// returns at once. What was said before and not looked at yet is forgotten.
func (k *Keeper) Found(id social.GrantID, pictures map[social.AccountID]social.Picture) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ctx.Err() != nil || len(pictures) == 0 {
		return
	}
	k.waiting[id] = pictures
	if !k.busy {
		k.busy = true
		k.running.Go(k.work)
	}
}

// next returns a login that waits; ok is false, and the work over, when there
// is none.
func (k *Keeper) next() (id social.GrantID, pictures map[social.AccountID]social.Picture, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for id, pictures = range k.waiting {
		delete(k.waiting, id)
		return id, pictures, true
	}
	k.busy = false
	return "", nil, false
}

// work goes through the logins that wait, one after the other.
func (k *Keeper) work() {
	news := news{keeper: k}
	for {
		id, pictures, ok := k.next()
		if !ok {
			news.end()
			return
		}
		if err := k.login(id, pictures, &news); err != nil && k.ctx.Err() == nil {
			k.Log.Warn("keep pictures", "grant", string(id), "err", err)
		}
	}
}

// login brings the pictures of one login's accounts up to date.
func (k *Keeper) login(id social.GrantID, pictures map[social.AccountID]social.Picture, news *news) error {
	states, err := k.Store.PictureStates(k.ctx, id)
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(k.ctx)
	group.SetLimit(atOnce)
	for _, state := range states {
		told := pictures[state.Account]
		switch {
		case !told.Told:
		case told.Link.Empty() && state.Version == "":
		case told.Link.Empty():
			if err := k.Store.DropPicture(ctx, state.Account); err != nil {
				return errors.Join(err, group.Wait())
			}
			news.changed()
		case !k.Now().Before(state.DueAt):
			group.Go(func() error { return k.one(ctx, state, told.Link, news) })
		}
	}
	return group.Wait()
}

// one brings one picture up to date. That it cannot be had is no error: its
// copy stays, and it is left alone for some time.
func (k *Keeper) one(ctx context.Context, state social.PictureState, link social.Secret, news *news) error {
	if news.noWay() {
		return nil
	}
	small, err := k.get(ctx, link)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	news.note(err)
	now := k.Now().UTC()
	if err != nil {
		state.DueAt = now.Add(min(firstPause<<min(state.Tries, 10), longestPause))
		state.Tries++
		return k.Store.NotePicture(ctx, state)
	}
	if small.Version == state.Version {
		state.Tries, state.DueAt = 0, now.Add(every)
		return k.Store.NotePicture(ctx, state)
	}
	if err := k.Store.PutPicture(ctx, state.Account, small, now.Add(every)); err != nil {
		return err
	}
	news.changed()
	return nil
}

func (k *Keeper) get(ctx context.Context, link social.Secret) (social.PictureImage, error) {
	file, err := k.Fetcher.Fetch(ctx, link.Reveal())
	if err != nil {
		return social.PictureImage{}, err
	}
	k.shrinking.Lock()
	defer k.shrinking.Unlock()
	return Shrink(file)
}
