package connection

import (
	"context"
	"errors"

	"github.com/kontent/kontent-connect/backend/social"
)

// Recover undoes what an earlier run began and did not finish. It must be over
// before anything else begins, because what this run has begun looks the same;
// so it asks only the database, and leaves the keychain to Sweep. Withdrawals
// that wait are due at once, for the watcher.
func (m *Manager) Recover(ctx context.Context) error {
	intents, err := m.Store.Intents(ctx)
	if err != nil {
		return err
	}
	for _, intent := range intents {
		undone := social.Event{At: m.Now().UTC(), Kind: social.EventConnectUndone, GrantID: intent.GrantID}
		if err := m.Store.Abandon(ctx, intent, []social.Event{undone}); err != nil {
			return err
		}
		m.Log.Info("undid an interrupted change", "grant", string(intent.GrantID))
	}
	return nil
}

// Sweep erases from the keychain what waits for it. It may be repeated. Keychain
// trouble is no failure: what waits goes on waiting.
func (m *Manager) Sweep(ctx context.Context) { m.sweep(ctx) }

// sweep deletes the keychain entries that nothing points to. An entry that
// cannot be deleted now stays queued.
func (m *Manager) sweep(ctx context.Context) {
	refs, err := m.Store.Erasures(ctx)
	for _, ref := range refs {
		if e := m.Vault.Delete(ctx, ref); e != nil {
			err = errors.Join(err, e)
			continue
		}
		err = errors.Join(err, m.Store.Erased(ctx, ref))
	}
	if err != nil && ctx.Err() == nil {
		m.Log.Warn("erase keychain entries", "err", err)
	}
}
