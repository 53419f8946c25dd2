package sandbox_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/sandbox"
)

func TestRestart(t *testing.T) { //nolint:tparallel // the second part reads what the first has written
	t.Parallel()
	file := filepath.Join(t.TempDir(), "demo", "state.json")
	keep := func(o *sandbox.Options) { o.StatePath = file }

	w := newWorld(t, keep)
	meta, code := w.metaToken("João Prado"), w.metaCode("Maria Lima")
	page := w.pageToken(meta, pradoPage)
	linkedIn := w.linkedInToken("João Prado")
	w.act(sandbox.Action{Do: "remove_role", Person: "joao", Target: padariaPage})

	t.Run("keeps tokens valid and everything else as it was", func(t *testing.T) {
		again := newWorld(t, keep)
		equal(t, "Meta", again.graph(meta, "/me").text("name"), "João Prado")
		equal(t, "Page", again.graph(page, "/me").text("name"), "Prado Comunicação")
		equal(t, "LinkedIn", again.introspect(linkedIn).text("status"), "active")
		equal(t, "lost role", len(again.graph(meta, "/me/accounts?limit=100").list("data")), 15)
		again.refused(again.exchange(code), 100, 0) // codes do not survive
		again.act(sandbox.Action{Do: "change_password", Person: "joao"})
		third := newWorld(t, keep)
		third.refused(third.graph(meta, "/me"), 190, 460)
	})

	t.Run("leaves no token, code or secret in the file, and the file to its owner", func(t *testing.T) {
		data, err := os.ReadFile(file)
		must(t, err)
		for what, secret := range map[string]string{
			"Meta token": meta, "Page token": page, "LinkedIn token": linkedIn, "code": code,
			"Meta secret": sandbox.MetaClientSecret, "LinkedIn secret": sandbox.LinkedInClientSecret, "start of a token": "EAA",
		} {
			if bytes.Contains(data, []byte(secret)) {
				t.Errorf("the file holds a %s", what)
			}
		}
		info, err := os.Stat(file)
		must(t, err)
		equal(t, "mode", info.Mode().Perm(), os.FileMode(0o600))
		entries, err := os.ReadDir(filepath.Dir(file))
		must(t, err)
		equal(t, "files", len(entries), 1)
	})

	t.Run("refuses a file it cannot read", func(t *testing.T) {
		broken := filepath.Join(t.TempDir(), "state.json")
		must(t, os.WriteFile(broken, []byte("{"), 0o600))
		if _, err := sandbox.New(sandbox.Options{StatePath: broken}); err == nil {
			t.Error("want an error")
		}
	})
}

func TestReset(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.metaToken("Ana Souza")
	must(t, w.box.Reset())
	equal(t, "log", len(w.box.Log()), 0)
	w.refused(w.graph(token, "/me"), 190, 458)
	w.metaToken("Ana Souza")
	w.refused(w.graph(token, "/me"), 190, 458) // also after a new sign-in
}

func TestLog(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.metaToken("João Prado")
	code := w.metaCode("Maria Lima")
	w.graph(token, "/me/accounts")
	w.do("DELETE", "/v26.0/"+token+"/permissions", nil, "Authorization", "Bearer "+token) // a careless client
	w.linkedInToken("Ana Souza")
	log := w.do("GET", "/sandbox/log", nil, "X-Sandbox", "1")
	for what, secret := range map[string]string{"token": token, "code": code, "secret": sandbox.MetaClientSecret, "query": "fields", "start of a token": "EAA"} {
		if strings.Contains(log.raw, secret) {
			t.Errorf("the log holds a %s", what)
		}
	}
	for _, event := range []string{"dialog_opened", "signed_in", "grant_created", "code_issued", "token_issued", "token_extended", "listed", "refused"} {
		equal(t, event, w.happened(event), true)
	}
	last := w.box.Log()[len(w.box.Log())-2]
	equal(t, "person", last.Person, "ana")
	equal(t, "provider", last.Provider, sandbox.LinkedIn)
	equal(t, "path", last.Path, "/oauth/v2/accessToken")
}

