package oauth

import (
	"bufio"
	"bytes"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
)

// mutant is the request of a browser that comes back, in the parts that prove
// whose it is. Headers are what a browser adds of itself.
type mutant struct {
	method, path, query, host string
	headers                   []string
}

func (w world) browsers() mutant {
	return mutant{
		method: "GET", path: w.path, query: "state=" + w.state + "&code=the-code", host: w.binding.host,
		headers: []string{"Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Fetch-Site: cross-site"},
	}
}

func (m mutant) text() string {
	return request(m.method, m.path+"?"+m.query, m.host, m.headers...)
}

// bent is text with one byte changed, left out, added or doubled.
func bent(random *rand.Rand, text string) string {
	bytes := []byte(text)
	if len(bytes) == 0 {
		return string(rune(random.IntN(256)))
	}
	at := random.IntN(len(bytes))
	switch random.IntN(4) {
	case 0:
		bytes[at] ^= byte(1 + random.IntN(255))
	case 1:
		bytes = append(bytes[:at], bytes[at+1:]...)
	case 2:
		bytes = append(bytes[:at], append([]byte{byte(random.IntN(256))}, bytes[at:]...)...)
	case 3:
		bytes = append(bytes, bytes[at:]...)
	}
	return string(bytes)
}

// mutate changes one part or more of a good request.
func (m mutant) mutate(random *rand.Rand, state string) mutant {
	m.headers = append([]string(nil), m.headers...)
	for range 1 + random.IntN(3) {
		switch random.IntN(9) {
		case 0:
			m.method = pick(random, "POST", "HEAD", "PUT", "OPTIONS", "TRACE", "get", bent(random, "GET"))
		case 1:
			m.path = pick(random, "/", "//callback/linkedin", "/callback/meta", "/callback/linkedin/", "/%63allback/linkedin", bent(random, m.path), bent(random, m.path))
		case 2:
			m.host = pick(random, "evil.example", "localhost", "127.0.0.1", "", bent(random, m.host), bent(random, m.host))
		case 3:
			m.query = strings.Replace(m.query, state, pick(random, newState(), state[1:], state+state, strings.ToLower(state), "", bent(random, state)), 1)
		case 4:
			m.query += pick(random, "&state="+state, "&code=another", "&code[]=x", "&error=access_denied", "&iss=https%3A%2F%2Fevil.example", ";x", "&x=%zz", "#x")
		case 5:
			m.query = strings.Replace(m.query, "the-code", pick(random, "", "a%00b", "a%0d%0ab", "%ff", "%F0%9F%98%80", strings.Repeat("a", maxQuery)), 1)
		case 6:
			m.query = strings.Replace(m.query, pick(random, "state=", "code="), pick(random, "", "State=", "state", "x=", "code[]="), 1)
		case 7:
			m.headers = append(m.headers, pick(random, "Origin: null", "Origin: https://evil.example", "Sec-Purpose: prefetch", "Purpose: prefetch",
				"Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: iframe", "X-Moz: prefetch"))
		case 8:
			m.query = bent(random, m.query)
		}
	}
	return m
}

// proves reports whether a mutant still is the same request in other words: one
// more parameter that nobody knows, say, or another code, which only the
// provider can judge. It is written out here a second time on purpose.
func (m mutant) proves(w world) bool {
	values, err := url.ParseQuery(m.query)
	if err != nil || len(m.query) > maxQuery || strings.Contains(m.query, "#") {
		return false
	}
	lone := func(name string) bool {
		return len(values[name]) == 1 && values.Get(name) != "" && !strings.ContainsFunc(values.Get(name), func(r rune) bool { return r < ' ' || r > '~' })
	}
	for _, known := range []string{"code", "state", "error"} {
		for name := range values {
			if strings.HasPrefix(name, known+"[") {
				return false
			}
		}
	}
	if values.Has("iss") {
		return false
	}
	return m.method == "GET" && m.path == w.path && strings.Trim(m.host, " \t") == w.binding.host && len(m.headers) == 3 &&
		lone("state") && values.Get("state") == w.state && (lone("code") != lone("error")) && (!values.Has("code") || !values.Has("error"))
}

// meets hands a request to the receiver as its server would, and reports
// whether it was taken for the answer. What net/http cannot read, it refuses.
func (w world) meets(text string) bool {
	parsed, err := http.ReadRequest(bufio.NewReader(strings.NewReader(text)))
	if err != nil {
		return false
	}
	before := w.claimed.Load()
	w.handle(httptest.NewRecorder(), parsed)
	return !before && w.claimed.Load()
}

// A million callbacks that are not quite right are refused, each; between them
// the real one always comes in.
//
// Covers G3, CB03, CB04, CB09, CB10, CB12, CB13, CB14, CB16, CB17, CB18, CB20.
func TestNoMutantIsTakenForTheCallback(t *testing.T) {
	t.Parallel()
	const perAttempt = 5_000
	random := rand.New(rand.NewPCG(1, 2))
	refused, harmless := 0, 0
	for range rounds(60_000, 1_200_000) / perAttempt {
		w := newWorld(t)
		real := w.browsers()
		for range perAttempt {
			m := real.mutate(random, w.state)
			if m.proves(w) {
				harmless++
				continue
			}
			if w.meets(m.text()) {
				t.Fatalf("taken for the callback: %q", m.text())
			}
			refused++
		}
		if !w.meets(real.text()) {
			t.Fatal("the real callback was refused")
		}
		w.hasCode("the-code")
		_ = w.Close()
	}
	if harmless > refused/20 {
		t.Errorf("%d of the mutants were none, beside %d that were refused", harmless, refused)
	}
}

// FuzzRequest holds that whatever bytes come in over the wire, only those with
// the state and the host are taken for the answer, and nothing of them comes
// back.
//
// Covers G3.
func FuzzRequest(f *testing.F) {
	const host = "127.0.0.1:17653"
	seeds := world{nil, &Receiver{path: "/callback/linkedin", state: fuzzState, binding: binding{host: host}}}
	f.Add([]byte(seeds.browsers().text()))
	random := rand.New(rand.NewPCG(9, 10))
	for range 100 {
		f.Add([]byte(seeds.browsers().mutate(random, fuzzState).text()))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		parsed, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(text)))
		if err != nil {
			return
		}
		r := &Receiver{
			provider: social.LinkedIn, path: "/callback/linkedin", state: fuzzState, binding: binding{host: host},
			arrived: make(chan struct{}), shown: make(chan struct{}),
		}
		reply := httptest.NewRecorder()
		r.handle(reply, parsed)
		if r.claimed.Load() && (!strings.Contains(parsed.RequestURI, "state=") && !strings.Contains(parsed.RequestURI, "%") || parsed.Host != host || parsed.Method != "GET") {
			t.Fatalf("taken for the answer: %q", text)
		}
		if strings.Contains(reply.Body.String(), fuzzState) || len(reply.Body.String()) > 64 {
			t.Fatalf("answered %q", reply.Body.String())
		}
	})
}
