package view

import (
	"cmp"
	"slices"

	"github.com/kontent/kontent-connect/backend/social"
)

const (
	// manyAccounts is how many a window opens with at once. A page that reads
	// ten thousand before it shows the first is there a tenth of a second later.
	manyAccounts = 1_000
	// firstRows is how many it opens with where there are more: several times
	// what the largest window shows.
	firstRows = 200
	// firstNotices is how many notices a window lists without being asked.
	firstNotices = 3
)

// Opening returns what a window opens with: all of it where the accounts are not
// many, and else the accounts of the logins that it shows first. A login is there
// with all of its accounts or with none, so that what is said of it is true; those
// that are taken back are always there, because the window says so of a login
// without accounts.
func (s Snapshot) Opening() Snapshot {
	if len(s.Accounts) <= manyAccounts {
		return s
	}
	first := s.firstLogins()
	for _, n := range s.Notices[:min(len(s.Notices), firstNotices)] {
		first[n.GrantID] = true
	}
	all := s.Accounts
	s.Accounts, s.Partial = make([]Account, 0, 2*firstRows), true
	for i := range all {
		if first[all[i].GrantID] || all[i].State != social.AccountActive {
			s.Accounts = append(s.Accounts, all[i])
		}
	}
	return s
}

// firstLogins are those at the top of the list of the project in view, with
// enough accounts to fill it. They are in the window's own order; were that
// another one day, its rows would move when the rest arrives, and nothing else.
func (s Snapshot) firstLogins() map[social.GrantID]bool {
	project := s.inView()
	rows := map[social.GrantID]int{}
	for i := range s.Accounts {
		if a := &s.Accounts[i]; a.ProjectID == project && a.State == social.AccountActive {
			rows[a.GrantID]++
		}
	}
	grants := slices.DeleteFunc(slices.Clone(s.Grants), func(g Grant) bool { return rows[g.ID] == 0 })
	place := map[social.Provider]int{}
	for i, p := range social.Providers() {
		place[p] = i
	}
	slices.SortFunc(grants, func(a, b Grant) int {
		return cmp.Or(cmp.Compare(place[a.Provider], place[b.Provider]), cmp.Compare(a.ConnectedAt, b.ConnectedAt), cmp.Compare(a.ID, b.ID))
	})
	first, sum := map[social.GrantID]bool{}, 0
	for _, g := range grants {
		if sum >= firstRows {
			break
		}
		first[g.ID], sum = true, sum+rows[g.ID]
	}
	return first
}

// inView is the project that the window shows.
func (s Snapshot) inView() social.ProjectID {
	if len(s.Projects) == 0 {
		return ""
	}
	if slices.ContainsFunc(s.Projects, func(p Project) bool { return p.ID == s.Preferences.Project }) {
		return s.Preferences.Project
	}
	return s.Projects[0].ID
}
