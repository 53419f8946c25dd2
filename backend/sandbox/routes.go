package sandbox

import (
	"net/http"
	"strings"
)

// ServeHTTP answers for all origins; their paths do not overlap. What nobody
// knows is refused, so that a mistyped endpoint cannot pass a test.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := &call{Server: s, w: &recorder{ResponseWriter: w}, r: r}
	c.entry = Entry{At: s.now().UTC(), Method: r.Method, Path: safePath(r.URL.Path)}
	defer c.finish()
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	c.route()
}

func (c *call) route() {
	path := strings.TrimPrefix(c.r.URL.Path, "/")
	first, rest, _ := strings.Cut(path, "/")
	switch {
	case path == "":
		c.index()
	case first == "sandbox":
		c.sandboxPath(rest)
	case first == "oauth" || first == "v2" || first == "rest":
		c.entry.Provider = LinkedIn
		c.linkedInPath(path)
	case looksLikeVersion(first):
		c.entry.Provider = Meta
		c.metaPath(first, rest)
	default:
		c.event("unknown_path")
		http.Error(c.w, "sandbox: no provider has this path", http.StatusNotFound)
	}
}

// sandboxPath is everything that no provider has: pages on the way, their
// looks, pictures, and the controls.
func (c *call) sandboxPath(rest string) {
	kind, id, _ := strings.Cut(rest, "/")
	switch kind {
	case "flow":
		c.flowPage(id)
	case "style.css":
		c.style()
	case "picture":
		c.picture(id)
	default:
		c.control(rest)
	}
}

func (c *call) allow(methods ...string) bool {
	for _, m := range methods {
		if c.r.Method == m {
			return true
		}
	}
	c.w.Header().Set("Allow", strings.Join(methods, ", "))
	return false
}
