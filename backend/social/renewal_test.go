package social_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/social"
)

func TestNeedsRenewal(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		clocks social.Clocks
		want   bool
	}{
		"exactly ten days before its end":      {social.Clocks{Token: in(10 * day), Refresh: in(300 * day)}, true},
		"a second earlier":                     {social.Clocks{Token: in(10*day + time.Second), Refresh: in(300 * day)}, false},
		"after its end":                        {social.Clocks{Token: in(-day), Refresh: in(300 * day)}, true},
		"with nothing known about the refresh": {social.Clocks{Token: in(day), Refresh: social.UnknownClock()}, true},
		"when what renews it has ended":        {social.Clocks{Token: in(day), Refresh: in(0)}, false},
		"one that never ends":                  {social.Clocks{Token: social.Never(social.Assumed)}, false},
		"one whose end is not known":           {social.Clocks{Token: social.UnknownClock()}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tc.clocks.NeedsRenewal(noon); got != tc.want {
				t.Errorf("is to be renewed: %t", got)
			}
		})
	}
}

func TestRenewed(t *testing.T) {
	t.Parallel()
	old := social.Clocks{Token: in(day), Refresh: in(100 * day), DataAccess: in(30 * day)}
	for name, tc := range map[string]struct{ told, want social.Clocks }{
		"a refresh date that was not told again still holds": {
			social.Clocks{Token: in(60 * day), Refresh: social.UnknownClock()},
			social.Clocks{Token: in(60 * day), Refresh: in(100 * day), DataAccess: in(30 * day)},
		},
		"one that was told replaces the old": {
			social.Clocks{Token: in(60 * day), Refresh: in(90 * day)},
			social.Clocks{Token: in(60 * day), Refresh: in(90 * day), DataAccess: in(30 * day)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, old.Renewed(tc.told)); diff != "" {
				t.Errorf("clocks (-want +got):\n%s", diff)
			}
		})
	}
	tokens := social.TokenSet{Access: social.NewSecret("a1"), Refresh: social.NewSecret("r1"), Pages: map[string]social.Secret{"1": social.NewSecret("p")}}
	for name, tc := range map[string]struct{ refresh, want string }{
		"a blank never overwrites a refresh token": {"", "r1"},
		"a rotated refresh token is kept":          {"r2", "r2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := social.TokenSet{Access: social.NewSecret("a2"), Refresh: social.NewSecret(tc.want), Pages: tokens.Pages}
			fresh := social.TokenSet{Access: social.NewSecret("a2"), Refresh: social.NewSecret(tc.refresh)}
			if diff := cmp.Diff(want, tokens.Renewed(fresh)); diff != "" {
				t.Errorf("tokens (-want +got):\n%s", diff)
			}
		})
	}
}
