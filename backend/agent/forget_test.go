package agent_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// noStart is a login entry of nobody: the real one is whose tests run here.
type noStart struct{ disabled bool }

func (*noStart) Enabled() (bool, error) { return true, nil }
func (*noStart) Enable() error          { return nil }
func (s *noStart) Disable() error       { s.disabled = true; return nil }

func (w *world) forget(keepAccess bool) (view.Forgotten, *noStart, error) {
	w.t.Helper()
	start := &noStart{}
	done, err := agent.Forget(context.Background(), w.settings, slog.New(slog.DiscardHandler), keepAccess,
		agent.WithVault(w.vault), agent.WithDesktop(agent.Desktop{Autostart: start}))
	return done, start, err
}

func TestForgetEverything(t *testing.T) {
	t.Run("takes the secrets, the files and the start at login", func(t *testing.T) {
		w := newWorld(t)
		w.setUpApps()
		refs := w.secrets()
		w.must(w.Close())
		done, start, err := w.forget(false)
		w.must(err)
		if done.Secrets != len(refs) || len(refs) != 2 || done.Connected != 0 || !start.disabled {
			t.Errorf("of %d secrets it removed %+v; the start at login is off: %t", len(refs), done, start.disabled)
		}
		for _, ref := range refs {
			if _, err := w.vault.Secret(context.Background(), ref); !errors.Is(err, problem.New(problem.TokenMissing, nil)) {
				t.Errorf("a secret is still there: %v", err)
			}
		}
		if _, err := os.Stat(w.settings.Paths.Data); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the folder is still there: %v", err)
		}
		if again, _, err := w.forget(false); err != nil || again.Secrets != 0 {
			t.Errorf("where nothing is it removes %+v: %v", again, err)
		}
	})
	t.Run("takes nothing of a connected login, unless told to", func(t *testing.T) {
		w := newWorld(t)
		w.setUpApps()
		w.connect(social.Meta, "João Prado", pageWithInstagram)
		w.must(w.Close())
		done, start, err := w.forget(false)
		w.must(err)
		if done.Connected != 1 || done.Secrets != 0 || start.disabled {
			t.Errorf("it removed %+v", done)
		}
		if _, err := os.Stat(w.settings.Paths.Database); err != nil {
			t.Errorf("the database is gone: %v", err)
		}
		if done, _, err = w.forget(true); err != nil || done.Secrets != 3 {
			t.Errorf("told to it removed %+v: %v", done, err)
		}
	})
	t.Run("is refused beside an agent", func(t *testing.T) {
		w := newWorld(t)
		if _, _, err := w.forget(true); !errors.Is(err, problem.New(problem.AgentBusy, nil)) {
			t.Errorf("beside an agent it ends with %v", err)
		}
	})
	t.Run("leaves alone what is not the program's", func(t *testing.T) {
		w := newWorld(t)
		w.must(w.Close())
		letter := filepath.Join(w.settings.Paths.Data, "letter.txt")
		w.must(os.WriteFile(letter, []byte("dear"), 0o600))
		_, _, err := w.forget(false)
		w.must(err)
		left, err := os.ReadDir(w.settings.Paths.Data)
		w.must(err)
		if len(left) != 1 || left[0].Name() != "letter.txt" {
			t.Errorf("left in the folder: %v", left)
		}
	})
}

// secrets lists the keychain entries of the provider apps.
func (w *world) secrets() []social.TokenRef {
	w.t.Helper()
	apps, err := w.DB().ProviderApps(w.t.Context())
	w.must(err)
	refs := make([]social.TokenRef, 0, len(apps))
	for _, app := range apps {
		refs = append(refs, app.SecretRef)
	}
	return refs
}
