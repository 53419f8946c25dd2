package connection

import (
	"context"
	"errors"
	"slices"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Select connects the chosen candidates of an attempt, and renews every
// account that its login has already. It returns when all of it is stored. On
// failure nothing that was stored before is changed, and the attempt offers
// its candidates again.
//
// No candidate needs to be chosen where the login already has accounts:
// repeating a connection renews it.
func (m *Manager) Select(ctx context.Context, id string, remoteIDs []string) (Attempt, error) {
	done, err := m.begin()
	if err != nil {
		return Attempt{}, err
	}
	defer done()
	a, err := m.find(id)
	if err != nil {
		return Attempt{}, err
	}
	if !a.enter(Saving, Choosing) {
		return Attempt{}, problem.New(problem.SignInEnded, nil)
	}
	m.Changed(id)
	connected, err := m.save(ctx, a, remoteIDs)
	if err != nil {
		a.enter(Choosing, Saving)
		m.Changed(id)
		return Attempt{}, err
	}
	a.finish(connected)
	a.cancel(nil)
	// Logins and accounts are no longer what they were, which is more than the
	// attempt's news. Whoever hears of that is to find the accounts.
	m.Changed("")
	m.Changed(id)
	return a.view(), nil
}

// save stores the login and its accounts, in the order of the package comment.
func (m *Manager) save(ctx context.Context, a *attempt, remoteIDs []string) ([]social.AccountID, error) {
	found, request := a.found(), a.view().Request
	// Two attempts of one person must not both create its login.
	defer m.locks.lock(string(request.Provider) + "/" + a.app.ClientID + "/" + found.Subject.ID)()
	ctx, cancel := detached(ctx)
	defer cancel()

	former, err := m.loginOf(ctx, request.Provider, a.app.ClientID, found.Subject.ID)
	if err != nil {
		return nil, err
	}
	defer m.locks.lock(string(former.ID))()
	// Once more under its lock: a check may just have renewed it, or somebody
	// disconnected it.
	if former, err = m.sameLogin(ctx, former); err != nil {
		return nil, err
	}
	plan, err := m.plan(ctx, former, found, request.ProjectID, remoteIDs)
	if err != nil {
		return nil, err
	}
	now := m.Now().UTC()
	grant := former
	grant.Provider, grant.ClientID, grant.Subject = request.Provider, a.app.ClientID, found.Subject
	grant.State, grant.TokenVersion = social.GrantActive, former.TokenVersion+1
	grant.Wanted = union(former.Wanted, request.Capabilities)
	grant.Requested, grant.Granted, grant.Declined = a.scopes, found.Granted, found.Declined
	grant.Clocks, grant.ConnectedAt = found.Clocks, now
	grant.Verdict = social.Verdict{}.Good(now)

	if err := m.putOn(ctx, grant, found.Tokens.Only(tokensNeeded(plan.all)), plan.all, plan.events(grant, former, now)); err != nil {
		return nil, err
	}
	m.forgetUnsaved(grant.ID)
	of := picturesOf(grant.ID, plan.all, found)
	m.Pictures.Found(of.grant, of.told)
	return plan.chosen, nil
}

// sameLogin returns the login as it stands now. One that was closed meanwhile
// begins anew, because a closed row is history.
func (m *Manager) sameLogin(ctx context.Context, former social.Grant) (social.Grant, error) {
	current, err := m.Store.Grant(ctx, former.ID)
	if errors.Is(err, problem.New(problem.NotFound, nil)) {
		if former.TokenVersion > 0 {
			return social.Grant{ID: social.GrantID(newID())}, nil
		}
		return former, nil
	}
	return current, err
}

// union lists what is in either, in the order of display.
func union(a, b []social.Capability) []social.Capability {
	var both []social.Capability
	for _, c := range social.AllCapabilities() {
		if slices.Contains(a, c) || slices.Contains(b, c) {
			both = append(both, c)
		}
	}
	return both
}

// loginOf returns the login of a person, or a new one without a row yet.
func (m *Manager) loginOf(ctx context.Context, p social.Provider, clientID, subjectID string) (social.Grant, error) {
	grants, err := m.Store.Grants(ctx)
	if err != nil {
		return social.Grant{}, err
	}
	for _, g := range grants {
		if g.Provider == p && g.ClientID == clientID && g.Subject.ID == subjectID {
			return g, nil
		}
	}
	return social.Grant{ID: social.GrantID(newID())}, nil
}

// putOn writes tokens under a new entry and puts grant and accounts on it.
func (m *Manager) putOn(ctx context.Context, grant social.Grant, tokens social.TokenSet, accounts []social.Account, events []social.Event) error {
	_, err := m.storeOn(ctx, grant, tokens, accounts, events)
	return err
}

// storeOn is putOn, and returns the name of the new entry.
func (m *Manager) storeOn(ctx context.Context, grant social.Grant, tokens social.TokenSet, accounts []social.Account, events []social.Event) (social.TokenRef, error) {
	intent := social.Intent{ID: newID(), GrantID: grant.ID, TokenRef: newRef(), StartedAt: m.Now().UTC()}
	if err := m.Store.Begin(ctx, intent); err != nil {
		return "", err
	}
	grant.TokenRef, grant.DueAt = intent.TokenRef, m.Schedule.Next(grant)
	err := m.Vault.PutTokens(ctx, intent.TokenRef, tokens)
	if err == nil {
		err = m.Store.Activate(ctx, intent, grant, accounts, events)
	}
	if err != nil {
		err = errors.Join(err, m.Store.Abandon(ctx, intent, nil))
	}
	m.sweep(ctx)
	return intent.TokenRef, err
}

// tokensNeeded lists the Pages whose tokens active accounts use: a Page's own,
// and for an Instagram account that of the Page it is linked to.
func tokensNeeded(accounts []social.Account) []string {
	var ids []string
	for _, a := range accounts {
		if a.State != social.AccountActive {
			continue
		}
		switch a.Kind {
		case social.FacebookPage:
			ids = append(ids, a.RemoteID)
		case social.InstagramAccount:
			ids = append(ids, a.ParentRemoteID)
		case social.LinkedInOrganization, social.LinkedInMember:
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
