package linkedin_test

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

func TestAppIsTested(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		prepare func(t *testing.T, w *world)
		want    problem.Code
		most    int64
	}{
		"all is right": {func(*testing.T, *world) {}, "", 2},
		"wrong secret": {func(_ *testing.T, w *world) { w.secret = social.NewSecret("wrong") }, problem.AppSecretWrong, 1},
		"unknown id":   {func(_ *testing.T, w *world) { w.app.ClientID = "86unknown" }, problem.AppUnknown, 1},
		"native":       {func(_ *testing.T, w *world) { w.native() }, "", 1},
		"native, down": {func(t *testing.T, w *world) {
			t.Helper()
			w.native()
			w.do(t, sandbox.Action{Do: "fail", Status: 503})
		}, problem.ProviderTrouble, 1},
		"down":        {func(t *testing.T, w *world) { t.Helper(); w.do(t, sandbox.Action{Do: "fail", Status: 500}) }, problem.ProviderTrouble, 1},
		"limited":     {func(t *testing.T, w *world) { t.Helper(); w.do(t, sandbox.Action{Do: "fail", Status: 429}) }, problem.RateLimited, 1},
		"no secret":   {func(_ *testing.T, w *world) { w.secret = social.Secret{} }, problem.AppSecretMissing, 0},
		"no id":       {func(_ *testing.T, w *world) { w.app.ClientID = "" }, problem.AppMissing, 0},
		"old version": {func(_ *testing.T, w *world) { w.app.APIVersion = "202401" }, "", 2}, // not claimed
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			tc.prepare(t, w)
			var err error
			n := w.asksFor(func() { err = w.TestApp(t.Context(), w.app, w.secret) })
			if problem.CodeOf(err) != tc.want || n > tc.most {
				t.Errorf("got %v after %d requests", err, n)
			}
		})
	}
}

// LinkedIn answers 400 for a bad id and for a bad token alike; the token
// endpoint has the last word (linkedin.md 1.5, 1.8).
func TestAppThatOnlyTheTokenEndpointKnows(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		status int
		body   string
		want   problem.Code
	}{
		"unknown id":    {401, `{"error":"invalid_client_id"}`, problem.AppUnknown},
		"wrong secret":  {401, `{"error":"invalid_client","error_description":"Client authentication failed"}`, problem.AppSecretWrong},
		"about a code":  {401, `{"error":"invalid_request","error_description":"Unable to retrieve access token: authorization code not found"}`, ""},
		"about an uri":  {400, `{"error":"invalid_redirect_uri"}`, ""},
		"out of order":  {503, ``, problem.ProviderTrouble},
		"hotel's login": {200, `<html>`, problem.ProviderReply},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/oauth/v2/introspectToken" {
					w.WriteHeader(http.StatusBadRequest)
					return
				}
				w.WriteHeader(tc.status)
				_, _ = w.Write([]byte(tc.body))
			}))
			t.Cleanup(server.Close)
			_, p := connect(t, server.URL, now, nil)
			if err := p.TestApp(t.Context(), social.ProviderApp{ClientID: "c"}, social.NewSecret("S")); problem.CodeOf(err) != tc.want {
				t.Errorf("got %v", err)
			}
		})
	}
	gone := httptest.NewServer(nil)
	gone.Close()
	_, p := connect(t, gone.URL, now, nil)
	for _, mode := range []social.RedirectMode{social.RedirectLocalhost, social.RedirectNative} {
		if err := p.TestApp(t.Context(), social.ProviderApp{ClientID: "c", Redirect: mode}, social.NewSecret("S")); problem.CodeOf(err) != problem.Offline {
			t.Errorf("%s: got %v", mode, err)
		}
	}
}

func TestProgressCountsOrganizations(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, "joao")
	w.do(t, sandbox.Action{Do: "more_organizations", Count: 40})
	var mu sync.Mutex
	last, told := 0, 0
	found, err := w.Inspect(t.Context(), w.app, w.secret, login, func(n, expected int) {
		mu.Lock()
		defer mu.Unlock()
		if n < last || expected < n {
			t.Errorf("%d of %d after %d", n, expected, last)
		}
		last, told = n, told+1
	})
	if err != nil || last != len(found.Candidates) || told < 40 {
		t.Errorf("told %d times up to %d of %d, %v", told, last, len(found.Candidates), err)
	}
}
