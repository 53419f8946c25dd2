package linkedin

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// api answers each path with the same, whatever it is asked, and counts.
type api struct {
	answers map[string]string
	asked   int
	astray  string // where a request went that was none of LinkedIn's
}

func (a *api) RoundTrip(r *http.Request) (*http.Response, error) {
	a.asked++
	if r.URL.Host != "api.linkedin.com" && r.URL.Host != "www.linkedin.com" || strings.Contains(r.URL.String(), canary) {
		a.astray = r.URL.Redacted()
	}
	body, ok := a.answers[r.URL.Path]
	status := http.StatusOK
	if !ok {
		status, body = http.StatusForbidden, `{"serviceErrorCode":100,"message":"`+canary+`"}`
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewBufferString(body)), Request: r}, nil
}

// FuzzInspect holds that whatever LinkedIn answers, reading a login ends, asks
// nobody else, offers only what has an id and a clean name, and says nothing of
// a reply.
//
// Covers G7, GR08, GR10, GR11, T13.
func FuzzInspect(f *testing.F) {
	const token = `{"active":true,"status":"active","scope":"r_basicprofile,rw_organization_admin,w_organization_social","created_at":1,"expires_at":1795000000}`
	for _, seed := range [][4]string{
		{token, `{"id":"Ab_-9","localizedFirstName":"Ana"}`, `{"elements":[{"role":"ADMINISTRATOR","state":"APPROVED","organization":"urn:li:organization:1"}],"paging":{"start":0,"count":100}}`, `{"results":{"1":{"localizedName":"One"}},"statuses":{},"errors":{}}`},
		{token, `{"id":"Ab_-9","localizedFirstName":"\u202eAna\n"}`, `{"elements":[{"role":"X","state":"APPROVED","organization":"urn:li:organization:../../oauth"},7,null],"paging":{"links":[{"rel":"next","href":"https://evil.example/"}]}}`, `<html>`},
		{token, `{"id":7}`, `{"elements":[],"paging":{"total":-1,"count":0}}`, `{}`},
		{`{"active":false,"status":"revoked"}`, `{}`, `{}`, `{}`},
		{`{"active":true,"expires_at":"never","scope":7}`, `{"id":""}`, `[]`, `[]`},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3])
	}
	f.Fuzz(func(t *testing.T, introspection, me, roles, names string) {
		network := &api{answers: map[string]string{
			"/oauth/v2/introspectToken": introspection, "/v2/me": me, "/rest/organizationAcls": roles, "/rest/organizations": names, "/rest/organizations/1": names,
		}}
		client, err := provider.NewClient(provider.Options{Origins: []string{"https://api.linkedin.com", "https://www.linkedin.com"}, Transport: network})
		if err != nil {
			t.Fatal(err)
		}
		p := New(Config{
			WebURL: "https://www.linkedin.com", APIURL: "https://api.linkedin.com", HTTP: client, Now: time.Now,
			Wait: func(context.Context, time.Duration) error { return nil },
		})
		found, err := p.Inspect(t.Context(), social.ProviderApp{ClientID: "c"}, social.NewSecret("S"),
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
	})
}
