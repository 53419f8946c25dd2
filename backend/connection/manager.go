// Package connection holds the use cases: connect, select, check, renew,
// reconnect, disconnect, and what is done about those that were interrupted.
//
// It owns the order of writes between keychain and database, and the attempts
// under way. It knows networks, keychain and database only as the interfaces
// that it declares, and no face.
//
// The order of writes (security.md 5.1), designed for the crash between any
// two of them:
//
//  1. an intent row names the keychain entry that is about to be written;
//  2. the entry is written under a new name and read back;
//  3. one transaction puts grant and accounts on the new entry, queues the old
//     one for erasure and ends the intent;
//  4. the old entry is deleted, the deletion checked, and the queue cleared.
//
// An intent that is found at start is undone: its entry goes, and what was
// connected before stays as it was. No entry is ever overwritten in place.
package connection

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Deps are what a Manager works with.
type Deps struct {
	Store     Store
	Vault     Vault
	Receivers Receivers
	Providers []Provider
	Pictures  Pictures
	Schedule  social.Schedule
	Now       func() time.Time
	Log       *slog.Logger
	// Changed is told that something a face shows has changed; attempt names
	// the sign-in, or is "". It must not block.
	Changed func(attempt string)
	// Requests returns how many requests were sent to a provider since the
	// program began; nil where nobody counts.
	Requests func(social.Provider) int64
}

// Manager runs the use cases. Its methods are safe for concurrent use; changes
// to one login are made one after the other.
type Manager struct {
	Deps
	providers map[social.Provider]Provider
	locks     keyedLocks
	progress  progress
	// offline: the last look found no way to any provider.
	offline atomic.Bool

	calls sync.Mutex // protects counted
	// counted are the requests of this run that the day's count has.
	counted map[social.Provider]int64

	// ctx ends with Close and is the parent of every attempt.
	ctx     context.Context
	stop    context.CancelFunc
	running sync.WaitGroup

	mu       sync.Mutex // protects what follows
	attempts map[string]*attempt
	// unstored holds renewed accesses that the keychain would not take.
	unstored map[social.GrantID]social.Login
	closed   bool
}

// New returns a Manager. Recover finishes what an earlier run began.
func New(d Deps) *Manager {
	ctx, stop := context.WithCancel(context.Background())
	if d.Requests == nil {
		d.Requests = func(social.Provider) int64 { return 0 }
	}
	m := &Manager{
		counted: map[social.Provider]int64{},
		Deps:    d, ctx: ctx, stop: stop,
		providers: map[social.Provider]Provider{}, attempts: map[string]*attempt{}, unstored: map[social.GrantID]social.Login{},
	}
	for _, p := range d.Providers {
		m.providers[p.ID()] = p
	}
	return m
}

// Close cancels the sign-ins under way and waits for what is being saved. It
// may be called twice.
func (m *Manager) Close() {
	m.mu.Lock()
	m.closed = true
	m.mu.Unlock()
	m.stop()
	m.running.Wait()
}

// begin counts a use case in, so that Close waits for it. It fails once the
// Manager is closing.
func (m *Manager) begin() (done func(), err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, problem.New(problem.AgentUnreachable, nil)
	}
	m.running.Add(1)
	return m.running.Done, nil
}

// provider returns the adapter of p; problem.BadRequest for an unknown one.
func (m *Manager) provider(p social.Provider) (Provider, error) {
	adapter, ok := m.providers[p]
	if !ok {
		return nil, problem.New(problem.BadRequest, nil)
	}
	return adapter, nil
}

// app returns the provider app of p and its secret. A native LinkedIn app has
// none (linkedin.md 1.6).
func (m *Manager) app(ctx context.Context, p social.Provider) (social.ProviderApp, social.Secret, error) {
	apps, err := m.Store.ProviderApps(ctx)
	if err != nil {
		return social.ProviderApp{}, social.Secret{}, err
	}
	for _, app := range apps {
		if app.Provider != p {
			continue
		}
		if app.SecretRef == "" {
			if app.Redirect == social.RedirectNative {
				return app, social.Secret{}, nil
			}
			return app, social.Secret{}, problem.New(problem.AppSecretMissing, nil).With("provider", string(p))
		}
		secret, err := m.Vault.Secret(ctx, app.SecretRef)
		if errors.Is(err, problem.New(problem.TokenMissing, nil)) {
			err = problem.New(problem.AppSecretMissing, err).With("provider", string(p))
		}
		return app, secret, err
	}
	return social.ProviderApp{}, social.Secret{}, problem.New(problem.AppMissing, nil).With("provider", string(p))
}

// detached returns a context that outlives the caller's: once a provider has
// answered, a closed window must not lose the answer (security.md T6).
func detached(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), savePatience)
}

// savePatience bounds what is done after the point of no return. The keychain
// may ask for its password in between.
const savePatience = 90 * time.Second

// newID returns an id for a row. Version 7 sorts by time, which keeps rows of
// one second in the order in which they were made.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// newRef returns the name of a new keychain entry.
func newRef() social.TokenRef { return social.TokenRef(uuid.NewString()) }

// keyedLocks gives one lock to each key.
type keyedLocks struct{ locks sync.Map }

// lock locks key and returns what unlocks it.
func (l *keyedLocks) lock(key string) (unlock func()) {
	value, _ := l.locks.LoadOrStore(key, &sync.Mutex{})
	mutex, ok := value.(*sync.Mutex)
	if !ok {
		panic("connection: a lock that is none")
	}
	mutex.Lock()
	return mutex.Unlock
}
