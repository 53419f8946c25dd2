package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
)

// maxBody is far above any form or action; that of the largest portfolio has a
// field for each of ten thousand Pages and accounts.
const maxBody = 1 << 20

// call is one request on its way: the server, the answer and its log entry.
type call struct {
	*Server
	w     *recorder
	r     *http.Request
	entry Entry
}

// recorder remembers the status for the log.
type recorder struct {
	http.ResponseWriter
	status int
}

func (rec *recorder) WriteHeader(status int) {
	if rec.status == 0 {
		rec.status = status
	}
	rec.ResponseWriter.WriteHeader(status)
}

func (rec *recorder) Write(b []byte) (int, error) {
	if rec.status == 0 {
		rec.status = http.StatusOK
	}
	return rec.ResponseWriter.Write(b)
}

func (c *call) event(name string) { c.entry.Events = append(c.entry.Events, name) }

func (c *call) finish() {
	c.entry.Status = c.w.status
	c.journal.add(c.entry)
}

func (c *call) json(status int, v any) {
	c.w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	c.w.Header().Set("Cache-Control", "no-store")
	c.w.WriteHeader(status)
	_ = json.NewEncoder(c.w).Encode(v) // a client that has gone is no news
}

// redirect sends the browser back to the application under test.
func (c *call) redirect(to string, query url.Values, fragment string) {
	u, err := url.Parse(to)
	if err != nil {
		http.Error(c.w, "unreadable redirect", http.StatusInternalServerError)
		return
	}
	q := u.Query()
	for k, v := range query {
		q[k] = v
	}
	u.RawQuery, u.Fragment = q.Encode(), fragment
	c.w.Header().Set("Location", u.String())
	c.w.Header().Set("Cache-Control", "no-store")
	c.w.Header().Set("Referrer-Policy", "no-referrer")
	c.w.WriteHeader(http.StatusFound)
}

// seeOther sends the browser on with a GET, so that reloading and going back
// never post twice.
func (c *call) seeOther(path string) {
	c.w.Header().Set("Location", path)
	c.w.Header().Set("Cache-Control", "no-store")
	c.w.WriteHeader(http.StatusSeeOther)
}

// origin is how the client reached us, for absolute links in answers.
func (c *call) origin() string { return "http://" + c.r.Host }

// troubled applies the faults that somebody has asked for. True means that
// the call has been answered, or dropped.
func (c *call) troubled(provider string) bool {
	if err := c.nap(c.r, c.faults.slowness(provider)); err != nil {
		c.event("gone")
		panic(http.ErrAbortHandler)
	}
	f, ok := c.faults.take(provider, c.r.URL.Path)
	if !ok {
		return false
	}
	c.event("fault")
	if f.status == 0 {
		c.event("dropped")
		panic(http.ErrAbortHandler) // the client sees a broken connection
	}
	if provider == Meta {
		c.metaFault(f)
	} else {
		c.linkedInFault(f)
	}
	return true
}
