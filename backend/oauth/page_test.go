package oauth

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
)

// Covers L8.
func TestPages(t *testing.T) {
	t.Parallel()
	refuse := func(w world) string { return w.target(without("code"), with("error", "access_denied")) }
	accept := func(w world) string { return w.target() }
	for _, tc := range []struct {
		name, language string
		target         func(world) string
		path, want     string
	}{
		{"a code, in Portuguese", "pt-BR,pt;q=0.9", accept, donePath, "Volte ao Kontent Connect"},
		{"a code, in the Portuguese of Portugal", "pt-PT", accept, donePath, "Volte ao Kontent Connect"},
		{"a code, in Spanish", "es-MX,es;q=0.9,en;q=0.8", accept, donePath, "Vuelve a Kontent Connect"},
		{"a code, in English", "en-GB", accept, donePath, "Go back to Kontent Connect"},
		{"a code, in a language that we do not speak", "ja", accept, donePath, "Go back to Kontent Connect"},
		{"a code, with nonsense for a language", ";;;q=", accept, donePath, "Go back to Kontent Connect"},
		{"a refusal, in Portuguese", "pt-BR", refuse, donePath, "Nada foi conectado"},
		{"a refusal, in Spanish", "es", refuse, donePath, "No se conectó nada"},
		{"a repeat, in Portuguese", "pt-BR", accept, againPath, "Já recebido"},
		{"a repeat, in English", "en", accept, againPath, "Already done"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.visit(tc.target(w))
			got := w.visit(w.path+tc.path, "Accept-Language: "+tc.language, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
			if got.status != http.StatusOK || !strings.Contains(got.body, "<h1>"+tc.want+"</h1>") {
				t.Fatalf("status %d, page %s", got.status, got.body)
			}
			for _, lie := range []string{"signed in", "Signed in", "success", "sucesso", "éxito", "Pronto", "conectado com", "{"} {
				if strings.Contains(strings.ReplaceAll(got.body, pageCSS, ""), lie) {
					t.Errorf("L8 the page says %q", lie)
				}
			}
		})
	}
}

// Covers L9.
func TestPageIsInert(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.visit(w.target(with("code", "canary"), with("extra", "canary")), "Accept-Language: canary", "Referer: http://canary/")
	page := w.visit(first.header.Get("Location"), "User-Agent: canary")
	for _, got := range []answered{first, page, w.visit("/canary")} {
		for name, want := range map[string]string{
			"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
		} {
			if got.header.Get(name) != want {
				t.Errorf("L9 %s is %q", name, got.header.Get(name))
			}
		}
		policy := got.header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none';") || !strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("L9 policy %q", policy)
		}
		if strings.Contains(got.body, "canary") || strings.Contains(got.header.Get("Location"), "canary") {
			t.Error("L9 the reply echoes the request")
		}
	}
	if strings.Contains(page.body, "<script") || strings.Contains(page.body, "http") || strings.Contains(page.body, "onload") {
		t.Error("L9 the page has a script or loads something")
	}
	_, style, _ := strings.Cut(page.body, "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	sum := sha256.Sum256([]byte(style))
	if !strings.Contains(page.header.Get("Content-Security-Policy"), base64.StdEncoding.EncodeToString(sum[:])) {
		t.Error("the policy does not allow the page's own style")
	}
	if !strings.Contains(style, "prefers-color-scheme:dark") {
		t.Error("the page has no dark dress")
	}
}

// Covers L11.
func TestCloseLetsTheBrowserFetchItsPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.send(request("GET", w.target(), w.binding.host))
	closed := make(chan struct{})
	go func() { defer close(closed); _ = w.Close() }()
	if page := w.send(request("GET", first.header.Get("Location"), w.binding.host)); page.status != http.StatusOK {
		t.Errorf("status %d", page.status)
	}
	<-closed
}
