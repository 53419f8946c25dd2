package provider_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// A redirect is an answer like any other: nothing is sent on, wherever it
// leads, not even to the very host that was asked, and not though that host is
// on the list.
//
// Covers TK05, T2, GR10.
func TestNoRedirectIsFollowed(t *testing.T) {
	t.Parallel()
	for _, code := range []int{301, 302, 303, 307, 308} {
		for where, to := range map[string]func(here, elsewhere string) string{
			"another host": func(_, elsewhere string) string { return elsewhere + "/steal" },
			"the same":     func(here, _ string) string { return here + "/again" },
			"a path":       func(string, string) string { return "/again" },
			"without TLS":  func(string, string) string { return "http://graph.facebook.com/" },
			"a file":       func(string, string) string { return "file:///etc/passwd" },
		} {
			t.Run(fmt.Sprintf("%d to %s", code, where), func(t *testing.T) {
				t.Parallel()
				var stolen atomic.Int64
				elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { stolen.Add(1) }))
				t.Cleanup(elsewhere.Close)
				var w *world
				w = newWorld(t, func(rw http.ResponseWriter, _ *http.Request) {
					rw.Header().Set("Location", to(w.URL, elsewhere.URL))
					rw.WriteHeader(code)
				})
				listed, err := provider.NewClient(provider.Options{Origins: []string{w.URL, elsewhere.URL}})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(listed.Close)
				for name, err := range map[string]error{
					"call":  w.client.Call(t.Context(), w.request(), nil, nil),
					"token": lastOf(listed.Token(t.Context(), w.request(), func(provider.Reply) *social.Trouble { return nil })),
				} {
					if problem.CodeOf(err) != problem.ProviderTrouble {
						t.Errorf("%s: got %v", name, err)
					}
				}
				if w.hits.Load() != 2 || stolen.Load() != 0 {
					t.Errorf("%d requests here, %d elsewhere; want 2 and none", w.hits.Load(), stolen.Load())
				}
			})
		}
	}
}

func lastOf[T any](_ T, err error) error { return err }
