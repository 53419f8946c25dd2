package meta_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider/meta"
	"github.com/kontent/kontent-connect/backend/social"
)

const canary = "CANARY0123456789"

// script answers each path with a function of its query. What it has no answer
// for is an error of Meta's that quotes everything it was asked.
type script map[string]func(q url.Values) string

func text(s string) func(url.Values) string { return func(url.Values) string { return s } }

const alive = `{"data":{"app_id":123,"type":"USER","user_id":"7","is_valid":true,"issued_at":1,"expires_at":1795000000,"data_access_expires_at":0,"scopes":["pages_show_list","pages_read_engagement","pages_manage_posts"%s],"granular_scopes":[%s]}}`

func with(scopes, granular string) string { return fmt.Sprintf(alive, scopes, granular) }

// normal is a login of two Pages.
func (s script) withDefaults() script {
	for path, answer := range map[string]string{
		"debug_token":    with("", ""),
		"me":             `{"id":7,"name":"Ana"}`,
		"me/permissions": `{"data":[{"permission":"read_insights","status":"declined"}]}`,
		"me/accounts":    `{"data":[{"id":"1","name":"One","access_token":"T1","tasks":["MANAGE"]}]}`,
	} {
		if _, ok := s[path]; !ok {
			s[path] = text(answer)
		}
	}
	return s
}

// play serves s and returns a login at it.
func play(t *testing.T, s script) (inspect func() (social.Inspection, error), hits *atomic.Int64) {
	t.Helper()
	s, hits = s.withDefaults(), &atomic.Int64{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hits.Add(1)
		answer, ok := s[strings.TrimPrefix(r.URL.Path, "/v26.0/")]
		body := ""
		if ok {
			body = answer(r.URL.Query())
		}
		if !ok || strings.HasPrefix(body, `{"error"`) {
			w.WriteHeader(http.StatusBadRequest)
		}
		if !ok {
			body = fmt.Sprintf(`{"error":{"code":100,"error_subcode":33,"message":%q}}`, r.URL.String()+r.Header.Get("Authorization"))
		}
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	_, p := connect(t, server.URL, now)
	return func() (social.Inspection, error) {
		return p.Inspect(t.Context(), social.ProviderApp{ClientID: "123"}, social.NewSecret(canary+"S"),
			social.Login{Tokens: social.TokenSet{Access: social.NewSecret(canary + "T"), Pages: map[string]social.Secret{"9": social.NewSecret("T9")}}}, ignore)
	}, hits
}

// Covers GR10, GR11, TK10.
func TestListingThatWouldLeadAstray(t *testing.T) {
	t.Parallel()
	one := `{"id":"1","name":"One","access_token":"T1"}`
	for name, tc := range map[string]struct {
		accounts func(q url.Values) string
		pages    int
		complete bool
		most     int64
	}{
		"next on another host is a cursor only": {func(q url.Values) string {
			if q.Get("after") == "c" {
				return `{"data":[{"id":"2","name":"Two","access_token":"T2"}]}`
			}
			return `{"data":[` + one + `],"paging":{"next":"https://evil.example/steal?after=c"}}`
		}, 2, true, 5},
		"loop": {text(`{"data":[` + one + `],"paging":{"cursors":{"after":"c"},"next":"https://x/"}}`), 1, false, 5},
		"endless": {func(q url.Values) string {
			return `{"data":[` + one + `],"paging":{"cursors":{"after":"` + q.Get("after") + `x"},"next":"https://x/"}}`
		}, 1, false, 204},
		"next without a cursor": {text(`{"data":[` + one + `],"paging":{"next":"https://x/"}}`), 1, false, 4},
		"cursor without a next": {text(`{"data":[` + one + `],"paging":{"cursors":{"after":"c"}}}`), 1, true, 4},
		"ids that are paths":    {text(`{"data":[` + one + `,{"id":"../me","access_token":"X"},{"id":"","name":"x"},{"name":"x"},7]}`), 1, false, 4},
		"tokens that are none":  {text(`{"data":[{"id":"1","access_token":"a\nb"},{"id":"2","access_token":""}]}`), 2, true, 4},
		"nulls and extras":      {text(`{"data":[{"id":1,"name":null,"tasks":null,"extra":{"a":1},"instagram_business_account":null}],"paging":null}`), 1, true, 4},
		"no data":               {text(`{}`), 0, true, 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inspect, hits := play(t, script{"me/accounts": tc.accounts})
			found, err := inspect()
			if err != nil {
				t.Fatal(err)
			}
			if len(found.Candidates) != tc.pages || found.Complete != tc.complete || hits.Load() > tc.most {
				t.Errorf("%d candidates, complete %v, %d requests", len(found.Candidates), found.Complete, hits.Load())
			}
			if _, kept := found.Tokens.Pages["9"]; kept == tc.complete {
				t.Errorf("former token kept: %v", kept)
			}
			for _, token := range found.Tokens.Pages {
				if strings.ContainsAny(token.Reveal(), "\n") || token.Empty() {
					t.Error("kept a token that is none")
				}
			}
		})
	}
}

