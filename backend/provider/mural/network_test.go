package mural_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
)

// network is Mural's side: as strict as a network is, and changeable.
type network struct {
	*httptest.Server
	mu      sync.Mutex
	codes   map[string]bool
	scope   string // what the person grants
	revoked bool
	down    bool
}

func newNetwork(t *testing.T) *network {
	t.Helper()
	n := &network{codes: map[string]bool{}, scope: "boards:read posts:write"}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /authorize", n.authorize)
	mux.HandleFunc("POST /token", n.token)
	mux.HandleFunc("GET /me", n.me)
	mux.HandleFunc("DELETE /access", n.withdraw)
	n.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.mu.Lock()
		defer n.mu.Unlock()
		if n.down {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(n.Close)
	return n
}

// set changes the network while nobody asks.
func (n *network) set(change func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	change()
}

// authorize is a person who says yes at once.
func (n *network) authorize(w http.ResponseWriter, r *http.Request) {
	n.codes["code"] = true
	back := url.Values{"code": {"code"}, "state": {r.FormValue("state")}}
	http.Redirect(w, r, r.FormValue("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (n *network) token(w http.ResponseWriter, r *http.Request) {
	code := r.PostFormValue("code")
	switch {
	case r.PostFormValue("client_secret") != appSecret:
		refuse(w, http.StatusUnauthorized, "invalid_client")
	case !n.codes[code]:
		refuse(w, http.StatusBadRequest, "invalid_grant")
	default:
		delete(n.codes, code)
		_ = json.NewEncoder(w).Encode(map[string]any{
			"access_token": accessToken, "token_type": "bearer", "expires_in": 90 * 24 * 60 * 60, "scope": n.scope,
		})
	}
}

func (n *network) me(w http.ResponseWriter, r *http.Request) {
	if n.revoked || r.Header.Get("Authorization") != "Bearer "+accessToken {
		refuse(w, http.StatusUnauthorized, "revoked")
		return
	}
	_, _ = w.Write([]byte(`{"id": 7, "name": "Ana Prado", "boards": [{"id": 1, "name": "Vagas"}, {"id": 2, "name": "Eventos"}]}`))
}

func (n *network) withdraw(w http.ResponseWriter, _ *http.Request) {
	n.revoked = true
	w.WriteHeader(http.StatusNoContent)
}

func refuse(w http.ResponseWriter, status int, word string) {
	w.WriteHeader(status)
	_, _ = w.Write([]byte(`{"error": "` + word + `"}`))
}
