package linkedin_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider/linkedin"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

const canary = "CANARY0123456789"

// script answers each path. What it has no answer for is an error that quotes
// everything it was asked.
type script map[string]http.HandlerFunc

func text(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(s)) }
}

func refuse(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// play serves s, with a login that may do everything where s says nothing.
func play(t *testing.T, s script) (inspect func() (social.Inspection, error), hits *atomic.Int64) {
	t.Helper()
	return playAs(t, social.ProviderApp{ClientID: "c"}, s)
}

func playAs(t *testing.T, app social.ProviderApp, s script) (inspect func() (social.Inspection, error), hits *atomic.Int64) {
	t.Helper()
	hits = &atomic.Int64{}
	for path, answer := range map[string]string{
		"/oauth/v2/introspectToken": `{"active":true,"status":"active","scope":"r_basicprofile,rw_organization_admin,w_organization_social","created_at":1,"expires_at":1795000000}`,
		"/v2/me":                    `{"id":"Ab_-9","localizedFirstName":"Ana","localizedLastName":"Souza"}`,
		"/rest/organizationAcls":    `{"elements":[],"paging":{"start":0,"count":100,"links":[]}}`,
	} {
		if _, ok := s[path]; !ok {
			s[path] = text(answer)
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hits.Add(1)
		for prefix, answer := range s {
			if r.URL.Path == prefix || strings.HasSuffix(prefix, "/") && strings.HasPrefix(r.URL.Path, prefix) {
				answer(w, r)
				return
			}
		}
		refuse(404, fmt.Sprintf(`{"message":%q}`, r.URL.String()+r.Header.Get("Authorization")))(w, r)
	}))
	t.Cleanup(server.Close)
	_, p := connect(t, server.URL, now, nil)
	return func() (social.Inspection, error) {
		return p.Inspect(t.Context(), app, social.NewSecret(canary+"S"), social.Login{Tokens: social.TokenSet{Access: social.NewSecret(canary + "T")}}, ignore)
	}, hits
}

// roles serves n roles in pages of at most size; count is what paging tells.
func roles(n, size int, paging string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var start, count int
		_, _ = fmt.Sscan(r.URL.Query().Get("start"), &start)
		_, _ = fmt.Sscan(r.URL.Query().Get("count"), &count)
		var elements []string
		for i := start; i < min(start+min(count, size), n); i++ {
			elements = append(elements, fmt.Sprintf(`{"role":"ADMINISTRATOR","state":"APPROVED","organization":"urn:li:organization:%d"}`, i+1))
		}
		_, _ = fmt.Fprintf(w, `{"elements":[%s],"paging":{%s}}`, strings.Join(elements, ","), paging)
	}
}

// Covers GR10, GR11.
func TestRolesAreReadToTheEnd(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		answer   http.HandlerFunc
		found    int
		complete bool
		lists    int64
	}{
		"two pages":           {roles(120, 100, ``), 120, true, 2},
		"exactly one page":    {roles(100, 100, ``), 100, true, 2},
		"with a total":        {roles(100, 100, `"total":100`), 100, true, 1},
		"capped and told":     {roles(23, 10, `"count":10`), 23, true, 3},
		"capped and not told": {roles(23, 10, `"count":100`), 23, true, 3},
		"the same page for ever": {func(w http.ResponseWriter, _ *http.Request) {
			roles(100, 100, ``)(w, &http.Request{URL: &url.URL{RawQuery: "start=0&count=100"}})
		}, 100, false, 2},
		"other spelling and states": {text(`{"elements":[{"role":"CONTENT_ADMIN","state":"APPROVED","organizationTarget":"urn:li:organization:1"},{"role":"ADMINISTRATOR","state":"REVOKED","organization":"urn:li:organization:2"},{"role":"ADMINISTRATOR","state":"REJECTED","organization":"urn:li:organization:3"}]}`), 1, true, 1},
		"unknown role":              {text(`{"elements":[{"role":"SOMETHING\u202e_NEW","state":"APPROVED","organization":"urn:li:organization:1"}]}`), 1, true, 1},
		"URNs that are paths":       {text(`{"elements":[{"role":"ADMINISTRATOR","state":"APPROVED","organization":"urn:li:organization:../../oauth"},{"role":"ADMINISTRATOR","state":"APPROVED","organization":"urn:li:person:1"},{"role":7},"x",null]}`), 0, false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var lists, atOnce, most atomic.Int64
			inspect, _ := play(t, script{
				"/rest/organizationAcls": func(w http.ResponseWriter, r *http.Request) { lists.Add(1); tc.answer(w, r) },
				"/rest/organizations/": func(w http.ResponseWriter, r *http.Request) {
					most.Store(max(most.Load(), atOnce.Add(1)))
					defer atOnce.Add(-1)
					text(`{"localizedName":"Org `+strings.TrimPrefix(r.URL.Path, "/rest/organizations/")+`"}`)(w, r)
				},
			})
			found, err := inspect()
			if err != nil {
				t.Fatal(err)
			}
			if len(found.Candidates)-1 != tc.found || found.Complete != tc.complete || lists.Load() != tc.lists || most.Load() > 4 {
				t.Errorf("%d organizations, complete %v, %d lists, %d at once", len(found.Candidates)-1, found.Complete, lists.Load(), most.Load())
			}
			for _, c := range found.Candidates[1:] {
				if c.Detail == "" || c.Detail != social.CleanName(c.Detail) {
					t.Errorf("detail %q", c.Detail)
				}
			}
		})
	}
}

