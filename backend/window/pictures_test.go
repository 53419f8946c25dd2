package window

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/control/controltest"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// get asks for path as the page does.
func get(t *testing.T, app *Window, path string) *http.Response {
	t.Helper()
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("the page")) })
	answer := httptest.NewRecorder()
	app.Beside(page).ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return answer.Result()
}

// Covers W1, W2.
func TestPictures(t *testing.T) {
	t.Parallel()
	folder, err := os.MkdirTemp("", "kontent") // a socket's path is short
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(folder, "s")
	fake := controltest.New(view.Snapshot{Accounts: []view.Account{{ID: "a1", Picture: "f00d"}, {ID: "a2"}}})
	attempt, err := fake.Connect(t.Context(), view.ConnectRequest{Provider: "meta"})
	if err != nil {
		t.Fatal(err)
	}
	fake.Change(attempt.ID, func(a *view.Attempt) {
		a.Candidates = []view.Candidate{{RemoteID: "1", Picture: "cafe"}, {RemoteID: "2"}}
	})
	server := serve(t, socket, fake)
	starter := func(context.Context) (<-chan error, error) {
		t.Error("an agent was started for a picture")
		return nil, errors.New("no")
	}
	app := newWindow(control.NewClient(socket), starter)
	t.Cleanup(func() {
		app.Close()
		if err := errors.Join(server.Close(), os.RemoveAll(folder)); err != nil {
			t.Error(err)
		}
	})
	const forever = "private, max-age=31536000, immutable"
	for path, want := range map[string]struct {
		status      int
		kind, cache string
	}{
		"/avatar/a1?v=f00d":               {200, "image/png", forever},
		"/avatar/a1?v=0ther":              {404, "text/plain; charset=utf-8", "no-store"},
		"/avatar/a1":                      {404, "text/plain; charset=utf-8", "no-store"},
		"/avatar/a2?v=":                   {404, "text/plain; charset=utf-8", "no-store"},
		"/avatar/a9?v=f00d":               {404, "text/plain; charset=utf-8", "no-store"},
		"/avatar/":                        {404, "text/plain; charset=utf-8", "no-store"},
		"/avatar/../a1?v=f00d":            {404, "text/plain; charset=utf-8", "no-store"},
		"/face/" + attempt.ID + "?v=cafe": {200, "image/png", forever},
		"/face/" + attempt.ID + "?v=f00d": {404, "text/plain; charset=utf-8", "no-store"},
		"/face/" + attempt.ID + "?v=":     {404, "text/plain; charset=utf-8", "no-store"},
		"/face/t99?v=cafe":                {404, "text/plain; charset=utf-8", "no-store"},
		"/avatar":                         {200, "text/plain; charset=utf-8", ""}, // the page's own business
	} {
		answer := get(t, app, path)
		h := answer.Header
		if answer.StatusCode != want.status || h.Get("Content-Type") != want.kind && want.cache != "" || h.Get("Cache-Control") != want.cache {
			t.Errorf("%s: %d, %s, %s", path, answer.StatusCode, h.Get("Content-Type"), h.Get("Cache-Control"))
		}
	}

	fake.Fail("picture", problem.New(problem.Internal, nil))
	if answer := get(t, app, "/avatar/a1?v=f00d"); answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("an agent in trouble answers %d", answer.StatusCode)
	}
	gone := newWindow(control.NewClient(filepath.Join(folder, "nowhere")), starter)
	if answer := get(t, gone, "/avatar/a1?v=f00d"); answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("no agent answers %d", answer.StatusCode)
	}
	gone.Close()
}
