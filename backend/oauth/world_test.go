package oauth

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is one attempt and a client that sends it whatever a test likes.
type world struct {
	t *testing.T
	*Receiver
}

func newWorld(t *testing.T) world {
	t.Helper()
	return worldOf(t, &Flow{}, social.LinkedIn, social.ProviderApp{Redirect: social.RedirectNative})
}

func newLocalhostWorld(t *testing.T, p social.Provider) world {
	t.Helper()
	return worldOf(t, &Flow{}, p, social.ProviderApp{Redirect: social.RedirectLocalhost, Ports: freePorts(t, 3)})
}

func worldOf(t *testing.T, f *Flow, p social.Provider, app social.ProviderApp) world {
	t.Helper()
	r, err := f.Listen(t.Context(), p, app)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return world{t, r}
}

// freePorts returns ports that are free on both loopback addresses.
func freePorts(t *testing.T, n int) []int {
	t.Helper()
	var ports []int
	for len(ports) < n {
		b, err := bindAny(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer b.close()
		ports = append(ports, b.port)
	}
	return ports
}

// target is the request target of a good callback with one thing or another
// changed.
func (w world) target(changes ...func(url.Values)) string {
	query := url.Values{"code": {"the-code"}, "state": {w.state}}
	for _, change := range changes {
		change(query)
	}
	return w.path + "?" + query.Encode()
}

func with(name string, values ...string) func(url.Values) {
	return func(q url.Values) { q[name] = values }
}

func without(name string) func(url.Values) { return func(q url.Values) { q.Del(name) } }

// answered is what came back: enough to assert on, after the body was read.
type answered struct {
	status int
	header http.Header
	body   string
	last   bool // the server ends the connection
}

// send writes one request, byte for byte.
func (w world) send(request string) answered {
	w.t.Helper()
	conn, err := net.Dial("tcp", hostPort("127.0.0.1", w.binding.port))
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.WriteString(conn, request); err != nil {
		w.t.Fatal(err)
	}
	method, _, _ := strings.Cut(request, " ")
	reply, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		w.t.Fatalf("read reply: %v", err)
	}
	defer func() { _ = reply.Body.Close() }()
	body, err := io.ReadAll(reply.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return answered{reply.StatusCode, reply.Header, string(body), reply.Close}
}

// visit does what a browser does when a person is redirected to target: it
// also goes where it is sent on to. It returns the first answer.
func (w world) visit(target string, headers ...string) answered {
	w.t.Helper()
	got := w.send(request("GET", target, w.binding.host, headers...))
	if next := got.header.Get("Location"); next != "" {
		w.send(request("GET", next, w.binding.host, headers...))
	}
	return got
}

func request(method, target, host string, headers ...string) string {
	lines := append([]string{method + " " + target + " HTTP/1.1", "Host: " + host}, headers...)
	return strings.Join(lines, "\r\n") + "\r\n\r\n"
}

// stillWaits fails the test unless the attempt has had no answer yet and takes
// the real one.
func (w world) stillWaits() {
	w.t.Helper()
	gone, cancel := context.WithCancel(w.t.Context())
	cancel()
	if _, err := w.Wait(gone); err == nil || problem.CodeOf(err) != problem.Internal {
		w.t.Fatalf("the attempt was consumed: %v", err)
	}
	if got := w.visit(w.target()); got.status != http.StatusSeeOther {
		w.t.Fatalf("the real callback afterwards: status %d", got.status)
	}
	w.hasCode("the-code")
}

func (w world) hasCode(want string) {
	w.t.Helper()
	callback, err := w.Wait(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	if callback.Code.Reveal() != want || callback.RedirectURI != w.RedirectURI() || callback.Verifier.Reveal() != w.verifier {
		w.t.Fatalf("the callback is not that of the attempt")
	}
}

func (w world) failsWith(want problem.Code) *problem.Error {
	w.t.Helper()
	_, err := w.Wait(w.t.Context())
	if problem.CodeOf(err) != want {
		w.t.Fatalf("Wait: %v, want %s", err, want)
	}
	return problem.From(err)
}
