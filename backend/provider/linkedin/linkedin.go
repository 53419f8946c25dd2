// Package linkedin signs people in to LinkedIn and asks what they granted: the
// addresses of its API, which scope and which role make which capability, how
// Company Pages are found, what LinkedIn's errors mean, and how an access is
// taken back as far as LinkedIn lets it.
//
// It knows nothing of browsers, callbacks, storage or when to look. One value
// serves all apps and logins, because everything about them is passed in; it
// remembers only the names of organizations, to spare a small daily allowance.
package linkedin

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// DefaultVersion is sent as LinkedIn-Version where a provider app names none.
// It dies on 2027-09-15 (linkedin.md 3.4).
const DefaultVersion = "202609"

// The provider's own addresses.
const (
	WebURL = "https://www.linkedin.com"
	APIURL = "https://api.linkedin.com"
)

// Config says where LinkedIn is. Empty addresses mean the real ones.
type Config struct {
	// WebURL serves the sign-in page and, called by HTTP, the token endpoints.
	WebURL string
	APIURL string
	// HTTP must be allowed to reach both.
	HTTP *provider.Client
	// Now is time.Now where nil.
	Now func() time.Time
	// Wait sleeps between tries of a call right after a sign-in; a timer
	// where nil.
	Wait func(ctx context.Context, d time.Duration) error
}

// Provider is LinkedIn: Company Pages and profiles behind one sign-in.
type Provider struct {
	web   string
	api   string
	http  *provider.Client
	now   func() time.Time
	wait  func(ctx context.Context, d time.Duration) error
	names *names
}

// New returns LinkedIn as c describes it.
func New(c Config) *Provider {
	p := &Provider{
		web: or(c.WebURL, WebURL), api: or(c.APIURL, APIURL),
		http: c.HTTP, now: c.Now, wait: c.Wait, names: newNames(),
	}
	if p.now == nil {
		p.now = time.Now
	}
	if p.wait == nil {
		p.wait = sleep
	}
	return p
}

func or(address, standard string) string {
	if address == "" {
		return standard
	}
	return strings.TrimRight(address, "/")
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ID returns social.LinkedIn.
func (p *Provider) ID() social.Provider { return social.LinkedIn }

func version(app social.ProviderApp) string {
	if app.APIVersion == "" {
		return DefaultVersion
	}
	return app.APIVersion
}

// native reports whether app signs in by PKCE and has no secret
// (linkedin.md 1.6).
func native(app social.ProviderApp) bool { return app.Redirect == social.RedirectNative }

// get returns a call of the unversioned API.
func (p *Provider) get(token social.Secret, act, path string) provider.Request {
	return provider.Request{Act: act, Method: http.MethodGet, URL: p.api + path, Bearer: token}
}

// rest returns a call of the versioned API. Both headers are mandatory there
// (linkedin.md 3.4).
func (p *Provider) rest(app social.ProviderApp, token social.Secret, act, path string) provider.Request {
	r := p.get(token, act, "/rest/"+path)
	r.Query = url.Values{}
	r.Header = http.Header{
		"Linkedin-Version":          {version(app)},
		"X-Restli-Protocol-Version": {"2.0.0"},
	}
	return r
}
