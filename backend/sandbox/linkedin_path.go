package sandbox

import (
	"crypto/rand"
	"net/http"
	"slices"
	"strings"
)

// linkedInPath dispatches the three families: web pages and tokens under
// /oauth, unversioned calls under /v2, versioned ones under /rest.
func (c *call) linkedInPath(path string) {
	switch path {
	case "oauth/v2/authorization":
		c.linkedInDialog(false)
		return
	case "oauth/native-pkce/authorization":
		c.linkedInDialog(true)
		return
	}
	c.supportHeaders()
	if c.troubled(LinkedIn) {
		return
	}
	switch {
	case strings.HasPrefix(path, "oauth/v2/"):
		c.linkedInOAuth(strings.TrimPrefix(path, "oauth/v2/"))
	case path == "v2/userinfo":
		c.member(c.userinfo)
	case path == "v2/me":
		c.member(c.linkedInMe)
	case strings.HasPrefix(path, "rest/"):
		c.rest(strings.TrimPrefix(path, "rest/"))
	default:
		c.liRefuse(noResource())
	}
}

func (c *call) linkedInOAuth(endpoint string) {
	do, ok := map[string]func(){
		"accessToken":     c.accessToken,
		"introspectToken": c.introspect,
		"revoke":          c.linkedInRevoke,
	}[endpoint]
	if !ok {
		c.liRefuse(noResource())
		return
	}
	if !c.allow(http.MethodPost) {
		c.liRefuse(&liError{Status: http.StatusMethodNotAllowed, Message: "Method not allowed"})
		return
	}
	do()
}

// rest checks what every versioned call needs, in LinkedIn's order: the
// version first, then the token (linkedin.md 3.4).
func (c *call) rest(path string) {
	version := c.r.Header.Get("LinkedIn-Version")
	if version == "" {
		c.liRefuse(&liError{Status: 400, Code: "VERSION_MISSING", Message: "A version must be present. Please specify a version by adding the LinkedIn-Version header."})
		return
	}
	if !slices.Contains(c.opts.LinkedInVersions, version) || slices.Contains(c.faults.quirk().retired, version) {
		c.liRefuse(retired(version))
		return
	}
	if c.r.Header.Get("X-Restli-Protocol-Version") != "2.0.0" {
		c.liRefuse(&liError{Status: 400, Code: "ILLEGAL_ARGUMENT", Message: "X-Restli-Protocol-Version 2.0.0 is required"})
		return
	}
	c.member(func(m member) {
		m.version = version
		c.restResource(m, path)
	})
}

func (c *call) restResource(m member, path string) {
	resource, id, _ := strings.Cut(path, "/")
	known := resource == "organizationAcls" && id == "" || resource == "organizations" || resource == "organizationBrands"
	if !known {
		c.liRefuse(noResource())
		return
	}
	if resource == "organizationAcls" {
		c.acls(m)
		return
	}
	c.organization(m, resource, id)
}

// supportHeaders are the ids that LinkedIn's support asks for (linkedin.md 4).
func (c *call) supportHeaders() {
	h := c.w.Header()
	h.Set("X-Li-Fabric", "sandbox")
	h.Set("X-Li-Request-Id", rand.Text())
	h.Set("X-Li-Uuid", rand.Text())
}
