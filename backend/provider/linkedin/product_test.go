package linkedin_test

import (
	"slices"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

// shares makes the app one of Sign In and Share, at LinkedIn and in the
// settings.
func (w *world) shares() {
	w.app.ClientID, w.app.Product = sandbox.LinkedInShareClientID, social.ProductShare
	w.secret = social.NewSecret(sandbox.LinkedInShareSecret)
}

func TestSignInAndShareConnectsTheProfile(t *testing.T) {
	t.Parallel()
	for _, locale := range []string{"object", "string"} {
		t.Run("locale as "+locale, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.shares()
			w.do(t, sandbox.Action{Do: "userinfo_locale", Target: locale})
			login := w.signIn(t, "joao")
			if want := []social.Scope{"openid", "profile", "w_member_social"}; !slices.Equal(login.Granted, want) {
				t.Errorf("granted %v", login.Granted)
			}
			var found social.Inspection
			if n := w.asksFor(func() { found = w.inspect(t, login) }); n != 2 {
				t.Errorf("%d requests: introspection and the name are enough", n)
			}
			if len(found.Candidates) != 1 || !found.Complete || found.Subject.Name != "João Prado" {
				t.Fatalf("got %+v", found)
			}
			c := found.Candidates[0]
			if c.Kind != social.LinkedInMember || !c.Usable || c.Reason != social.ReasonProfileLimits {
				t.Errorf("got %+v", c)
			}
			for capability, want := range map[social.Capability]social.CapabilityState{
				social.Publish: social.Granted, social.Comments: social.Unavailable,
				social.Analytics: social.Unavailable, social.Messages: social.Unavailable,
			} {
				if got := c.Capabilities.Get(capability); got != want {
					t.Errorf("%s is %s, want %s", capability, got, want)
				}
			}
		})
	}
}

// The same person has another id under another app: one must not be taken for
// the other (linkedin.md 3.1).
func TestSubjectIsTheAppsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	pages := w.inspect(t, w.signIn(t, "joao"))
	w.shares()
	if share := w.inspect(t, w.signIn(t, "joao")); share.Subject.ID == pages.Subject.ID {
		t.Errorf("both are %s", share.Subject.ID)
	}
}

// The setting is a guess; what was granted decides (linkedin.md 3.1).
func TestWhatWasGrantedCorrectsTheSetting(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		product   social.Product
		scope     string
		id        string
		pages     int
		comments  social.CapabilityState
		analytics social.CapabilityState
	}{
		"share, in truth Community":         {social.ProductShare, `,"scope":"r_basicprofile,rw_organization_admin,w_member_social"`, "me", 1, social.NotGranted, social.Unavailable},
		"community, in truth share":         {social.ProductCommunity, `,"scope":"openid,profile,w_member_social"`, "sub", 0, social.Unavailable, social.Unavailable},
		"share with an older Pages scope":   {social.ProductShare, `,"scope":"openid,profile,r_organization_admin,w_member_social_feed"`, "sub", 1, social.Granted, social.Unavailable},
		"share, nobody said":                {social.ProductShare, ``, "sub", 0, social.Unavailable, social.Unavailable},
		"community, nobody said":            {social.ProductCommunity, ``, "me", 1, social.Unknown, social.Unknown},
		"community without a Pages scope":   {social.ProductCommunity, `,"scope":"r_basicprofile,w_member_social"`, "me", 0, social.NotGranted, social.Unavailable},
		"community with the scope to write": {social.ProductCommunity, `,"scope":"r_basicprofile,w_organization_social"`, "me", 0, social.NotGranted, social.Unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inspect, _ := playAs(t, social.ProviderApp{ClientID: "c", Product: tc.product}, script{
				"/oauth/v2/introspectToken": text(`{"active":true` + tc.scope + `}`),
				"/v2/me":                    text(`{"id":"me"}`),
				"/v2/userinfo":              text(`{"sub":"sub","locale":"pt-BR"}`),
				"/rest/organizationAcls":    roles(1, 100, ``),
				"/rest/organizations/":      text(`{"localizedName":"Org"}`),
			})
			found, err := inspect()
			if err != nil || found.Subject.ID != tc.id || len(found.Candidates) != 1+tc.pages || !found.Complete {
				t.Fatalf("%s, %d candidates, complete %v, %v", found.Subject.ID, len(found.Candidates), found.Complete, err)
			}
			c := found.Candidates[0].Capabilities
			if c.Get(social.Comments) != tc.comments || c.Get(social.Analytics) != tc.analytics {
				t.Errorf("comments %s, analytics %s", c.Get(social.Comments), c.Get(social.Analytics))
			}
		})
	}
}

// One scope too many fails the whole request (linkedin.md 1.2): what either
// product asks for, its app may have.
func TestEachProductAsksForWhatItsAppMayHave(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.signIn(t, "ana")
	w.shares()
	w.signIn(t, "ana", social.LinkedInOrganization) // there are none; the profile is all there is
}

// Another set of scopes kills the tokens of the former one (linkedin.md 0.4):
// who adds the profile to the Pages asks for the union, and the new token
// serves both.
func TestUnionOfScopesReplacesTheTokenOfAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	pages := w.signIn(t, "joao", social.LinkedInOrganization)
	first := w.inspect(t, pages)
	if c := find(t, first, "urn:li:person:yrZCpj2Z12"); c.Usable {
		t.Fatalf("the profile is there without its scopes: %+v", c)
	}

	union := w.signIn(t, "joao", social.LinkedInOrganization, social.LinkedInMember)
	_, err := w.Inspect(t.Context(), w.app, w.secret, pages, ignore)
	if trouble := asTrouble(t, err); trouble.Cause != social.CauseRevoked || !trouble.Refused || !trouble.Explicit || problem.CodeOf(err) != problem.AccessEnded {
		t.Errorf("the old token: %v", err)
	}

	both := w.inspect(t, union)
	if both.Subject != first.Subject || !both.Complete {
		t.Errorf("subject %v, complete %v", both.Subject, both.Complete)
	}
	for _, c := range first.Candidates {
		if now := find(t, both, c.RemoteID); !now.Usable || now.Clocks != union.Clocks {
			t.Errorf("%s is lost: %+v", c.Name, now)
		}
	}

	again := w.signIn(t, "joao", social.LinkedInMember, social.LinkedInOrganization)
	w.inspect(t, again)
	w.inspect(t, union) // the same set in another order kills nothing
}
