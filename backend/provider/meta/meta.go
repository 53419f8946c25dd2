// Package meta signs people in to Facebook and asks what they granted: the
// addresses of the Graph API, which permission makes which capability, how
// Pages and Instagram accounts are found, what Meta's errors mean, and how an
// access is taken back.
//
// It knows nothing of browsers, callbacks, storage or when to look. One value
// serves all apps and logins, because everything about them is passed in.
package meta

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// DefaultVersion is the Graph API version that is used where a provider app
// names none: the newest with evidence (meta.md 1.1).
const DefaultVersion = "v26.0"

// The provider's own addresses.
const (
	WebURL   = "https://www.facebook.com"
	GraphURL = "https://graph.facebook.com"
)

// Config says where Meta is. Empty addresses mean the real ones.
type Config struct {
	// WebURL serves the sign-in page. It is only ever opened in a browser.
	WebURL string
	// GraphURL serves the API; HTTP must be allowed to reach it.
	GraphURL string
	HTTP     *provider.Client
	// Now is time.Now where nil.
	Now func() time.Time
}

// Provider is Meta: Facebook Pages and Instagram professional accounts behind
// one sign-in.
type Provider struct {
	web   string
	graph string
	http  *provider.Client
	now   func() time.Time
}

// New returns Meta as c describes it.
func New(c Config) *Provider {
	p := &Provider{web: or(c.WebURL, WebURL), graph: or(c.GraphURL, GraphURL), http: c.HTTP, now: c.Now}
	if p.now == nil {
		p.now = time.Now
	}
	return p
}

func or(address, standard string) string {
	if address == "" {
		return standard
	}
	return strings.TrimRight(address, "/")
}

// ID returns social.Meta.
func (p *Provider) ID() social.Provider { return social.Meta }

func version(app social.ProviderApp) string {
	if app.APIVersion == "" {
		return DefaultVersion
	}
	return app.APIVersion
}

// session is on whose behalf calls are made.
type session struct {
	app    social.ProviderApp
	secret social.Secret
}

// appToken speaks for the app itself (meta.md 4).
func (s session) appToken() social.Secret {
	return social.NewSecret(s.app.ClientID + "|" + s.secret.Reveal())
}

// proof shows that whoever uses token also holds the app's secret (meta.md 7).
func (s session) proof(token social.Secret) string {
	sum := hmac.New(sha256.New, []byte(s.secret.Reveal()))
	_, _ = sum.Write([]byte(token.Reveal()))
	return hex.EncodeToString(sum.Sum(nil))
}

// endpoint returns the address of an API path of the app's version.
func (p *Provider) endpoint(s session, path string) string {
	return p.graph + "/" + url.PathEscape(version(s.app)) + "/" + path
}

// as returns a call that token makes, with the proof that is always sent
// (meta.md 7). Without a secret, as with some pasted tokens, there is none.
func (p *Provider) as(s session, token social.Secret, act, method, path string) provider.Request {
	r := provider.Request{
		Act: act, Method: method, URL: p.endpoint(s, path), Query: url.Values{}, Bearer: token,
		Budget: provider.Budget{App: s.app.ClientID, Read: readUsage},
	}
	if !s.secret.Empty() {
		r.Query.Set("appsecret_proof", s.proof(token))
	}
	return r
}

func (p *Provider) get(s session, token social.Secret, act, path string) provider.Request {
	return p.as(s, token, act, http.MethodGet, path)
}
