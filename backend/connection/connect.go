package connection

import (
	"context"
	"errors"
	"slices"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Connect starts a sign-in and returns at once; Changed tells how it goes. It
// fails, with nothing started, when the provider app is not set up, its secret
// cannot be read, or no port is free. A sign-in with the same provider that is
// still under way ends with problem.SignInReplaced.
func (m *Manager) Connect(ctx context.Context, r ConnectRequest) (Attempt, error) {
	done, err := m.begin()
	if err != nil {
		return Attempt{}, err
	}
	defer done()
	adapter, err := m.provider(r.Provider)
	if err != nil {
		return Attempt{}, err
	}
	if r, err = m.complete(ctx, r); err != nil {
		return Attempt{}, err
	}
	app, secret, err := m.app(ctx, r.Provider)
	if err != nil {
		return Attempt{}, err
	}
	// One sign-in after the other, or each would replace none (security.md UI01).
	defer m.locks.lock("sign-in at " + string(r.Provider))()
	if err := m.replace(ctx, r.Provider); err != nil {
		return Attempt{}, err
	}
	a, err := m.prepare(ctx, adapter, app, secret, r)
	if err != nil {
		return Attempt{}, err
	}
	running, cancel := context.WithCancelCause(m.ctx)
	a.cancel, a.freed = cancel, make(chan struct{})
	m.remember(a)
	m.launch(running, adapter, a) //nolint:contextcheck // a sign-in outlives the request that began it
	m.Changed(a.public.ID)
	return a.view(), nil
}

// complete checks a request and fills in what it leaves open.
func (m *Manager) complete(ctx context.Context, r ConnectRequest) (ConnectRequest, error) {
	projects, err := m.Store.Projects(ctx)
	if err != nil {
		return r, err
	}
	if !slices.ContainsFunc(projects, func(p social.Project) bool { return p.ID == r.ProjectID }) {
		return r, problem.New(problem.NotFound, nil)
	}
	if r, err = m.sameAgain(ctx, r); err != nil {
		return r, err
	}
	if len(r.Capabilities) == 0 {
		r.Capabilities = social.AllCapabilities()
	}
	if slices.ContainsFunc(r.Capabilities, func(c social.Capability) bool { return !c.Valid() }) ||
		slices.ContainsFunc(r.Kinds, func(k social.AccountKind) bool { return k.Provider() != r.Provider }) {
		return r, problem.New(problem.BadRequest, nil)
	}
	if r.Timeout <= 0 {
		r.Timeout = DefaultTimeout
	}
	r.Timeout = min(r.Timeout, maxTimeout)
	if r.GrantID == "" {
		return r, nil
	}
	expected, err := m.Store.Grant(ctx, r.GrantID)
	switch {
	case err != nil:
		return r, err
	case expected.Provider != r.Provider:
		return r, problem.New(problem.BadRequest, nil)
	case r.Provider.ReplacesConsent():
		r.Capabilities = union(expected.Wanted, r.Capabilities)
	}
	return r, nil
}

// prepare readies an attempt: for a pasted token there is nothing to wait for.
func (m *Manager) prepare(ctx context.Context, adapter Provider, app social.ProviderApp, secret social.Secret, r ConnectRequest) (*attempt, error) {
	pasted := app.Redirect == social.RedirectPaste
	switch {
	case pasted == r.Token.Empty():
		// A token where the browser is to be used, or none where it is not.
		return nil, problem.New(problem.BadRequest, nil)
	case pasted:
		return &attempt{app: app, secret: secret, public: Attempt{ID: newID(), Request: r, State: Reading}}, nil
	}
	reauthorize, err := m.dataAccessEnded(ctx, r.GrantID)
	if err != nil {
		return nil, err
	}
	keep, err := m.kept(ctx, r)
	if err != nil {
		return nil, err
	}
	receiver, err := m.Receivers.Listen(ctx, r.Provider, app)
	if err != nil {
		return nil, err
	}
	address, scopes, err := adapter.AuthorizeURL(app, social.SignInRequest{
		RedirectURI: receiver.RedirectURI(), State: receiver.State(), Challenge: receiver.Challenge(),
		Capabilities: r.Capabilities, Kinds: r.Kinds, Keep: keep, ChooseAgain: r.ChooseAgain, Reauthorize: reauthorize,
	})
	if err != nil {
		return nil, errors.Join(err, receiver.Close())
	}
	return &attempt{
		receiver: receiver, app: app, secret: secret, scopes: scopes,
		public: Attempt{
			ID: newID(), Request: r, State: Waiting, AuthorizeURL: address, RedirectURI: receiver.RedirectURI(),
			BrowserOpened: !r.NoBrowser, ExpiresAt: m.Now().Add(r.Timeout),
		},
	}, nil
}

// dataAccessEnded reports whether a login that is to be renewed has lost its
// data access by time; another sign-in alone would not bring it back.
func (m *Manager) dataAccessEnded(ctx context.Context, id social.GrantID) (bool, error) {
	if id == "" {
		return false, nil
	}
	g, err := m.Store.Grant(ctx, id)
	return g.Clocks.DataAccess.Ended(m.Now()) || g.Verdict.Cause == social.CauseDataAccessEnded, err
}

// replace ends a sign-in with the same provider that is under way: at most one
// may live, or a late answer could reach the wrong one (security.md L14). It
// returns once the port is free again: there may be no other that the provider
// would call.
func (m *Manager) replace(ctx context.Context, p social.Provider) error {
	m.mu.Lock()
	var former []*attempt
	for _, a := range m.attempts {
		if a.view().Request.Provider == p {
			former = append(former, a)
		}
	}
	m.mu.Unlock()
	for _, a := range former {
		m.end(a, problem.New(problem.SignInReplaced, nil))
		select {
		case <-a.freed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// remember keeps the attempt, and lets go of the oldest that are over.
func (m *Manager) remember(a *attempt) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.attempts[a.public.ID] = a
	ids := m.sortedAttempts()
	for _, id := range ids[:max(0, len(ids)-keptAttempts)] {
		if m.attempts[id].view().State.over() {
			delete(m.attempts, id)
		}
	}
}

// sortedAttempts lists the ids of attempts, oldest first; ids sort by time.
func (m *Manager) sortedAttempts() []string {
	ids := make([]string, 0, len(m.attempts))
	for id := range m.attempts {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
