package control_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// raw sends a request that our own client would not send.
type raw struct {
	method, path, host, version, body string
	header                            map[string]string
}

func (r raw) send(t *testing.T, w *world) (status int, code problem.Code) {
	t.Helper()
	conn, err := net.Dial("unix", w.path)
	must(t, err)
	defer func() { _ = conn.Close() }()
	var head strings.Builder
	fmt.Fprintf(&head, "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n", r.method, r.path, r.host, len(r.body))
	if r.version != "" {
		fmt.Fprintf(&head, "Kontent-Protocol: %s\r\n", r.version)
	}
	for name, value := range r.header {
		fmt.Fprintf(&head, "%s: %s\r\n", name, value)
	}
	// What is not read to its end may end with a broken pipe here; the reply
	// is there all the same.
	_, _ = io.WriteString(conn, head.String()+"\r\n"+r.body)
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	must(t, err)
	defer func() { _ = response.Body.Close() }()
	var failure struct {
		Problem view.Problem `json:"problem"`
	}
	_ = json.NewDecoder(response.Body).Decode(&failure)
	return response.StatusCode, problem.Code(failure.Problem.Code)
}

// Covers UI05, W5.
func TestServerRefuses(t *testing.T) {
	t.Parallel()
	good := raw{method: "POST", path: "/v1/add_project", host: "kontent", version: control.Protocol, body: `{"name":"x"}`}
	for name, tc := range map[string]struct {
		change func(*raw)
		status int
		code   problem.Code
	}{
		"nothing of a good request":       {func(*raw) {}, http.StatusOK, ""},
		"a field it does not know":        {func(r *raw) { r.body = `{"name":"x","admin":true}` }, http.StatusUnprocessableEntity, problem.BadRequest},
		"a field of another type":         {func(r *raw) { r.body = `{"name":7}` }, http.StatusUnprocessableEntity, problem.BadRequest},
		"half of a request":               {func(r *raw) { r.body = `{"name":"x` }, http.StatusUnprocessableEntity, problem.BadRequest},
		"no request at all":               {func(r *raw) { r.body = "" }, http.StatusUnprocessableEntity, problem.BadRequest},
		"a list for an object":            {func(r *raw) { r.body = `[1]` }, http.StatusUnprocessableEntity, problem.BadRequest},
		"two requests in one":             {func(r *raw) { r.body = `{"name":"x"}{"name":"y"}` }, http.StatusUnprocessableEntity, problem.BadRequest},
		"a request with something behind": {func(r *raw) { r.body = `{"name":"x"} and more` }, http.StatusUnprocessableEntity, problem.BadRequest},
		"more than a megabyte":            {func(r *raw) { r.body = `{"name":"` + strings.Repeat("x", 1<<20) + `"}` }, http.StatusUnprocessableEntity, problem.BadRequest},
		"a face of another version":       {func(r *raw) { r.version = "0" }, http.StatusUpgradeRequired, problem.AgentVersion},
		"a face without a version":        {func(r *raw) { r.version = "" }, http.StatusUpgradeRequired, problem.AgentVersion},
		"a page's Host":                   {func(r *raw) { r.host = "localhost" }, http.StatusForbidden, ""},
		"a page's Origin":                 {func(r *raw) { r.header = map[string]string{"Origin": "http://evil.example"} }, http.StatusForbidden, ""},
		"an Origin of null":               {func(r *raw) { r.header = map[string]string{"Origin": "null"} }, http.StatusForbidden, ""},
		"a page's call to leave":          {func(r *raw) { r.path, r.host = "/leave", "evil.example" }, http.StatusForbidden, ""},
		"a read where a call is due":      {func(r *raw) { r.method = "GET" }, http.StatusMethodNotAllowed, ""},
		"a method nobody knows":           {func(r *raw) { r.path = "/v1/reveal_token" }, http.StatusNotFound, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, request := newWorld(t), good
			tc.change(&request)
			status, code := request.send(t, w)
			if status != tc.status || code != tc.code {
				t.Errorf("answered %d %q, want %d %q", status, code, tc.status, tc.code)
			}
			s, err := w.Snapshot(t.Context())
			must(t, err)
			if done := len(s.Projects) > 1; done != (tc.status == http.StatusOK) || w.hasLeft() != 0 {
				t.Errorf("it was done: %t, left: %d", done, w.hasLeft())
			}
		})
	}
}

// TestLeave: a face of a later version must be able to ask an agent of this
// one to go, so leaving is understood whatever the version.
func TestLeave(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if status, _ := (raw{method: "POST", path: "/leave", host: "kontent", version: "99"}).send(t, w); status != http.StatusNoContent {
		t.Errorf("answered %d", status)
	}
	must(t, w.client.Leave(t.Context()))
	if w.hasLeft() != 2 {
		t.Errorf("asked to leave %d times, want 2", w.hasLeft())
	}
}
