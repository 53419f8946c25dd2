package meta_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/provider/meta"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

const callback = "http://localhost:17653/callback/meta"

// now is when the tests play.
func now() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// world is Meta as the sandbox plays it, and the requests that were made.
type world struct {
	*meta.Provider
	box    *sandbox.Server
	url    string
	client *provider.Client
	app    social.ProviderApp
	secret social.Secret
	at     time.Time
	mu     sync.Mutex
	asked  []*http.Request
}

func newWorld(tb testing.TB, change ...func(*sandbox.Options)) *world {
	tb.Helper()
	w := &world{
		app:    social.ProviderApp{Provider: social.Meta, ClientID: sandbox.MetaClientID, Redirect: social.RedirectLocalhost},
		secret: social.NewSecret(sandbox.MetaClientSecret), at: now(),
	}
	options := sandbox.Options{Now: w.now}
	for _, f := range change {
		f(&options)
	}
	box, err := sandbox.New(options)
	if err != nil {
		tb.Fatal(err)
	}
	w.box = box
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.asked = append(w.asked, r.Clone(r.Context()))
		w.mu.Unlock()
		box.ServeHTTP(rw, r)
	}))
	w.url = server.URL
	w.client, w.Provider = connect(tb, server.URL, w.now)
	tb.Cleanup(func() { w.client.Close(); server.Close(); _ = box.Close() })
	return w
}

func connect(tb testing.TB, address string, clock func() time.Time) (*provider.Client, *meta.Provider) {
	tb.Helper()
	client, err := provider.NewClient(provider.Options{Origins: []string{address}})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(client.Close)
	return client, meta.New(meta.Config{WebURL: address, GraphURL: address + "/", HTTP: client, Now: clock})
}

func (w *world) now() time.Time { w.mu.Lock(); defer w.mu.Unlock(); return w.at }

func (w *world) do(tb testing.TB, a sandbox.Action) {
	tb.Helper()
	if err := w.box.Do(a); err != nil {
		tb.Fatal(err)
	}
}

// asksFor returns how many requests f took.
func (w *world) asksFor(f func()) int64 {
	before := w.client.Requests()
	f()
	return w.client.Requests() - before
}

// choice is what a person ticks; nil means everything.
type choice struct {
	person           string
	pages, instagram []string
	declined         []string
	capabilities     []social.Capability
	reauthorize      bool
	kinds            []social.AccountKind
}

// consent walks through the sandbox's pages and returns the code.
func (w *world) consent(tb testing.TB, c choice) social.Callback {
	tb.Helper()
	address, scopes, err := w.AuthorizeURL(w.app, social.SignInRequest{
		RedirectURI: callback, State: "s", Capabilities: c.capabilities, Kinds: c.kinds, ChooseAgain: true, Reauthorize: c.reauthorize,
	})
	if err != nil {
		tb.Fatal(err)
	}
	browser := &http.Client{Transport: &http.Transport{}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 10 * time.Second}
	defer browser.CloseIdleConnections()
	flow := location(tb, browser, http.MethodGet, address, nil)
	last := url.Values{"step": {"permissions"}, "permission": slices.DeleteFunc(words(scopes), func(s string) bool { return slices.Contains(c.declined, s) })}
	if w.app.LoginConfig != "" {
		last = url.Values{"step": {"agree"}}
	}
	steps := []url.Values{
		{"step": {"signin"}, "person": {c.person}},
		{"step": {"pages"}, "page": orAll(c.pages, w.pagesOf(c.person))},
		{"step": {"instagram"}, "instagram": orAll(c.instagram, w.instagramOf(c.person))},
		last,
	}
	for _, form := range steps {
		next := location(tb, browser, http.MethodPost, w.url+flow, form)
		if strings.HasPrefix(next, callback) {
			back, err := url.Parse(next)
			if err != nil || back.Query().Get("code") == "" {
				tb.Fatalf("no code in %s", next)
			}
			return social.Callback{Code: social.NewSecret(back.Query().Get("code")), RedirectURI: callback}
		}
	}
	tb.Fatal("the sign-in did not end")
	return social.Callback{}
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
		tb.Fatalf("%s %s: status %d", method, path.Base(r.URL.Path), resp.StatusCode)
	}
	return resp.Header.Get("Location")
}

func orAll(some, all []string) []string {
	if some == nil {
		return all
	}
	return some
}

func (w *world) person(key string) sandbox.Person {
	people := w.box.Everyone()
	return people[slices.IndexFunc(people, func(p sandbox.Person) bool { return p.Key == key })]
}

func (w *world) pagesOf(person string) []string {
	var ids []string
	for _, p := range w.person(person).Pages {
		ids = append(ids, p.ID)
	}
	return ids
}

func (w *world) instagramOf(person string) []string {
	var ids []string
	for _, p := range w.person(person).Pages {
		if p.Instagram != nil && !p.Instagram.Personal {
			ids = append(ids, p.Instagram.ID)
		}
	}
	return ids
}

func words(scopes []social.Scope) []string {
	var list []string
	for _, s := range scopes {
		list = append(list, string(s))
	}
	return list
}

// signIn walks the whole way to a login.
func (w *world) signIn(tb testing.TB, c choice) social.Login {
	tb.Helper()
	login, err := w.Exchange(tb.Context(), w.app, w.secret, w.consent(tb, c))
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

func find(tb testing.TB, found social.Inspection, id string) social.Candidate {
	tb.Helper()
	for _, c := range found.Candidates {
		if c.RemoteID == id {
			return c
		}
	}
	tb.Fatalf("no candidate %s", id)
	return social.Candidate{}
}

func asTrouble(tb testing.TB, err error) *social.Trouble {
	tb.Helper()
	var trouble *social.Trouble
	if !errors.As(err, &trouble) {
		tb.Fatalf("no trouble in %v", err)
	}
	return trouble
}

// ignore is for whoever does not watch an inspection's progress.
func ignore(int, int) {}
