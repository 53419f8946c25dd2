package oauth

import (
	"net/url"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// landed is the address in the browser after a good sign-in.
func (w world) landed(changes ...func(url.Values)) string {
	return "http://" + w.binding.host + w.target(changes...)
}

// Covers A8, CB35.
func TestPasteTakes(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]func(string) string{
		"the address that the browser landed on": func(s string) string { return s },
		"white space around it":                  func(s string) string { return " \n" + s + "\n" },
		"Facebook's odd ending":                  func(s string) string { return s + "#_=_" },
		"the address without what browsers hide": func(s string) string { return strings.TrimPrefix(s, "http://") },
		"CB35 an address upgraded to https":      func(s string) string { return strings.Replace(s, "http:", "https:", 1) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newLocalhostWorld(t, social.Meta)
			if err := w.Paste(edit(w.landed())); err != nil {
				t.Fatal(err)
			}
			w.hasCode("the-code")
		})
	}
	t.Run("the relay's address with the answer in it", func(t *testing.T) {
		t.Parallel()
		w := worldOf(t, &Flow{}, social.Meta, social.ProviderApp{Redirect: social.RedirectRelay, RelayURL: "https://kontent.example/relay", Ports: freePorts(t, 3)})
		_, query, _ := strings.Cut(w.target(), "?")
		if err := w.Paste("https://kontent.example/relay?" + query); err != nil {
			t.Fatal(err)
		}
		w.hasCode("the-code")
	})
	t.Run("a refusal, as a refusal", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		if err := w.Paste(w.landed(without("code"), with("error", "user_cancelled_login"))); err != nil {
			t.Fatal(err)
		}
		_ = w.failsWith(problem.ConsentDenied)
	})
	t.Run("the same address twice, and after the browser, to no effect", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.visit(w.target())
		for range 2 {
			if err := w.Paste(w.landed(with("code", "another"))); err != nil {
				t.Fatal(err)
			}
		}
		w.hasCode("the-code")
	})
}

// Covers A8, CB33.
func TestPasteRefuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		edit   func(w world) string
		reason string
	}{
		"CB33 nothing":                    {func(world) string { return "" }, badPath},
		"CB33 another page":               {func(world) string { return "https://www.linkedin.com/feed/" }, badPath},
		"CB33 the address to sign in at":  {func(w world) string { return "https://www.linkedin.com/oauth/v2/authorization?state=" + w.state }, badPath},
		"CB33 another state":              {func(w world) string { return w.landed(with("state", "other")) }, badState},
		"CB33 another attempt's address":  {func(w world) string { return newWorld(w.t).landed() }, badPath},
		"CB33 a token in it":              {func(w world) string { return w.landed(without("code"), with("access_token", "secret")) }, badParameters},
		"CB33 a token in the fragment":    {func(w world) string { return w.landed(without("code")) + "#access_token=secret" }, badParameters},
		"CB33 a megabyte of text":         {func(w world) string { return w.landed() + strings.Repeat("a", 1<<20) }, badQuery},
		"CB33 a code alone":               {func(world) string { return "the-code" }, badPath},
		"CB33 two codes":                  {func(w world) string { return w.landed(with("code", "a", "b")) }, badParameters},
		"CB33 control characters":         {func(w world) string { return w.landed(with("code", "a\nb")) }, badParameters},
		"CB33 user-info in front":         {func(w world) string { return strings.Replace(w.landed(), "http://", "http://me@", 1) }, badPath},
		"CB33 another path":               {func(w world) string { return strings.Replace(w.landed(), "/callback/", "/Callback/", 1) }, badPath},
		"CB33 a host that only begins so": {func(w world) string { return strings.Replace(w.landed(), "/callback", ".evil.example/callback", 1) }, badPath},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			err := w.Paste(tc.edit(w))
			if problem.CodeOf(err) != problem.PasteInvalid || problem.From(err).Args["reason"] != tc.reason {
				t.Errorf("got %v with %v, want reason %s", err, problem.From(err), tc.reason)
			}
			if err != nil && (strings.Contains(err.Error(), w.state) || strings.Contains(err.Error(), "secret")) {
				t.Errorf("the error quotes what was pasted")
			}
			w.stillWaits()
		})
	}
	t.Run("anything after Close", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		_ = w.Close()
		if err := w.Paste(w.landed()); problem.CodeOf(err) != problem.SignInEnded {
			t.Errorf("got %v", err)
		}
	})
}
