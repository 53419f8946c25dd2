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

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{
		app:    social.ProviderApp{Provider: social.Meta, ClientID: sandbox.MetaClientID, Redirect: social.RedirectLocalhost},
		secret: social.NewSecret(sandbox.MetaClientSecret), at: now(),
	}
	box, err := sandbox.New(sandbox.Options{Now: w.now})
	if err != nil {
		t.Fatal(err)
	}
	w.box = box
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.asked = append(w.asked, r.Clone(r.Context()))
		w.mu.Unlock()
		box.ServeHTTP(rw, r)
	}))
	w.url = server.URL
	w.client, w.Provider = connect(t, server.URL, w.now)
	t.Cleanup(func() { w.client.Close(); server.Close(); _ = box.Close() })
	return w
}

func connect(t *testing.T, address string, clock func() time.Time) (*provider.Client, *meta.Provider) {
	t.Helper()
	client, err := provider.NewClient(provider.Options{Origins: []string{address}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client, meta.New(meta.Config{WebURL: address, GraphURL: address + "/", HTTP: client, Now: clock})
}

func (w *world) now() time.Time { w.mu.Lock(); defer w.mu.Unlock(); return w.at }

func (w *world) do(t *testing.T, a sandbox.Action) {
	t.Helper()
	if err := w.box.Do(a); err != nil {
		t.Fatal(err)
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
	kinds            []social.AccountKind
}

// consent walks through the sandbox's pages and returns the code.
func (w *world) consent(t *testing.T, c choice) social.Callback {
	t.Helper()
	address, scopes, err := w.AuthorizeURL(w.app, social.SignInRequest{
		RedirectURI: callback, State: "s", Capabilities: c.capabilities, Kinds: c.kinds, ChooseAgain: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 10 * time.Second}
	defer browser.CloseIdleConnections()
	flow := location(t, browser, http.MethodGet, address, nil)
	steps := []url.Values{
		{"step": {"signin"}, "person": {c.person}},
		{"step": {"pages"}, "page": orAll(c.pages, w.pagesOf(c.person))},
		{"step": {"instagram"}, "instagram": orAll(c.instagram, w.instagramOf(c.person))},
		{"step": {"permissions"}, "permission": slices.DeleteFunc(words(scopes), func(s string) bool { return slices.Contains(c.declined, s) })},
	}
	for _, form := range steps {
		next := location(t, browser, http.MethodPost, w.url+flow, form)
		if strings.HasPrefix(next, callback) {
			back, err := url.Parse(next)
			if err != nil || back.Query().Get("code") == "" {
				t.Fatalf("no code in %s", next)
			}
			return social.Callback{Code: social.NewSecret(back.Query().Get("code")), RedirectURI: callback}
		}
	}
	t.Fatal("the sign-in did not end")
	return social.Callback{}
}

func location(t *testing.T, browser *http.Client, method, address string, form url.Values) string {
	t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(t.Context(), method, address, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := browser.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.Header.Get("Location") == "" {
		t.Fatalf("%s %s: status %d", method, path.Base(r.URL.Path), resp.StatusCode)
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
	people := sandbox.People()
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
func (w *world) signIn(t *testing.T, c choice) social.Login {
	t.Helper()
	login, err := w.Exchange(t.Context(), w.app, w.secret, w.consent(t, c))
	if err != nil {
		t.Fatal(err)
	}
	return login
}

func (w *world) inspect(t *testing.T, login social.Login) social.Inspection {
	t.Helper()
	found, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func find(t *testing.T, found social.Inspection, id string) social.Candidate {
	t.Helper()
	for _, c := range found.Candidates {
		if c.RemoteID == id {
			return c
		}
	}
	t.Fatalf("no candidate %s", id)
	return social.Candidate{}
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