func TestControl(t *testing.T) {
	t.Parallel()

	t.Run("refuses web pages and whoever does not say what they do", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		for _, path := range []string{"/sandbox/log", "/sandbox/people"} {
			equal(t, "no header", w.do("GET", path, nil).status, 403)
			equal(t, "Origin", w.do("GET", path, nil, "X-Sandbox", "1", "Origin", w.url).status, 403)
			equal(t, "Origin null", w.do("GET", path, nil, "X-Sandbox", "1", "Origin", "null").status, 403)
			equal(t, "proper", w.do("GET", path, nil, "X-Sandbox", "1").status, 200)
		}
		equal(t, "reset by a page", w.do("POST", "/sandbox/reset", nil, "X-Sandbox", "1", "Origin", "https://evil.example").status, 403)
		equal(t, "preflight", w.do("OPTIONS", "/sandbox/act", nil, "Origin", "https://evil.example").status, 403)
		equal(t, "GET act", w.do("GET", "/sandbox/act", nil, "X-Sandbox", "1").status, 405)
		equal(t, "unknown", w.do("GET", "/sandbox/other", nil, "X-Sandbox", "1").status, 404)

		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/sandbox/log", nil)
		must(t, err)
		r.Host = "rebound.example"
		r.Header.Set("X-Sandbox", "1")
		res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
		must(t, err)
		must(t, res.Body.Close())
		equal(t, "foreign host", res.StatusCode, 403)
	})

	t.Run("acts over HTTP", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		act := func(body string) int { return post(t, w.url+"/sandbox/act", body) }
		equal(t, "nobody signed in", act(`{"do":"expire","provider":"meta","person":"joao"}`), 409)
		token := w.metaToken("João Prado")
		equal(t, "expire", act(`{"do":"expire","provider":"meta","person":"joao"}`), 200)
		w.refused(w.graph(token, "/me"), 190, 463)
		for _, bad := range []string{
			`{"do":"explode"}`, `{"do":"expire","person":"pedro"}`, `{"do":"expire","provider":"x"}`, `{"do":"expire","what":1}`,
			`{"do":"remove_role","target":"1"}`, `{"do":"revoke_mode","target":"x"}`, `not json`, `{"do":"heal"}{"do":"heal"}`,
		} {
			equal(t, bad, act(bad), 400)
		}
		equal(t, "heal", act(`{"do":"heal"}`), 200)
		equal(t, "reset", post(t, w.url+"/sandbox/reset", ""), 200)
	})
}

func post(t *testing.T, url, body string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	must(t, err)
	r.Header.Set("X-Sandbox", "1")
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
	must(t, err)
	must(t, res.Body.Close())
	return res.StatusCode
}

func TestFaults(t *testing.T) {
	t.Parallel()

	t.Run("fail the next calls that fit, and no page", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("Ana Souza")
		w.act(sandbox.Action{Do: "fail", Provider: "meta", Target: "/me/accounts", Count: 2, Status: 400, Code: 4})
		equal(t, "other call", w.graph(token, "/me").status, 200)
		limited := w.graph(token, "/me/accounts")
		w.refused(limited, 4, 0)
		equal(t, "usage", strings.Contains(limited.header.Get("X-App-Usage"), `"call_count":100`), true)
		w.refused(w.graph(token, "/me/accounts"), 4, 0)
		equal(t, "afterwards", w.graph(token, "/me/accounts").status, 200)
		w.act(sandbox.Action{Do: "fail", Count: -1, Status: 503})
		w.refused(w.graph(token, "/me"), 2, 0)
		equal(t, "LinkedIn too", w.do("GET", "/v2/me", nil).status, 503)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.dialog()))
		equal(t, "page", v.Status(), 200)
		w.act(sandbox.Action{Do: "heal"})
		equal(t, "healed", w.graph(token, "/me").status, 200)
	})

	t.Run("drop the connection", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.act(sandbox.Action{Do: "drop", Count: 3}) // Go's client tries a GET again
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/v2/me", nil)
		must(t, err)
		res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
		if err == nil {
			_ = res.Body.Close()
			t.Fatal("want a broken connection")
		}
		equal(t, "logged", w.happened("dropped"), true)
	})

	t.Run("are slow until the client gives up", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.act(sandbox.Action{Do: "slow", Provider: "meta", Millis: time.Hour.Milliseconds()})
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.url+"/v26.0/me", nil)
		must(t, err)
		res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
		if err == nil {
			_ = res.Body.Close()
		}
		equal(t, "deadline", errors.Is(err, context.DeadlineExceeded), true)
		equal(t, "LinkedIn is not slow", w.do("GET", "/v2/me", nil).status, 401)
	})
}

