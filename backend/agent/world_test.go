package agent_test

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/keychain"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/sandbox/sandboxtest"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is one installation with everything real but the keychain, which
// forgets, and the providers, which are the sandbox. Its tests are not
// parallel: LinkedIn accepts the registered ports only.
type world struct {
	*agent.Agent
	t        testing.TB
	settings config.Config
	vault    *keychain.Store
	sandbox  *sandbox.Server
	log      slog.Handler
}

func newWorld(t *testing.T, change ...func(*sandbox.Options)) *world {
	t.Helper()
	return newWorldOf(t, change...)
}

// newWorldOf is newWorld for benchmarks too.
func newWorldOf(tb testing.TB, change ...func(*sandbox.Options)) *world {
	tb.Helper()
	options := sandbox.Options{Language: "pt-BR"}
	for _, f := range change {
		f(&options)
	}
	server, err := sandbox.New(options)
	if err == nil {
		err = server.Listen("127.0.0.1:0")
	}
	if err != nil {
		tb.Fatal(err)
	}
	w := &world{t: tb, sandbox: server, vault: keychain.NewMemory("test"), log: slog.DiscardHandler}
	w.settings, err = config.Load(config.Options{DataDir: filepath.Join(tb.TempDir(), "data")}, func(string) string { return "" })
	w.must(err)
	w.settings.Bases = config.Sandboxed(server.URL())
	w.open()
	tb.Cleanup(func() {
		w.must(w.Close())
		w.vault.Close()
		w.must(server.Close())
	})
	return w
}

func (w *world) open(options ...agent.Option) {
	w.t.Helper()
	a, err := agent.Open(w.t.Context(), w.settings, slog.New(w.log), append(options, agent.WithVault(w.vault))...)
	w.must(err)
	w.Agent = a
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// setUpApps registers the organisation's apps, as the settings screen does.
func (w *world) setUpApps() {
	w.t.Helper()
	for _, s := range []view.AppSettings{
		{Provider: social.Meta, ClientID: sandbox.MetaClientID, ClientSecret: sandbox.MetaClientSecret},
		{Provider: social.LinkedIn, ClientID: sandbox.LinkedInClientID, ClientSecret: sandbox.LinkedInClientSecret},
	} {
		_, err := w.SetApp(w.t.Context(), s)
		w.must(err)
	}
}

func (w *world) snapshot() view.Snapshot {
	w.t.Helper()
	s, err := w.Snapshot(w.t.Context())
	w.must(err)
	return s
}

// signIn signs a person in, who says yes to everything, and returns the
// attempt with its candidates.
func (w *world) signIn(p social.Provider, person string) view.Attempt {
	w.t.Helper()
	return w.signInWith(view.ConnectRequest{ProjectID: w.snapshot().Projects[0].ID, Provider: p}, person)
}

// signInWith is signIn for a request of its own.
func (w *world) signInWith(r view.ConnectRequest, person string) view.Attempt {
	w.t.Helper()
	r.NoBrowser = true
	a, err := w.Connect(w.t.Context(), r)
	w.must(err)
	visitor, err := sandboxtest.New("pt-BR")
	w.must(err)
	callback, err := visitor.SignIn(w.t.Context(), a.AuthorizeURL, person)
	w.must(err)
	w.visit(callback.String())
	return w.until(a.ID, view.AttemptChoosing)
}

// visit lets the browser follow the provider's redirect.
func (w *world) visit(address string) {
	w.t.Helper()
	request, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, address, nil)
	w.must(err)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	w.must(err)
	w.must(response.Body.Close())
}

// until follows the events, as a face does, until the attempt is in a state.
func (w *world) until(id string, state view.AttemptState) view.Attempt {
	w.t.Helper()
	var attempt view.Attempt
	ctx, found := context.WithCancel(w.t.Context())
	defer found()
	_ = w.Events(ctx, view.FaceWindow, func(view.Event) error {
		var err error
		attempt, err = w.Attempt(w.t.Context(), id)
		w.must(err)
		if attempt.Problem != nil {
			w.t.Fatalf("the attempt failed: %+v", attempt.Problem)
		}
		if attempt.State == state {
			found()
		}
		return nil
	})
	return attempt
}

func (w *world) connect(p social.Provider, person string, remoteIDs ...string) {
	w.t.Helper()
	_, err := w.Select(w.t.Context(), w.signIn(p, person).ID, remoteIDs)
	w.must(err)
}

// act makes the sandbox misbehave.
func (w *world) act(a sandbox.Action) {
	w.t.Helper()
	w.must(w.sandbox.Do(a))
}

// account finds an account, connected or not any more.
func (w *world) account(remoteID string) view.Account {
	w.t.Helper()
	former, err := w.Former(w.t.Context())
	w.must(err)
	for _, a := range append(w.snapshot().Accounts, former.Accounts...) {
		if a.RemoteID == remoteID {
			return a
		}
	}
	w.t.Fatalf("there is no account %s", remoteID)
	return view.Account{}
}

func wantCode(t *testing.T, err error, code problem.Code) {
	t.Helper()
	if got := problem.CodeOf(err); got != code {
		t.Fatalf("got problem %q (%v), want %q", got, err, code)
	}
}

// follower is a window that follows the events.
type follower struct {
	w      *world
	events chan view.Event
}

// follow opens a window until the test ends.
func (w *world) follow() follower {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	face, ended := follower{w, make(chan view.Event)}, make(chan struct{})
	go func() {
		defer close(ended)
		_ = w.Events(ctx, view.FaceWindow, func(e view.Event) error {
			select {
			case face.events <- e:
			case <-ctx.Done():
			}
			return nil
		})
	}()
	w.t.Cleanup(func() { cancel(); <-ended })
	<-face.events // the present
	return face
}

// until waits for an event of which f says that it is the one.
func (f follower) until(is func(view.Event) bool) view.Event {
	f.w.t.Helper()
	for {
		select {
		case e := <-f.events:
			if is(e) {
				return e
			}
		case <-f.w.t.Context().Done():
			f.w.t.Fatal("the window is not told")
		}
	}
}
