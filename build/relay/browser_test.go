//go:build e2e

package relay_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/oauth"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/provider/meta"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/sandbox/sandboxtest"
	"github.com/kontent/kontent-connect/backend/social"
)

const (
	sentence = "Volte ao aplicativo"
	canary   = "CANARY0123456789"
)

// host serves the page as an organisation would, without the headers that it
// may not be able to send.
func host(t *testing.T) *httptest.Server {
	t.Helper()
	page := readPage(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(page))
	}))
	t.Cleanup(server.Close)
	return server
}

// visit opens an address in Chromium and returns the page that it ends on, as
// it stands there.
func visit(t *testing.T, address string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--no-first-run", "--disable-background-networking", "--user-data-dir="+t.TempDir(), "--dump-dom", address)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("chromium: %v\n%s", err, said.String())
	}
	return string(out)
}

func stateFor(provider byte, port int) []byte {
	raw := append(bytes.Repeat([]byte{0xa7}, 32), provider)
	return binary.BigEndian.AppendUint16(raw, uint16(port))
}

func encode(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

// listener notes who comes to both loopback addresses of one port.
type listener struct {
	port int
	mu   sync.Mutex
	came []*url.URL
	sent []http.Header
}

func listen(t *testing.T) *listener {
	t.Helper()
	l := &listener{}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		defer l.mu.Unlock()
		if r.URL.Path != "/favicon.ico" {
			l.came, l.sent = append(l.came, r.URL), append(l.sent, r.Header)
		}
		_, _ = w.Write([]byte("arrived"))
	})
	four, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.port = four.Addr().(*net.TCPAddr).Port //nolint:forcetypeassert // it is one
	for _, of := range []net.Listener{four, also(t, l.port)} {
		if of == nil {
			continue
		}
		server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second}
		go func() { _ = server.Serve(of) }()
		t.Cleanup(func() { _ = server.Close() })
	}
	return l
}

func also(t *testing.T, port int) net.Listener {
	t.Helper()
	six, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "[::1]:"+strconv.Itoa(port))
	if err != nil {
		return nil // a computer without IPv6
	}
	return six
}

func (l *listener) visits() ([]*url.URL, []http.Header) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.came, l.sent
}

func TestRelayForwards(t *testing.T) {
	relay := host(t)
	for name, tc := range map[string]struct {
		provider byte
		query    string
		path     string
		arrives  url.Values
	}{
		"a code of Meta": {
			'm', "code=AQ%2B" + canary + "%26x&granted_scopes=a,b&state=STATE#_=_", "/callback/meta",
			url.Values{"code": {"AQ+" + canary + "&x"}},
		},
		"a refusal": {
			'm', "error=access_denied&error_code=200&error_reason=user_denied&error_description=Permissions+error&state=STATE", "/callback/meta",
			url.Values{"error": {"access_denied"}, "error_code": {"200"}, "error_reason": {"user_denied"}, "error_description": {"Permissions error"}},
		},
		"an error code alone": {'m', "error_code=4201&error_message=App+not+active&state=STATE", "/callback/meta", url.Values{"error_code": {"4201"}, "error_message": {"App not active"}}},
		"a code of LinkedIn":  {'l', "state=STATE&code=AQ" + canary, "/callback/linkedin", url.Values{"code": {"AQ" + canary}}},
	} {
		t.Run(name, func(t *testing.T) {
			l := listen(t)
			state := encode(stateFor(tc.provider, l.port))
			if page := visit(t, relay.URL+"/kontent/?"+strings.ReplaceAll(tc.query, "STATE", state)); !strings.Contains(page, "arrived") {
				t.Errorf("ended on %s", page)
			}
			came, sent := l.visits()
			if len(came) != 1 {
				t.Fatalf("%d visits", len(came))
			}
			tc.arrives.Set("state", state)
			if came[0].Path != tc.path || came[0].Query().Encode() != tc.arrives.Encode() {
				t.Errorf("arrived at %s with %s", came[0].Path, came[0].RawQuery)
			}
			if sent[0].Get("Referer") != "" || sent[0].Get("Origin") != "" {
				t.Errorf("told where it came from: %v", sent[0])
			}
		})
	}
}