func TestFailureAfterTheFirstPageIsIncomplete(t *testing.T) {
	t.Parallel()
	inspect, _ := play(t, script{
		"/rest/organizationAcls": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("start") != "0" {
				w.WriteHeader(http.StatusInternalServerError)
				return
			}
			roles(150, 100, ``)(w, r)
		},
		"/rest/organizations/": text(`{"localizedName":"Org"}`),
	})
	found, err := inspect()
	if err != nil || found.Complete || len(found.Candidates) != 101 {
		t.Errorf("%d candidates, complete %v, %v", len(found.Candidates), found.Complete, err)
	}
}

func TestUsedUpAllowanceStopsAskingForNames(t *testing.T) {
	t.Parallel()
	inspect, hits := play(t, script{
		"/rest/organizationAcls": roles(99, 100, ``),
		"/rest/organizations/":   refuse(429, ""),
	})
	found, err := inspect()
	if err != nil || len(found.Candidates) != 100 || hits.Load() > 3+8 {
		t.Errorf("%d candidates, %d requests, %v", len(found.Candidates), hits.Load(), err)
	}
}

func TestHeadersOfTheVersionedAPI(t *testing.T) {
	t.Parallel()
	var version, protocol atomic.Value
	inspect, _ := play(t, script{"/rest/organizationAcls": func(w http.ResponseWriter, r *http.Request) {
		version.Store(r.Header.Get("LinkedIn-Version"))
		protocol.Store(r.Header.Get("X-Restli-Protocol-Version"))
		roles(0, 100, ``)(w, r)
	}})
	if _, err := inspect(); err != nil || version.Load() != linkedin.DefaultVersion || protocol.Load() != "2.0.0" {
		t.Errorf("%v, %v, %v", version.Load(), protocol.Load(), err)
	}
}

func TestIdentityIsReadWhereTheScopesAllow(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		scope string
		id    string
	}{
		"basic profile":     {`,"scope":"r_basicprofile,w_member_social"`, "me"},
		"openid":            {`,"scope":"openid,profile,w_member_social"`, "sub"},
		"nobody said":       {``, "sub"},
		"spaces and escape": {`,"scope":"openid%20profile"`, "sub"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			me := refuse(403, `{"serviceErrorCode":100}`)
			if tc.id == "me" {
				me = text(`{"id":"me","localizedFirstName":"\u202eAna\n","localizedLastName":"Souza"}`)
			}
			inspect, _ := play(t, script{
				"/oauth/v2/introspectToken": text(`{"active":true` + tc.scope + `}`),
				"/v2/me":                    me,
				"/v2/userinfo":              text(`{"sub":"sub","name":"Ana\u0000 Souza","locale":{"country":"BR"}}`),
			})
			found, err := inspect()
			if err != nil || found.Subject != (social.Subject{ID: tc.id, Name: "Ana Souza"}) {
				t.Errorf("got %v, %v", found.Subject, err)
			}
			if c := find(t, found, "urn:li:person:"+tc.id); c.Kind != social.LinkedInMember {
				t.Errorf("got %+v", c)
			}
		})
	}
}

// Covers TK04.
func TestNothingOfAReplyOrAnAddressIsInErrors(t *testing.T) {
	t.Parallel()
	loud := fmt.Sprintf(`{"message":%q,"code":%q,"error":%q,"error_description":%q}`, canary, canary, canary, canary)
	for name, s := range map[string]script{
		"introspection 401":  {"/oauth/v2/introspectToken": refuse(401, loud)},
		"introspection HTML": {"/oauth/v2/introspectToken": text("<html>" + canary)},
		"introspection 302":  {"/oauth/v2/introspectToken": refuse(302, loud)},
		"not active":         {"/oauth/v2/introspectToken": text(`{"active":false,"status":"` + canary + `"}`)},
		"another app's":      {"/oauth/v2/introspectToken": text(`{"active":true,"client_id":"` + canary + `"}`)},
		"name refused":       {"/v2/me": refuse(401, loud)},
		"name is HTML":       {"/v2/me": refuse(502, canary)},
		"name without id":    {"/v2/me": text(`{"id":"` + canary + `/.."}`)},
		"roles refused":      {"/rest/organizationAcls": refuse(400, loud)},
		"roles are another":  {"/rest/organizationAcls": text(`{"elements":"` + canary + `"}`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inspect, _ := play(t, s)
			found, err := inspect()
			if err == nil {
				t.Fatalf("no error: %+v", found)
			}
			if strings.Contains(err.Error(), "CANARY") || strings.Contains(err.Error(), "http://") {
				t.Errorf("error tells too much: %v", err)
			}
			_ = asTrouble(t, err)
			if problem.CodeOf(err) == problem.Internal {
				t.Errorf("no code: %v", err)
			}
		})
	}
}

