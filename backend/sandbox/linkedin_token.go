package sandbox

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// How long LinkedIn's tokens live: one second less than documented, as seen
// (linkedin.md 1.5), and a refresh token from the first consent (1.7).
const (
	accessTokenLife  = 5183999 * time.Second
	refreshTokenLife = 365 * 24 * time.Hour
)

const codeMismatch = "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. " +
	"Or authorization code expired. Or external member binding exists"

// accessToken trades a code or a refresh token. Everything is in the body;
// credentials in a header are not understood (linkedin.md 1.5).
func (c *call) accessToken() {
	form, ok := c.oauthForm("grant_type")
	if !ok {
		return
	}
	switch form.Get("grant_type") {
	case "authorization_code":
		c.linkedInCode(form)
	case "refresh_token":
		c.linkedInRefresh(form)
	default:
		c.oauthRefuse(http.StatusBadRequest, "unsupported_grant_type", "The grant_type is not supported")
	}
}

// oauthForm reads the body and refuses Basic credentials and missing names.
func (c *call) oauthForm(required ...string) (url.Values, bool) {
	if c.r.Header.Get("Authorization") != "" {
		c.badClient()
		return nil, false
	}
	form, err := c.form()
	if err != nil {
		c.oauthRefuse(http.StatusBadRequest, "invalid_request", "The body is not a form")
		return nil, false
	}
	return form, c.need(form, required...)
}

func (c *call) need(form url.Values, names ...string) bool {
	for _, name := range names {
		if form.Get(name) == "" {
			c.missingParameter(name)
			return false
		}
	}
	return true
}

// linkedInClient authenticates the client: a secret for the standard app, a
// verifier and no secret for the native one, never the other way round.
func (c *call) linkedInClient(form url.Values) (App, bool) {
	app, ok := findApp(c.opts.LinkedInApps, form.Get("client_id"))
	if !ok {
		c.badClient()
		return App{}, false
	}
	if !app.Native && !c.need(form, "client_secret") {
		return App{}, false
	}
	if app.Native && form.Has("client_secret") || !app.Native && form.Has("code_verifier") ||
		!app.Native && !sameSecret(app.Secret, form.Get("client_secret")) {
		c.badClient()
		return App{}, false
	}
	return app, true
}

func (c *call) linkedInCode(form url.Values) {
	if !c.need(form, "code", "redirect_uri", "client_id") {
		return
	}
	app, ok := c.linkedInClient(form)
	if !ok || app.Native && !c.need(form, "code_verifier") {
		return
	}
	fits := false
	cd, known := c.codes.take(LinkedIn, form.Get("code"), func(cd code) bool {
		fits = cd.client == app.ID && cd.redirect == form.Get("redirect_uri") && c.now().Before(cd.expires) &&
			(!app.Native || challengeOf(form.Get("code_verifier")) == cd.challenge)
		return fits && !cd.used
	})
	if !known || cd.used {
		c.oauthRefuse(http.StatusUnauthorized, "invalid_request", "Unable to retrieve access token: authorization code not found")
		return
	}
	g, live := c.ledger.live(LinkedIn, app.ID, cd.person)
	if !fits || !live || g.Epoch != cd.epoch {
		c.oauthRefuse(http.StatusBadRequest, "invalid_redirect_uri", codeMismatch)
		return
	}
	c.issueAccess(app, g, refreshTokenLife)
}

func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func (c *call) linkedInRefresh(form url.Values) {
	if !c.need(form, "refresh_token", "client_id") {
		return
	}
	app, ok := c.linkedInClient(form)
	if !ok {
		return
	}
	cl, ok := unseal(LinkedIn, form.Get("refresh_token"))
	g, live := c.ledger.live(LinkedIn, app.ID, cl.Person)
	if !ok || !live || cl.Kind != kindRefresh || cl.Client != app.ID || cl.Epoch != g.Epoch || cl.expired(c.now()) || c.beyondCeiling() {
		c.oauthRefuse(http.StatusBadRequest, "invalid_request", "The provided authorization grant or refresh token is invalid, expired or revoked")
		return
	}
	c.event("refreshed")
	// The end of the refresh token never moves (linkedin.md 1.7).
	c.issueAccess(app, g, time.Unix(cl.Expires, 0).Sub(c.now()))
}

// beyondCeiling reports whether the end of all renewals has come.
func (c *call) beyondCeiling() bool {
	ceiling := c.faults.quirk().ceiling
	return !ceiling.IsZero() && !c.now().Before(ceiling)
}

// issueAccess answers as LinkedIn does: scopes parted by commas, no
// token_type, refresh tokens for few.
func (c *call) issueAccess(app App, g grant, refreshLife time.Duration) {
	now, quirk := c.now(), c.faults.quirk()
	life := accessTokenLife
	if quirk.documented {
		life += time.Second
	}
	refreshLife, refreshes := quirk.refreshLife(app, refreshLife, now)
	if refreshes {
		life = min(life, refreshLife)
	}
	access, err := c.mint(app, g, kindAccess, now, life)
	if err != nil {
		c.oauthRefuse(http.StatusInternalServerError, "server_error", "Internal error")
		return
	}
	scopes := slices.Sorted(slices.Values(g.Granted))
	answer := map[string]any{
		"access_token": access, "expires_in": int64(life.Seconds()), "scope": strings.Join(scopes, ","),
	}
	if quirk.documented {
		answer["scope"], answer["token_type"] = strings.Join(scopes, " "), "Bearer"
	}
	if refreshes {
		refresh, err := c.mint(app, g, kindRefresh, now, refreshLife)
		if err != nil {
			c.oauthRefuse(http.StatusInternalServerError, "server_error", "Internal error")
			return
		}
		answer["refresh_token"], answer["refresh_token_expires_in"] = refresh, int64(refreshLife.Seconds())
	}
	c.entry.Person = g.Person
	c.event("token_issued")
	c.json(http.StatusOK, answer)
}

func (c *call) mint(app App, g grant, kind string, now time.Time, life time.Duration) (string, error) {
	end := now.Add(life)
	serial, err := c.ledger.nextSerial(LinkedIn, app.ID, g.Person)
	if err != nil {
		return "", err
	}
	if kind == kindAccess {
		err = c.ledger.update(func(s *state) {
			key := grantKey(LinkedIn, app.ID, g.Person)
			live := s.Grants[key]
			live.LiveUntil = end.UTC()
			s.Grants[key] = live
		})
	}
	token := claims{
		Provider: LinkedIn, Client: app.ID, Person: g.Person, Kind: kind, Epoch: g.Epoch,
		Serial: serial, Issued: now.Unix(), Expires: end.Unix(),
	}
	if kind == kindAccess {
		c.faults.issued(token.key())
	}
	return token.seal(), err
}
