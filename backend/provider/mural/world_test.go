package mural_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/keychain"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
)

const (
	appSecret   = "the app's secret"
	accessToken = "an-access"
)

// world is one installation that knows Mural: a real database, a keychain in
// memory, and a network to talk to.
type world struct {
	*connection.Manager
	t       *testing.T
	network *network
	db      *sqlite.DB
	app     social.ProviderApp
	project social.ProjectID
	changed chan struct{}
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{
		t: t, network: newNetwork(t), changed: make(chan struct{}, 1),
		app: social.ProviderApp{Provider: mural, ClientID: "app", SecretRef: "secret-of-the-app"},
	}
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	w.must(err)
	vault := keychain.NewMemory("mural-test")
	w.db = db
	w.Manager = connection.New(connection.Deps{
		Store: db, Vault: vault, Receivers: browser{}, Providers: []connection.Provider{w.provider()},
		Pictures: noPictures{}, Schedule: social.DefaultSchedule(), Now: w.now, Log: slog.New(slog.DiscardHandler),
		Changed: w.wake,
	})
	t.Cleanup(func() {
		w.Close()
		vault.Close()
		w.must(db.Close())
	})
	project, err := w.AddProject(t.Context(), "Café da Esquina")
	w.must(err)
	w.project = project.ID
	// SetApp would refuse it: to backend/social there is no such network.
	w.must(vault.PutSecret(t.Context(), w.app.SecretRef, social.NewSecret(appSecret)))
	w.must(db.PutProviderApp(t.Context(), w.app, social.Intent{}))
	return w
}

func (w *world) provider() *Provider {
	w.t.Helper()
	client, err := provider.NewClient(provider.Options{Origins: []string{w.network.URL}})
	w.must(err)
	w.t.Cleanup(client.Close)
	return New(w.network.URL, client, w.now)
}

func (w *world) now() time.Time { return time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC) }

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) wake(string) {
	select {
	case w.changed <- struct{}{}:
	default:
	}
}

// signIn brings a sign-in to the point where boards are on offer.
func (w *world) signIn() connection.Attempt {
	w.t.Helper()
	started, err := w.Connect(w.t.Context(), connection.ConnectRequest{ProjectID: w.project, Provider: mural})
	w.must(err)
	for {
		a, err := w.Attempt(started.ID)
		w.must(err)
		switch a.State {
		case connection.Choosing:
			return a
		case connection.Failed:
			w.t.Fatalf("the sign-in failed: %v", a.Err)
		case connection.Waiting, connection.Reading, connection.Saving, connection.Done:
		}
		select {
		case <-w.changed:
		case <-w.t.Context().Done():
			w.t.Fatalf("the sign-in stayed %s", a.State)
		}
	}
}

func (w *world) connect(remoteIDs ...string) connection.Attempt {
	w.t.Helper()
	a, err := w.Select(w.t.Context(), w.signIn().ID, remoteIDs)
	w.must(err)
	return a
}

func (w *world) login() social.Grant {
	w.t.Helper()
	grants, err := w.db.Grants(w.t.Context())
	w.must(err)
	if len(grants) != 1 {
		w.t.Fatalf("%d logins, want one", len(grants))
	}
	return grants[0]
}

// health is what the admin is told of the first board.
func (w *world) health() social.Assessment {
	w.t.Helper()
	accounts, err := w.db.AccountsOf(w.t.Context(), w.login().ID)
	w.must(err)
	return social.DefaultPolicy().Assess(accounts[0], w.login(), w.now())
}

// browser stands in for oauth.Flow, which opens a receiver only for networks
// that backend/social lists. It goes to the sign-in page, and takes the code
// from the address to which that leads.
type browser struct{}

func (browser) Listen(context.Context, social.Provider, social.ProviderApp) (connection.Receiver, error) {
	return &receiver{came: make(chan social.Callback, 1)}, nil
}

type receiver struct{ came chan social.Callback }

func (r *receiver) RedirectURI() string { return "http://localhost:17653/callback/mural" }
func (r *receiver) State() string       { return "state" }
func (r *receiver) Challenge() string   { return "" }
func (r *receiver) Paste(string) error  { return nil }
func (r *receiver) Close() error        { return nil }

func (r *receiver) Open(ctx context.Context, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	back, err := url.Parse(response.Header.Get("Location"))
	if err != nil || back.Query().Get("state") != r.State() {
		return fmt.Errorf("the sign-in page leads to %q: %w", back, err)
	}
	r.came <- social.Callback{Code: social.NewSecret(back.Query().Get("code")), RedirectURI: r.RedirectURI()}
	return nil
}

func (r *receiver) Wait(ctx context.Context) (social.Callback, error) {
	select {
	case callback := <-r.came:
		return callback, nil
	case <-ctx.Done():
		return social.Callback{}, ctx.Err()
	}
}

type noPictures struct{}

func (noPictures) Found(social.GrantID, map[social.AccountID]social.Picture) {}

func (noPictures) Look(context.Context, social.Secret) (social.PictureImage, error) {
	return social.PictureImage{}, nil
}
