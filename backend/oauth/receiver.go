package oauth

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"

	"golang.org/x/oauth2"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Receiver is one attempt's end of a sign-in. State and verifier are in its
// memory only (A4) and end with it.
type Receiver struct {
	flow        *Flow
	provider    social.Provider
	binding     binding
	path        string // of the callback, exact
	redirectURI string
	state       string
	verifier    string

	server  *http.Server
	serving sync.WaitGroup
	openers openers
	// life ends with Close; openers get it.
	life context.Context
	end  context.CancelFunc

	claimed atomic.Bool // set once, by the one answer that counts (L7)
	arrived chan struct{}
	// Written before arrived is closed, read after:
	callback   social.Callback
	failure    error
	redirected bool // the answer came by browser, which wants its page

	shown    chan struct{} // closed when the browser has its page
	showOnce sync.Once
	closing  sync.Once
	rejected counter
}

func (f *Flow) receive(p social.Provider, app social.ProviderApp, b binding) *Receiver {
	r := &Receiver{
		flow:     f,
		provider: p,
		binding:  b,
		path:     "/callback/" + string(p),
		state:    newState(),
		verifier: oauth2.GenerateVerifier(),
		arrived:  make(chan struct{}),
		shown:    make(chan struct{}),
	}
	r.redirectURI = "http://" + b.host + r.path
	if app.Redirect == social.RedirectRelay {
		r.redirectURI = app.RelayURL
		r.state = newRelayState(p, b.port)
	}
	r.life, r.end = context.WithCancel(context.Background())
	r.serve()
	return r
}

// RedirectURI returns the address to which the provider sends the person back.
func (r *Receiver) RedirectURI() string { return r.redirectURI }

// State returns the state of this attempt.
func (r *Receiver) State() string { return r.state }

// Challenge returns the S256 challenge of this attempt's PKCE verifier (A2).
func (r *Receiver) Challenge() string { return oauth2.S256ChallengeFromVerifier(r.verifier) }

// Wait returns the callback. When the provider sent an error it fails with
// problem.ConsentDenied, ProviderTrouble, ScopeUnauthorized or AppSetup; with
// problem.SignInEnded when Close came first; and with ctx's error. It may be
// called again and then returns the same.
func (r *Receiver) Wait(ctx context.Context) (social.Callback, error) {
	select {
	case <-r.arrived:
		return r.callback, r.failure
	default:
	}
	select {
	case <-r.arrived:
		return r.callback, r.failure
	case <-r.life.Done():
		return social.Callback{}, problem.New(problem.SignInEnded, nil)
	case <-ctx.Done():
		return social.Callback{}, fmt.Errorf("wait for the browser: %w", ctx.Err())
	}
}

// way is how an answer came in.
type way bool

const (
	byBrowser way = true // which is then on its way to a page
	byHand    way = false
)

// claim makes a the attempt's one answer. It reports false when there is one
// already; nothing changes then, so that a second visit can never lead to a
// second exchange (L7).
func (r *Receiver) claim(a answer, came way) bool {
	if !r.claimed.CompareAndSwap(false, true) {
		return false
	}
	if r.failure = a.problem(); r.failure == nil {
		r.callback = social.Callback{
			Code:        social.NewSecret(a.code),
			RedirectURI: r.redirectURI,
			Verifier:    social.NewSecret(r.verifier),
		}
	}
	r.redirected = came == byBrowser
	close(r.arrived)
	return true
}

// RejectedRequests returns how many requests were turned away, by reason, for
// "something else is calling the sign-in address" once an attempt has failed
// (L6).
func (r *Receiver) RejectedRequests() map[string]int { return r.rejected.counts() }

func (r *Receiver) logRejected() {
	counts := r.rejected.counts()
	if r.flow.Logger == nil || len(counts) == 0 {
		return
	}
	attributes := []any{slog.String("provider", string(r.provider))}
	for reason, n := range counts {
		attributes = append(attributes, slog.Int(reason, n))
	}
	r.flow.Logger.Info("sign-in address met other requests", attributes...)
}