func TestRelayStays(t *testing.T) {
	relay, l := host(t), listen(t)
	good := encode(stateFor('m', l.port))
	respelled := good[:46] + string(good[46]+1) // the same 35 bytes, with a bit beyond them
	for name, query := range map[string]string{
		"nothing at all":           "",
		"no state":                 "code=" + canary,
		"no code":                  "state=" + good,
		"code and error":           "code=" + canary + "&error=x&state=" + good,
		"two codes":                "code=" + canary + "&code=b&state=" + good,
		"two states":               "code=" + canary + "&state=" + good + "&state=" + good,
		"a list of codes":          "code=" + canary + "&code[]=b&state=" + good,
		"unknown network":          "code=" + canary + "&state=" + encode(stateFor('x', l.port)),
		"network of a prototype":   "code=" + canary + "&state=" + encode(stateFor('_', l.port)),
		"low port":                 "code=" + canary + "&state=" + encode(stateFor('m', 80)),
		"state too short":          "code=" + canary + "&state=" + encode(stateFor('m', l.port)[1:]),
		"state too long":           "code=" + canary + "&state=" + encode(append(stateFor('m', l.port), 0)),
		"second spelling":          "code=" + canary + "&state=" + respelled,
		"padded":                   "code=" + canary + "&state=" + good + "%3D",
		"state is an address":      "code=" + canary + "&state=http://localhost:" + strconv.Itoa(l.port) + "/",
		"state is a script":        "code=" + canary + "&state=javascript:location='http://localhost:" + strconv.Itoa(l.port) + "'",
		"address beside the state": "code=" + canary + "&redirect=http://localhost:" + strconv.Itoa(l.port) + "/&state=x",
		"markup":                   "code=%3Cscript%3Elocation='http://localhost:" + strconv.Itoa(l.port) + "'%3C/script%3E" + canary + "&state=x",
		"far too long":             "code=" + strings.Repeat("a", 9000) + canary + "&state=" + good,
	} {
		t.Run(name, func(t *testing.T) {
			before, _ := l.visits()
			page := visit(t, relay.URL+"/?"+query)
			if !strings.Contains(page, sentence) || strings.Contains(page, canary) {
				t.Errorf("ended on %s", page)
			}
			if came, _ := l.visits(); len(came) != len(before) {
				t.Errorf("went to %v", came[len(before):])
			}
		})
	}
}

// The whole way of a Live app: Meta's dialog, the organisation's page in a real
// browser, the receiver on this computer, and the exchange.
func TestSignInOverTheRelay(t *testing.T) {
	relay := host(t)
	page := relay.URL + "/kontent/"
	box, err := sandbox.New(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(box)
	t.Cleanup(server.Close)
	for _, a := range []sandbox.Action{{Do: "register_redirect", Target: page}, {Do: "app_live"}} {
		if err := box.Do(a); err != nil {
			t.Fatal(err)
		}
	}
	client, err := provider.NewClient(provider.Options{Origins: []string{server.URL}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	p := meta.New(meta.Config{WebURL: server.URL, GraphURL: server.URL, HTTP: client})
	app := social.ProviderApp{
		Provider: social.Meta, ClientID: sandbox.MetaClientID, Redirect: social.RedirectRelay, RelayURL: page, Ports: []int{47653, 57653},
	}
	flow := &oauth.Flow{Sandbox: []string{server.URL, relay.URL}}
	receiver, err := flow.Listen(t.Context(), social.Meta, app)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = receiver.Close() })
	address, _, err := p.AuthorizeURL(app, social.SignInRequest{RedirectURI: receiver.RedirectURI(), State: receiver.State()})
	if err != nil {
		t.Fatal(err)
	}
	visitor, err := sandboxtest.New("pt-BR")
	if err != nil {
		t.Fatal(err)
	}
	landed, err := visitor.SignIn(t.Context(), address, "Maria Lima")
	if err != nil {
		t.Fatal(err)
	}
	if landed.Host != strings.TrimPrefix(relay.URL, "http://") {
		t.Fatalf("the dialog led to %s", landed.Host)
	}
	visit(t, landed.String())
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	callback, err := receiver.Wait(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Exchange(ctx, app, social.NewSecret(sandbox.MetaClientSecret), callback); err != nil {
		t.Errorf("exchange: %v", err)
	}
}
