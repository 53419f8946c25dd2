package provider

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// TokenReply is what a token endpoint granted.
type TokenReply struct {
	Access  social.Secret
	Refresh social.Secret
	// Lifetime and RefreshLifetime are 0 when the provider did not say, which
	// is not "for ever" (security.md 0.7).
	Lifetime        time.Duration
	RefreshLifetime time.Duration
	// Scopes is nil when the provider did not say.
	Scopes []social.Scope
}

// Clocks turns lifetimes into dates, counted from now: when the reply came,
// whatever the provider's Date header says (security.md TK23).
func (t TokenReply) Clocks(now time.Time) social.Clocks {
	clocks := social.Clocks{Token: clockIn(t.Lifetime, now)}
	if !t.Refresh.Empty() {
		clocks.Refresh = clockIn(t.RefreshLifetime, now)
	}
	return clocks
}

func clockIn(lifetime time.Duration, now time.Time) social.Clock {
	if lifetime == 0 {
		return social.UnknownClock()
	}
	return social.ExpiresAt(now.Add(lifetime), social.ToldByProvider)
}

// Token sends r once, never again, and reads the reply strictly.
func (c *Client) Token(ctx context.Context, r Request, explain Explain) (TokenReply, error) {
	r.Once, r.Limit = true, TokenLimit
	reply, err := c.Do(ctx, r)
	if err != nil {
		return TokenReply{}, err
	}
	if err := reply.trouble(explain); err != nil {
		return TokenReply{}, err
	}
	token, err := ParseToken(reply.Body)
	if errors.Is(err, errTokenRefused) && explain != nil {
		// An error that does not stand first in the body.
		if t := explain(reply); t != nil {
			return TokenReply{}, t
		}
	}
	if err != nil {
		return TokenReply{}, unreadable(fmt.Errorf("%s: %w", r.Act, err))
	}
	return token, nil
}

// NoSecret is the answer to a call that needs the app's secret where there is
// none.
func NoSecret(act string) error {
	return problem.New(problem.AppSecretMissing, fmt.Errorf("%s: app has no secret", act))
}
