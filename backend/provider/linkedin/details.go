package linkedin

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
	"golang.org/x/sync/errgroup"
)

// atOnce is how many details are asked for at a time. Each costs a call: the
// call that brings many is closed to the Development tier (linkedin.md 0.9).
const atOnce = 4

// details fills in names. An organization whose details are closed, or cannot
// be had now, keeps its last name, or its number for one; only the end of the
// access and the caller's cancel are errors. A name that was asked for within a
// day is taken as it is.
//
// progress counts organizations together with the profile.
func (l look) details(ctx context.Context, list []*organization, progress social.Progress) error {
	tell := counting(progress, 1+len(list))
	tell()
	var stale []*organization
	for _, of := range list {
		known, fresh := l.names.get(l.app.ClientID, of.urn, l.now())
		of.name, of.vanity = known.name, known.vanity
		if fresh {
			tell()
			continue
		}
		stale = append(stale, of)
	}
	if l.app.Tier == social.TierStandard {
		var err error
		if stale, err = l.batches(ctx, stale, tell); err != nil {
			return err
		}
	}
	return l.singles(ctx, stale, tell)
}

// singles asks for one organization at a time, a few at once.
func (l look) singles(ctx context.Context, list []*organization, tell func()) error {
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	var spent atomic.Bool // the allowance: asking on would only use up tomorrow's patience
	for _, of := range list {
		group.Go(func() error {
			defer tell()
			if spent.Load() {
				of.unread = true
				return nil
			}
			err := l.detail(within, of)
			if err != nil {
				of.unread = true
				spent.CompareAndSwap(false, limited(err))
			}
			return tolerate(err, true)
		})
	}
	return group.Wait()
}

// counting returns a function that counts one more at each call. Calls may come
// at once; progress hears them one after the other.
func counting(progress social.Progress, expected int) func() {
	var mu sync.Mutex
	count := 0
	return func() {
		mu.Lock()
		defer mu.Unlock()
		count++
		progress(count, expected)
	}
}

func limited(err error) bool {
	var trouble *social.Trouble
	return errors.As(err, &trouble) && trouble.Cause == social.CauseRateLimited
}

func (l look) detail(ctx context.Context, of *organization) error {
	var body detail
	if err := l.call(ctx, l.request("read organization", "organizations/"+of.id), &body); err != nil {
		return err
	}
	if !l.learn(of, body) {
		return provider.Unexpected("read organization", "no name")
	}
	return nil
}

// detail is what is read of an organization.
type detail struct {
	Localized string `json:"localizedName"`
	Vanity    string `json:"vanityName"`
}

// learn takes over what d says, and reports whether it says a name.
func (l look) learn(of *organization, d detail) bool {
	name := social.CleanName(d.Localized)
	if name == "" {
		return false
	}
	of.name, of.vanity = name, social.CleanName(d.Vanity)
	l.names.put(l.app.ClientID, of.urn, label{of.name, of.vanity, l.now()})
	return true
}

// label is what an organization is called, and when that was asked.
type label struct {
	name, vanity string
	at           time.Time
}

// Names are kept for a day: a watcher that asked for all of them at each look
// would use up the hundred calls that a member has (linkedin.md 2.1).
const (
	namesFor  = 24 * time.Hour
	mostNames = 2000
)

// names remembers labels by app and organization.
type names struct {
	mu    sync.Mutex
	known map[[2]string]label
}

func newNames() *names { return &names{known: map[[2]string]label{}} }

// get returns the last known label, and whether it need not be asked for again.
func (n *names) get(client, urn string, now time.Time) (last label, fresh bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	last, ok := n.known[[2]string{client, urn}]
	return last, ok && now.Sub(last.at) < namesFor
}

func (n *names) put(client, urn string, l label) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.known) >= mostNames {
		clear(n.known)
	}
	n.known[[2]string{client, urn}] = l
}
