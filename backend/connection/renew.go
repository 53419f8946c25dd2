package connection

import (
	"context"
	"errors"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// renewer is a Provider that can renew an access without the person.
type renewer interface {
	// Refresh trades the refresh token for a new access.
	Refresh(ctx context.Context, app social.ProviderApp, secret social.Secret, tokens social.TokenSet) (social.Login, error)
}

// credentials are what a call on behalf of a login needs.
type credentials struct {
	adapter Provider
	app     social.ProviderApp
	secret  social.Secret
	tokens  social.TokenSet
}

// credentialsOf gathers what a call on behalf of login g needs.
func (m *Manager) credentialsOf(ctx context.Context, g social.Grant) (credentials, error) {
	adapter, err := m.provider(g.Provider)
	if err != nil {
		return credentials{}, err
	}
	app, secret, err := m.app(ctx, g.Provider)
	if err != nil {
		return credentials{}, err
	}
	if app.ClientID != g.ClientID {
		return credentials{}, problem.New(problem.AppSetup, nil)
	}
	tokens, err := m.tokens(ctx, g)
	return credentials{adapter, app, secret, tokens}, err
}

// tokens reads what a login has in the keychain; problem.TokenMissing for one
// that was imported and has nothing there yet.
func (m *Manager) tokens(ctx context.Context, g social.Grant) (social.TokenSet, error) {
	if g.TokenRef == "" {
		return social.TokenSet{}, problem.New(problem.TokenMissing, nil)
	}
	return m.Vault.Tokens(ctx, g.TokenRef)
}

// renew renews a login whose token ends soon, where that can be done without
// the person, and returns it as it is afterwards. The caller holds the login's
// lock, and the data folder's lock keeps other processes out, so that one
// refresh token is never sent twice (security.md T6).
//
// The new token is stored before it is used. One that the keychain refuses is
// kept in memory and stored at the next try: the old refresh token may be
// spent already (security.md TK17). A renewal that fails leaves the login as
// it was: the token that is still good is asked about next, and tells.
func (m *Manager) renew(ctx context.Context, g social.Grant, c *credentials, accounts []social.Account) social.Grant {
	adapter, can := c.adapter.(renewer)
	if !can || c.tokens.Refresh.Empty() || !g.Clocks.NeedsRenewal(m.Now()) {
		return g
	}
	ctx, cancel := detached(ctx)
	defer cancel()
	login, kept := m.unsaved(g.ID)
	if !kept {
		var err error
		if login, err = m.refresh(ctx, adapter, g, c); err != nil {
			m.Log.Info("renew", "grant", string(g.ID), "provider", string(g.Provider), "code", string(problem.CodeOf(err)), "err", err)
			return g
		}
	}
	renewed, tokens := g, c.tokens.Renewed(login.Tokens)
	renewed.Clocks = g.Clocks.Renewed(login.Clocks)
	renewed.TokenVersion++
	for i := range accounts {
		accounts[i].Clocks = accounts[i].Clocks.Renewed(login.Clocks)
	}
	now := m.Now().UTC()
	event := social.Event{At: now, Kind: social.EventRenewed, Provider: g.Provider, GrantID: g.ID, Subject: g.Subject.Name}
	ref, err := m.storeOn(ctx, renewed, tokens, accounts, []social.Event{event})
	if err != nil {
		m.keepUnsaved(g.ID, login)
		m.Log.Error("store a renewed access", "grant", string(g.ID), "code", string(problem.CodeOf(err)), "err", err)
		return g
	}
	m.forgetUnsaved(g.ID)
	renewed.TokenRef, c.tokens = ref, tokens
	return renewed
}

// refresh trades the refresh token. A refusal is believed only of the token
// that is stored now: somebody may have put another one there since it was
// read (peers.md A37).
func (m *Manager) refresh(ctx context.Context, adapter renewer, g social.Grant, c *credentials) (social.Login, error) {
	login, err := adapter.Refresh(ctx, c.app, c.secret, c.tokens)
	if err == nil || !troubleOf(err).Refused {
		return login, err
	}
	stored, readErr := m.Vault.Tokens(ctx, g.TokenRef)
	if readErr != nil || stored.Refresh.Empty() || stored.Refresh.Equal(c.tokens.Refresh) {
		return login, err
	}
	c.tokens = stored
	return adapter.Refresh(ctx, c.app, c.secret, stored)
}

// unsaved returns a renewed access that could not be stored.
func (m *Manager) unsaved(id social.GrantID) (social.Login, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	login, ok := m.unstored[id]
	return login, ok
}

func (m *Manager) keepUnsaved(id social.GrantID, login social.Login) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.unstored[id] = login
}

func (m *Manager) forgetUnsaved(id social.GrantID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.unstored, id)
}

// wrongPerson is the trouble of a token that answers for somebody else: it is
// not this login's.
func wrongPerson() error {
	return &social.Trouble{
		Cause: social.CauseTokenDamaged, Refused: true, Explicit: true,
		Err: problem.New(problem.KeychainDamaged, errors.New("the token answers for another person")),
	}
}
