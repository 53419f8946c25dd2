package keychain

import (
	"context"
	"time"
)

type personKey struct{}

// WithPerson says that somebody is in front of the screen and may be typing
// the keychain's password, so that calls with ctx wait for a minute instead of
// three seconds.
func WithPerson(ctx context.Context) context.Context {
	return context.WithValue(ctx, personKey{}, true)
}

func (s *Store) limit(ctx context.Context) time.Duration {
	if present(ctx) {
		return s.limits.person
	}
	return s.limits.background
}

func present(ctx context.Context) bool {
	yes, _ := ctx.Value(personKey{}).(bool)
	return yes
}
