package social_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/social"
)

const day = 24 * time.Hour

// noon is the present of every test of this package.
var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// in returns a clock that the provider says ends d from noon.
func in(d time.Duration) social.Clock { return social.ExpiresAt(noon.Add(d), social.ToldByProvider) }

// wellAccount and wellGrant are healthy; each test spoils what it is about.
func wellAccount() social.Account {
	return social.Account{
		ID: "a1", GrantID: "g1", Provider: social.Meta, Kind: social.FacebookPage, State: social.AccountActive,
		Capabilities: social.Capabilities{social.Publish: social.Granted},
		Clocks:       social.Clocks{Token: social.Never(social.Assumed)},
	}
}

func wellGrant() social.Grant {
	return social.Grant{
		ID: "g1", Provider: social.Meta, State: social.GrantActive,
		Clocks:  social.Clocks{Token: in(60 * day), DataAccess: in(90 * day)},
		Verdict: social.Verdict{Outcome: social.OutcomeGood, At: noon, GoodAt: noon},
	}
}

func refused(c social.Cause) social.Verdict {
	return social.Verdict{Outcome: social.OutcomeRefused, Cause: c, At: noon}
}

func doubted(o social.Outcome, c social.Cause) social.Verdict {
	return social.Verdict{Outcome: o, Cause: c, At: noon, GoodAt: noon.Add(-day)}
}

