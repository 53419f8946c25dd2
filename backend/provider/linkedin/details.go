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
// be had now, keeps its last name, or its number for one; only the end of the access and the
// caller's cancel are errors.
//
// progress counts organizations together with the profile.
func (p *Provider) details(ctx context.Context, app social.ProviderApp, token social.Secret, list []*organization, progress social.Progress) error {
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	tell := counting(progress, 1+len(list))
	tell()
	var spent atomic.Bool // the allowance: asking on would only use up tomorrow's patience
	for _, of := range list {
		group.Go(func() error {
			defer tell()
			known, fresh := p.names.get(app.ClientID, of.urn, p.now())
			of.name, of.vanity = known.name, known.vanity
			if fresh {
				return nil
			}
			if spent.Load() {
				of.unread = true
				return nil
			}
			err := p.detail(within, app, token, of)
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

func (p *Provider) detail(ctx context.Context, app social.ProviderApp, token social.Secret, of *organization) error {
	var body struct {
		Localized string `json:"localizedName"`
		Vanity    string `json:"vanityName"`
	}
	if err := p.http.Call(ctx, p.rest(app, token, "read organization", "organizations/"+of.id), p.explain, &body); err != nil {
		return err
	}
	name := social.CleanName(body.Localized)
	if name == "" {
		return provider.Unexpected("read organization", "no name")
	}
	of.name, of.vanity = name, social.CleanName(body.Vanity)
	p.names.put(app.ClientID, of.urn, label{of.name, of.vanity, p.now()})
	return nil
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
	l, ok := n.known[[2]string{client, urn}]
	return l, ok && now.Sub(l.at) < namesFor
}

func (n *names) put(client, urn string, l label) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.known) >= mostNames {
		clear(n.known)
	}
	n.known[[2]string{client, urn}] = l
}
