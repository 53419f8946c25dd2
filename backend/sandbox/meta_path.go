package sandbox

import (
	"net/http"
	"strconv"
	"strings"
)

// The versions that answer. Any other "does not exist" (meta.md 1.1).
const (
	oldestGraphVersion = 20
	newestGraphVersion = 30
)

func looksLikeVersion(segment string) bool {
	major, minor, ok := strings.Cut(strings.TrimPrefix(segment, "v"), ".")
	_, badMajor := strconv.ParseUint(major, 10, 16)
	_, badMinor := strconv.ParseUint(minor, 10, 16)
	return ok && segment[0] == 'v' && badMajor == nil && badMinor == nil
}

func validVersion(segment string) bool {
	n, ok := strings.CutSuffix(strings.TrimPrefix(segment, "v"), ".0")
	v, err := strconv.Atoi(n)
	return ok && err == nil && v >= oldestGraphVersion && v <= newestGraphVersion && n == strconv.Itoa(v)
}

func (c *call) metaPath(version, path string) {
	if path == "dialog/oauth" {
		if !validVersion(version) {
			c.refuseDialog("invalid_version", version)
			return
		}
		c.metaDialog()
		return
	}
	c.usageHeaders()
	if c.troubled(Meta) {
		return
	}
	if !validVersion(version) {
		c.graphRefuse(unknownPath(c.r.URL.Path))
		return
	}
	(&graphCall{call: c, version: version}).route(strings.Split(strings.Trim(path, "/"), "/"))
}

// graphCall is a call of the Graph API: its version and who speaks.
type graphCall struct {
	*call
	version string
	bearer  bearer
}

func (g *graphCall) route(path []string) {
	switch {
	case len(path) == 2 && path[0] == "oauth" && path[1] == "access_token":
		g.tokenEndpoint()
		return
	case len(path) == 1 && path[0] == "debug_token":
		g.debugToken()
		return
	}
	b, err := g.authenticate(g.presented())
	if err != nil {
		g.graphRefuse(err)
		return
	}
	g.bearer = b
	g.entry.Person = b.person.Key
	if err := g.node(path); err != nil {
		g.graphRefuse(err)
	}
}

// node dispatches what needs a token. Nil means: answered.
func (g *graphCall) node(path []string) *graphError {
	switch {
	case path[0] == "":
		return g.only(http.MethodGet, g.many)
	case len(path) == 1:
		return g.only(http.MethodGet, func() *graphError { return g.one(path[0]) })
	case path[1] == "permissions" && len(path) <= 3:
		return g.permissions(path[0], strings.Join(path[2:], ""))
	case len(path) == 2 && path[1] == "subscribed_apps":
		return g.subscribedApps(path[0])
	case len(path) == 2:
		return g.only(http.MethodGet, func() *graphError { return g.edge(path[0], path[1]) })
	}
	return unknownPath(g.r.URL.Path)
}

func (g *graphCall) only(method string, do func() *graphError) *graphError {
	if g.r.Method != method {
		return &graphError{Status: 400, Code: 100, Subcode: 33, Type: graphMethod, Message: "Unsupported " + strings.ToLower(g.r.Method) + " request."}
	}
	return do()
}