// TestAssess walks the rules in the order in which they win: each row spoils
// one thing more than the rule below it would need.
func TestAssess(t *testing.T) {
	t.Parallel()
	ended, soon := in(-time.Second), in(3*day)
	for name, tc := range map[string]struct {
		spoil func(a *social.Account, g *social.Grant)
		want  social.Assessment
	}{
		"nothing wrong is healthy": {
			func(*social.Account, *social.Grant) {}, social.Assessment{Health: social.Healthy},
		},
		"nobody has asked yet and no date is near is healthy": {
			func(_ *social.Account, g *social.Grant) { g.Verdict = social.Verdict{} },
			social.Assessment{Health: social.Healthy},
		},
		"a disconnected account is disconnected whatever the provider says": {
			func(a *social.Account, g *social.Grant) {
				a.State, g.Verdict = social.AccountDisconnected, refused(social.CauseRevoked)
			},
			social.Assessment{Health: social.Disconnected},
		},
		"a disconnected account says while the withdrawal is still pending": {
			func(a *social.Account, g *social.Grant) {
				a.State, g.State = social.AccountDisconnecting, social.GrantRevoking
			},
			social.Assessment{Health: social.Disconnected, Cause: social.CauseWithdrawalPending},
		},
		"a locked keychain comes before an ended date": {
			func(_ *social.Account, g *social.Grant) {
				g.Verdict, g.Clocks.Token = doubted(social.OutcomeInconclusive, social.CauseKeychainLocked), ended
			},
			social.Assessment{Health: social.Keychain, Cause: social.CauseKeychainLocked},
		},
		"an absent keychain is a keychain matter": {
			func(_ *social.Account, g *social.Grant) {
				g.Verdict = doubted(social.OutcomeInconclusive, social.CauseKeychainAbsent)
			},
			social.Assessment{Health: social.Keychain, Cause: social.CauseKeychainAbsent},
		},
		"a checkpoint asks for the provider's own site": {
			func(_ *social.Account, g *social.Grant) { g.Verdict = refused(social.CauseCheckpoint) },
			social.Assessment{Health: social.Checkpoint, Cause: social.CauseCheckpoint},
		},
		"a refusal comes before an ended date": {
			func(_ *social.Account, g *social.Grant) {
				g.Verdict, g.Clocks.Token = refused(social.CausePasswordChanged), ended
			},
			social.Assessment{Health: social.Reconnect, Cause: social.CausePasswordChanged},
		},
		"an ended login ends a Page whose own token never does": {
			func(_ *social.Account, g *social.Grant) { g.Clocks.Token = ended },
			social.Assessment{Health: social.Reconnect, Cause: social.CauseExpired, Clock: social.TokenClock, EndsAt: ended.At},
		},
		"the account's own token counts where it ends before the login's": {
			func(a *social.Account, _ *social.Grant) { a.Clocks.Token = ended },
			social.Assessment{Health: social.Reconnect, Cause: social.CauseExpired, Clock: social.TokenClock, EndsAt: ended.At},
		},
		"ended data access comes before a missing account": {
			func(a *social.Account, _ *social.Grant) {
				a.Clocks.DataAccess, a.Standing = ended, social.StandingMissing
			},
			social.Assessment{Health: social.Reconnect, Cause: social.CauseDataAccessEnded, Clock: social.DataAccessClock, EndsAt: ended.At},
		},
		"a missing account comes before a date that ends soon": {
			func(a *social.Account, g *social.Grant) { a.Standing, g.Clocks.Token = social.StandingMissing, soon },
			social.Assessment{Health: social.Missing, Cause: social.CauseNotInGrant},
		},
		"a lost role limits": {
			func(a *social.Account, _ *social.Grant) { a.Standing = social.StandingRoleLost },
			social.Assessment{Health: social.Limited, Cause: social.CauseRoleLost},
		},
		"an account at a checkpoint asks for the provider's own site": {
			func(a *social.Account, _ *social.Grant) { a.Standing = social.StandingCheckpoint },
			social.Assessment{Health: social.Checkpoint, Cause: social.CauseCheckpoint},
		},
		"a date that ends soon comes before doubt": {
			func(_ *social.Account, g *social.Grant) {
				g.Clocks.Token, g.Verdict = soon, doubted(social.OutcomeInconclusive, social.CauseOffline)
			},
			social.Assessment{Health: social.Expiring, Clock: social.TokenClock, EndsAt: soon.At},
		},
		"the first of several near dates is named": {
			func(a *social.Account, g *social.Grant) { g.Clocks.Token, a.Clocks.DataAccess = in(5*day), soon },
			social.Assessment{Health: social.Expiring, Clock: social.DataAccessClock, EndsAt: soon.At},
		},
		"a refresh token that has run out does not hide a date that ends soon": {
			func(a *social.Account, _ *social.Grant) { a.Clocks = social.Clocks{Token: soon, Refresh: ended} },
			social.Assessment{Health: social.Expiring, Clock: social.TokenClock, EndsAt: soon.At},
		},
		"a token that renews itself is nobody's business ten days before its end": {
			func(a *social.Account, _ *social.Grant) {
				a.Clocks = social.Clocks{Token: in(9 * day), Refresh: in(200 * day)}
			},
			social.Assessment{Health: social.Healthy},
		},
		"a token that should have renewed itself for days is": {
			func(a *social.Account, _ *social.Grant) {
				a.Clocks = social.Clocks{Token: in(7 * day), Refresh: in(200 * day)}
			},
			social.Assessment{Health: social.Expiring, Clock: social.TokenClock, EndsAt: noon.Add(7 * day)},
		},
		"a refresh token that has run out ends nothing by itself": {
			func(a *social.Account, _ *social.Grant) { a.Clocks.Refresh = ended },
			social.Assessment{Health: social.Healthy},
		},
		"fourteen days to the second is soon": {
			func(_ *social.Account, g *social.Grant) { g.Clocks.Token = in(14 * day) },
			social.Assessment{Health: social.Expiring, Clock: social.TokenClock, EndsAt: noon.Add(14 * day)},
		},
		"a second more than fourteen days is not": {
			func(_ *social.Account, g *social.Grant) { g.Clocks.Token = in(14*day + time.Second) },
			social.Assessment{Health: social.Healthy},
		},
		"offline is doubt, not an end": {
			func(_ *social.Account, g *social.Grant) {
				g.Verdict = doubted(social.OutcomeInconclusive, social.CauseOffline)
			},
			social.Assessment{Health: social.Unverified, Cause: social.CauseOffline},
		},
		"one unexplained refusal is doubt, before a missing permission": {
			func(a *social.Account, g *social.Grant) {
				g.Verdict = doubted(social.OutcomeSuspected, social.CauseRefused)
				a.Capabilities[social.Publish] = social.NotGranted
			},
			social.Assessment{Health: social.Unverified, Cause: social.CauseRefused},
		},
		"a missing permission limits": {
			func(a *social.Account, _ *social.Grant) { a.Capabilities[social.Messages] = social.NotGranted },
			social.Assessment{Health: social.Limited, Cause: social.CausePermissionMissing},
		},
		"a missing permission that the role rules out is a matter of the role": {
			func(a *social.Account, _ *social.Grant) {
				a.Standing, a.Capabilities[social.Messages] = social.StandingRoleLimited, social.NotGranted
			},
			social.Assessment{Health: social.Limited, Cause: social.CauseRoleLimited},
		},
		"a limited role that rules out nothing is no defect": {
			func(a *social.Account, _ *social.Grant) { a.Standing = social.StandingRoleLimited },
			social.Assessment{Health: social.Healthy},
		},
		"a permission that nobody asked for is no defect": {
			func(a *social.Account, g *social.Grant) {
				a.Capabilities[social.Messages], g.Wanted = social.NotGranted, []social.Capability{social.Publish}
			},
			social.Assessment{Health: social.Healthy},
		},
		"what the provider does not offer is no defect": {
			func(a *social.Account, _ *social.Grant) { a.Capabilities[social.Messages] = social.Unavailable },
			social.Assessment{Health: social.Healthy},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, g := wellAccount(), wellGrant()
			tc.spoil(&a, &g)
			if diff := cmp.Diff(tc.want, social.DefaultPolicy().Assess(a, g, noon)); diff != "" {
				t.Errorf("assessment (-want +got):\n%s", diff)
			}
		})
	}
}
