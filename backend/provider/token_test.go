package provider_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// Covers TK08, TK09, TK10, TK11, TK13, TK14, T8, T12.
func TestParseToken(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 16<<10)
	for _, tc := range []struct {
		name, body string
		lifetime   time.Duration
		scopes     []social.Scope
		bad        bool
	}{
		{name: "number", body: `{"access_token":"T","expires_in":5183999}`, lifetime: 5183999 * time.Second},
		{name: "numeric text", body: `{"access_token":"T","expires_in":"3600"}`, lifetime: time.Hour},
		{name: "no lifetime is unknown", body: `{"access_token":"T"}`},
		{name: "lifetime 0 is unknown", body: `{"access_token":"T","expires_in":0}`},
		{name: "lifetime null is unknown", body: `{"access_token":"T","expires_in":null}`},
		{name: "400 days", body: `{"access_token":"T","expires_in":34560000}`, lifetime: 400 * 24 * time.Hour},
		{name: "more than 400 days", body: `{"access_token":"T","expires_in":34560001}`, bad: true},
		{name: "negative", body: `{"access_token":"T","expires_in":-1}`, bad: true},
		{name: "exponent", body: `{"access_token":"T","expires_in":1e3}`, bad: true},
		{name: "fraction", body: `{"access_token":"T","expires_in":3600.5}`, bad: true},
		{name: "word", body: `{"access_token":"T","expires_in":"never"}`, bad: true},
		{name: "empty text", body: `{"access_token":"T","expires_in":""}`, bad: true},
		{name: "huge", body: `{"access_token":"T","expires_in":100000000000000}`, bad: true},
		{name: "beyond 64 bits", body: `{"access_token":"T","expires_in":99999999999999999999}`, bad: true},
		{name: "list", body: `{"access_token":"T","expires_in":[1]}`, bad: true},
		{name: "refresh lifetime", body: `{"access_token":"T","refresh_token":"R","refresh_token_expires_in":-5}`, bad: true},
		{name: "no token", body: `{"expires_in":3600}`, bad: true},
		{name: "empty token", body: `{"access_token":""}`, bad: true},
		{name: "numeric token", body: `{"access_token":12}`, bad: true},
		{name: "list of tokens", body: `{"access_token":["T"]}`, bad: true},
		{name: "token null", body: `{"access_token":null}`, bad: true},
		{name: "token with line break", body: `{"access_token":"T\nX"}`, bad: true},
		{name: "token with blank", body: `{"access_token":"T X"}`, bad: true},
		{name: "token beyond ASCII", body: `{"access_token":"Té"}`, bad: true},
		{name: "longest token", body: `{"access_token":"` + long + `"}`},
		{name: "too long a token", body: `{"access_token":"a` + long + `"}`, bad: true},
		{name: "refresh token with line break", body: `{"access_token":"T","refresh_token":"R\r"}`, bad: true},
		{name: "other case is not the name", body: `{"Access_Token":"T"}`, bad: true},
		{name: "bearer in any case", body: `{"access_token":"T","token_type":"BEARER"}`},
		{name: "type null", body: `{"access_token":"T","token_type":null}`},
		{name: "type MAC", body: `{"access_token":"T","token_type":"MAC"}`, bad: true},
		{name: "type with line break", body: `{"access_token":"T","token_type":"bearer\r\n"}`, bad: true},
		{name: "token twice", body: `{"access_token":"T","access_token":"U"}`, bad: true},
		{name: "token twice by escape", body: `{"access_token":"T","access\u005ftoken":"U"}`, bad: true},
		{name: "trailing JSON", body: `{"access_token":"T"}{}`, bad: true},
		{name: "trailing text", body: `{"access_token":"T"} x`, bad: true},
		{name: "byte order mark", body: "\ufeff" + `{"access_token":"T"}`, bad: true},
		{name: "cut off", body: `{"access_token":"T"`, bad: true},
		{name: "list on top", body: `[{"access_token":"T"}]`, bad: true},
		{name: "query string", body: `access_token=T&expires_in=3600`, bad: true},
		{name: "HTML", body: `<html>access_token</html>`, bad: true},
		{name: "nothing", body: ``, bad: true},
		{name: "error beside a token", body: `{"access_token":"T","error":"x"}`, bad: true},
		{name: "commas", body: `{"access_token":"T","scope":"a,b"}`, scopes: []social.Scope{"a", "b"}},
		{name: "blanks", body: `{"access_token":"T","scope":"a b\n c"}`, scopes: []social.Scope{"a", "b", "c"}},
		{name: "escaped commas", body: `{"access_token":"T","scope":"a%2Cb"}`, scopes: []social.Scope{"a", "b"}},
		{name: "scope number", body: `{"access_token":"T","scope":1}`, bad: true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := provider.ParseToken([]byte(tc.body))
			if (err != nil) != tc.bad {
				t.Fatalf("error %v, want one: %v", err, tc.bad)
			}
			if got.Lifetime != tc.lifetime || !slices.Equal(got.Scopes, tc.scopes) {
				t.Errorf("got %v and %v", got.Lifetime, got.Scopes)
			}
		})
	}
}

// Covers TK08, TK23.
func TestTokenClocks(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	reply, err := provider.ParseToken([]byte(`{"access_token":"T","refresh_token":"R","refresh_token_expires_in":60}`))
	if err != nil {
		t.Fatal(err)
	}
	clocks := reply.Clocks(now)
	if clocks.Token != social.UnknownClock() {
		t.Errorf("token clock %v, want unknown", clocks.Token)
	}
	if want := social.ExpiresAt(now.Add(time.Minute), social.ToldByProvider); clocks.Refresh != want {
		t.Errorf("refresh clock %v, want %v", clocks.Refresh, want)
	}
}

// Covers G7.
func FuzzParseToken(f *testing.F) {
	for _, seed := range []string{
		`{"access_token":"T","token_type":"bearer","expires_in":5183944}`,
		`{"access_token":"T","expires_in":"3600","scope":"email%2Copenid w_member_social"}`,
		`{"access_token":"T","refresh_token":"R","refresh_token_expires_in":525600}`,
		`{"access_token":"T","access_token":"U"}`, `{"error":{"code":190}}`, `{"access_token":"T\n"}`,
		`{"access_token":"T","expires_in":1e3}`, "\ufeff{}", `access_token=T`, `{"a":{"b":[1,2,{"c":null}]},"access_token":"T"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := provider.ParseToken(body)
		if err != nil {
			if !got.Access.Empty() || len(err.Error()) > 60 {
				t.Fatalf("error %q with a token: %v", err, !got.Access.Empty())
			}
			return
		}
		if !provider.ValidToken(got.Access.Reveal()) {
			t.Fatal("took a token that is none")
		}
		if got.Lifetime < 0 || got.Lifetime > 400*24*time.Hour {
			t.Fatalf("took lifetime %v", got.Lifetime)
		}
		for _, s := range got.Scopes {
			if !provider.ValidToken(string(s)) {
				t.Fatalf("took scope %q", s)
			}
		}
	})
}

func asTrouble(t *testing.T, err error) *social.Trouble {
	t.Helper()
	var trouble *social.Trouble
	if !errors.As(err, &trouble) {
		t.Fatalf("no trouble in %v", err)
	}
	return trouble
}
