package connection

import (
	"context"
	"errors"
	"slices"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// DisconnectResult is one of the three honest outcomes, and what ended here.
type DisconnectResult struct {
	Outcome social.Withdrawal
	Closed  []social.AccountID
	// WholeLogin: the login itself ended, asked for or because its last
	// account went.
	WholeLogin bool
	Grant      social.Grant
	// Problem is why the provider could not be told, for Unreachable.
	Problem error
}

// Disconnect takes an account away, or its whole login. What was published
// stays. It never fails because the provider cannot be reached: the result
// says so, and the withdrawal is tried again later.
//
// One account of several cannot be taken out of a login at the provider
// (meta.md 6, linkedin.md 1.9): it is forgotten here, and the outcome is
// StillListed.
func (m *Manager) Disconnect(ctx context.Context, id social.AccountID, wholeLogin bool) (DisconnectResult, error) {
	done, err := m.begin()
	if err != nil {
		return DisconnectResult{}, err
	}
	defer done()
	account, err := m.activeAccount(ctx, id)
	if err != nil {
		return DisconnectResult{}, err
	}
	defer m.locks.lock(string(account.GrantID))()
	ctx, cancel := detached(ctx)
	defer cancel()
	defer m.Changed("")
	g, err := m.Store.Grant(ctx, account.GrantID)
	if err != nil {
		return DisconnectResult{}, err
	}
	accounts, err := m.Store.AccountsOf(ctx, g.ID)
	if err != nil {
		return DisconnectResult{}, err
	}
	if !slices.ContainsFunc(accounts, func(a social.Account) bool { return a.ID == id }) {
		return DisconnectResult{}, problem.New(problem.NotFound, nil)
	}
	if wholeLogin || len(accounts) == 1 {
		return m.disconnectLogin(ctx, g, accounts)
	}
	return m.disconnectOne(ctx, g, account, accounts)
}

func (m *Manager) activeAccount(ctx context.Context, id social.AccountID) (social.Account, error) {
	accounts, err := m.Store.Accounts(ctx)
	if err != nil {
		return social.Account{}, err
	}
	for _, a := range accounts {
		if a.ID == id && a.State == social.AccountActive {
			return a, nil
		}
	}
	return social.Account{}, problem.New(problem.NotFound, nil)
}

// disconnectOne forgets one account of a login that stays, together with its
// Page token.
func (m *Manager) disconnectOne(ctx context.Context, g social.Grant, account social.Account, accounts []social.Account) (DisconnectResult, error) {
	tokens, err := m.tokensForEnd(ctx, g)
	if err != nil {
		return DisconnectResult{}, err
	}
	m.release(ctx, g, account, tokens)
	now := m.Now().UTC()
	for i := range accounts {
		if accounts[i].ID == account.ID {
			accounts[i].State, accounts[i].DisconnectedAt = social.AccountDisconnected, now
		}
	}
	events := []social.Event{accountEvent(social.EventDisconnected, account, now)}
	kept := tokens.Only(tokensNeeded(accounts))
	if len(kept.Pages) < len(tokens.Pages) {
		err = m.putOn(ctx, g, kept, accounts, events)
	} else {
		err = m.Store.CloseAccount(ctx, account.ID, now, events)
	}
	return DisconnectResult{Outcome: social.StillListed, Closed: []social.AccountID{account.ID}, Grant: g}, err
}

// tokensForEnd reads the login's token in order to end something. A token that
// is gone or damaged does not stand in the way: a broken connection must be
// removable (peers.md E15). A keychain that cannot be asked does, because the
// token in it would stay behind.
func (m *Manager) tokensForEnd(ctx context.Context, g social.Grant) (social.TokenSet, error) {
	tokens, err := m.tokens(ctx, g)
	switch problem.CodeOf(err) {
	case problem.TokenMissing, problem.KeychainDamaged:
		return social.TokenSet{}, nil
	default:
		return tokens, err
	}
}

// release tells the provider that one account goes. That it cannot be told
// keeps nobody from disconnecting.
func (m *Manager) release(ctx context.Context, g social.Grant, account social.Account, tokens social.TokenSet) {
	adapter, err := m.provider(g.Provider)
	if err != nil {
		return
	}
	app, secret, err := m.app(ctx, g.Provider)
	if err == nil {
		err = adapter.Release(ctx, app, secret, account, tokens)
	}
	if err != nil {
		m.Log.Info("release an account", "account", string(account.ID), "code", string(problem.CodeOf(err)), "err", err)
	}
}

// disconnectLogin ends a login: mark, tell the provider, verify, erase.
func (m *Manager) disconnectLogin(ctx context.Context, g social.Grant, accounts []social.Account) (DisconnectResult, error) {
	tokens, err := m.tokensForEnd(ctx, g)
	if err != nil {
		return DisconnectResult{}, err
	}
	if err := m.Store.MarkRevoking(ctx, g.ID, m.Now().UTC()); err != nil {
		return DisconnectResult{}, err
	}
	result := DisconnectResult{WholeLogin: true, Grant: g}
	for _, a := range accounts {
		result.Closed = append(result.Closed, a.ID)
	}
	result.Outcome, result.Problem = m.withdraw(ctx, g, tokens)
	return result, m.finishWithdrawal(ctx, g, accounts, result.Outcome)
}

// withdraw tells the provider. Without the app that the login was made with
// there is nobody to tell it as: only the person can remove it there.
func (m *Manager) withdraw(ctx context.Context, g social.Grant, tokens social.TokenSet) (social.Withdrawal, error) {
	adapter, err := m.provider(g.Provider)
	if err != nil {
		return social.StillListed, nil //nolint:nilerr // no such provider in this build: nobody to tell
	}
	app, secret, err := m.app(ctx, g.Provider)
	switch {
	case errors.Is(err, problem.New(problem.AppMissing, nil)), errors.Is(err, problem.New(problem.AppSecretMissing, nil)):
		return social.StillListed, nil
	case err != nil:
		return social.Unreachable, err
	case app.ClientID != g.ClientID:
		return social.StillListed, nil
	}
	outcome, err := adapter.Withdraw(ctx, app, secret, g.Subject, tokens)
	if outcome != social.Unreachable {
		err = nil
	}
	return outcome, err
}

// finishWithdrawal stores the outcome. While the provider could not be told
// the login stays, with its token, for that alone.
func (m *Manager) finishWithdrawal(ctx context.Context, g social.Grant, accounts []social.Account, outcome social.Withdrawal) error {
	now := m.Now().UTC()
	var events []social.Event
	for _, a := range accounts {
		events = append(events, accountEvent(social.EventDisconnected, a, now))
	}
	login := social.Event{At: now, Provider: g.Provider, GrantID: g.ID, Subject: g.Subject.Name}
	if outcome == social.Unreachable {
		if len(accounts) == 0 {
			return nil
		}
		login.Kind = social.EventWithdrawalPending
		return m.Store.CloseAccounts(ctx, g.ID, now, append(events, login))
	}
	login.Kind = social.EventWithdrawn
	if outcome == social.StillListed {
		login.Kind = social.EventStillListed
	}
	if err := m.Store.CloseGrant(ctx, g.ID, now, append(events, login)); err != nil {
		return err
	}
	m.forgetUnsaved(g.ID)
	m.sweep(ctx)
	return nil
}

// retryWithdrawal tells the provider what it could not be told before. The
// caller holds the login's lock. trouble is why it could not be told again.
func (m *Manager) retryWithdrawal(ctx context.Context, g social.Grant) (trouble, err error) {
	accounts, err := m.Store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	// Those that a crash left half-way.
	accounts = slices.DeleteFunc(accounts, func(a social.Account) bool {
		return a.GrantID != g.ID || a.State != social.AccountDisconnecting
	})
	tokens, err := m.tokensForEnd(ctx, g)
	if err != nil {
		// The keychain's trouble keeps it waiting; nothing failed.
		return err, m.Store.NoteWithdrawal(ctx, m.afterVain(g, err))
	}
	outcome, trouble := m.withdraw(ctx, g, tokens)
	saving, cancel := detached(ctx)
	defer cancel()
	if err := m.finishWithdrawal(saving, g, accounts, outcome); err != nil || outcome != social.Unreachable {
		return trouble, err
	}
	return trouble, m.Store.NoteWithdrawal(saving, m.afterVain(g, trouble))
}

// afterVain returns login g after its withdrawal could not be told once more.
func (m *Manager) afterVain(g social.Grant, err error) social.Grant {
	g.Verdict = g.Verdict.After(&social.Trouble{RetryAfter: troubleOf(err).RetryAfter}, m.Now().UTC())
	g.DueAt = m.Schedule.Next(g)
	return g
}
