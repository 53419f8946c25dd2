package meta

import (
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// rule is one line of Meta's error table. from and to are the codes it is for;
// subcode 0 is for every subcode that has no line of its own.
type rule struct {
	from, to int64
	subcode  int64
	fault    provider.Fault
}

// rules is the error table of meta.md 5. The first line that fits decides, so
// subcodes come before their code.
//
// Only codes about the token itself are refusals: an integration that took
// every error for one had its users reconnect several times a day (chatwoot
// 3133).
func rules() []rule {
	ended := func(cause social.Cause, explicit bool) provider.Fault {
		return provider.Fault{Cause: cause, Refused: true, Explicit: explicit, Code: problem.AccessEnded}
	}
	trouble := provider.Fault{Cause: social.CauseProviderTrouble, Code: problem.ProviderTrouble}
	limited := provider.Fault{Cause: social.CauseRateLimited, Code: problem.RateLimited}
	setup := provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppSetup}
	permission := provider.Fault{Cause: social.CausePermissionMissing, Code: problem.PermissionNeeded}
	gone := provider.Fault{Cause: social.CauseNotInGrant, Code: problem.PermissionNeeded}
	table := []rule{
		{1, 2, 0, trouble},
		{3, 3, 0, setup},
		{4, 4, 0, limited},
		{10, 10, 0, permission},
		{17, 17, 0, limited},
		{32, 32, 0, limited},
		{33, 33, 0, gone},
		{100, 100, 33, gone},
		{100, 100, 0, provider.Fault{Cause: social.CauseProviderTrouble, Code: problem.ProviderReply}},
		{101, 101, 0, setup},
		{104, 104, 0, setup},
		{200, 299, 0, permission},
		{341, 341, 0, limited},
		{368, 368, 0, limited},
		{613, 613, 0, limited},
		{803, 803, 0, gone},
		{2500, 2500, 0, provider.Fault{Cause: social.CauseProviderTrouble, Code: problem.ProviderReply}},
		{2635, 2635, 0, provider.Fault{Cause: social.CauseVersionRetired, Code: problem.VersionRetired}},
		{80000, 80014, 0, limited},
	}
	// Both codes carry the same subcodes.
	for _, code := range []int64{102, 190} {
		table = append(table,
			rule{code, code, 458, ended(social.CauseAppRemoved, true)},
			rule{code, code, 459, ended(social.CauseCheckpoint, true)},
			rule{code, code, 460, ended(social.CausePasswordChanged, true)},
			rule{code, code, 463, ended(social.CauseExpired, true)},
			rule{code, code, 464, ended(social.CauseCheckpoint, true)},
			rule{code, code, 467, ended(social.CauseRevoked, true)},
			rule{code, code, 483, ended(social.CauseRevoked, true)},
			// One Page only: the login lives on.
			rule{code, code, 492, provider.Fault{Cause: social.CauseRoleLost, Code: problem.PermissionNeeded}},
			rule{code, code, 490, ended(social.CauseExpired, false)},
			rule{code, code, 0, ended(social.CauseRefused, false)},
		)
	}
	return table
}

func (r rule) fits(code, subcode int64) bool {
	return r.from <= code && code <= r.to && (r.subcode == 0 || r.subcode == subcode)
}