// Covers GR10.
func TestPortfoliosThatWouldLeadAstray(t *testing.T) {
	t.Parallel()
	one := `{"id":"70","name":"Group","owned_pages":{"data":[{"id":"1","name":"One"}]%s}}`
	for name, tc := range map[string]struct {
		businesses func(q url.Values) string
		owned      func(q url.Values) string
		complete   bool
		most       int64
	}{
		"loop of portfolios": {text(`{"data":[` + fmt.Sprintf(one, "") + `],"paging":{"cursors":{"after":"c"},"next":"https://x/"}}`), nil, false, 7},
		"endless portfolios": {func(q url.Values) string {
			return `{"data":[` + fmt.Sprintf(one, "") + `],"paging":{"cursors":{"after":"` + q.Get("after") + `x"},"next":"https://x/"}}`
		}, nil, false, 9},
		"loop of pages": {
			text(`{"data":[` + fmt.Sprintf(one, `,"paging":{"cursors":{"after":"c"},"next":"https://x/"}`) + `]}`),
			text(`{"data":[{"id":"1","name":"One"}],"paging":{"cursors":{"after":"c"},"next":"https://x/"}}`), false, 7,
		},
		"next on another host": {
			text(`{"data":[` + fmt.Sprintf(one, `,"paging":{"next":"https://evil.example/?after=c"}`) + `]}`),
			text(`{"data":[{"id":"2","name":"Two"}]}`), true, 6,
		},
		"ids that are paths": {text(`{"data":[{"id":"../7","name":"x"}]}`), nil, false, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := script{"debug_token": text(with(`,"business_management"`, "")), "me/businesses": tc.businesses}
			if tc.owned != nil {
				s["70/owned_pages"] = tc.owned
			}
			inspect, hits := play(t, s)
			found, err := inspect()
			if err != nil || found.Complete != tc.complete || hits.Load() > tc.most {
				t.Errorf("complete %v, %d requests, %v", found.Complete, hits.Load(), err)
			}
		})
	}
}

// Covers GR10, GR11.
func TestWhatMakesNoSenseCostsNothingElse(t *testing.T) {
	t.Parallel()
	page := func(id string) string {
		return `{"id":"` + id + `","name":"Page ` + id + `","access_token":"T` + id + `"}`
	}
	for name, tc := range map[string]struct {
		accounts, businesses string
		want                 []string
		complete             bool
	}{
		"everything makes sense":     {page("1"), `{"id":"70","owned_pages":{"data":[` + page("2") + `]},"client_pages":{"data":[` + page("3") + `]}}`, []string{"1", "2", "3"}, true},
		"a Page whose name is none":  {page("1") + `,{"id":"2","name":{}},` + page("3"), `{"id":"70"}`, []string{"1", "3"}, false},
		"a Page of a portfolio":      {page("1"), `{"id":"70","owned_pages":{"data":[{"id":"2","tasks":"all"},` + page("3") + `]},"client_pages":{"data":[` + page("4") + `]}}`, []string{"1", "3", "4"}, false},
		"the Pages of a portfolio":   {page("1"), `{"id":"70","owned_pages":{"data":"many"}},{"id":"71","owned_pages":{"data":[` + page("2") + `]}}`, []string{"1", "2"}, false},
		"a portfolio":                {page("1"), `7,{"id":"71","client_pages":{"data":[` + page("2") + `]}}`, []string{"1", "2"}, false},
		"a picture, which is little": {`{"id":"1","picture":["x"],"access_token":"T"}`, `{"id":"70"}`, []string{"1"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inspect, _ := play(t, script{
				"debug_token":   text(with(`,"business_management"`, "")),
				"me/accounts":   text(`{"data":[` + tc.accounts + `]}`),
				"me/businesses": text(`{"data":[` + tc.businesses + `]}`),
			})
			found, err := inspect()
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, c := range found.Candidates {
				ids = append(ids, c.RemoteID)
			}
			slices.Sort(ids)
			if !slices.Equal(ids, tc.want) || found.Complete != tc.complete {
				t.Errorf("found %q, complete %v; want %q, %v", ids, found.Complete, tc.want, tc.complete)
			}
		})
	}
}

