package linkedin

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// member is who signed in.
type member struct {
	id, name, vanity string
	picture          social.Picture
}

// identity reads the name of the login from the place that its scopes open
// (linkedin.md 3.1): the other one answers 403. Where the scopes are not known,
// the one that suits the app's product is tried, and then the other.
func (p *Provider) identity(ctx context.Context, app social.ProviderApp, login social.Login, of age) (member, error) {
	first, second := p.me, p.userInfo
	if shares(app, login) {
		first, second = second, first
	}
	me, err := first(ctx, login.Tokens.Access, of)
	if login.Granted == nil && forbidden(err) {
		return second(ctx, login.Tokens.Access, of)
	}
	return me, err
}

func (p *Provider) me(ctx context.Context, token social.Secret, of age) (member, error) {
	var body struct {
		ID     provider.ID `json:"id"`
		First  string      `json:"localizedFirstName"`
		Last   string      `json:"localizedLastName"`
		Vanity string      `json:"vanityName"`
	}
	if err := p.patiently(ctx, p.get(token, "read name of login", "/v2/me"), of, &body); err != nil {
		return member{}, err
	}
	return checked(string(body.ID), body.First+" "+body.Last, body.Vanity)
}

func (p *Provider) userInfo(ctx context.Context, token social.Secret, of age) (member, error) {
	var body struct {
		Subject provider.ID      `json:"sub"`
		Name    string           `json:"name"`
		First   string           `json:"given_name"`
		Last    string           `json:"family_name"`
		Picture provider.Picture `json:"picture"`
	}
	if err := p.patiently(ctx, p.get(token, "read name of login", "/v2/userinfo"), of, &body); err != nil {
		return member{}, err
	}
	name := body.Name
	if name == "" {
		name = body.First + " " + body.Last
	}
	me, err := checked(string(body.Subject), name, "")
	me.picture = social.PictureAt(string(body.Picture))
	return me, err
}

func checked(id, name, vanity string) (member, error) {
	if !validID(id) {
		return member{}, provider.Unexpected("read name of login", "no id")
	}
	return member{id: id, name: social.CleanName(name), vanity: social.CleanName(vanity)}, nil
}

// validID reports whether id can be a member's: it becomes part of a URN.
func validID(id string) bool {
	const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
	return id != "" && len(id) <= 64 && strings.Trim(id, allowed) == ""
}

// age is how old a token is; the zero value is an unknown age.
type age struct {
	known bool
	since time.Duration
	// active: introspection has just said that the token lives.
	active bool
}

// doubt takes the last word from a refusal that contradicts what introspection
// has just said: one of the two is wrong, and asking later tells which.
func (a age) doubt(err error) error {
	var trouble *social.Trouble
	if a.active && errors.As(err, &trouble) && trouble.Explicit {
		doubted := *trouble
		doubted.Explicit = false
		return &doubted
	}
	return err
}

// How long LinkedIn may call a new token revoked, and how often it is asked
// again meanwhile (linkedin.md 4).
const (
	freshFor   = 10 * time.Minute
	freshTries = 3
	freshWait  = 2 * time.Second
)

// fresh reports whether the token may be just issued.
func (a age) fresh() bool { return !a.known || a.since < freshFor }

func (f facts) age(now time.Time) age {
	at, ok := epoch(f.CreatedAt)
	return age{known: ok, since: now.Sub(at), active: f.Active}
}

// ageByClock reckons the age from the end: every token lives sixty days
// (linkedin.md 1.7).
func ageByClock(c social.Clock, now time.Time) age {
	const life = 60 * 24 * time.Hour
	return age{known: c.Kind == social.ClockExpires, since: life - c.At.Sub(now)}
}

// patiently repeats a call that is answered with "revoked" right after the
// sign-in: LinkedIn says so of perfectly good new tokens (linkedin.md 4).
func (p *Provider) patiently(ctx context.Context, r provider.Request, of age, into any) error {
	for try := 0; ; try++ {
		err := p.http.Call(ctx, r, p.explain, into)
		if !revoked(err) || !of.fresh() || try == freshTries {
			return err
		}
		if err := p.wait(ctx, freshWait); err != nil {
			return err
		}
	}
}

func revoked(err error) bool {
	var of *codeError
	return errors.As(err, &of) && of.Status == http.StatusUnauthorized && of.service == codeRevokedToken
}

func forbidden(err error) bool {
	var of *codeError
	return errors.As(err, &of) && of.Status == http.StatusForbidden
}
