package update_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/update"
)

// serve returns a fetcher of a feed that is served so.
func serve(t *testing.T, answer http.HandlerFunc) *update.Fetcher {
	t.Helper()
	server := httptest.NewTLSServer(answer)
	t.Cleanup(server.Close)
	f, err := update.NewFetcher(server.URL+"/feed.json", server.Client().Transport)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFetchBringsTheFileAndTellsTheServerNothing(t *testing.T) {
	t.Parallel()
	asked := make(chan *http.Request, 1)
	f := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked <- r
		_, _ = w.Write([]byte("a feed"))
	})
	file, err := f.Fetch(t.Context())
	if err != nil || string(file) != "a feed" {
		t.Fatalf("it brings %q: %v", file, err)
	}
	r := <-asked
	for name := range r.Header {
		if name != "Accept" && name != "User-Agent" && name != "Accept-Encoding" {
			t.Errorf("the server was told %s", name)
		}
	}
	if r.Header.Get("User-Agent") != "kontent-connect" || r.URL.RawQuery != "" {
		t.Errorf("the server was told %v, %q", r.Header, r.URL.RawQuery)
	}
}

func TestFetchRefuses(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("another server was asked")
	}))
	t.Cleanup(elsewhere.Close)
	for what, answer := range map[string]http.HandlerFunc{
		"a server that leads to another": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, http.StatusFound)
		},
		"a file that goes on and on": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 4<<10)); err != nil {
					return
				}
			}
		},
		"a file that breaks off": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "500")
			_, _ = w.Write(make([]byte, 100))
		},
		"a server in trouble":    func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"a feed that is nowhere": http.NotFound,
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			file, err := serve(t, answer).Fetch(t.Context())
			if err == nil || file != nil {
				t.Fatalf("it brings %d bytes", len(file))
			}
			if strings.Contains(err.Error(), "127.0.0.1") {
				t.Errorf("the error tells the address: %v", err)
			}
		})
	}
	t.Run("a server with a certificate of its own making", func(t *testing.T) {
		t.Parallel()
		f, err := update.NewFetcher(elsewhere.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Fetch(t.Context()); err == nil {
			t.Error("it is believed")
		}
	})
}

func TestNothingButHTTPSIsAskedFor(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "http://kontent.example/feed", "file:///etc/passwd", "https://", "https://a:b@kontent.example/feed"} {
		if _, err := update.NewFetcher(address, nil); err == nil {
			t.Errorf("%q is taken", address)
		}
	}
	if _, err := update.ParseKey("c2hvcnQ="); err == nil {
		t.Error("a short key is taken")
	}
	if _, err := update.NewFetcher("https://kontent.example/feed", nil); err != nil {
		t.Errorf("https is refused: %v", err)
	}
}
