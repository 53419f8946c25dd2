package connection

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// selection is what a choice of candidates comes to.
type selection struct {
	all    []social.Account // every account of the login afterwards
	chosen []social.AccountID
	fresh  map[social.AccountID]bool
}

// plan works out which accounts the login has once the chosen candidates are
// connected. It fails, with the candidate's name, when one cannot be.
func (m *Manager) plan(ctx context.Context, g social.Grant, found social.Inspection, project social.ProjectID, remoteIDs []string) (selection, error) {
	known, err := m.Store.Accounts(ctx)
	if err != nil {
		return selection{}, err
	}
	s := selection{fresh: map[social.AccountID]bool{}}
	for _, a := range known {
		if a.GrantID == g.ID && a.State == social.AccountActive {
			s.all = append(s.all, refreshed(a, found))
		}
	}
	if len(remoteIDs) == 0 && len(s.all) == 0 {
		return selection{}, problem.New(problem.NothingSelected, nil)
	}
	for i, remoteID := range remoteIDs {
		if slices.Contains(remoteIDs[:i], remoteID) {
			continue // named twice is wanted once
		}
		candidate, err := usable(found.Candidates, remoteID)
		if err != nil {
			return selection{}, err
		}
		s.take(candidate, g.ID, project, known, m.Now().UTC())
	}
	return s, nil
}

func usable(candidates []social.Candidate, remoteID string) (social.Candidate, error) {
	i := slices.IndexFunc(candidates, func(c social.Candidate) bool { return c.RemoteID == remoteID })
	if i < 0 {
		return social.Candidate{}, problem.New(problem.CandidateUnusable, nil).With("name", social.CleanName(remoteID))
	}
	if !candidates[i].Usable {
		return social.Candidate{}, problem.New(problem.CandidateUnusable, nil).With("name", candidates[i].Name)
	}
	return candidates[i], nil
}

// take adds a candidate. One that is connected in this project already is left
// as it is, whichever login it hangs on; one that was here before comes back
// under its old id, with its history.
func (s *selection) take(c social.Candidate, g social.GrantID, project social.ProjectID, known []social.Account, now time.Time) {
	id := social.AccountID(newID())
	for _, a := range known {
		if a.ProjectID != project || a.Kind != c.Kind || a.RemoteID != c.RemoteID {
			continue
		}
		if a.State == social.AccountActive {
			s.chosen = append(s.chosen, a.ID)
			return
		}
		id = a.ID
	}
	account := social.Account{ID: id, ProjectID: project, GrantID: g, Provider: c.Kind.Provider(), ConnectedAt: now}
	account.State = social.AccountActive
	s.all = append(s.all, described(account, c))
	s.chosen = append(s.chosen, id)
	s.fresh[id] = true
}

// described returns a with what candidate c tells about it.
func described(a social.Account, c social.Candidate) social.Account {
	a.Kind, a.RemoteID, a.ParentRemoteID, a.Detail = c.Kind, c.RemoteID, c.ParentRemoteID, c.Detail
	// A candidate whose details could not be read has its number for a name.
	if a.Name == "" || !strings.HasSuffix(c.RemoteID, c.Name) {
		a.Name, a.Username = c.Name, c.Username
	}
	a.Capabilities, a.Clocks, a.Standing = c.Capabilities, c.Clocks, social.StandingPresent
	if c.Reason == social.ReasonRoleInsufficient {
		a.Standing = social.StandingRoleLimited
	}
	return a
}

// refreshed returns a as an inspection found it. An account that is not in the
// list is missing only when the list is complete (peers.md E16).
func refreshed(a social.Account, found social.Inspection) social.Account {
	// The login's data access is the account's, and its end may be the very
	// reason why the account cannot be read any more (meta.md 1.6).
	if a.Clocks.DataAccess.Kind != "" && found.Clocks.DataAccess.Kind != "" {
		a.Clocks.DataAccess = found.Clocks.DataAccess
	}
	i := slices.IndexFunc(found.Candidates, func(c social.Candidate) bool { return c.Kind == a.Kind && c.RemoteID == a.RemoteID })
	switch {
	case i < 0 && found.Complete:
		a.Standing = social.StandingMissing
	case i < 0:
	case found.Candidates[i].Usable:
		a = described(a, found.Candidates[i])
	default:
		a.Standing = standing(found.Candidates[i].Reason, a.Standing)
		if a.Standing == social.StandingRoleLost {
			// What the role allowed goes with it.
			a.Capabilities = found.Candidates[i].Capabilities
		}
	}
	return a
}

// standing says what the reason for which a candidate is unusable means for an
// account that is connected.
func standing(r social.Reason, former social.Standing) social.Standing {
	switch r {
	case social.ReasonNotTicked, social.ReasonNoToken, social.ReasonInstagramNotTicked,
		social.ReasonNoInstagram, social.ReasonInstagramPersonal:
		return social.StandingMissing
	case social.ReasonNoContentTask, social.ReasonRoleInsufficient:
		return social.StandingRoleLost
	case social.ReasonPermissionMissing, social.ReasonProfileLimits,
		social.ReasonDetailsUnavailable, social.ReasonInstagramUnreadable:
		return former
	default:
		return former
	}
}

// events are the lines of the timeline: the login's own when it was renewed,
// and one for each account that is new.
func (s *selection) events(g, former social.Grant, now time.Time) []social.Event {
	var events []social.Event
	if former.TokenVersion > 0 {
		events = append(events, social.Event{At: now, Kind: social.EventRenewed, Provider: g.Provider, GrantID: g.ID, Subject: g.Subject.Name})
	}
	for _, a := range s.all {
		if s.fresh[a.ID] {
			events = append(events, accountEvent(social.EventConnected, a, now))
		}
	}
	return events
}

func accountEvent(kind social.EventKind, a social.Account, now time.Time) social.Event {
	return social.Event{
		At: now, Kind: kind, Provider: a.Provider, ProjectID: a.ProjectID, GrantID: a.GrantID, AccountID: a.ID, Subject: a.Title(),
	}
}
