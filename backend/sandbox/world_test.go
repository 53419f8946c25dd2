package sandbox_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/sandbox/sandboxtest"
)

const (
	metaCallback     = "http://localhost:17653/callback/meta"
	linkedInCallback = "http://localhost:17653/callback/linkedin"
	pradoPage        = "104728391056214"
	padariaPage      = "112093847562018"
	padariaInstagram = "17841401234500022"
	hotelPage        = "113647582910473"
	allMeta          = "pages_show_list,business_management,pages_read_engagement,pages_manage_posts,pages_manage_metadata,pages_messaging,read_insights,instagram_basic,instagram_content_publish"
	allLinkedIn      = "r_basicprofile rw_organization_admin w_organization_social w_member_social"
)

// world is one sandbox over real HTTP and a clock that the test moves.
type world struct {
	*testing.T
	box  *sandbox.Server
	url  string
	mu   sync.Mutex
	time time.Time
}

func newWorld(t *testing.T, options ...func(*sandbox.Options)) *world {
	t.Helper()
	w := &world{T: t, time: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	o := sandbox.Options{Now: w.now}
	for _, set := range options {
		set(&o)
	}
	box, err := sandbox.New(o)
	must(t, err)
	server := httptest.NewServer(box)
	t.Cleanup(server.Close)
	w.box, w.url = box, server.URL
	return w
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.time
}

func (w *world) wait(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.time = w.time.Add(d)
}

func (w *world) act(a sandbox.Action) {
	w.Helper()
	must(w, w.box.Do(a))
}

func (w *world) visitor() *sandboxtest.Visitor {
	w.Helper()
	v, err := sandboxtest.New("pt-BR")
	must(w, err)
	return v
}

// answer is what an API said.
type answer struct {
	status int
	header http.Header
	raw    string
	body   map[string]any
}

func (w *world) do(method, path string, form url.Values, headers ...string) answer {
	w.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	if !strings.HasPrefix(path, "http") {
		path = w.url + path
	}
	r, err := http.NewRequestWithContext(w.Context(), method, path, body)
	must(w, err)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(r)
	must(w, err)
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	must(w, err)
	a := answer{status: res.StatusCode, header: res.Header, raw: string(raw)}
	_ = json.Unmarshal(raw, &a.body) // pages and empty answers have none
	return a
}

// at walks the answer: numbers are indexes, other words are keys.
func (a answer) at(path ...any) any {
	var v any = a.body
	for _, step := range path {
		switch s := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[s]
		case int:
			l, _ := v.([]any)
			if s >= len(l) {
				return nil
			}
			v = l[s]
		}
	}
	return v
}

func (a answer) list(path ...any) []any {
	l, _ := a.at(path...).([]any)
	return l
}

func (a answer) text(path ...any) string {
	s, _ := a.at(path...).(string)
	return s
}

// names of the elements' field, for comparing lists.
func (a answer) names(list, field string) []string {
	var out []string
	for _, e := range a.list(list) {
		m, _ := e.(map[string]any)
		s, _ := m[field].(string)
		out = append(out, s)
	}
	return out
}

func (w *world) refused(a answer, code, subcode float64) {
	w.Helper()
	got, _ := a.at("error", "code").(float64)
	sub, _ := a.at("error", "error_subcode").(float64)
	if a.status < 400 || got != code || sub != subcode {
		w.Fatalf("status %d %s, want error %v/%v", a.status, a.raw, code, subcode)
	}
}

func (w *world) dialog(extra ...string) string {
	q := url.Values{
		"client_id": {sandbox.MetaClientID}, "redirect_uri": {metaCallback}, "state": {"s1"},
		"scope": {allMeta}, "response_type": {"code"},
	}
	for i := 0; i+1 < len(extra); i += 2 {
		q.Set(extra[i], extra[i+1])
	}
	return w.url + "/v26.0/dialog/oauth?" + q.Encode()
}

func (w *world) metaCode(person string, extra ...string) string {
	w.Helper()
	landed, err := w.visitor().SignIn(w.Context(), w.dialog(extra...), person)
	must(w, err)
	return landed.Query().Get("code")
}

func (w *world) exchange(code string, extra ...string) answer {
	w.Helper()
	q := url.Values{
		"client_id": {sandbox.MetaClientID}, "client_secret": {sandbox.MetaClientSecret},
		"redirect_uri": {metaCallback}, "code": {code},
	}
	for i := 0; i+1 < len(extra); i += 2 {
		q.Set(extra[i], extra[i+1])
	}
	return w.do("GET", "/v26.0/oauth/access_token?"+q.Encode(), nil)
}

func (w *world) extend(token string) answer {
	w.Helper()
	return w.do("POST", "/v26.0/oauth/access_token", url.Values{
		"grant_type": {"fb_exchange_token"}, "client_id": {sandbox.MetaClientID},
		"client_secret": {sandbox.MetaClientSecret}, "fb_exchange_token": {token},
	})
}

// metaToken signs the person in, yes to everything, and returns a long token.
func (w *world) metaToken(person string, extra ...string) string {
	w.Helper()
	short := w.exchange(w.metaCode(person, extra...)).text("access_token")
	long := w.extend(short).text("access_token")
	if long == "" {
		w.Fatal("no long-lived token")
	}
	return long
}

func (w *world) graph(token, path string) answer {
	w.Helper()
	return w.do("GET", "/v26.0"+path, nil, "Authorization", "Bearer "+token)
}

func (w *world) inspect(token string) answer {
	w.Helper()
	q := url.Values{"input_token": {token}, "access_token": {sandbox.MetaClientID + "|" + sandbox.MetaClientSecret}}
	return w.do("GET", "/v26.0/debug_token?"+q.Encode(), nil)
}

func (w *world) pageToken(token, page string) string {
	w.Helper()
	t := w.graph(token, "/"+page+"?fields=access_token").text("access_token")
	if t == "" {
		w.Fatalf("no token of Page %s", page)
	}
	return t
}

func (w *world) happened(event string) bool {
	return slices.ContainsFunc(w.box.Log(), func(e sandbox.Entry) bool { return slices.Contains(e.Events, event) })
}

func proof(secret, token string) string {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(token))
	return hex.EncodeToString(h.Sum(nil))
}

func must(t interface {
	Helper()
	Fatal(...any)
}, err error,
) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}
