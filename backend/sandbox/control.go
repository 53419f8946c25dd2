package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
)

// control serves the switches. A web page must never drive them: it cannot
// send our header without asking first, we never say yes, and an Origin
// header or a foreign Host (DNS rebinding) is refused outright.
func (c *call) control(path string) {
	if why := c.notForPages(); why != "" {
		c.event("control_refused")
		c.json(http.StatusForbidden, map[string]string{"error": why})
		return
	}
	switch path {
	case "log":
		c.get(c.controlLog)
	case "people":
		c.get(c.controlPeople)
	case "act":
		c.post(c.controlAct)
	case "mint":
		c.post(c.controlMint)
	case "reset":
		c.post(c.controlReset)
	default:
		c.json(http.StatusNotFound, map[string]string{"error": "no such control"})
	}
}

func (c *call) notForPages() string {
	host, _, err := net.SplitHostPort(c.r.Host)
	if err != nil {
		host = c.r.Host
	}
	switch {
	case c.r.Header.Get("X-Sandbox") != "1":
		return "the controls want the header X-Sandbox: 1"
	case c.r.Header.Get("Origin") != "":
		return "the controls are not for web pages"
	case !isLoopback(host):
		return "the controls answer to loopback names only"
	}
	return ""
}

func (c *call) get(do func()) {
	if c.allow(http.MethodGet) {
		do()
		return
	}
	c.json(http.StatusMethodNotAllowed, map[string]string{"error": "use GET"})
}

func (c *call) post(do func()) {
	if c.allow(http.MethodPost) {
		do()
		return
	}
	c.json(http.StatusMethodNotAllowed, map[string]string{"error": "use POST"})
}

// controlLog answers all entries, or those after ?since=SEQ.
func (c *call) controlLog() {
	since, _ := strconv.Atoi(c.r.URL.Query().Get("since"))
	entries := []Entry{}
	for _, e := range c.journal.all() {
		if e.Seq > since {
			entries = append(entries, e)
		}
	}
	c.json(http.StatusOK, map[string]any{"entries": entries})
}

func (c *call) controlPeople() {
	c.json(http.StatusOK, map[string]any{"people": c.Everyone(), "actions": Actions()})
}

func (c *call) controlAct() {
	var a Action
	decoder := json.NewDecoder(c.r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&a); err != nil || decoder.Decode(&struct{}{}) != io.EOF {
		c.json(http.StatusBadRequest, map[string]string{"error": "the body is not one action"})
		return
	}
	if err := c.Do(a); err != nil {
		status := http.StatusBadRequest
		if errors.Is(err, ErrNobody) {
			status = http.StatusConflict
		}
		c.event("act_refused")
		c.json(status, map[string]string{"error": err.Error()})
		return
	}
	c.entry.Provider, c.entry.Person, c.entry.Target = a.Provider, a.Person, safePath(a.Target)
	c.event("act_" + a.Do)
	c.json(http.StatusOK, map[string]bool{"ok": true})
}

func (c *call) controlReset() {
	if err := c.Reset(); err != nil {
		c.json(http.StatusInternalServerError, map[string]string{"error": err.Error()})
		return
	}
	c.event("reset")
	c.json(http.StatusOK, map[string]bool{"ok": true})
}

// form reads the body's parameters only; a query does not count.
func (c *call) form() (url.Values, error) {
	err := c.r.ParseForm()
	return c.r.PostForm, err //nolint:forbidigo // the parsed body, not http.PostForm
}
