package connection

import (
	"context"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Token returns what acts for an account now, for a script of the admin's: the
// Page's own token for a Page and for the Instagram account that is linked to
// it, the login's for everything else. The provider is asked first whether the
// access lives, and it is renewed where that is due and possible; each time is
// a line of the timeline.
//
// It fails with problem.AccessEnded when the access is over, and with what kept
// the provider from being asked when nobody knows: what it returns lives.
func (m *Manager) Token(ctx context.Context, id social.AccountID) (social.Secret, error) {
	done, err := m.begin()
	if err != nil {
		return social.Secret{}, err
	}
	defer done()
	account, err := m.activeAccount(ctx, id)
	if err != nil {
		return social.Secret{}, err
	}
	result, err := m.checkGrant(ctx, account.GrantID)
	if err != nil {
		return social.Secret{}, err
	}
	m.over(result)
	if len(result.Problems) > 0 {
		return social.Secret{}, unasked(result.Problems[0])
	}
	defer m.locks.lock(string(account.GrantID))()
	token, err := m.living(ctx, id)
	if err != nil {
		return social.Secret{}, err
	}
	// Noted before it is given: what cannot be noted is not given.
	event := accountEvent(social.EventTokenGiven, account, m.Now().UTC())
	if err := m.Store.AppendEvents(ctx, []social.Event{event}); err != nil {
		return social.Secret{}, err
	}
	m.Changed("")
	return token, nil
}

// living reads the token of an account that was just asked about. The caller
// holds its login's lock.
func (m *Manager) living(ctx context.Context, id social.AccountID) (social.Secret, error) {
	account, err := m.activeAccount(ctx, id)
	if err != nil {
		return social.Secret{}, err
	}
	g, err := m.Store.Grant(ctx, account.GrantID)
	if err != nil {
		return social.Secret{}, err
	}
	switch social.DefaultPolicy().Assess(account, g, m.Now()).Health { //nolint:exhaustive // the others can be used
	case social.Reconnect, social.Missing, social.Checkpoint:
		return social.Secret{}, problem.New(problem.AccessEnded, nil)
	}
	tokens, err := m.tokens(ctx, g)
	if err != nil {
		return social.Secret{}, err
	}
	token := tokens.Access
	switch account.Kind {
	case social.FacebookPage:
		token = tokens.Pages[account.RemoteID]
	case social.InstagramAccount:
		token = tokens.Pages[account.ParentRemoteID]
	case social.LinkedInOrganization, social.LinkedInMember:
	}
	if token.Empty() {
		return social.Secret{}, problem.New(problem.TokenMissing, nil)
	}
	return token, nil
}

// unasked turns what kept a provider from being asked into what a person can
// do about it.
func unasked(err error) error {
	if problem.CodeOf(err) == problem.Internal {
		return problem.New(problem.ProviderTrouble, err)
	}
	return err
}
