package meta

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// graph answers each path with the same, whatever it is asked, and counts.
type graph struct {
	answers map[string]string
	asked   int
	astray  string // where a request went that was none of Meta's
}

func (g *graph) RoundTrip(r *http.Request) (*http.Response, error) {
	g.asked++
	_, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	// Only the call that asks about a token has it in its address: Meta knows no
	// other way.
	if r.URL.Host != "graph.facebook.com" || strings.Contains(r.URL.String(), canary) && path != "debug_token" {
		g.astray = r.URL.Redacted()
	}
	body, ok := g.answers[path]
	status := http.StatusOK
	if !ok {
		status, body = http.StatusBadRequest, `{"error":{"code":100,"message":"`+canary+`"}}`
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewBufferString(body)), Request: r}, nil
}

// FuzzInspect holds that whatever Meta answers, reading a login ends, asks
// nobody else, offers only what has an id and a name, keeps only tokens that are
// some, and says nothing of a reply.
//
// Covers G7, GR08, GR10, GR11, T13.
func FuzzInspect(f *testing.F) {
	const token = `{"data":{"app_id":"123","type":"USER","user_id":"7","is_valid":true,"expires_at":1795000000,"scopes":["pages_show_list","instagram_basic"],"granular_scopes":[{"scope":"pages_show_list","target_ids":["1"]}]}}`
	for _, seed := range [][3]string{
		{token, `{"id":7,"name":"Ana"}`, `{"data":[{"id":"1","name":"One","access_token":"T1","tasks":["MANAGE"],"instagram_business_account":{"id":"17","username":"one"}}]}`},
		{token, `{"id":"7"}`, `{"data":[{"id":"1","access_token":"a\nb"},{"id":"../me"},7,null],"paging":{"cursors":{"after":"c"},"next":"https://evil.example/?after=c"}}`},
		{token, `{"id":"7","name":"\u202e<script>"}`, `{"data":[{"id":12345678901234567890,"name":null,"picture":{"data":{"url":"file:///etc/passwd"}}}],"paging":{"next":7}}`},
		{`{"data":{"is_valid":false,"error":{"code":190,"subcode":460,"message":"` + canary + `"}}}`, `{}`, `{}`},
		{`{"error":{"code":190,"error_subcode":463}}`, `<html>`, `[]`},
		{`{"data":{"app_id":123,"is_valid":true,"user_id":7,"expires_at":-1,"data_access_expires_at":99999999999999}}`, `{"id":7}`, `{"error":{"code":"4"}}`},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, debug, me, accounts string) {
		network := &graph{answers: map[string]string{"debug_token": debug, "me": me, "me/accounts": accounts, "me/permissions": `{"data":[]}`, "me/businesses": accounts}}
		client, err := provider.NewClient(provider.Options{Origins: []string{"https://graph.facebook.com"}, Transport: network})
		if err != nil {
			t.Fatal(err)
		}
		p := New(Config{WebURL: "https://www.facebook.com", GraphURL: "https://graph.facebook.com", HTTP: client, Now: time.Now})
		found, err := p.Inspect(t.Context(), social.ProviderApp{ClientID: "123"}, social.NewSecret("S"),
			social.Login{Tokens: social.TokenSet{Access: social.NewSecret(canary + "T")}}, func(int, int) {})
		if err != nil && strings.Contains(err.Error(), canary) {
			t.Fatalf("the error tells too much: %v", err)
		}
		if network.astray != "" || network.asked > 1_000 {
			t.Fatalf("%d requests, one of them to %q", network.asked, network.astray)
		}
		for _, c := range found.Candidates {
			if c.RemoteID == "" || c.Name != social.CleanName(c.Name) || len(c.Name) > social.MaxNameLength {
				t.Fatalf("offers %q called %q", c.RemoteID, c.Name)
			}
		}
		for id, token := range found.Tokens.Pages {
			if !provider.ValidToken(token.Reveal()) {
				t.Fatalf("keeps a token of %q that is none", id)
			}
		}
	})
}
