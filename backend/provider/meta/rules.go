package meta

import (
	"time"

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
	// wait is how long to leave Meta alone where it does not say itself.
	wait time.Duration
}

// policyWait is for "too fast", which lasts for hours or days (meta.md 5, 368).
const policyWait = 24 * time.Hour

func secretWrong() provider.Fault {
	return provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppSecretWrong}
}

// checkpointElsewhere is for what waits until a person acts on the provider's
// own site, without an end of the login.
func checkpointElsewhere() provider.Fault {
	return provider.Fault{Cause: social.CauseCheckpoint, Code: problem.ProviderTrouble}
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
	// bug is what trying again does not mend: the same call fails the same way.
	bug := provider.Fault{Cause: social.CauseProviderTrouble, Code: problem.ProviderReply}
	table := []rule{
		// Instagram's words for one account, under several codes.
		{0, anyCode, 2207050, checkpointElsewhere(), 0}, // restricted
		{0, anyCode, 2207051, limited, policyWait},      // taken for spam

		{1, 2, 0, trouble, 0},
		{3, 3, 0, setup, 0},
		{4, 4, 0, limited, 0},
		{10, 10, 0, permission, 0},
		{17, 17, 0, limited, 0},
		{32, 32, 0, limited, 0},
		{33, 33, 0, gone, 0},
		{100, 100, 33, gone, 0},
		{100, 100, 0, bug, 0},
		{101, 101, 0, provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppUnknown}, 0},
		{104, 104, 0, secretWrong(), 0},
		{200, 299, 0, permission, 0},
		{341, 341, 0, limited, 0},
		{368, 368, 1390008, limited, policyWait},
		{368, 368, 1404082, bug, 0}, // a duplicate
		{368, 368, 0, checkpointElsewhere(), 0},
		{506, 506, 0, bug, 0}, // a duplicate
		{613, 613, 0, limited, 0},
		{803, 803, 0, gone, 0},
		{2500, 2500, 0, bug, 0},
		{2635, 2635, 0, provider.Fault{Cause: social.CauseVersionRetired, Code: problem.VersionRetired}, 0},
		{80000, 80014, 0, limited, 0},
	}
	// Both codes carry the same subcodes.
	for _, code := range []int64{102, 190} {
		table = append(table,
			rule{code, code, 458, ended(social.CauseAppRemoved, true), 0},
			rule{code, code, 459, ended(social.CauseCheckpoint, true), 0},
			rule{code, code, 460, ended(social.CausePasswordChanged, true), 0},
			rule{code, code, 463, ended(social.CauseExpired, true), 0},
			rule{code, code, 464, ended(social.CauseCheckpoint, true), 0},
			rule{code, code, 467, ended(social.CauseRevoked, true), 0},
			rule{code, code, 483, ended(social.CauseRevoked, true), 0},
			// One Page only: the login lives on.
			rule{code, code, 492, provider.Fault{Cause: social.CauseRoleLost, Code: problem.PermissionNeeded}, 0},
			rule{code, code, 490, ended(social.CauseExpired, false), 0},
			rule{code, code, 0, ended(social.CauseRefused, false), 0},
		)
	}
	return table
}

// anyCode is beyond every code.
const anyCode = 1 << 40

func (r rule) fits(code, subcode int64) bool {
	return r.from <= code && code <= r.to && (r.subcode == 0 || r.subcode == subcode)
}
