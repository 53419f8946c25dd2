package connection_test

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
)

// faults fails the n-th call that changes something, once, and every call
// after it when dead is set, as if the program had been killed there.
type faults struct {
	mu    sync.Mutex
	calls int
	at    int
	dead  bool
}

func (f *faults) arm(at int, dead bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls, f.at, f.dead = 0, at, dead
}

// reached reports whether the call that is to fail was made.
func (f *faults) reached() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.at > 0 && f.calls >= f.at
}

func (f *faults) next() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls++
	if f.at > 0 && (f.calls == f.at || f.dead && f.calls > f.at) {
		return fmt.Errorf("call %d: %w", f.calls, errFault)
	}
	return nil
}

type faultyVault struct {
	connection.Vault
	faults *faults
}

func (v faultyVault) PutTokens(ctx context.Context, ref social.TokenRef, t social.TokenSet) error {
	if err := v.faults.next(); err != nil {
		return err
	}
	return v.Vault.PutTokens(ctx, ref, t)
}

func (v faultyVault) Delete(ctx context.Context, ref social.TokenRef) error {
	if err := v.faults.next(); err != nil {
		return err
	}
	return v.Vault.Delete(ctx, ref)
}

type faultyStore struct {
	*sqlite.DB
	faults  *faults
	written *written
}

func (s faultyStore) Begin(ctx context.Context, i social.Intent) error {
	if err := s.faults.next(); err != nil {
		return err
	}
	return s.DB.Begin(ctx, i)
}

func (s faultyStore) AppendEvents(ctx context.Context, e []social.Event) error {
	if err := s.faults.next(); err != nil {
		return err
	}
	return s.DB.AppendEvents(ctx, e)
}

func (s faultyStore) Import(ctx context.Context, in social.Import) error {
	if err := s.faults.next(); err != nil {
		return err
	}
	return s.DB.Import(ctx, in)
}

func (s faultyStore) Activate(ctx context.Context, i social.Intent, g social.Grant, a []social.Account, e []social.Event) error {
	if err := s.faults.next(); err != nil {
		return err
	}
	return s.DB.Activate(ctx, i, g, a, e)
}

func (s faultyStore) Abandon(ctx context.Context, i social.Intent, e []social.Event) error {
	if err := s.faults.next(); err != nil {
		return err
	}
	return s.DB.Abandon(ctx, i, e)
}

func (s faultyStore) Erased(ctx context.Context, ref social.TokenRef) error {
	if err := s.faults.next(); err != nil {
		return err
	}
	return s.DB.Erased(ctx, ref)
}

func (s faultyStore) MarkRevoking(ctx context.Context, id social.GrantID, at time.Time) error {
	if err := s.faults.next(); err != nil {
		return err
	}
	return s.DB.MarkRevoking(ctx, id, at)
}

// written counts what checks wrote.
type written struct {
	mu               sync.Mutex
	checks, accounts int
	// full lists logins of which nothing can be stored.
	full map[social.GrantID]bool
}

func (s faultyStore) SaveCheck(ctx context.Context, g social.Grant, a []social.Account, e []social.Event) error {
	s.written.mu.Lock()
	defer s.written.mu.Unlock()
	if s.written.full[g.ID] {
		return errFault
	}
	s.written.checks++
	s.written.accounts += len(a)
	return s.DB.SaveCheck(ctx, g, a, e)
}

func (s faultyStore) CloseGrant(ctx context.Context, id social.GrantID, at time.Time, e []social.Event) error {
	if err := s.faults.next(); err != nil {
		return err
	}
	return s.DB.CloseGrant(ctx, id, at, e)
}

func (s faultyStore) CloseAccount(ctx context.Context, id social.AccountID, at time.Time, e []social.Event) error {
	if err := s.faults.next(); err != nil {
		return err
	}
	return s.DB.CloseAccount(ctx, id, at, e)
}

// trySelect signs in and connects, for use cases that may fail.
func (w *world) trySelect(remoteIDs ...string) error {
	_, err := w.Select(w.t.Context(), w.signIn(w.request()).ID, remoteIDs)
	return err
}

// wantWhole checks the promises that hold at every moment after a restart.
func (w *world) wantWhole(when string) {
	w.t.Helper()
	intents, err := w.db.Intents(w.t.Context())
	w.must(err)
	erasures, err := w.db.Erasures(w.t.Context())
	w.must(err)
	if len(intents) > 0 || len(erasures) > 0 {
		w.t.Errorf("%s: left unfinished: %d intents, %d erasures", when, len(intents), len(erasures))
	}
	entries := w.entries()
	apps, err := w.db.ProviderApps(w.t.Context())
	w.must(err)
	for _, app := range apps {
		delete(entries, app.SecretRef)
	}
	serving := map[social.GrantID]bool{}
	for _, g := range w.grants() {
		if !entries[g.TokenRef] {
			w.t.Errorf("%s: login %s has lost its token", when, g.ID)
		}
		delete(entries, g.TokenRef)
		serving[g.ID] = true
	}
	if len(entries) > 0 {
		w.t.Errorf("%s: %d orphan entries in the keychain", when, len(entries))
	}
	accounts, err := w.db.Accounts(w.t.Context())
	w.must(err)
	for _, a := range accounts {
		if a.State != social.AccountDisconnected && !serving[a.GrantID] {
			w.t.Errorf("%s: account %s hangs on no login", when, a.RemoteID)
		}
	}
}

var _ connection.Store = faultyStore{}
