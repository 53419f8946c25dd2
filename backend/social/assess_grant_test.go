package social_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/social"
)

func TestAssessGrant(t *testing.T) {
	t.Parallel()
	ended, soon := in(-time.Second), in(3*day)
	for name, tc := range map[string]struct {
		spoil func(g *social.Grant)
		want  social.Assessment
	}{
		"nothing wrong is healthy": {func(*social.Grant) {}, social.Assessment{Health: social.Healthy}},
		"a closed login is disconnected, whatever its dates": {
			func(g *social.Grant) { g.State, g.Clocks.Token = social.GrantClosed, ended },
			social.Assessment{Health: social.Disconnected},
		},
		"a login on its way out says what it waits for": {
			func(g *social.Grant) { g.State, g.Verdict = social.GrantRevoking, refused(social.CauseRevoked) },
			social.Assessment{Health: social.Disconnected, Cause: social.CauseWithdrawalPending},
		},
		"the keychain comes first": {
			func(g *social.Grant) {
				g.Verdict, g.Clocks.Token = doubted(social.OutcomeInconclusive, social.CauseKeychainAbsent), ended
			},
			social.Assessment{Health: social.Keychain, Cause: social.CauseKeychainAbsent},
		},
		"a checkpoint comes before an ended date": {
			func(g *social.Grant) { g.Verdict, g.Clocks.Token = refused(social.CauseCheckpoint), ended },
			social.Assessment{Health: social.Checkpoint, Cause: social.CauseCheckpoint},
		},
		"a refusal comes before an ended date": {
			func(g *social.Grant) { g.Verdict, g.Clocks.Token = refused(social.CauseRevoked), ended },
			social.Assessment{Health: social.Reconnect, Cause: social.CauseRevoked},
		},
		"the token comes before data access when both have ended": {
			func(g *social.Grant) { g.Clocks.Token, g.Clocks.DataAccess = ended, in(-day) },
			social.Assessment{Health: social.Reconnect, Cause: social.CauseExpired, Clock: social.TokenClock, EndsAt: ended.At},
		},
		"ended data access comes before doubt": {
			func(g *social.Grant) {
				g.Clocks.DataAccess, g.Verdict = ended, doubted(social.OutcomeSuspected, social.CauseRefused)
			},
			social.Assessment{Health: social.Reconnect, Cause: social.CauseDataAccessEnded, Clock: social.DataAccessClock, EndsAt: ended.At},
		},
		"a date that ends soon comes before doubt": {
			func(g *social.Grant) {
				g.Clocks.DataAccess, g.Verdict = soon, doubted(social.OutcomeInconclusive, social.CauseRateLimited)
			},
			social.Assessment{Health: social.Expiring, Clock: social.DataAccessClock, EndsAt: soon.At},
		},
		"a refresh token that has run out does not hide a date that ends soon": {
			func(g *social.Grant) { g.Clocks = social.Clocks{Token: soon, Refresh: ended} },
			social.Assessment{Health: social.Expiring, Clock: social.TokenClock, EndsAt: soon.At},
		},
		"provider trouble is doubt": {
			func(g *social.Grant) {
				g.Verdict = doubted(social.OutcomeInconclusive, social.CauseProviderTrouble)
			},
			social.Assessment{Health: social.Unverified, Cause: social.CauseProviderTrouble},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := wellGrant()
			tc.spoil(&g)
			if diff := cmp.Diff(tc.want, social.DefaultPolicy().AssessGrant(g, noon)); diff != "" {
				t.Errorf("assessment (-want +got):\n%s", diff)
			}
		})
	}
}

// TestHealthOrder holds the order that the exit codes of `kontent status`
// build on (design.md 6): what needs a reconnection is worse than what needs
// attention, and that is worse than what needs nothing.
func TestHealthOrder(t *testing.T) {
	t.Parallel()
	calm := []social.Health{social.Disconnected, social.Healthy}
	attention := []social.Health{social.Expiring, social.Limited, social.Unverified, social.Keychain}
	reconnection := []social.Health{social.Reconnect, social.Missing, social.Checkpoint}
	for _, step := range [][2][]social.Health{{calm, attention}, {attention, reconnection}} {
		for _, calmer := range step[0] {
			for _, worse := range step[1] {
				if !worse.Worse(calmer) || calmer.Worse(worse) {
					t.Errorf("%s is not worse than %s", worse, calmer)
				}
			}
		}
	}
	if social.Healthy.Worse(social.Healthy) || !social.Healthy.Worse(social.Disconnected) {
		t.Error("healthy must be worse than disconnected only")
	}
}
