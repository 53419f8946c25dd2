package linkedin_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/provider/linkedin"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

const (
	callback       = "http://localhost:17653/callback/linkedin"
	nativeCallback = "http://127.0.0.1:40123/callback/linkedin"
	verifier       = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
)

// world is LinkedIn as the sandbox plays it. Its clock moves by hand; a wait
// of the provider moves it too.
type world struct {
	*linkedin.Provider
	box    *sandbox.Server
	url    string
	client *provider.Client
	app    social.ProviderApp
	secret social.Secret

	mu    sync.Mutex
	at    time.Time
	waits int
}

func newWorld(tb testing.TB, change ...func(*sandbox.Options)) *world {
	tb.Helper()
	w := &world{
		app:    social.ProviderApp{Provider: social.LinkedIn, ClientID: sandbox.LinkedInClientID, Redirect: social.RedirectLocalhost},
		secret: social.NewSecret(sandbox.LinkedInClientSecret), at: now(),
	}
	options := sandbox.Options{Now: w.now}
	for _, f := range change {
		f(&options)
	}
	box, err := sandbox.New(options)
	if err != nil {
		tb.Fatal(err)
	}
	server := httptest.NewServer(box)
	w.box, w.url = box, server.URL
	w.client, w.Provider = connect(tb, server.URL, w.now, w.wait)
	tb.Cleanup(func() { w.client.Close(); server.Close(); _ = box.Close() })
	return w
}

func now() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

func connect(tb testing.TB, address string, clock func() time.Time, wait func(context.Context, time.Duration) error) (*provider.Client, *linkedin.Provider) {
	tb.Helper()
	client, err := provider.NewClient(provider.Options{Origins: []string{address}})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(client.Close)
	return client, linkedin.New(linkedin.Config{WebURL: address, APIURL: address + "/", HTTP: client, Now: clock, Wait: wait})
}

func (w *world) now() time.Time { w.mu.Lock(); defer w.mu.Unlock(); return w.at }

func (w *world) wait(_ context.Context, d time.Duration) error {
	w.pass(d)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waits++
	return nil
}

func (w *world) pass(d time.Duration) { w.mu.Lock(); defer w.mu.Unlock(); w.at = w.at.Add(d) }

func (w *world) native() {
	w.app.ClientID, w.app.Redirect, w.secret = sandbox.LinkedInNativeClientID, social.RedirectNative, social.Secret{}
}

func (w *world) do(t *testing.T, a sandbox.Action) {
	t.Helper()
	if err := w.box.Do(a); err != nil {
		t.Fatal(err)
	}
}

func (w *world) asksFor(f func()) int64 {
	before := w.client.Requests()
	f()
	return w.client.Requests() - before
}

func (w *world) consent(tb testing.TB, person string, kinds ...social.AccountKind) social.Callback {
	tb.Helper()
	back := social.Callback{RedirectURI: callback}
	request := social.SignInRequest{RedirectURI: callback, State: "s", Kinds: kinds}
	if w.app.Redirect == social.RedirectNative {
		sum := sha256.Sum256([]byte(verifier))
		request.RedirectURI, request.Challenge = nativeCallback, base64.RawURLEncoding.EncodeToString(sum[:])
		back = social.Callback{RedirectURI: nativeCallback, Verifier: social.NewSecret(verifier)}
	}
	address, _, err := w.AuthorizeURL(w.app, request)
	if err != nil {
		tb.Fatal(err)
	}
	browser := &http.Client{Transport: &http.Transport{}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 10 * time.Second}
	defer browser.CloseIdleConnections()
	flow := location(tb, browser, http.MethodGet, address, nil)
	for _, form := range []url.Values{{"step": {"signin"}, "person": {person}}, {"step": {"consent"}}} {
		next := location(tb, browser, http.MethodPost, w.url+flow, form)
		if u, err := url.Parse(next); err == nil && u.Query().Get("code") != "" {
			back.Code = social.NewSecret(u.Query().Get("code"))
			return back
		}
	}
	tb.Fatal("the sign-in did not end")
	return back
}

func location(tb testing.TB, browser *http.Client, method, address string, form url.Values) string {
	tb.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(tb.Context(), method, address, body)
	if err != nil {
		tb.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := browser.Do(r)
	if err != nil {
		tb.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.Header.Get("Location") == "" {
		tb.Fatalf("%s %s: status %d", method, r.URL.Path, resp.StatusCode)
	}
	return resp.Header.Get("Location")
}

func (w *world) signIn(tb testing.TB, person string, kinds ...social.AccountKind) social.Login {
	tb.Helper()
	login, err := w.Exchange(tb.Context(), w.app, w.secret, w.consent(tb, person, kinds...))
	if err != nil {
		tb.Fatal(err)
	}
	return login
}

func (w *world) inspect(tb testing.TB, login social.Login) social.Inspection {
	tb.Helper()
	found, err := w.Inspect(tb.Context(), w.app, w.secret, login, ignore)
	if err != nil {
		tb.Fatal(err)
	}
	return found
}

func find(t *testing.T, found social.Inspection, id string) social.Candidate {
	t.Helper()
	at := slices.IndexFunc(found.Candidates, func(c social.Candidate) bool { return c.RemoteID == id })
	if at < 0 {
		t.Fatalf("no candidate %s", id)
	}
	return found.Candidates[at]
}

func asTrouble(t *testing.T, err error) *social.Trouble {
	t.Helper()
	var trouble *social.Trouble
	if !errors.As(err, &trouble) {
		t.Fatalf("no trouble in %v", err)
	}
	return trouble
}

// ignore is for whoever does not watch an inspection's progress.
func ignore(int, int) {}
