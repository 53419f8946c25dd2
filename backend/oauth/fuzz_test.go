package oauth

import (
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
)

const fuzzState = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

// FuzzCallback holds that whatever is accepted has the right state and one
// legal answer, and that parsing agrees with itself.
//
// Covers G3.
func FuzzCallback(f *testing.F) {
	for _, seed := range []string{
		"", "code=x&state=" + fuzzState, "state=" + fuzzState + "&code=a%2Bb", "code=x&state=wrong",
		"error=access_denied&state=" + fuzzState, "error=unauthorized_scope_error&error_description=Scope+%26quot%3Bx%26quot%3B&state=" + fuzzState,
		"code=x&code=y&state=" + fuzzState, "code=x;state=" + fuzzState, "code=%zz&state=" + fuzzState, "code=x&error=y&state=" + fuzzState,
		"code[]=x&state=" + fuzzState, "code=%00&state=" + fuzzState, "code=x&state=" + fuzzState + "#_=_", "error_code=200&state=" + fuzzState,
		"code=x&iss=https%3A%2F%2Fwww.linkedin.com&state=" + fuzzState,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		a, reason := parseAnswer(query, social.LinkedIn, fuzzState)
		if reason != "" {
			if a != (answer{}) {
				t.Fatal("a rejected query left an answer")
			}
			return
		}
		values, err := url.ParseQuery(query)
		switch {
		case err != nil, len(query) > maxQuery, len(values["state"]) != 1, values.Get("state") != fuzzState:
			t.Fatalf("accepted without the state: %q", query)
		case (a.code == "") == (a.err == ""):
			t.Fatalf("accepted not exactly one of code and error: %q", query)
		case len(values["code"])+len(values["error"]) > 1:
			t.Fatalf("accepted two answers: %q", query)
		case a.code != "" && a.code != values.Get("code"):
			t.Fatalf("the code changed on the way: %q", query)
		case strings.ContainsFunc(a.code+a.err, func(r rune) bool { return r < ' ' || r > '~' }):
			t.Fatalf("accepted control characters: %q", query)
		}
		if (a.code == "") == (a.problem() == nil) {
			t.Fatalf("a code is a problem, or an error is none: %q", query)
		}
	})
}

// TestMutatedPasteIsNeverAccepted changes one byte of the part of a pasted
// address that carries proof: path, parameter names and state. Whatever still
// is accepted would have to be the same address in other words.
//
// Covers G3, CB33.
func TestMutatedPasteIsNeverAccepted(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	w := newWorld(t)
	valid := "http://" + w.binding.host + w.path + "?state=" + w.state + "&code=x"
	for range rounds(20_000, 1_000_000) {
		mutated := []byte(valid)
		at := random.IntN(len(valid) - 1) // all but the code itself
		switch random.IntN(3) {
		case 0:
			mutated[at] ^= byte(1 + random.IntN(255))
		case 1:
			mutated = append(mutated[:at], mutated[at+1:]...)
		case 2:
			mutated = append(mutated[:at], append([]byte{byte(random.IntN(256))}, mutated[at:]...)...)
		}
		if same(string(mutated), valid) {
			continue
		}
		if a, reason := w.parsePasted(string(mutated)); reason == "" {
			t.Fatalf("accepted %q as %q", mutated, a.code)
		}
	}
}

// same reports whether two addresses say the same: white space around, an
// empty parameter, "https" for "http", or one more character in front of the
// code are no forgery.
func same(a, b string) bool {
	clean := func(s string) string {
		s = strings.TrimSpace(s)
		s, _, _ = strings.Cut(s, "&code=")
		s = strings.Replace(s, "https://", "http://", 1)
		s = strings.Replace(s, "?&", "?", 1)
		return strings.TrimSuffix(s, "&")
	}
	return strings.Contains(a, "&code=") && clean(a) == clean(b)
}
