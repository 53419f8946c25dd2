package connection

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// readPatience bounds an exchange, and an inspection; a login with many Pages takes
// several requests.
const readPatience = 2 * time.Minute

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

// launch runs the attempt in a goroutine that Close waits for.
func (m *Manager) launch(ctx context.Context, adapter Provider, a *attempt) {
	m.running.Go(func() {
		defer a.cancel(nil)
		err := m.signIn(ctx, adapter, a)
		if a.receiver != nil {
			if closeErr := a.receiver.Close(); closeErr != nil {
				m.Log.Warn("close the sign-in address", "err", closeErr)
			}
		}
		close(a.freed)
		if err == nil {
			err = m.offer(ctx, a)
		}
		if err != nil {
			m.Log.Info("sign-in ended", "provider", string(a.app.Provider), "code", string(problem.CodeOf(err)), "err", err)
			a.fail(err)
		}
		m.Changed(a.view().ID)
	})
}

// signIn obtains a login and asks the provider about it.
func (m *Manager) signIn(ctx context.Context, adapter Provider, a *attempt) error {
	request := a.view().Request
	login := social.Login{Tokens: social.TokenSet{Access: request.Token}}
	if a.receiver != nil {
		var err error
		if login, err = m.obtain(ctx, adapter, a, request); err != nil {
			return err
		}
	}
	found, err := m.read(ctx, adapter, a, login)
	if err != nil {
		return err
	}
	found = found.Against(request.Provider, a.scopes)
	if err := m.checkPerson(ctx, request, found.Subject); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.public.State != Reading {
		return context.Cause(ctx)
	}
	a.inspection = found
	a.public.State, a.public.Subject, a.public.Complete = Choosing, found.Subject, found.Complete
	a.public.Candidates, a.public.Granted, a.public.Declined = found.Candidates, found.Granted, found.Declined
	a.public.Lacks = lacks(adapter, a.app, found.Declined)
	a.public.Request.Token = social.Secret{}
	a.public.ExpiresAt = m.Now().Add(choiceTimeout)
	return nil
}

// obtain waits for the browser and trades the code that it brings.
func (m *Manager) obtain(ctx context.Context, adapter Provider, a *attempt, request ConnectRequest) (social.Login, error) {
	if !request.NoBrowser {
		m.openBrowser(ctx, a)
	}
	callback, err := m.await(ctx, a, request.Timeout)
	if err != nil {
		return social.Login{}, namingProduct(adapter, a.app, err)
	}
	if !a.enter(Reading, Waiting) {
		return social.Login{}, context.Cause(ctx)
	}
	m.Changed(a.view().ID)
	exchanging, done := context.WithTimeout(ctx, readPatience)
	defer done()
	return adapter.Exchange(exchanging, a.app, a.secret, callback)
}

// openBrowser shows the sign-in page. Without a browser the attempt goes on:
// the address can be opened by hand.
func (m *Manager) openBrowser(ctx context.Context, a *attempt) {
	if err := a.receiver.Open(ctx, a.view().AuthorizeURL); err != nil && ctx.Err() == nil {
		m.Log.Warn("open the browser", "err", err)
		a.change(func(p *Attempt) { p.BrowserOpened = false })
		m.Changed(a.view().ID)
	}
}

// await waits for the browser to come back.
func (m *Manager) await(ctx context.Context, a *attempt, patience time.Duration) (social.Callback, error) {
	waiting, done := context.WithTimeout(ctx, patience)
	defer done()
	callback, err := a.receiver.Wait(waiting)
	switch {
	case ctx.Err() != nil:
		return callback, context.Cause(ctx)
	case waiting.Err() != nil && err != nil:
		// What to compare with the app at the provider: a wrong address or id
		// ends on the provider's own page and calls nobody (linkedin.md 1.2).
		return callback, problem.New(problem.SignInTimeout, err).
			With("redirect_uri", a.receiver.RedirectURI()).With("client_id", a.app.ClientID)
	default:
		return callback, err
	}
}

// readPauses lie between the tries to read a login.
func readPauses() []time.Duration { return []time.Duration{500 * time.Millisecond, 3 * time.Second} }

// read inspects the login and tells how far it has come. A network that fails
// is asked again: the code is spent, and the person would have to consent once
// more (security.md GR06).
func (m *Manager) read(ctx context.Context, adapter Provider, a *attempt, login social.Login) (social.Inspection, error) {
	reading, done := context.WithTimeout(ctx, readPatience)
	defer done()
	inspect := func() (social.Inspection, error) {
		return adapter.Inspect(reading, a.app, a.secret, login, func(found, expected int) {
			a.change(func(p *Attempt) { p.Found, p.Expected = found, expected })
			m.Changed(a.view().ID)
		})
	}
	found, err := inspect()
	for _, pause := range readPauses() {
		if !passing(err) {
			break
		}
		select {
		case <-time.After(pause):
			found, err = inspect()
		case <-reading.Done():
		}
	}
	return found, err
}

// passing reports whether err is a trouble of the network or the provider, which
// may be over soon.
func passing(err error) bool {
	var trouble *social.Trouble
	return errors.As(err, &trouble) && (trouble.Cause == social.CauseOffline || trouble.Cause == social.CauseProviderTrouble)
}

// checkPerson refuses another person than the one whose login is renewed, so
// that a reconnection never switches accounts silently (security.md T10).
func (m *Manager) checkPerson(ctx context.Context, r ConnectRequest, found social.Subject) error {
	if r.GrantID == "" {
		return nil
	}
	expected, err := m.Store.Grant(ctx, r.GrantID)
	if err != nil {
		return err
	}
	if expected.Subject.ID != found.ID {
		return problem.New(problem.WrongPerson, nil).With("expected", expected.Subject.Name).With("received", found.Name)
	}
	return nil
}

// offer keeps the candidates, and the token behind them, until they are taken,
// the attempt ends, or nobody has chosen for too long.
func (m *Manager) offer(ctx context.Context, a *attempt) error {
	m.Changed(a.view().ID)
	timer := time.NewTimer(choiceTimeout)
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
			if a.view().State == Choosing {
				return problem.New(problem.SignInTimeout, nil)
			}
			// It is being saved; should that fail, the candidates are on offer
			// again, and their token must not stay for ever.
			timer.Reset(time.Minute)
		case <-ctx.Done():
			if a.view().State.over() {
				return nil
			}
			return context.Cause(ctx)
		}
	}
}
