package provider_test

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
)

// Covers TK23.
func TestServerTime(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 25, 15, 4, 5, 0, time.UTC)
	var elsewhere atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	t.Cleanup(func() {
		other.Close()
		if elsewhere.Load() > 0 {
			t.Error("somebody else was asked")
		}
	})
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		known  bool
	}{
		"of an answer": {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Date", at.Format(http.TimeFormat)) }, true},
		"of a refusal": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", at.Format(http.TimeFormat))
			w.WriteHeader(http.StatusNotFound)
		}, true},
		"of a redirect, which is not followed": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", at.Format(http.TimeFormat))
			http.Redirect(w, r, other.URL, http.StatusFound)
		}, true},
		"is unknown where there is none":     {func(w http.ResponseWriter, _ *http.Request) { w.Header()["Date"] = nil }, false},
		"is unknown where it makes no sense": {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Date", "tomorrow") }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var method, path string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				method, path = r.Method, r.URL.Path
				c.answer(w, r)
			}))
			defer server.Close()
			client, err := provider.NewClient(provider.Options{Origins: []string{server.URL}})
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close()
			got, err := client.ServerTime(t.Context(), server.URL)
			switch {
			case c.known && (err != nil || !got.Equal(at)):
				t.Errorf("got %s (%v), want %s", got, err, at)
			case !c.known && (err == nil || !got.IsZero()):
				t.Errorf("got %s of no date", got)
			}
			if method != http.MethodHead || path != "/" {
				t.Errorf("asked %s %s", method, path)
			}
		})
	}
	t.Run("is asked of nobody else", func(t *testing.T) {
		t.Parallel()
		client, err := provider.NewClient(provider.Options{Origins: []string{"https://graph.facebook.com"}})
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		if _, err := client.ServerTime(t.Context(), other.URL); err == nil {
			t.Errorf("asked a host that is not in the list (%v)", err)
		}
	})

	t.Run("is no trouble of the clock when there is no way there", func(t *testing.T) {
		t.Parallel()
		gone := httptest.NewServer(http.NotFoundHandler())
		gone.Close()
		client, err := provider.NewClient(provider.Options{Origins: []string{gone.URL}})
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		if _, err := client.ServerTime(t.Context(), gone.URL); problem.CodeOf(err) != problem.Offline {
			t.Errorf("offline is told as %v", err)
		}
	})
}
