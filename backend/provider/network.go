package provider

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// networkTrouble puts an error of net/http into our own words. Nothing of err
// is kept: url.Error prints the address with its tokens, and a broken reply's
// error prints pieces of the reply (security.md 0.6). answered says that the
// reply had begun.
func networkTrouble(ctx context.Context, act string, err error, answered bool) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("%s: %w", act, context.Canceled)
	}
	if errors.Is(err, errHost) {
		return problem.New(problem.Internal, fmt.Errorf("%s: %w", act, errHost))
	}
	words, offline := describe(err)
	if answered || !offline {
		return Fault{Cause: social.CauseProviderTrouble, Code: problem.ProviderTrouble}.Trouble(fmt.Errorf("%s: %s", act, words))
	}
	return Fault{Cause: social.CauseOffline, Code: problem.Offline}.Trouble(fmt.Errorf("%s: %s", act, words))
}

// describe says what broke, and whether that happened before the provider said
// anything.
func describe(err error) (words string, offline bool) {
	var (
		lookup    *net.DNSError
		op        *net.OpError
		timed     interface{ Timeout() bool }
		untrusted *tls.CertificateVerificationError
		notTLS    tls.RecordHeaderError
		unknown   x509.UnknownAuthorityError
	)
	switch {
	case errors.As(err, &lookup):
		return "name not found", true
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timed) && timed.Timeout():
		return "no answer in time", true
	case errors.As(err, &untrusted), errors.As(err, &notTLS), errors.As(err, &unknown):
		// A captive portal or an inspecting proxy; there is no "ignore"
		// (security.md NW03).
		return "no trusted connection", true
	case errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect"):
		return "no connection", true
	default:
		return "connection broke", false
	}
}

// limiterTrouble is for a call that our own limiter could not let through in
// the caller's time.
func limiterTrouble(ctx context.Context, act string) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("%s: %w", act, context.Canceled)
	}
	return Fault{Cause: social.CauseRateLimited, Code: problem.RateLimited}.Trouble(fmt.Errorf("%s: own rate limit", act))
}
