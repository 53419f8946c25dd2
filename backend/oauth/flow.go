// Package oauth is the receiving end of one sign-in in the system browser: a
// loopback address, a state, a PKCE verifier, and the strict door through
// which exactly one answer of the provider comes in.
//
// It owns the rules L1 to L16 and A2 to A9 of security.md. It refuses to know
// what a scope is, how a code is exchanged, how long a person may take, and
// which attempts exist beside this one; it never talks to a provider.
package oauth

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"sync"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Flow opens receivers. One Flow serves the whole process. The zero value
// opens the providers' own pages in the system browser.
type Flow struct {
	// OpenURL shows an address to the person. It may last as long as the
	// browser does. Nil is the system browser.
	OpenURL func(ctx context.Context, address string) error
	// Sandbox lists origins on loopback, such as "http://127.0.0.1:8080", that
	// may be opened and may serve a relay page beside the providers' own: the
	// demonstration and the tests live there. Other origins have no effect.
	Sandbox []string
	// Logger gets one line per attempt that met rejected requests: reasons and
	// counts, never values (L6). Nil logs nothing.
	Logger *slog.Logger

	quiet sync.Once // silences pkg/browser, whose outputs are package variables
}

// Listen opens a receiver for one attempt with provider p: the port is bound
// when it returns, and stays bound until Close. ctx bounds the opening only.
//
// It fails with problem.AppInvalid when the app's redirect mode has no
// receiver or its settings make no sense, and with problem.PortsBusy when
// none of the app's ports is free.
func (f *Flow) Listen(ctx context.Context, p social.Provider, app social.ProviderApp) (*Receiver, error) {
	if !app.Redirect.Valid(p) || app.Redirect == social.RedirectPaste {
		return nil, problem.New(problem.AppInvalid, fmt.Errorf("listen for %s: redirect mode %q has no receiver", p, app.Redirect))
	}
	if app.Redirect == social.RedirectRelay && !f.relayAllowed(app.RelayURL) {
		return nil, problem.New(problem.AppInvalid, fmt.Errorf("listen for %s: relay address is not usable", p))
	}
	bound, err := bind(ctx, app)
	if err != nil {
		return nil, err
	}
	return f.receive(p, app, bound), nil
}

// relayAllowed reports whether address can be registered at a provider as the
// page that passes the answer on: https, and nothing that a provider strips or
// that would collide with what it appends.
func (f *Flow) relayAllowed(address string) bool {
	u, err := url.Parse(address)
	if err != nil || !plain(address) {
		return false
	}
	secure := u.Scheme == "https" && u.Hostname() != "" || f.sandboxed(u)
	return secure && u.User == nil && u.RawQuery == "" && !u.ForceQuery && u.Fragment == "" && u.Opaque == ""
}
