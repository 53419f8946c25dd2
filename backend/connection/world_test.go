package connection_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
)

// world is one installation: a real database, a vault and a provider that keep
// state, and a Manager over them that can be restarted.
type world struct {
	*connection.Manager
	t        *testing.T
	path     string
	db       *sqlite.DB
	vault    *vault
	secrets  connection.Vault                // in use: vault, unless a test has the system's
	entries  func() map[social.TokenRef]bool // that it holds
	provider *provider
	browser  *browser
	project  social.ProjectID
	faults   *faults
	steps    *steps // nil: nothing fails
	album    *album
	written  *written

	mu      sync.Mutex
	changed chan struct{}
	clock   time.Time
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := bareWorld(t)
	w.begin()
	return w
}

// begin starts a world and sets up what every sign-in needs.
func (w *world) begin() {
	w.t.Helper()
	w.start()
	p, err := w.AddProject(w.t.Context(), "Café da Esquina")
	w.must(err)
	w.project = p.ID
	_, err = w.SetApp(w.t.Context(), social.ProviderApp{Provider: social.Meta, ClientID: "app"}, social.NewSecret("app secret"))
	w.must(err)
	w.t.Cleanup(w.stop)
}

// bareWorld is a world that has not been started.
func bareWorld(t *testing.T) *world {
	t.Helper()
	w := &world{
		t: t, path: filepath.Join(t.TempDir(), "test.db"), vault: newVault(), provider: newProvider(),
		browser: &browser{}, faults: &faults{}, album: newAlbum(), written: &written{full: map[social.GrantID]bool{}}, changed: make(chan struct{}), clock: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
	}
	w.secrets, w.entries = w.vault, w.vault.refs
	return w
}

func (w *world) start() {
	w.t.Helper()
	db, err := sqlite.Open(w.t.Context(), w.path)
	w.must(err)
	w.db = db
	var network connection.Provider = w.provider
	if w.steps != nil {
		network = steppedProvider{w.provider, w.steps}
	}
	w.Manager = connection.New(connection.Deps{
		Store: faultyStore{db, w.faults, w.written}, Vault: faultyVault{w.secrets, w.faults}, Receivers: w.browser,
		Providers: []connection.Provider{network}, Pictures: w.album, Schedule: social.DefaultSchedule(),
		Now: w.now, Log: slog.New(slog.DiscardHandler), Changed: func(string) { w.wake() }, Requests: w.provider.sent,
	})
}

func (w *world) stop() {
	w.Close()
	w.must(w.db.Close())
}

// restart ends the program and starts it again on the same data.
func (w *world) restart() {
	w.t.Helper()
	w.stop()
	w.start()
	w.must(w.Recover(context.Background()))
	w.Sweep(context.Background())
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.clock
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.clock = w.clock.Add(d)
}

func (w *world) wake() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.changed)
	w.changed = make(chan struct{})
}

// until waits for the attempt to reach a state; any end is one too.
func (w *world) until(id string, state connection.AttemptState) connection.Attempt {
	w.t.Helper()
	for {
		w.mu.Lock()
		changed := w.changed
		w.mu.Unlock()
		a, err := w.Attempt(id)
		w.must(err)
		if a.State == state {
			return a
		}
		if a.State == connection.Failed {
			w.t.Fatalf("the attempt failed: %v", a.Err)
		}
		select {
		case <-changed:
		case <-w.t.Context().Done():
			w.t.Fatalf("the attempt stayed %s", a.State)
		}
	}
}

func (w *world) request() connection.ConnectRequest {
	return connection.ConnectRequest{ProjectID: w.project, Provider: social.Meta}
}

// signIn brings an attempt to the point where candidates are on offer.
func (w *world) signIn(r connection.ConnectRequest) connection.Attempt {
	w.t.Helper()
	a, err := w.Connect(w.t.Context(), r)
	w.must(err)
	w.browser.comeBack("code")
	return w.until(a.ID, connection.Choosing)
}

// connect signs in and connects candidates.
func (w *world) connect(remoteIDs ...string) connection.Attempt {
	w.t.Helper()
	a, err := w.Select(w.t.Context(), w.signIn(w.request()).ID, remoteIDs)
	w.must(err)
	return a
}

func (w *world) grants() []social.Grant {
	w.t.Helper()
	grants, err := w.db.Grants(context.Background())
	w.must(err)
	return grants
}

// account returns the account of a remote id.
func (w *world) account(remoteID string) social.Account {
	w.t.Helper()
	accounts, err := w.db.Accounts(context.Background())
	w.must(err)
	for _, a := range accounts {
		if a.RemoteID == remoteID {
			return a
		}
	}
	w.t.Fatalf("there is no account %s", remoteID)
	return social.Account{}
}

func (w *world) wantCode(err error, code problem.Code) {
	w.t.Helper()
	if got := problem.CodeOf(err); got != code {
		w.t.Fatalf("got problem %q (%v), want %q", got, err, code)
	}
}

// browser is a person with a browser. Each Listen is a new sign-in.
type browser struct {
	mu      sync.Mutex
	current *receiver
	opened  int
	fail    error
}

func (b *browser) Listen(context.Context, social.Provider, social.ProviderApp) (connection.Receiver, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail != nil {
		return nil, b.fail
	}
	b.current = &receiver{browser: b, answer: make(chan answer, 1), closed: make(chan struct{})}
	return b.current, nil
}

func (b *browser) comeBack(code string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.current.answer <- answer{code: code}
}

func (b *browser) refuse(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.current.answer <- answer{err: err}
}

type answer struct {
	code string
	err  error
}

type receiver struct {
	browser *browser
	answer  chan answer
	once    sync.Once
	closed  chan struct{}
	noOpen  error
}

func (r *receiver) RedirectURI() string { return "http://localhost:17653/callback/meta" }
func (r *receiver) State() string       { return "state" }
func (r *receiver) Challenge() string   { return "challenge" }
func (r *receiver) Paste(string) error  { return problem.New(problem.PasteInvalid, nil) }
func (r *receiver) Close() error        { r.once.Do(func() { close(r.closed) }); return nil }
func (r *receiver) Open(context.Context, string) error {
	r.browser.mu.Lock()
	defer r.browser.mu.Unlock()
	r.browser.opened++
	return r.noOpen
}

func (r *receiver) Wait(ctx context.Context) (social.Callback, error) {
	select {
	case a := <-r.answer:
		return social.Callback{Code: social.NewSecret(a.code), RedirectURI: r.RedirectURI()}, a.err
	case <-ctx.Done():
		return social.Callback{}, ctx.Err()
	}
}

var errFault = errors.New("injected fault")