// Covers GR08, T13.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	names := []string{
		"", strings.Repeat("x", 10000), "\u202egnp.exe", "a\u200bb", "<script>alert(1)</script>", "]]>$(calc)", "%s%n", "'; DROP TABLE", "a\nb\x00\x1b[31m",
	}
	var nodes []string
	for i, name := range names {
		quoted, err := json.Marshal(name)
		if err != nil {
			t.Fatal(err)
		}
		nodes = append(nodes, fmt.Sprintf(`{"id":"%d","name":%s,"username":%s,"access_token":"T","instagram_business_account":{"id":"9%d","name":%s}}`, i+1, quoted, quoted, i, quoted))
	}
	inspect, _ := play(t, script{
		"me":          text(`{"id":"7","name":"\u202eAna\n"}`),
		"me/accounts": text(`{"data":[` + strings.Join(nodes, ",") + `]}`),
		"debug_token": text(with(`,"instagram_basic"`, "")),
	})
	found, err := inspect()
	if err != nil {
		t.Fatal(err)
	}
	if found.Subject.Name != "Ana" || len(found.Candidates) != 2*len(names) {
		t.Errorf("subject %q, %d candidates", found.Subject.Name, len(found.Candidates))
	}
	for _, c := range found.Candidates {
		if c.Name == "" || len(c.Name) > social.MaxNameLength || c.Name != social.CleanName(c.Name) || c.Username != social.CleanName(c.Username) {
			t.Errorf("%s is called %q", c.RemoteID, c.Name)
		}
	}
}

func TestTasksThatNobodyToldAreUnknown(t *testing.T) {
	t.Parallel()
	inspect, _ := play(t, script{"me/accounts": text(`{"data":[{"id":"1","access_token":"T","tasks":[]}]}`)})
	found, err := inspect()
	if err != nil {
		t.Fatal(err)
	}
	c := found.Candidates[0]
	if !c.Usable || c.Capabilities.Get(social.Publish) != social.Unknown || c.Capabilities.Get(social.Messages) != social.NotGranted {
		t.Errorf("got %+v", c)
	}
}

func TestUnknownFieldIsAskedForOnce(t *testing.T) {
	t.Parallel()
	inspect, hits := play(t, script{
		"debug_token": text(with(`,"business_management"`, `{"scope":"pages_show_list","target_ids":["1","5"]}`)),
		"me/accounts": func(q url.Values) string {
			if strings.Contains(q.Get("fields"), "tasks") {
				return `{"error":{"code":100,"message":"(#100) Tried accessing nonexisting field (tasks)"}}`
			}
			return `{"data":[{"id":"1","name":"One","access_token":"T1"}]}`
		},
		"me/businesses": func(q url.Values) string {
			if strings.Contains(q.Get("fields"), "tasks") {
				t.Error("asked for the unknown field again")
			}
			return `{"data":[]}`
		},
		"": text(`{"5":{"id":"5","name":"Five","access_token":"T5"}}`),
	})
	found, err := inspect()
	if err != nil || len(found.Tokens.Pages) != 2 || !found.Complete {
		t.Errorf("%d tokens, complete %v, %v", len(found.Tokens.Pages), found.Complete, err)
	}
	if hits.Load() > 5+1+1+1 {
		t.Errorf("%d requests", hits.Load())
	}
}

func TestOneGonePageDoesNotHideFortyNine(t *testing.T) {
	t.Parallel()
	var ids []string
	for i := range 50 {
		ids = append(ids, fmt.Sprintf(`"%d"`, 100+i))
	}
	inspect, hits := play(t, script{
		"debug_token": text(with("", `{"scope":"pages_show_list","target_ids":[`+strings.Join(ids, ",")+`]}`)),
		"me/accounts": text(`{"data":[]}`),
		"": func(q url.Values) string {
			nodes := map[string]any{}
			for id := range strings.SplitSeq(q.Get("ids"), ",") {
				if id == "117" {
					return `{"error":{"code":100,"error_subcode":33,"message":"gone"}}`
				}
				nodes[id] = map[string]string{"id": id, "name": "P", "access_token": "T"}
			}
			body, _ := json.Marshal(nodes)
			return string(body)
		},
	})
	found, err := inspect()
	if err != nil || len(found.Candidates) != 50 || len(found.Tokens.Pages) != 49 {
		t.Errorf("%d candidates, %d tokens, %v", len(found.Candidates), len(found.Tokens.Pages), err)
	}
	t.Logf("%d requests", hits.Load())
}

