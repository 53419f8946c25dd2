package picture

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// serve starts a stand-in for a network's servers.
func serve(t *testing.T, answer http.HandlerFunc) (*Fetcher, string) {
	t.Helper()
	server := httptest.NewServer(answer)
	f := NewFetcher([]string{server.URL})
	t.Cleanup(func() {
		f.Close()
		server.Close()
	})
	return f, server.URL
}

// Covers W2, GR09.
func TestTheListOfServers(t *testing.T) {
	t.Parallel()
	g := guard{sandboxes: []string{"http://127.0.0.1:4000"}}
	for link, want := range map[string]bool{
		"https://scontent-gru2-1.xx.fbcdn.net/v/t39/1.jpg?oh=a": true,
		"https://scontent.cdninstagram.com/v/1.jpg":             true,
		"https://platform-lookaside.fbsbx.com/platform/?asid=1": true,
		"https://MEDIA.LICDN.COM:443/dms/image/1":               true,
		"http://127.0.0.1:4000/sandbox/picture/1.png":           true,
		"http://scontent.xx.fbcdn.net/1.jpg":                    false,
		"https://fbcdn.net.example.com/1.jpg":                   false,
		"https://evilfbcdn.net/1.jpg":                           false,
		"https://fbcdn.net@example.com/1.jpg":                   false,
		"https://a:b@x.fbcdn.net/1.jpg":                         false,
		"https://x.fbcdn.net:8443/1.jpg":                        false,
		"https://x.fbcdn.net./1.jpg":                            false,
		"https://127.0.0.1:4000/1.png":                          false,
		"http://127.0.0.1:4001/1.png":                           false,
		"http://localhost:4000/1.png":                           false,
		"http://169.254.169.254/latest/meta-data":               false,
		"file:///etc/passwd":                                    false,
		"data:image/png;base64,AAAA":                            false,
	} {
		u, err := url.Parse(link)
		must(t, err)
		if got := g.allows(u); got != want {
			t.Errorf("%s is allowed: %t", link, got)
		}
	}
}

func TestFetch(t *testing.T) {
	t.Parallel()
	t.Run("brings the file, and tells the server nothing", func(t *testing.T) {
		t.Parallel()
		asked := make(chan http.Header, 1)
		f, origin := serve(t, func(w http.ResponseWriter, r *http.Request) {
			asked <- r.Header
			http.SetCookie(w, &http.Cookie{Name: "who", Value: "you"})
			_, _ = w.Write([]byte("a file"))
		})
		for range 2 {
			file, err := f.Fetch(t.Context(), origin+"/1.png")
			must(t, err)
			if string(file) != "a file" {
				t.Errorf("it brought %q", file)
			}
			for name := range <-asked {
				if name != "Accept" && name != "User-Agent" {
					t.Errorf("the server was told %s", name)
				}
			}
		}
	})
	t.Run("follows a server to another on the list, and does not say from where", func(t *testing.T) {
		t.Parallel()
		f, origin := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/first" {
				http.Redirect(w, r, "/second", http.StatusFound)
				return
			}
			_, _ = w.Write([]byte(r.Referer() + r.URL.Path))
		})
		file, err := f.Fetch(t.Context(), origin+"/first?sig=hush")
		must(t, err)
		if string(file) != "/second" {
			t.Errorf("it brought %q", file)
		}
	})
	t.Run("gives up on a server that is slow", func(t *testing.T) {
		t.Parallel()
		f, origin := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		f.patience = 20 * time.Millisecond
		_, err := f.Fetch(t.Context(), origin+"/1.png?sig=hush")
		wantError(t, err, errUnreachable)
	})
	t.Run("ends with its caller", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		f, origin := serve(t, func(_ http.ResponseWriter, r *http.Request) {
			cancel()
			<-r.Context().Done()
		})
		_, err := f.Fetch(ctx, origin+"/1.png?sig=hush")
		wantError(t, err, errUnreachable)
	})
}

// Covers W2, GR09.
func TestFetchRefuses(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("another server was asked")
	}))
	t.Cleanup(elsewhere.Close)
	for what, tc := range map[string]struct {
		answer http.HandlerFunc
		why    error
	}{
		"a server that leads to another": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL+"/?sig=hush", http.StatusFound)
		}, errServer},
		"a server that leads in a circle": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/again?sig=hush", http.StatusFound)
		}, errServer},
		"a file that says it is too long": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5000000")
			_, _ = w.Write(make([]byte, 100))
		}, errLong},
		"a file that goes on and on": {func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 64<<10)); err != nil {
					return
				}
			}
		}, errLong},
		"a file that breaks off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "500")
			_, _ = w.Write(make([]byte, 100))
		}, errUnreachable},
		"a server in trouble": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusServiceUnavailable)
		}, errUnreachable},
		"a picture that is gone": {func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }, nil},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			f, origin := serve(t, tc.answer)
			_, err := f.Fetch(t.Context(), origin+"/1.png?sig=hush")
			if tc.why == nil {
				if err == nil || errors.Is(err, errUnreachable) {
					t.Errorf("error %v", err)
				}
				return
			}
			wantError(t, err, tc.why)
		})
	}
	t.Run("an address of another server", func(t *testing.T) {
		t.Parallel()
		_, err := NewFetcher(nil).Fetch(t.Context(), elsewhere.URL+"/?sig=hush")
		wantError(t, err, errServer)
	})
	t.Run("what is no address", func(t *testing.T) {
		t.Parallel()
		_, err := NewFetcher(nil).Fetch(t.Context(), "https://hush/%zz\x00")
		wantError(t, err, errServer)
	})
}

// wantError holds that an error is why, and nothing of an address.
func wantError(t *testing.T, err, why error) {
	t.Helper()
	if !errors.Is(err, why) {
		t.Fatalf("error %v, want %v", err, why)
	}
	if strings.Contains(err.Error(), "hush") || strings.Contains(err.Error(), "127.0.0.1") {
		t.Errorf("the error tells the address: %v", err)
	}
}
