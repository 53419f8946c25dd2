package agent_test

import (
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/sandbox/sandboxtest"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

const (
	joaosPage    = "urn:li:organization:2414183"
	joaosProfile = "urn:li:person:yrZCpj2Z12"
)

// signInFor signs João in at LinkedIn for some kinds of account.
func (w *world) signInFor(kinds ...social.AccountKind) view.Attempt {
	w.t.Helper()
	a, err := w.Connect(w.t.Context(), view.ConnectRequest{
		ProjectID: w.snapshot().Projects[0].ID, Provider: social.LinkedIn, Kinds: kinds, NoBrowser: true,
	})
	w.must(err)
	visitor, err := sandboxtest.New("pt-BR")
	w.must(err)
	landed, err := visitor.SignIn(w.t.Context(), a.AuthorizeURL, "João Prado")
	w.must(err)
	w.visit(landed.String())
	return w.until(a.ID, view.AttemptChoosing)
}

// Another set of scopes kills the tokens of the former one (linkedin.md 0.4):
// who adds the profile to Pages must not lose them, and neither the other way.
func TestPageAndProfileAreAddedOneAfterTheOther(t *testing.T) { //nolint:paralleltest // see world
	for name, first := range map[string]social.AccountKind{
		"the profile to a Page": social.LinkedInOrganization, "a Page to the profile": social.LinkedInMember,
	} {
		t.Run(name, func(t *testing.T) { //nolint:paralleltest // the same
			w := newWorld(t)
			w.setUpApps()
			ids := map[social.AccountKind]string{social.LinkedInOrganization: joaosPage, social.LinkedInMember: joaosProfile}
			second := social.LinkedInOrganization
			if first == second {
				second = social.LinkedInMember
			}
			for _, kind := range []social.AccountKind{first, second} {
				_, err := w.Select(t.Context(), w.signInFor(kind).ID, []string{ids[kind]})
				w.must(err)
			}
			_, err := w.Check(t.Context(), nil)
			w.must(err)
			s := w.snapshot()
			if len(s.Grants) != 1 || len(s.Accounts) != 2 {
				t.Fatalf("%d logins with %d accounts", len(s.Grants), len(s.Accounts))
			}
			for _, a := range s.Accounts {
				if a.Health != social.Healthy || a.Capabilities.Publish != social.Granted {
					t.Errorf("%s is %s (%s), may publish: %s", a.Name, a.Health, a.Cause, a.Capabilities.Publish)
				}
			}
		})
	}
}

func TestPermissionThatLinkedInLeftOutIsNamedEverywhere(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	w.setUpApps()
	w.act(sandbox.Action{Do: "withhold", Target: "w_organization_social"})
	offered := w.signInFor()
	want := view.Lack{
		Scope: "w_organization_social", Product: "Community Management API",
		Uses: []view.Use{{Kind: social.LinkedInOrganization, Capability: social.Publish}},
	}
	lacks := func(where string, got []view.Lack) {
		t.Helper()
		if len(got) != 1 || got[0].Scope != want.Scope || got[0].Product != want.Product || len(got[0].Uses) != 1 || got[0].Uses[0] != want.Uses[0] {
			t.Errorf("%s: %+v", where, got)
		}
	}
	lacks("the sign-in", offered.Lacks)
	_, err := w.Select(t.Context(), offered.ID, []string{joaosPage})
	w.must(err)
	lacks("the login", w.snapshot().Grants[0].Lacks)
	_, err = w.Check(t.Context(), nil)
	w.must(err)
	lacks("after a check", w.snapshot().Grants[0].Lacks)
	if a := w.account(joaosPage); a.Health != social.Limited || a.Cause != social.CausePermissionMissing {
		t.Errorf("the Page is %s (%s)", a.Health, a.Cause)
	}
}

func TestBothClocksOfARenewableAccessAreShown(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	w.setUpApps()
	const ceiling = 20 * 24 * time.Hour
	w.act(sandbox.Action{Do: "refresh_tokens", Millis: ceiling.Milliseconds()})
	w.connect(social.LinkedIn, "João Prado", joaosPage)
	clocks := w.account(joaosPage).Clocks
	if clocks.Token == nil || clocks.Refresh == nil || clocks.Refresh.Kind != social.ClockExpires {
		t.Fatalf("clocks %+v", clocks)
	}
	at, err := time.Parse(time.RFC3339, clocks.Refresh.At)
	w.must(err)
	if left := time.Until(at); left < ceiling-time.Minute || left > ceiling {
		t.Errorf("the ceiling is %v away", left)
	}
}

// Nobody but partners has refresh tokens (linkedin.md 1.7): the end of an access
// is the usual case, told early and in plain words (linkedin.md 5, 11 and 12).
func TestPain_11_12_AnAccessThatEndsIsToldInTimeAndNoCrash(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	w.setUpApps()
	w.connect(social.LinkedIn, "João Prado", joaosPage, joaosProfile)
	const day = 24 * time.Hour
	for _, tc := range []struct {
		left   time.Duration
		health social.Health
		cause  social.Cause
	}{
		{15 * day, social.Healthy, ""},
		{14*day - time.Hour, social.Expiring, ""},
		{3 * day, social.Expiring, ""},
		{time.Hour, social.Expiring, ""},
		{0, social.Reconnect, social.CauseExpired},
	} {
		w.act(sandbox.Action{Do: "expire", Provider: "linkedin", Millis: tc.left.Milliseconds()})
		result, err := w.Check(t.Context(), nil)
		w.must(err)
		if result.Unverified != 0 {
			t.Errorf("%v left: %+v", tc.left, result.Problems)
		}
		for _, a := range w.snapshot().Accounts {
			if a.Health != tc.health || a.Cause != tc.cause {
				t.Errorf("%v left: %s is %s (%s)", tc.left, a.Name, a.Health, a.Cause)
			}
		}
	}
}
