package oauth

import (
	"net/http"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
)

// Each case is a request that must be answered with a short 4xx, be counted
// under its reason, and leave the attempt waiting for the real one.
//
// Covers CB01, CB02, CB03, CB04, CB09, CB10, CB11, CB12, CB13, CB14, CB15, CB16, CB18, CB19, CB20, CB23, CB25, CB28, L4, L5, L13.
func TestCallbackIgnores(t *testing.T) {
	t.Parallel()
	get := func(target func(world) string, headers ...string) func(world) string {
		return func(w world) string { return request("GET", target(w), w.binding.host, headers...) }
	}
	at := func(path string) func(world) string { return func(world) string { return path } }
	good := func(w world) string { return w.target() }
	query := func(raw string) func(world) string {
		return func(w world) string { return w.path + "?" + strings.ReplaceAll(raw, "STATE", w.state) }
	}
	path := func(variant string) func(world) string {
		return func(w world) string { return strings.Replace(w.target(), w.path, variant, 1) }
	}
	host := func(h string) func(world) string {
		return func(w world) string {
			return request("GET", w.target(), strings.ReplaceAll(h, "PORT", strings.TrimPrefix(w.binding.host, "127.0.0.1:")))
		}
	}
	for _, tc := range []struct {
		name   string
		send   func(world) string
		status int
		reason string
	}{
		{"CB01 favicon before the callback", get(at("/favicon.ico")), 404, badPath},
		{"CB01 robots.txt before the callback", get(at("/robots.txt")), 404, badPath},
		{"CB01 touch icon before the callback", get(at("/apple-touch-icon.png")), 404, badPath},
		{"CB02 the root", get(at("/")), 404, badPath},
		{"CB02 the callback without a query", get(at("/callback/linkedin")), 400, badState},
		{"CB02 the callback with an empty query", get(at("/callback/linkedin?")), 400, badState},
		{"CB02 the page before there is anything to say", get(at("/callback/linkedin/done")), 404, badPath},
		{"CB03 the wrong state", get(query("code=x&state=wrong")), 400, badState},
		{"CB03 a state that is only a prefix", get(func(w world) string { return w.path + "?code=x&state=" + w.state[:42] }), 400, badState},
		{"CB04 an error without a state", get(query("error=access_denied")), 400, badState},
		{"CB04 an error with the wrong state", get(query("error=access_denied&state=wrong")), 400, badState},
		{"CB09 both code and error", get(query("code=x&error=access_denied&state=STATE")), 400, badParameters},
		{"CB09 neither code nor error", get(query("state=STATE")), 400, badParameters},
		{"CB09 a code and an empty error", get(query("code=x&error=&state=STATE")), 400, badParameters},
		{"CB10 two codes", get(query("code=x&code=y&state=STATE")), 400, badParameters},
		{"CB10 two states", get(query("code=x&state=STATE&state=STATE")), 400, badState},
		{"CB10 a list of codes", get(query("code=x&code[]=y&state=STATE")), 400, badParameters},
		{"CB10 nothing but a list of codes", get(query("code[]=y&state=STATE")), 400, badParameters},
		{"CB10 two errors", get(query("error=a&error=b&state=STATE")), 400, badParameters},
		{"CB11 an empty code", get(query("code=&state=STATE")), 400, badParameters},
		{"CB11 a code of 8 KB and more", get(query("state=STATE&code=" + strings.Repeat("a", 8<<10))), 400, badQuery},
		{"CB12 a code with NUL", get(query("code=a%00b&state=STATE")), 400, badParameters},
		{"CB12 a code with CR LF", get(query("code=a%0d%0ab&state=STATE")), 400, badParameters},
		{"CB12 a code with DEL", get(query("code=a%7f&state=STATE")), 400, badParameters},
		{"CB12 a code of invalid UTF-8", get(query("code=%ff%fe&state=STATE")), 400, badParameters},
		{"CB12 a code with an emoji", get(query("code=%F0%9F%98%80&state=STATE")), 400, badParameters},
		{"CB12 a fragment that is sent", get(query("state=STATE&code=x#_=_")), 400, badQuery},
		{"CB13 a semicolon as separator", get(query("code=x;state=STATE")), 400, badQuery},
		{"CB13 a bad escape", get(query("code=x&state=STATE&a=%zz")), 400, badQuery},
		{"CB13 a query encoded twice", get(query("code%3Dx%26state%3DSTATE")), 400, badState},
		{"CB14 a double slash", get(path("//callback/linkedin")), 404, badPath},
		{"CB14 an escaped letter", get(path("/%63allback/linkedin")), 404, badPath},
		{"CB14 a slash at the end", get(path("/callback/linkedin/")), 404, badPath},
		{"CB14 a path parameter", get(path("/callback/linkedin;x")), 404, badPath},
		{"CB14 capitals", get(path("/CALLBACK/linkedin")), 404, badPath},
		{"CB14 dots", get(path("/x/../callback/linkedin")), 404, badPath},
		{"CB15 an absolute-form request line", func(w world) string {
			return request("GET", "http://evil.example"+w.target(), w.binding.host)
		}, 421, badHost},
		{"CB15 an absolute-form request line with the right host", func(w world) string {
			return request("GET", "http://"+w.binding.host+w.target(), w.binding.host)
		}, 404, badPath},
		{"CB16 another host", host("evil.example:PORT"), 421, badHost},
		{"CB16 localhost for a literal address", host("localhost:PORT"), 421, badHost},
		{"CB16 the host without a port", host("127.0.0.1"), 421, badHost},
		{"CB16 the host with a dot", host("127.0.0.1.:PORT"), 421, badHost},
		{"CB16 no host at all", func(w world) string { return "GET " + w.target() + " HTTP/1.0\r\n\r\n" }, 421, badHost},
		{"CB18 a cross-site image", get(good, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"), 403, badFetch},
		{"CB18 a frame", get(good, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"), 403, badFetch},
		{"CB18 a fetch", get(good, "Origin: https://evil.example"), 403, badOrigin},
		{"CB18 a fetch from nowhere", get(good, "Origin: null"), 403, badOrigin},
		{"CB18 a web socket", get(good, "Connection: Upgrade", "Upgrade: websocket", "Origin: https://evil.example", "Sec-Fetch-Mode: websocket"), 403, badOrigin},
		{"CB18 two fetch modes", get(good, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Mode: cors"), 403, badFetch},
		{"CB19 a navigation with a guessed state", get(query("code=x&state="+newState()), "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Fetch-Site: cross-site"), 400, badState},
		{"CB20 a prefetch", get(good, "Sec-Purpose: prefetch"), 403, badPrefetch},
		{"CB20 a prerender", get(good, "Sec-Purpose: prefetch;prerender"), 403, badPrefetch},
		{"CB20 a prefetch of an old browser", get(good, "Purpose: prefetch"), 403, badPrefetch},
		{"CB23 the path of the other provider", get(path("/callback/meta")), 404, badPath},
		{"CB25 a wrong issuer", get(query("code=x&state=STATE&iss=https%3A%2F%2Fevil.example")), 400, badIssuer},
		{"CB25 the other provider's issuer", get(query("code=x&state=STATE&iss=https%3A%2F%2Fwww.facebook.com")), 400, badIssuer},
		{"CB25 two issuers", get(query("code=x&state=STATE&iss=https%3A%2F%2Fwww.linkedin.com&iss=https%3A%2F%2Fwww.linkedin.com")), 400, badParameters},
		{"CB28 a query of 8 KB and a byte", get(query("code=x&state=STATE&a=" + strings.Repeat("a", 8<<10))), 400, badQuery},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			got := w.send(tc.send(w))
			if got.status != tc.status || w.RejectedRequests()[tc.reason] != 1 {
				t.Errorf("status %d, counted %v; want %d, %s", got.status, w.RejectedRequests(), tc.status, tc.reason)
			}
			if len(got.body) > 64 || strings.Contains(got.body, w.state) {
				t.Errorf("body %q", got.body)
			}
			w.stillWaits()
		})
	}
}

// Covers CB17, L4.
func TestCallbackWithAnotherMethodIsRefused(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"POST", "HEAD", "OPTIONS", "PUT", "TRACE", "DELETE", "PATCH"} {
		t.Run("CB17 "+method, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			got := w.send(request(method, w.target(), w.binding.host, "Content-Length: 0"))
			if got.status != http.StatusMethodNotAllowed || got.header.Get("Allow") != "GET" {
				t.Errorf("status %d, Allow %q", got.status, got.header.Get("Allow"))
			}
			w.stillWaits()
		})
	}
	t.Run("CB17 OPTIONS of the server as a whole", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		if got := w.send(request("OPTIONS", "*", w.binding.host)); got.status != http.StatusMethodNotAllowed {
			t.Errorf("status %d", got.status)
		}
		w.stillWaits()
	})
}

// Covers CB11, CB12, CB25.
func TestCallbackTakesLegalCodesUnchanged(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]string{
		"CB11 one byte":              "x",
		"CB11 long but legal":        strings.Repeat("AQT-", 1900),
		"CB12 plus":                  "a+b",
		"CB12 an escaped plus":       "a%2Bb",
		"CB12 equals signs":          "a==",
		"CB12 Facebook's odd ending": "a#_=_",
		"CB12 every printable sign":  "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ x",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			got := w.visit(w.target(with("code", code)), "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Fetch-Site: cross-site")
			if got.status != http.StatusSeeOther || got.header.Get("Location") != w.path+"/done" {
				t.Fatalf("status %d to %q", got.status, got.header.Get("Location"))
			}
			w.hasCode(code)
		})
	}
	t.Run("CB25 the right issuer", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.visit(w.target(with("iss", "https://www.linkedin.com/oauth")))
		w.hasCode("the-code")
	})
	t.Run("what Meta adds is no obstacle", func(t *testing.T) {
		t.Parallel()
		w := newLocalhostWorld(t, social.Meta)
		w.visit(w.target(with("granted_scopes", "pages_show_list,email"), with("denied_scopes", "")))
		w.hasCode("the-code")
	})
}

