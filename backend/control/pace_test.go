package control_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// flood makes one call again and again over one connection, all of them at
// once, and returns what each was answered with.
func flood(t *testing.T, w *world, method, body string, times int) (codes map[problem.Code]int) {
	t.Helper()
	conn, err := net.Dial("unix", w.path)
	must(t, err)
	defer func() { _ = conn.Close() }()
	request := fmt.Sprintf("POST /v1/%s HTTP/1.1\r\nHost: kontent\r\nKontent-Protocol: %s\r\nContent-Length: %d\r\n\r\n%s",
		method, control.Protocol, len(body), body)
	go func() { _, _ = conn.Write([]byte(strings.Repeat(request, times))) }()
	codes = map[problem.Code]int{}
	for answers := bufio.NewReader(conn); times > 0; times-- {
		response, err := http.ReadResponse(answers, nil)
		must(t, err)
		var failure struct {
			Problem view.Problem `json:"problem"`
		}
		must(t, json.NewDecoder(response.Body).Decode(&failure))
		must(t, response.Body.Close())
		codes[problem.Code(failure.Problem.Code)]++
	}
	return codes
}

// Covers W5.
func TestAFaceThatRunsWild(t *testing.T) {
	t.Parallel()
	t.Run("is refused what is dear long before what is cheap", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		// Twenty may come at once, and time goes on meanwhile.
		dear := flood(t, w, "open_page", `{"name":"meta_apps"}`, 2000)
		if dear[problem.TooManyCalls] == 0 || dear[""] < 20 || len(w.Opened()) != dear[""] {
			t.Errorf("answered %v, opened %d pages", dear, len(w.Opened()))
		}
		if cheap := flood(t, w, "attempt", `{"id":"t1"}`, 500); cheap[problem.TooManyCalls] != 0 {
			t.Errorf("five hundred looks at a sign-in are no flood: %v", cheap)
		}
	})
	t.Run("holds up no other", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		if codes := flood(t, w, "check", `{"ids":[]}`, 200); codes[problem.TooManyCalls] == 0 {
			t.Errorf("answered %v", codes)
		}
		_, err := w.client.Check(t.Context(), nil)
		must(t, err)
	})
	t.Run("is told so in a way that its person understands", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		var err error
		for range 2000 { // one after the other, and so over one connection
			if err = w.client.OpenPage(t.Context(), "meta_apps"); err != nil {
				break
			}
		}
		wantProblem(t, err, problem.TooManyCalls)
	})
}