// Covers GR10.
func TestTwoHundredFiftyPages(t *testing.T) {
	t.Parallel()
	inspect, hits := play(t, script{"me/accounts": func(q url.Values) string {
		from := 0
		_, _ = fmt.Sscanf(q.Get("after"), "%d", &from)
		var nodes []string
		for id := from + 1; id <= min(from+100, 250); id++ {
			nodes = append(nodes, fmt.Sprintf(`{"id":"%d","name":"P","access_token":"T%d"}`, id, id))
		}
		next := ""
		if from+100 < 250 {
			next = fmt.Sprintf(`,"paging":{"cursors":{"after":"%d"},"next":"https://graph.facebook.com/"}`, from+100)
		}
		return `{"data":[` + strings.Join(nodes, ",") + `]` + next + `}`
	}})
	found, err := inspect()
	if err != nil || len(found.Candidates) != 250 || hits.Load() != 3+3 {
		t.Errorf("%d candidates, %d requests, %v", len(found.Candidates), hits.Load(), err)
	}
}

// Covers TK04.
func TestNothingOfAReplyOrAnAddressIsInErrors(t *testing.T) {
	t.Parallel()
	refusal := func(code string) func(url.Values) string {
		return text(`{"error":{"code":` + code + `,"message":"` + canary + `","error_user_msg":"` + canary + `"}}`)
	}
	for name, s := range map[string]script{
		"inspection refused": {"debug_token": refusal("190")},
		"token not valid":    {"debug_token": text(`{"data":{"is_valid":false,"error":{"code":190,"subcode":460,"message":"` + canary + `"}}}`)},
		"inspection is HTML": {"debug_token": text("<html>" + canary)},
		"no data":            {"debug_token": text(`{"x":"` + canary + `"}`)},
		"name refused":       {"me": refusal("190")},
		"name has no id":     {"me": text(`{"id":"` + canary + `"}`)},
		"listing refused":    {"me/accounts": refusal("4")},
		"listing is another": {"me/accounts": text(`{"data":"` + canary + `"}`)},
		"another app's":      {"debug_token": text(`{"data":{"is_valid":true,"app_id":"` + canary + `"}}`)},
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

// Covers T9.
func TestClocksOfALogin(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		dates      string
		token      social.ClockKind
		dataAccess social.ClockKind
		page       social.ClockKind
	}{
		"long-lived":          {`"issued_at":1,"expires_at":1795000000,"data_access_expires_at":1795000000`, social.ClockExpires, social.ClockExpires, social.ClockNever},
		"never":               {`"expires_at":0,"data_access_expires_at":0`, social.ClockNever, "", social.ClockNever},
		"short-lived":         {`"expires_at":1795348900`, social.ClockExpires, "", social.ClockUnknown},
		"not told":            {`"type":"SYSTEM_USER"`, social.ClockUnknown, "", social.ClockUnknown},
		"null":                {`"expires_at":null`, social.ClockUnknown, "", social.ClockUnknown},
		"a date of nonsense":  {`"expires_at":100000000000000,"data_access_expires_at":-1`, social.ClockUnknown, "", social.ClockUnknown},
		"numbers in quotes":   {`"issued_at":"1","expires_at":"1795000000"`, social.ClockExpires, "", social.ClockNever},
		"short-lived, issued": {`"issued_at":1795340000,"expires_at":1795348900`, social.ClockExpires, "", social.ClockNever},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inspect, _ := play(t, script{"debug_token": text(`{"data":{"app_id":"123","is_valid":true,"scopes":["pages_show_list"],` + tc.dates + `}}`)})
			found, err := inspect()
			if err != nil {
				t.Fatal(err)
			}
			page := found.Candidates[0].Clocks.Token
			if found.Clocks.Token.Kind != tc.token || found.Clocks.DataAccess.Kind != tc.dataAccess || page.Kind != tc.page {
				t.Errorf("got %v, page %v", found.Clocks, page)
			}
		})
	}
}