// Covers CB23, CB32, A2, A3.
func TestCallbackOfAnotherAttempt(t *testing.T) {
	t.Parallel()
	t.Run("CB23 an older attempt's callback is ignored", func(t *testing.T) {
		t.Parallel()
		older, w := newWorld(t), newWorld(t)
		if got := w.visit(older.target()); got.status != http.StatusBadRequest {
			t.Errorf("status %d", got.status)
		}
		w.stillWaits()
		older.stillWaits()
	})
	t.Run("CB32 attempts with different providers both end well", func(t *testing.T) {
		t.Parallel()
		meta, linkedin := newLocalhostWorld(t, social.Meta), newWorld(t)
		meta.visit(meta.target(with("code", "of-meta")))
		linkedin.visit(linkedin.target(with("code", "of-linkedin")))
		meta.hasCode("of-meta")
		linkedin.hasCode("of-linkedin")
	})
	t.Run("CB24 every attempt has its own state, verifier and challenge", func(t *testing.T) {
		t.Parallel()
		a, b := newWorld(t), newWorld(t)
		if a.state == b.state || a.verifier == b.verifier || a.Challenge() == b.Challenge() {
			t.Error("two attempts share a secret")
		}
		if len(a.state) != 43 || len(a.verifier) != 43 || a.Challenge() == a.verifier {
			t.Error("state or verifier is not 32 bytes, or the challenge is plain")
		}
	})
}
