package connection

import (
	"context"
	"errors"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// readPatience bounds an exchange, and an inspection; a login with many Pages takes
// several requests.
const readPatience = 2 * time.Minute

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
