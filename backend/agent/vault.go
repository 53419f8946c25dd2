package agent

import (
	"context"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/keychain"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Where the secrets of a data folder are kept stands in its settings.
const (
	keychainSetting = "keychain"
	keychainSystem  = "system"
	keychainMemory  = "memory"
)

// openVault opens the place of the secrets. A folder whose secrets are in the
// system's keychain is not opened over a memory that knows none of them: every
// login would look lost.
func (a *Agent) openVault(ctx context.Context) error {
	if a.vault = a.given; a.vault != nil {
		return nil
	}
	kept := keychainSystem
	if a.settings.KeychainMemory {
		kept = keychainMemory
	}
	former, err := a.db.Setting(ctx, keychainSetting)
	if err != nil {
		return err
	}
	if kept == keychainMemory && former != keychainMemory {
		if err := a.noSecrets(ctx); err != nil {
			return err
		}
	}
	if former != kept {
		if err := a.db.PutSetting(ctx, keychainSetting, kept); err != nil {
			return err
		}
	}
	if kept == keychainMemory {
		a.vault = keychain.NewMemory(a.settings.KeychainService)
		return nil
	}
	a.vault = keychain.Open(a.settings.KeychainService)
	return nil
}

// noSecrets fails with problem.KeychainMixed when something here points to an
// entry of the system's keychain.
func (a *Agent) noSecrets(ctx context.Context) error {
	grants, err := a.db.Grants(ctx)
	if err != nil {
		return err
	}
	apps, err := a.db.ProviderApps(ctx)
	if err != nil {
		return err
	}
	entries := 0
	for _, g := range grants {
		entries += len(g.TokenRef)
	}
	for _, app := range apps {
		entries += len(app.SecretRef)
	}
	if entries > 0 {
		return problem.New(problem.KeychainMixed, nil)
	}
	return nil
}

// keeping is the vault as the use cases see it.
func (a *Agent) keeping() connection.Vault {
	if a.settings.KeychainMemory {
		return forgetful{a.vault}
	}
	return a.vault
}

// forgetful is a vault in memory. What it does not know may be an entry of the
// system's keychain that is still to go: it stays on the list until that is
// there.
type forgetful struct{ *keychain.Store }

// Delete implements connection.Vault.
func (f forgetful) Delete(ctx context.Context, ref social.TokenRef) error {
	_, asTokens := f.Tokens(ctx, ref)
	_, asSecret := f.Secret(ctx, ref)
	if problem.CodeOf(asTokens) == problem.TokenMissing && problem.CodeOf(asSecret) == problem.TokenMissing {
		return problem.New(problem.KeychainAbsent, nil)
	}
	return f.Store.Delete(ctx, ref)
}
