package agent

import (
	"context"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// attemptFrom renders a sign-in without its candidates.
func attemptFrom(a connection.Attempt) view.Attempt {
	shown := view.Attempt{
		ID: a.ID, ProjectID: a.Request.ProjectID, Provider: a.Request.Provider, State: view.AttemptState(a.State),
		GrantID: a.Request.GrantID, RedirectURI: a.RedirectURI, BrowserOpened: a.BrowserOpened,
		Found: a.Found, Expected: a.Expected, SubjectName: a.Subject.Name, Complete: a.Complete, Candidates: []view.Candidate{},
		Connected: append([]social.AccountID{}, a.Connected...), Granted: append([]social.Scope{}, a.Granted...), Declined: append([]social.Scope{}, a.Declined...),
		Lacks: view.LacksFrom(a.Lacks), Problem: view.ProblemFrom(a.Err),
	}
	switch a.State {
	case connection.Waiting:
		// The address is of use only while somebody may still open it.
		shown.AuthorizeURL, shown.ExpiresAt = a.AuthorizeURL, view.Time(a.ExpiresAt)
	case connection.Choosing:
		shown.ExpiresAt = view.Time(a.ExpiresAt)
	case connection.Reading, connection.Saving, connection.Done, connection.Failed:
	}
	return shown
}

// attemptView renders a sign-in with its candidates, and of each where it is
// connected already.
func (a *Agent) attemptView(ctx context.Context, attempt connection.Attempt) (view.Attempt, error) {
	shown := attemptFrom(attempt)
	if len(attempt.Candidates) == 0 {
		return shown, nil
	}
	where, err := a.places(ctx)
	if err != nil {
		return view.Attempt{}, err
	}
	for _, c := range attempt.Candidates {
		here, elsewhere := false, ""
		for project, name := range where[place{c.Kind, c.RemoteID}] {
			if project == attempt.Request.ProjectID {
				here = true
			} else {
				elsewhere = name
			}
		}
		shown.Candidates = append(shown.Candidates, view.CandidateFrom(c, here, elsewhere))
	}
	return shown, nil
}

// place is what an account is at its provider.
type place struct {
	kind     social.AccountKind
	remoteID string
}

// places says which projects have an account connected, and their names.
func (a *Agent) places(ctx context.Context) (map[place]map[social.ProjectID]string, error) {
	accounts, err := a.db.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	projects, err := a.db.Projects(ctx)
	if err != nil {
		return nil, err
	}
	names := map[social.ProjectID]string{}
	for _, p := range projects {
		names[p.ID] = p.Name
	}
	where := map[place]map[social.ProjectID]string{}
	for _, account := range accounts {
		if account.State != social.AccountActive {
			continue
		}
		at := place{account.Kind, account.RemoteID}
		if where[at] == nil {
			where[at] = map[social.ProjectID]string{}
		}
		where[at][account.ProjectID] = names[account.ProjectID]
	}
	return where, nil
}
