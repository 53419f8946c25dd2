package connection

import "github.com/kontent/kontent-connect/backend/social"

// pictured is what a provider said of the pictures of one login's accounts.
type pictured struct {
	grant social.GrantID
	told  map[social.AccountID]social.Picture
}

// picturesOf finds what an inspection tells of each account's picture. The same
// Page in two projects is two accounts.
func picturesOf(id social.GrantID, accounts []social.Account, found social.Inspection) pictured {
	type remote struct {
		kind social.AccountKind
		id   string
	}
	told := map[remote]social.Picture{}
	for _, c := range found.Candidates {
		if c.Picture.Told {
			told[remote{c.Kind, c.RemoteID}] = c.Picture
		}
	}
	of := pictured{id, map[social.AccountID]social.Picture{}}
	for _, a := range accounts {
		if p, ok := told[remote{a.Kind, a.RemoteID}]; ok && a.State == social.AccountActive {
			of.told[a.ID] = p
		}
	}
	return of
}
