package sandbox

import (
	"encoding/base64"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// linkedInDialog opens the sign-in. A client or redirect that does not match
// is LinkedIn's own 401 page; what concerns the request goes back to the
// application (linkedin.md 1.2).
func (c *call) linkedInDialog(native bool) {
	if !c.allow(http.MethodGet) {
		http.Error(c.w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	q := c.r.URL.Query()
	app, ok := findApp(c.opts.LinkedInApps, q.Get("client_id"))
	if !ok || app.Native != native {
		c.bummer("client_mismatch")
		return
	}
	if !app.linkedInRedirectAllowed(q.Get("redirect_uri")) {
		c.bummer("redirect_mismatch")
		return
	}
	if q.Get("state") == "" { // (linkedin.md 1.1) called optional, treated as mandatory
		c.bummer("no_state")
		return
	}
	if kind, why := linkedInRequestFlaw(app, q); kind != "" {
		c.event("dialog_refused")
		c.linkedInReturn(q.Get("redirect_uri"), q.Get("state"), kind, why)
		return
	}
	c.event("dialog_opened")
	c.seeOther(c.flows.open(flow{
		provider: LinkedIn, app: app, redirect: q.Get("redirect_uri"), state: q.Get("state"),
		scopes: strings.Fields(q.Get("scope")), challenge: q.Get("code_challenge"),
	}, c.now()))
}

func (c *call) bummer(why string) {
	c.event("dialog_refused")
	c.errorPage(http.StatusUnauthorized, LinkedIn, why, "")
}

// linkedInRequestFlaw finds what is wrong with the request itself. One scope
// that the app may not have fails the whole of it.
func linkedInRequestFlaw(app App, q url.Values) (kind, why string) {
	if q.Get("response_type") != "code" {
		return "unsupported_response_type", "The response_type must be code"
	}
	scopes := strings.Fields(q.Get("scope"))
	if len(scopes) == 0 {
		return "invalid_scope", "At least one scope is required"
	}
	for _, s := range scopes {
		if !slices.Contains(app.linkedInScopes(), s) {
			// The quotes are HTML-escaped on purpose (linkedin.md 1.2).
			return "unauthorized_scope_error", "Scope &quot;" + html.EscapeString(s) + "&quot; is not authorized for your application"
		}
	}
	if app.Native && !validChallenge(q) {
		return "invalid_request", "A code_challenge of method S256 is required"
	}
	return "", ""
}

// validChallenge: S256 of anything is 32 bytes (linkedin.md 1.6).
func validChallenge(q url.Values) bool {
	raw, err := base64.RawURLEncoding.DecodeString(q.Get("code_challenge"))
	return q.Get("code_challenge_method") == "S256" && err == nil && len(raw) == 32
}

func (c *call) linkedInReturn(redirect, state, kind, why string) {
	c.redirect(redirect, url.Values{"error": {kind}, "error_description": {why}, "state": {state}}, "")
}

func (c *call) linkedInCancelled(f flow) {
	if f.step() == stepSignIn {
		c.linkedInReturn(f.redirect, f.state, "user_cancelled_login", "The user cancelled LinkedIn login")
		return
	}
	c.linkedInReturn(f.redirect, f.state, "user_cancelled_authorize", "The user cancelled the authorization")
}

// linkedInSignedIn skips the consent page while a token for the same scopes
// is still alive (linkedin.md 1.1, 1.7).
func (c *call) linkedInSignedIn(f flow) {
	g, again := c.ledger.live(LinkedIn, f.app.ID, f.person)
	f.plan([]string{stepConsent}, f.scopes)
	if again && g.sameRequest(f.scopes) && c.now().Before(g.LiveUntil) {
		c.event("consent_skipped")
		c.linkedInAllow(f)
		return
	}
	c.goOn(f)
}

// linkedInAllow writes the grant. Another set of scopes kills every token
// from before (linkedin.md 1.7).
func (c *call) linkedInAllow(f flow) {
	if !c.flows.end(f.id) {
		c.errorPage(http.StatusGone, LinkedIn, "gone", "")
		return
	}
	now, withheld := c.now().UTC(), c.faults.quirk().withheld
	var saved grant
	created := false
	err := c.ledger.update(func(s *state) {
		key := grantKey(LinkedIn, f.app.ID, f.person)
		g, known := s.Grants[key]
		live := known && !g.Revoked
		if live && !g.sameRequest(f.scopes) {
			g.end(endedScopes)
		}
		g = begin(g, live, f, now)
		g.Granted, g.Asked, created = without(f.scopes, withheld), slices.Clone(f.scopes), !live
		s.Grants[key] = g
		saved = g.clone()
	})
	if err != nil {
		c.errorPage(http.StatusInternalServerError, LinkedIn, "trouble", "")
		return
	}
	if created {
		c.event("grant_created")
	} else {
		c.event("grant_renewed")
	}
	answer := url.Values{"code": {c.issueCode(f, saved.Epoch, linkedInCodeLife)}, "state": {f.state}}
	c.redirect(f.redirect, answer, "")
}

func sameSet(a, b []string) bool {
	return len(without(a, b)) == 0 && len(without(b, a)) == 0
}
