package connection_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// atLinkedIn is a world whose network is LinkedIn, with an app that is set up.
func atLinkedIn(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.provider.set(func() {
		w.provider.id = social.LinkedIn
		w.provider.scopes = []social.Scope{"read", "write"}
		w.provider.granted = []social.Scope{"read", "write"}
		w.provider.candidates = []social.Candidate{
			{Kind: social.LinkedInOrganization, RemoteID: "urn:1", Name: "Alfa", Usable: true},
			{Kind: social.LinkedInMember, RemoteID: "urn:me", Name: "João", Usable: true},
		}
	})
	w.restart()
	_, err := w.SetApp(t.Context(), social.ProviderApp{Provider: social.LinkedIn, ClientID: "86abc"}, social.NewSecret("s"))
	w.must(err)
	return w
}

func (w *world) linkedIn() connection.ConnectRequest {
	return connection.ConnectRequest{ProjectID: w.project, Provider: social.LinkedIn}
}

// Covers TK12, A5.
func TestPermissionsThatWereLeftOutWithoutAWord(t *testing.T) {
	t.Parallel()
	t.Run("are named with their product, and stored", func(t *testing.T) {
		t.Parallel()
		w := atLinkedIn(t)
		w.provider.set(func() { w.provider.granted = []social.Scope{"read"} })
		a := w.signIn(w.linkedIn())
		if diff := cmp.Diff([]social.Scope{"write"}, a.Declined); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]social.Lack{{Scope: "write", Product: "Product of write"}}, a.Lacks); diff != "" {
			t.Error(diff)
		}
		_, err := w.Select(t.Context(), a.ID, []string{"urn:1"})
		w.must(err)
		if diff := cmp.Diff([]social.Scope{"write"}, w.grants()[0].Declined); diff != "" {
			t.Errorf("stored: %s", diff)
		}
	})
	t.Run("come and go with every check", func(t *testing.T) {
		t.Parallel()
		w := atLinkedIn(t)
		_, err := w.Select(t.Context(), w.signIn(w.linkedIn()).ID, []string{"urn:1"})
		w.must(err)
		for _, granted := range [][]social.Scope{{"read"}, {"read", "write"}} {
			w.provider.set(func() { w.provider.granted = granted })
			_, err := w.Check(t.Context(), nil)
			w.must(err)
			if got := len(w.grants()[0].Declined); got != 2-len(granted) {
				t.Errorf("granted %v: %d declined", granted, got)
			}
		}
	})
	t.Run("are none where nobody said what was granted", func(t *testing.T) {
		t.Parallel()
		w := atLinkedIn(t)
		w.provider.set(func() { w.provider.granted = nil })
		if a := w.signIn(w.linkedIn()); len(a.Declined) != 0 || len(a.Lacks) != 0 {
			t.Errorf("declined %v", a.Declined)
		}
	})
	t.Run("are Meta's to tell", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.provider.set(func() { w.provider.granted = []social.Scope{"instagram_basic"} })
		if a := w.signIn(w.request()); len(a.Declined) != 0 {
			t.Errorf("declined %v", a.Declined)
		}
	})
}

// A consent at LinkedIn ends the former one, so what is in use is asked for
// again whatever was chosen (linkedin.md 0.4).
func TestAConsentKeepsWhatIsInUse(t *testing.T) {
	t.Parallel()
	connected := func(t *testing.T) *world {
		t.Helper()
		w := atLinkedIn(t)
		w.provider.set(func() { w.provider.scopes = []social.Scope{"read", "write", "refused"} })
		_, err := w.Select(t.Context(), w.signIn(w.linkedIn()).ID, []string{"urn:1"})
		w.must(err)
		return w
	}
	keeps := func(t *testing.T, w *world) {
		t.Helper()
		if diff := cmp.Diff([]social.Scope{"read", "write"}, w.provider.asked.Keep); diff != "" {
			t.Errorf("keeps (-want +got):\n%s", diff)
		}
	}
	t.Run("when the login is named", func(t *testing.T) {
		t.Parallel()
		w := connected(t)
		r := w.linkedIn()
		r.GrantID, r.Kinds = w.grants()[0].ID, []social.AccountKind{social.LinkedInMember}
		w.signIn(r)
		keeps(t, w)
	})
	t.Run("when nobody knows yet who will sign in", func(t *testing.T) {
		t.Parallel()
		w := connected(t)
		r := w.linkedIn()
		r.Kinds = []social.AccountKind{social.LinkedInMember}
		a := w.signIn(r)
		keeps(t, w)
		_, err := w.Select(t.Context(), a.ID, []string{"urn:me"})
		w.must(err)
		if account := w.account("urn:1"); account.Standing != social.StandingPresent {
			t.Errorf("adding the profile made the Page %s", account.Standing)
		}
	})
	t.Run("and a renewal that chooses nothing asks for the same once more", func(t *testing.T) {
		t.Parallel()
		w := connected(t)
		r := w.linkedIn()
		r.GrantID = w.grants()[0].ID
		w.signIn(r)
		if diff := cmp.Diff([]social.AccountKind{social.LinkedInOrganization}, w.provider.asked.Kinds); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("but at Meta nothing is lost", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		w.signIn(w.request())
		if len(w.provider.asked.Keep) != 0 {
			t.Errorf("keeps %v", w.provider.asked.Keep)
		}
	})
}

func TestAPermissionThatTheAppMayNotAskFor(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ scope, product string }{
		"is named with its product":    {"write", "Product of write"},
		"that nobody has heard of":     {"unheard_of", ""},
		"that the network did not say": {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := atLinkedIn(t)
			a, err := w.Connect(t.Context(), w.linkedIn())
			w.must(err)
			refusal := problem.New(problem.ScopeUnauthorized, nil)
			if tc.scope != "" {
				refusal = refusal.With("scope", tc.scope)
			}
			w.browser.refuse(refusal)
			ended := w.ended(a.ID)
			w.wantCode(ended.Err, problem.ScopeUnauthorized)
			args := problem.From(ended.Err).Args
			if args["product"] != tc.product || args["scope"] != tc.scope || (tc.product != "") != (args["permission"] == tc.scope && tc.scope != "") {
				t.Errorf("told %v", args)
			}
		})
	}
}

// A wrong address or client id ends on LinkedIn's own page, and nobody calls
// (linkedin.md 1.2): what to compare comes with the time limit.
//
// Covers CB08, CB31.
func TestAWallThatNeverCallsBack(t *testing.T) {
	t.Parallel()
	w := atLinkedIn(t)
	r := w.linkedIn()
	r.Timeout = time.Millisecond
	a, err := w.Connect(t.Context(), r)
	w.must(err)
	ended := w.ended(a.ID)
	w.wantCode(ended.Err, problem.SignInTimeout)
	want := map[string]string{"redirect_uri": "http://localhost:17653/callback/meta", "client_id": "86abc"}
	if diff := cmp.Diff(want, problem.From(ended.Err).Args); diff != "" {
		t.Error(diff)
	}
}

// ended waits until an attempt has failed.
func (w *world) ended(id string) connection.Attempt {
	w.t.Helper()
	for {
		w.mu.Lock()
		changed := w.changed
		w.mu.Unlock()
		a, err := w.Attempt(id)
		w.must(err)
		if a.State == connection.Failed {
			return a
		}
		select {
		case <-changed:
		case <-w.t.Context().Done():
			w.t.Fatalf("the attempt stayed %s", a.State)
		}
	}
}