func TestListen(t *testing.T) {
	t.Parallel()

	t.Run("refuses anything but loopback", func(t *testing.T) {
		t.Parallel()
		s, err := sandbox.New(sandbox.Options{})
		must(t, err)
		for _, addr := range []string{":0", "0.0.0.0:0", "[::]:0", "192.168.0.1:0", "example.com:0", "127.0.0.1"} {
			if s.Listen(addr) == nil {
				t.Errorf("listens on %s", addr)
			}
		}
		equal(t, "URL", s.URL(), "")
		must(t, s.Close())
	})

	t.Run("serves, closes twice and does not wait for slow calls", func(t *testing.T) {
		t.Parallel()
		s, err := sandbox.New(sandbox.Options{})
		must(t, err)
		must(t, s.Listen("127.0.0.1:0"))
		if s.Listen("127.0.0.1:0") == nil {
			t.Error("listens twice")
		}
		must(t, s.Do(sandbox.Action{Do: "slow", Millis: time.Hour.Milliseconds()}))
		done := make(chan error, 1)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL()+"/v2/me", nil)
		must(t, err)
		go func() {
			res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
			if err == nil {
				_ = res.Body.Close()
			}
			done <- err
		}()
		must(t, s.Close())
		must(t, s.Close())
		if <-done == nil {
			t.Error("the slow call was answered")
		}
		if s.Listen("127.0.0.1:0") == nil {
			t.Error("listens after Close")
		}
	})
}

func TestTexts(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"pt-BR", "en", "es"} {
		w := newWorld(t, func(o *sandbox.Options) {
			o.Language = language
			o.LinkedInApps = sandbox.DefaultLinkedInApps()
			o.LinkedInApps[0].Scopes = append(o.LinkedInApps[0].Scopes, "openid", "profile", "email", "r_organization_admin")
		})
		everything := strings.Join(sandbox.MetaPermissions(), ",")
		for range 2 { // the second time reconnects
			_, err := w.visitor().SignIn(t.Context(), w.dialog("scope", everything), "João Prado")
			must(t, err)
			_, err = w.visitor().SignIn(t.Context(), w.dialog("scope", everything, "auth_type", "rerequest"), "Ana Souza")
			must(t, err)
		}
		all := append(sandbox.CommunityManagementScopes(), "openid", "profile", "email", "r_organization_admin")
		_, err := w.visitor().SignIn(t.Context(), w.authorization("scope", strings.Join(all, " ")), "Maria Lima")
		must(t, err)
		index := w.do("GET", "/", nil)
		equal(t, "index", index.status, 200)
		equal(t, "language", strings.Contains(index.raw, `lang="`+language+`"`), true)
	}
	if _, err := sandbox.New(sandbox.Options{Language: "de"}); err == nil {
		t.Error("want an error for a language without texts")
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dialog := w.do("GET", w.dialog(), nil)
	equal(t, "nothing may run", strings.Contains(dialog.header.Get("Content-Security-Policy"), "default-src 'none'"), true)
	equal(t, "no script", strings.Contains(dialog.raw, "<script"), false)
	equal(t, "style", w.do("GET", "/sandbox/style.css", nil).status, 200)
	equal(t, "picture", strings.Contains(w.do("GET", "/sandbox/picture/"+pradoPage+".svg", nil).raw, ">PC<"), true)
	equal(t, "no picture", w.do("GET", "/sandbox/picture/1.svg", nil).status, 404)
	equal(t, "unknown path", w.do("GET", "/anything", nil).status, 404)
	equal(t, "post to the dialog", w.do("POST", w.dialog(), map[string][]string{}).status, 405)
}
