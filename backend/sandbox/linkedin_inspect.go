package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// secretClient authenticates a client that must have a secret; the native one
// has none and cannot inspect (linkedin.md 1.8).
func (c *call) secretClient(form url.Values) (App, bool) {
	app, ok := findApp(c.opts.LinkedInApps, form.Get("client_id"))
	if !ok {
		c.oauthRefuse(http.StatusBadRequest, "invalid_request", "Invalid client_id")
		return App{}, false
	}
	if !sameSecret(app.Secret, form.Get("client_secret")) {
		c.badClient()
		return App{}, false
	}
	return app, true
}

// introspect says active, expired or revoked; about another app's token it
// says only that it is not active (linkedin.md 1.8).
func (c *call) introspect() {
	form, ok := c.oauthForm("client_id", "client_secret", "token")
	if !ok {
		return
	}
	app, ok := c.secretClient(form)
	if !ok {
		return
	}
	cl, ok := unseal(LinkedIn, form.Get("token"))
	if !ok {
		c.oauthRefuse(http.StatusBadRequest, "invalid_request", "Invalid token")
		return
	}
	c.event("introspected")
	if cl.Client != app.ID || c.faults.quirk().foreign {
		c.json(http.StatusOK, map[string]bool{"active": false})
		return
	}
	c.entry.Person = cl.Person
	g, _ := c.ledger.grant(LinkedIn, cl.Client, cl.Person)
	status := linkedInStatus(g, cl, c.now().Unix())
	scopes := slices.Sorted(slices.Values(g.Granted))
	answer := map[string]any{
		"active": status == "active", "status": status, "client_id": app.ID, "auth_type": "3L",
		"created_at": cl.Issued, "authorized_at": g.ConsentAt.Unix(), "expires_at": g.expiry(cl),
	}
	if status == "active" {
		answer["scope"] = strings.Join(scopes, ",")
	}
	c.json(http.StatusOK, answer)
}

func linkedInStatus(g grant, cl claims, now int64) string {
	switch {
	case g.Revoked || g.Epoch != cl.Epoch:
		return "revoked"
	case now >= g.expiry(cl):
		return "expired"
	}
	return "active"
}

// linkedInRevoke is folk practice, documented nowhere; the mode decides which
// of the possible truths it plays (linkedin.md 1.9).
func (c *call) linkedInRevoke() {
	mode := c.faults.revokeMode()
	switch mode {
	case RevokeMissing:
		c.liRefuse(noResource())
		return
	case RevokeHangs:
		c.event("hung")
		_, _ = c.form() // a client's end is only noticed once its request has been read
		<-c.r.Context().Done()
		panic(http.ErrAbortHandler)
	case RevokeWorks, RevokeIgnored:
	}
	form, ok := c.oauthForm("client_id", "client_secret", "token")
	if !ok {
		return
	}
	app, ok := c.secretClient(form)
	if !ok {
		return
	}
	cl, ok := unseal(LinkedIn, form.Get("token"))
	if !ok || cl.Client != app.ID {
		c.oauthRefuse(http.StatusBadRequest, "invalid_request", "Invalid token")
		return
	}
	c.entry.Person = cl.Person
	if mode == RevokeIgnored {
		c.event("revoke_ignored")
		c.w.WriteHeader(http.StatusOK)
		return
	}
	err := c.ledger.update(func(s *state) {
		key := grantKey(LinkedIn, cl.Client, cl.Person)
		if g, known := s.Grants[key]; known && g.Epoch == cl.Epoch {
			g.revoke()
			s.Grants[key] = g
		}
	})
	if err != nil {
		c.oauthRefuse(http.StatusInternalServerError, "server_error", "Internal error")
		return
	}
	c.event("revoked")
	c.w.WriteHeader(http.StatusOK)
}