func TestPastedToken(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]problem.Code{"SYSTEM_USER": "", "USER": "", "PAGE": problem.PasteInvalid, "APP": problem.PasteInvalid} {
		inspect, _ := play(t, script{"debug_token": text(`{"data":{"app_id":"123","is_valid":true,"type":"` + kind + `"}}`)})
		if _, err := inspect(); problem.CodeOf(err) != want {
			t.Errorf("%s: got %v", kind, err)
		}
	}
}

// Covers TK08, T8.
func TestMissingLifetimeIsUnknown(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"access_token":"T","token_type":"bearer"}`))
	}))
	t.Cleanup(server.Close)
	_, p := connect(t, server.URL, now)
	login, err := p.Exchange(t.Context(), social.ProviderApp{ClientID: "123"}, social.NewSecret("S"), social.Callback{Code: social.NewSecret("C")})
	if err != nil || login.Clocks.Token != social.UnknownClock() {
		t.Errorf("got %v, %v", login.Clocks, err)
	}
}

// Covers TK06, T1.
func TestLongLivedExchangeIsTriedTwiceAndTheCodeOnce(t *testing.T) {
	t.Parallel()
	var codes, exchanges atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.FormValue("code") != "":
			codes.Add(1)
			_, _ = w.Write([]byte(`{"access_token":"SHORT","expires_in":5400}`))
		case exchanges.Add(1) == 1:
			w.WriteHeader(http.StatusBadGateway)
		case r.FormValue("fb_exchange_token") == "SHORT" && r.URL.RawQuery == "":
			_, _ = w.Write([]byte(`{"access_token":"LONG","expires_in":"5183944"}`))
		}
	}))
	t.Cleanup(server.Close)
	_, p := connect(t, server.URL, now)
	login, err := p.Exchange(t.Context(), social.ProviderApp{ClientID: "123"}, social.NewSecret("S"), social.Callback{Code: social.NewSecret("C")})
	if err != nil || !login.Tokens.Access.Equal(social.NewSecret("LONG")) || codes.Load() != 1 || exchanges.Load() != 2 {
		t.Errorf("%v, code sent %d times, exchanged %d times", err, codes.Load(), exchanges.Load())
	}
}

// Covers A5.
func TestAuthorizeURL(t *testing.T) {
	t.Parallel()
	p := meta.New(meta.Config{})
	for name, tc := range map[string]struct {
		app     social.ProviderApp
		request social.SignInRequest
		start   string
		has     map[string]string
		hasNot  []string
	}{
		"classic": {
			social.ProviderApp{ClientID: "123"}, social.SignInRequest{RedirectURI: callback, State: "st", Challenge: "ch", Capabilities: []social.Capability{social.Publish}},
			"https://www.facebook.com/v26.0/dialog/oauth?",
			map[string]string{
				"client_id": "123", "redirect_uri": callback, "state": "st", "response_type": "code", "return_scopes": "true",
				"scope": "pages_show_list business_management pages_read_engagement pages_manage_posts instagram_basic instagram_content_publish",
			},
			[]string{"auth_type", "config_id", "code_challenge", "client_secret"},
		},
		"for business, choose again": {
			social.ProviderApp{ClientID: "123", LoginConfig: "77", APIVersion: "v25.0"}, social.SignInRequest{RedirectURI: callback, State: "st", ChooseAgain: true},
			"https://www.facebook.com/v25.0/dialog/oauth?",
			map[string]string{"config_id": "77", "auth_type": "rerequest", "override_default_response_type": "true", "response_type": "code"},
			[]string{"scope"},
		},
		"ended data access comes before another choice": {
			social.ProviderApp{ClientID: "123"}, social.SignInRequest{RedirectURI: callback, State: "st", ChooseAgain: true, Reauthorize: true},
			"https://www.facebook.com/v26.0/dialog/oauth?",
			map[string]string{"auth_type": "reauthorize"}, []string{"config_id"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, scopes, err := p.AuthorizeURL(tc.app, tc.request)
			if err != nil || !strings.HasPrefix(address, tc.start) || len(scopes) == 0 {
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
	if _, _, err := p.AuthorizeURL(social.ProviderApp{}, social.SignInRequest{}); problem.CodeOf(err) != problem.AppMissing {
		t.Errorf("no client id: %v", err)
	}
}
