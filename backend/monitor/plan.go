package monitor

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// State is what telling is decided by.
type State struct {
	Grants []social.Grant
	// Accounts are best sorted by their logins: thousands are not copied then.
	Accounts  []social.Account
	Incidents []social.Incident
}

// Read reads a State.
func Read(ctx context.Context, r Reader) (s State, err error) {
	if s.Grants, err = r.Grants(ctx); err != nil {
		return s, err
	}
	if s.Accounts, err = r.ActiveAccounts(ctx); err != nil {
		return s, err
	}
	s.Incidents, err = r.Incidents(ctx)
	return s, err
}

// news is a notice that is due, and the incident as it stands once it is
// claimed.
type news struct {
	social.Attention
	incident social.Incident
}

// plan is what there is to tell.
type plan struct {
	due []news
	// undelivered were claimed, but the desktop would not take them.
	undelivered []news
	// mended are logins that are well again, with what was told of them.
	mended []news
	// gone are incidents of logins that are none any more.
	gone []social.GrantID
	// turn is when there may be more by the passing of time; zero for never.
	turn time.Time
}

// Attentions lists what the logins need of their admin at now, the most urgent
// first, each with the incident that was told of it; the zero incident where
// nothing was.
func Attentions(s State, policy social.Policy, now time.Time) ([]social.Attention, map[social.GrantID]social.Incident) {
	var found []social.Attention
	accounts := accountsOf(s)
	for _, g := range s.Grants {
		if a, ok := policy.Attend(g, accounts[g.ID], now); ok {
			found = append(found, a)
		}
	}
	return ByUrgency(found), incidentsOf(s)
}

// accountsOf returns the accounts of each login. Where those of one login stand
// together, as the ledger lists them, none is copied.
func accountsOf(s State) map[social.GrantID][]social.Account {
	all := s.Accounts
	byGrant := func(a, b social.Account) int { return cmp.Compare(a.GrantID, b.GrantID) }
	if !slices.IsSortedFunc(all, byGrant) {
		all = slices.Clone(all)
		slices.SortStableFunc(all, byGrant)
	}
	accounts := make(map[social.GrantID][]social.Account, len(s.Grants))
	for begin := 0; begin < len(all); {
		end := begin + 1
		for end < len(all) && all[end].GrantID == all[begin].GrantID {
			end++
		}
		accounts[all[begin].GrantID] = all[begin:end:end]
		begin = end
	}
	return accounts
}

func incidentsOf(s State) map[social.GrantID]social.Incident {
	incidents := make(map[social.GrantID]social.Incident, len(s.Incidents))
	for _, i := range s.Incidents {
		incidents[i.GrantID] = i
	}
	return incidents
}

// ByUrgency sorts in place: what ended before what ends, and the earlier end
// first.
func ByUrgency(all []social.Attention) []social.Attention {
	sortByUrgency(all, func(a social.Attention) social.Attention { return a })
	return all
}

// sortByUrgency puts what ended before what ends, and the earlier end first.
func sortByUrgency[T any](items []T, of func(T) social.Attention) {
	slices.SortStableFunc(items, func(x, y T) int {
		a, b := of(x), of(y)
		switch {
		case a.Health.Worse(b.Health):
			return -1
		case b.Health.Worse(a.Health):
			return 1
		default:
			return cmp.Or(a.EndsAt.Compare(b.EndsAt), cmp.Compare(a.Grant.ID, b.Grant.ID))
		}
	})
}

// planFor works out what there is to tell at now.
func planFor(s State, policy social.Policy, now time.Time) plan {
	var p plan
	accounts, incidents := accountsOf(s), incidentsOf(s)
	for _, g := range s.Grants {
		incident, told := incidents[g.ID]
		delete(incidents, g.ID)
		attention, needed := policy.Attend(g, accounts[g.ID], now)
		p.turnAt(policy.Turns(g, accounts[g.ID], now))
		switch {
		case needed:
			p.consider(attention, incident, now)
		case !told:
		case g.State != social.GrantActive || !anyActive(accounts[g.ID]):
			p.gone = append(p.gone, g.ID)
		case incident.Over(g, accounts[g.ID]):
			p.mended = append(p.mended, news{mendedOf(g, accounts[g.ID]), incident})
		}
	}
	// What is left belongs to logins that were closed.
	for id := range incidents {
		p.gone = append(p.gone, id)
	}
	slices.Sort(p.gone)
	sortByUrgency(p.due, func(n news) social.Attention { return n.Attention })
	return p
}

func (p *plan) consider(a social.Attention, i social.Incident, now time.Time) {
	next, due, turn := i.Next(a, now)
	p.turnAt(turn)
	switch {
	case due:
		p.due = append(p.due, news{a, next})
	case next.Undelivered:
		p.undelivered = append(p.undelivered, news{a, next})
	}
}

func (p *plan) turnAt(at time.Time) {
	if !at.IsZero() && (p.turn.IsZero() || at.Before(p.turn)) {
		p.turn = at
	}
}

func anyActive(accounts []social.Account) bool {
	return slices.ContainsFunc(accounts, func(a social.Account) bool { return a.State == social.AccountActive })
}

// mendedOf names a login that is well again by its first account.
func mendedOf(g social.Grant, accounts []social.Account) social.Attention {
	found := social.Attention{Grant: g, Assessment: social.Assessment{Health: social.Healthy}}
	for _, a := range accounts {
		if a.State != social.AccountActive {
			continue
		}
		if found.Accounts == 0 {
			found.Account = a
		}
		found.Accounts++
	}
	return found
}
