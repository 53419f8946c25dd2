package oauth

import (
	"net/http"
	"strings"
)

// Paths below the callback's own. They hold no parameter, so that the code
// leaves the address bar and the history (L9).
const (
	donePath  = "/done"
	againPath = "/again"
)

// handle is the whole server. There is no http.ServeMux on purpose: it
// redirects "//callback" and friends to the clean path (CB14).
func (r *Receiver) handle(w http.ResponseWriter, req *http.Request) {
	writeHeaders(w.Header())
	path, query, _ := strings.Cut(req.RequestURI, "?")
	if status, reason := r.inspect(req, path); reason != "" {
		r.reject(w, status, reason)
		return
	}
	if path != r.path {
		r.show(w, req, path)
		return
	}
	a, reason := parseAnswer(query, r.provider, r.state)
	if reason != "" {
		r.reject(w, http.StatusBadRequest, reason)
		return
	}
	next := r.path + againPath
	if r.claim(a, byBrowser) {
		next = r.path + donePath
	}
	w.Header().Set("Location", next)
	w.WriteHeader(http.StatusSeeOther)
}

// inspect makes the checks of L4 that need no query, in L4's order. It
// returns the reason for a rejection, or "".
func (r *Receiver) inspect(req *http.Request, path string) (status int, reason string) {
	switch {
	case req.Host != r.binding.host:
		return http.StatusMisdirectedRequest, badHost
	case req.Method != http.MethodGet:
		return http.StatusMethodNotAllowed, badMethod
	case !r.knows(path):
		return http.StatusNotFound, badPath
	case len(req.Header.Values("Origin")) > 0:
		return http.StatusForbidden, badOrigin
	case !absentOr(req.Header.Values("Sec-Fetch-Mode"), "navigate"),
		!absentOr(req.Header.Values("Sec-Fetch-Dest"), "document"):
		return http.StatusForbidden, badFetch
	case speculative(req.Header):
		return http.StatusForbidden, badPrefetch
	}
	return 0, ""
}

// knows compares the path as it was sent. Go decodes "/%63allback" to the same
// path and takes an absolute-form request line apart (CB14, CB15); both differ
// here. The pages exist once there is something to say.
func (r *Receiver) knows(path string) bool {
	if path == r.path {
		return true
	}
	return r.claimed.Load() && (path == r.path+donePath || path == r.path+againPath)
}

func absentOr(values []string, want string) bool {
	return len(values) == 0 || len(values) == 1 && values[0] == want
}

// speculative reports whether nobody has asked for this page yet: a prefetch
// must not consume the attempt (CB20).
func speculative(h http.Header) bool {
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"} {
		if len(h.Values(name)) > 0 {
			return true
		}
	}
	return false
}

// reject answers in a few bytes and changes nothing but a counter (L5).
func (r *Receiver) reject(w http.ResponseWriter, status int, reason string) {
	r.rejected.add(reason)
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", http.MethodGet)
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(http.StatusText(status) + "\n"))
}