// Covers A2, T1.
func TestExchangeSendsWhatTheFlowWants(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		app         social.ProviderApp
		has, hasNot string
	}{
		"standard": {social.ProviderApp{ClientID: "c"}, "client_secret", "code_verifier"},
		"native":   {social.ProviderApp{ClientID: "c", Redirect: social.RedirectNative}, "code_verifier", "client_secret"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var sent url.Values
			var basic bool
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_ = r.ParseForm()
				sent = r.PostForm
				_, _, basic = r.BasicAuth()
				text(`{"access_token":"T","scope":"email%2Copenid,w_member_social r_x"}`)(w, r)
			}))
			t.Cleanup(server.Close)
			client, p := connect(t, server.URL, now, nil)
			login, err := p.Exchange(t.Context(), tc.app, social.NewSecret("S"), social.Callback{
				Code: social.NewSecret("C"), Verifier: social.NewSecret("V"), RedirectURI: callback,
			})
			if err != nil || client.Requests() != 1 || basic {
				t.Fatalf("%v after %d requests, basic %v", err, client.Requests(), basic)
			}
			if !sent.Has(tc.has) || sent.Has(tc.hasNot) || sent.Get("redirect_uri") != callback || sent.Get("code") != "C" {
				t.Errorf("sent %v", sent)
			}
			if len(login.Granted) != 4 || login.Clocks.Token != social.UnknownClock() {
				t.Errorf("got %+v", login)
			}
		})
	}
}

// Covers A2, A5.
func TestAuthorizeURL(t *testing.T) {
	t.Parallel()
	p := linkedin.New(linkedin.Config{})
	request := social.SignInRequest{RedirectURI: callback, State: "st", Challenge: "ch", ChooseAgain: true, Capabilities: []social.Capability{social.Publish}, Kinds: []social.AccountKind{social.LinkedInMember}}
	for name, tc := range map[string]struct {
		app    social.ProviderApp
		start  string
		has    map[string]string
		hasNot []string
	}{
		"standard": {
			social.ProviderApp{ClientID: "c"}, "https://www.linkedin.com/oauth/v2/authorization?",
			map[string]string{"client_id": "c", "redirect_uri": callback, "state": "st", "response_type": "code", "scope": "r_basicprofile w_member_social"},
			[]string{"prompt", "code_challenge", "nonce"},
		},
		"native": {
			social.ProviderApp{ClientID: "c", Redirect: social.RedirectNative}, "https://www.linkedin.com/oauth/native-pkce/authorization?",
			map[string]string{"code_challenge": "ch", "code_challenge_method": "S256"}, []string{"prompt", "client_secret"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, _, err := p.AuthorizeURL(tc.app, request)
			if err != nil || !strings.HasPrefix(address, tc.start) {
				t.Fatalf("got %s, %v", address, err)
			}
			u, err := url.Parse(address)
			if err != nil {
				t.Fatal(err)
			}
			for name, value := range tc.has {
				if u.Query().Get(name) != value {
					t.Errorf("%s is %q", name, u.Query().Get(name))
				}
			}
			for _, name := range tc.hasNot {
				if u.Query().Has(name) {
					t.Errorf("has %s", name)
				}
			}
		})
	}
	if _, _, err := p.AuthorizeURL(social.ProviderApp{}, request); problem.CodeOf(err) != problem.AppMissing {
		t.Errorf("no client id: %v", err)
	}
}

func TestNamesAreAskedForOnceADay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, "maria")
	w.inspect(t, login)
	if n := w.asksFor(func() { w.inspect(t, login) }); n != 3 {
		t.Errorf("within the day: %d requests", n)
	}
	w.pass(24 * time.Hour)
	if n := w.asksFor(func() { w.inspect(t, login) }); n != 4 {
		t.Errorf("after a day: %d requests", n)
	}
	w.pass(24 * time.Hour)
	w.do(t, sandbox.Action{Do: "fail", Target: "rest/organizations/", Status: 500})
	if c := find(t, w.inspect(t, login), "urn:li:organization:90417726"); c.Name != "Ateliê Maria Lima" || c.Reason != social.ReasonDetailsUnavailable {
		t.Errorf("while it cannot be asked for: %+v", c)
	}
}
