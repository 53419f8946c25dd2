package provider

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
)

// Covers NW02.
func TestLoopbackIsNeverProxied(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:9")
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:9")
	for _, address := range []string{"http://127.0.0.1:8080/", "http://localhost:8080/", "http://[::1]:8080/", "http://127.8.9.10/", "https://LOCALHOST/"} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		if through, err := proxyOf(request); through != nil || err != nil {
			t.Errorf("%s goes through %v, %v", address, through, err)
		}
	}
}

// A proxy that wants a password, or is none at all, says nothing of the access
// and is shown nothing of the request but the host.
//
// Covers NW02.
func TestProxyThatDoesNotLetThroughIsNoRefusal(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"wants a password": http.StatusProxyAuthRequired, "is none": http.StatusOK, "is broken": http.StatusBadGateway} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var shown atomic.Bool
			proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodConnect || r.Header.Get("Authorization") != "" {
					shown.Store(true)
				}
				w.WriteHeader(status)
			}))
			t.Cleanup(proxy.Close)
			transport := newTransport(false)
			transport.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse(proxy.URL) }
			const graph = "https://graph.facebook.com"
			client, err := NewClient(Options{Origins: []string{graph}, Transport: transport})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(client.Close)
			err = client.Call(t.Context(), Request{Act: "look", Method: http.MethodGet, URL: graph + "/me", Bearer: social.NewSecret("T")}, nil, nil)
			var trouble *social.Trouble
			if !errors.As(err, &trouble) || trouble.Refused || shown.Load() {
				t.Errorf("got %v; was the request shown: %t", err, shown.Load())
			}
		})
	}
}
