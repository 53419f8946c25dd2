package agent

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/keychain"
	"github.com/kontent/kontent-connect/backend/notify"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
	"github.com/kontent/kontent-connect/backend/view"
)

// Forget removes what the program keeps on this computer: the keychain's
// entries, the entry that starts it at login, and its files. Nothing is asked
// of the providers. While logins are connected it removes nothing and counts
// them, unless keepAccess says that they may live on there: once their secrets
// are gone nobody here can withdraw them.
//
// It takes the lock like an agent does, and fails with problem.AgentBusy beside
// one. The secrets go first, because the database alone knows their names: cut
// short, it can be called again.
func Forget(ctx context.Context, settings config.Config, log *slog.Logger, keepAccess bool, options ...Option) (view.Forgotten, error) {
	result := view.Forgotten{Folder: settings.Paths.Data}
	a := &Agent{settings: settings, log: log}
	for _, option := range options {
		option(a)
	}
	if _, err := os.Stat(settings.Paths.Data); errors.Is(err, fs.ErrNotExist) {
		return result, a.forgetStart()
	}
	err := a.openLock(ctx)
	if err != nil {
		return result, err
	}
	if _, err = os.Stat(settings.Paths.Database); err == nil {
		err = a.forgetSecrets(ctx, keepAccess, &result)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) || result.Connected > 0 {
		return result, errors.Join(err, a.lock.release())
	}
	if err := errors.Join(a.forgetStart(), a.lock.release()); err != nil {
		return result, err
	}
	return result, removeFiles(settings.Paths)
}

// forgetSecrets removes every keychain entry that the database knows of.
func (a *Agent) forgetSecrets(ctx context.Context, keepAccess bool, result *view.Forgotten) error {
	db, err := sqlite.Open(ctx, a.settings.Paths.Database)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	grants, err := db.Grants(ctx)
	if err != nil {
		return err
	}
	if len(grants) > 0 && !keepAccess {
		result.Connected = len(grants)
		return nil
	}
	refs, err := secretsOf(ctx, db, grants)
	if err != nil || len(refs) == 0 {
		return err
	}
	vault := a.given
	if vault == nil {
		vault = keychain.Open(a.settings.KeychainService)
		defer vault.Close()
	}
	for _, ref := range refs {
		if err := vault.Delete(keychain.WithPerson(ctx), ref); err != nil {
			return err
		}
		result.Secrets++
	}
	return nil
}

// secretsOf lists the keychain entries there are or may be: of logins, of
// provider apps, of changes that did not end, and those that were to go anyway.
func secretsOf(ctx context.Context, db *sqlite.DB, grants []social.Grant) ([]social.TokenRef, error) {
	refs, err := db.Erasures(ctx)
	if err != nil {
		return nil, err
	}
	apps, err := db.ProviderApps(ctx)
	if err != nil {
		return nil, err
	}
	intents, err := db.Intents(ctx)
	for _, g := range grants {
		refs = append(refs, g.TokenRef)
	}
	for _, app := range apps {
		refs = append(refs, app.SecretRef)
	}
	for _, intent := range intents {
		refs = append(refs, intent.TokenRef)
	}
	named := refs[:0]
	for _, ref := range refs {
		if ref != "" {
			named = append(named, ref)
		}
	}
	return named, err
}

// forgetStart removes what starts the agent: the entry at login, and on Windows
// the class that an old notification calls.
func (a *Agent) forgetStart() error {
	entry := a.desktop.Autostart
	if entry == nil {
		entry = startEntryOf(command(a.settings, a.log))
	}
	err := notify.Forget(appID(a.settings))
	if entry != nil {
		err = errors.Join(err, entry.Disable())
	}
	return err
}

// removeFiles removes our own files and no others: the folder may be one that
// somebody chose, with more in it. It goes where nothing is left in it.
func removeFiles(p config.Paths) error {
	files, err := filepath.Glob(p.Database + "*") // its journals beside it
	if err != nil {
		return err
	}
	for _, path := range append(files, p.Sandbox, p.Socket, p.Logs, p.Lock) {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	for _, folder := range []string{p.Data, filepath.Dir(p.Socket)} {
		// What is not empty stays, and says so by its being there.
		_ = os.Remove(folder)
	}
	return nil
}
