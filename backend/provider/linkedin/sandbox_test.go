package linkedin_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

func TestSignInFindsProfileAndOrganizations(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	back := w.consent(t, "joao")
	var login social.Login
	if n := w.asksFor(func() {
		var err error
		if login, err = w.Exchange(t.Context(), w.app, w.secret, back); err != nil {
			t.Fatal(err)
		}
	}); n != 1 {
		t.Errorf("exchange took %d requests", n)
	}
	if want := social.ExpiresAt(now().Add(5183999*time.Second), social.ToldByProvider); login.Clocks.Token != want || login.Clocks.Refresh.Kind != "" {
		t.Errorf("clocks %v", login.Clocks)
	}
	var found social.Inspection
	n := w.asksFor(func() { found = w.inspect(t, login) })
	t.Logf("inspection of %d candidates took %d requests", len(found.Candidates), n)
	if n != 3+4 { // introspection, name, roles, four organizations
		t.Errorf("inspection took %d requests", n)
	}
	if n := w.asksFor(func() { found = w.inspect(t, login) }); n != 3 {
		t.Errorf("second inspection took %d requests", n)
	}
	if found.Subject != (social.Subject{ID: "yrZCpj2Z12", Name: "João Prado"}) || !found.Complete || len(found.Granted) != 11 {
		t.Errorf("subject %v, complete %v, granted %v", found.Subject, found.Complete, found.Granted)
	}
	type states = social.Capabilities
	for id, tc := range map[string]struct {
		name, detail string
		usable       bool
		reason       social.Reason
		states       states
	}{
		"urn:li:person:yrZCpj2Z12":          {"João Prado", "", true, social.ReasonProfileLimits, states{"publish": "granted", "messages": "unavailable", "comments": "granted", "analytics": "granted"}},
		"urn:li:organization:2414183":       {"Prado Comunicação", "ADMINISTRATOR", true, "", states{"publish": "granted", "messages": "unavailable", "comments": "granted", "analytics": "granted"}},
		"urn:li:organization:18872163":      {"Clínica Vida Plena", "CONTENT_ADMINISTRATOR", true, "", states{"publish": "granted", "messages": "unavailable", "comments": "granted", "analytics": "unknown"}},
		"urn:li:organization:5515715":       {"Construtora Alicerce", "ANALYST", true, social.ReasonRoleInsufficient, states{"publish": "missing", "messages": "unavailable", "comments": "missing", "analytics": "granted"}},
		"urn:li:organizationBrand:28451002": {"Prado Eventos", "ADMINISTRATOR", true, "", states{"publish": "granted", "messages": "unavailable", "comments": "granted", "analytics": "granted"}},
	} {
		c := find(t, found, id)
		if c.Name != tc.name || c.Detail != tc.detail || c.Usable != tc.usable || c.Reason != tc.reason || c.Clocks.Token.Kind != social.ClockExpires {
			t.Errorf("%s: got %+v", id, c)
		}
		for capability, state := range tc.states {
			if c.Capabilities.Get(capability) != state {
				t.Errorf("%s: %s is %s, want %s", id, capability, c.Capabilities.Get(capability), state)
			}
		}
	}
	if len(found.Candidates) != 5 {
		t.Errorf("%d candidates: a role that is not approved, or one page twice", len(found.Candidates))
	}
}

func TestNativeSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.native()
	login := w.signIn(t, "maria")
	var found social.Inspection
	if n := w.asksFor(func() { found = w.inspect(t, login) }); n != 3 { // name, roles, one organization
		t.Errorf("inspection took %d requests", n)
	}
	if !slices.Equal(found.Granted, login.Granted) || found.Clocks != login.Clocks || !found.Complete {
		t.Errorf("what was told at the exchange is lost: %v", found.Clocks)
	}
	if got, err := w.Withdraw(t.Context(), w.app, w.secret, found.Subject, login.Tokens); got != social.StillListed || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
	w.do(t, sandbox.Action{Do: "revoke"})
	if got, err := w.Withdraw(t.Context(), w.app, w.secret, found.Subject, login.Tokens); got != social.Withdrawn || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestKindsLimitWhatIsAskedAndFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, "joao", social.LinkedInMember)
	var found social.Inspection
	if n := w.asksFor(func() { found = w.inspect(t, login) }); n != 2 {
		t.Errorf("a profile took %d requests", n)
	}
	if len(found.Candidates) != 1 || !found.Candidates[0].Usable || !found.Complete {
		t.Errorf("got %+v", found.Candidates)
	}
	other := newWorld(t)
	found = other.inspect(t, other.signIn(t, "joao", social.LinkedInOrganization))
	if c := find(t, found, "urn:li:person:yrZCpj2Z12"); c.Usable || c.Reason != social.ReasonPermissionMissing {
		t.Errorf("got %+v", c)
	}
}

func TestNobodysPagesIsAResult(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	found := w.inspect(t, w.signIn(t, "ana"))
	if len(found.Candidates) != 1 || !found.Complete {
		t.Errorf("got %+v", found)
	}
}

// Covers TK21.
func TestRefreshTokenHasAClockOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *sandbox.Options) {
		o.LinkedInApps = sandbox.DefaultLinkedInApps()
		o.LinkedInApps[0].RefreshTokens = true
	})
	login := w.signIn(t, "maria")
	want := social.ExpiresAt(now().Add(365*24*time.Hour), social.ToldByProvider)
	if login.Clocks.Refresh != want || login.Tokens.Refresh.Empty() {
		t.Errorf("got %v", login.Clocks)
	}
	if found := w.inspect(t, login); found.Clocks.Refresh != want || found.Tokens.Refresh.Empty() {
		t.Errorf("after inspection %v", found.Clocks)
	}
	if got, err := w.Withdraw(t.Context(), w.app, w.secret, social.Subject{}, login.Tokens); got != social.Withdrawn || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestRevokedRightAfterConsentIsAskedAgain(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(*world){"with introspection": func(*world) {}, "native": (*world).native} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			prepare(w)
			w.do(t, sandbox.Action{Do: "flake", Count: 2})
			login := w.signIn(t, "maria")
			if found := w.inspect(t, login); !found.Complete || w.waits != 2 {
				t.Errorf("complete %v after %d waits", found.Complete, w.waits)
			}
			w.do(t, sandbox.Action{Do: "fail", Target: "v2/me", Status: 401, Code: 65601, Count: -1})
			w.waits = 0
			if _, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore); asTrouble(t, err).Cause != social.CauseRevoked || w.waits != 3 {
				t.Errorf("%v after %d waits", err, w.waits)
			}
			w.pass(time.Hour)
			w.waits = 0
			_, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
			trouble := asTrouble(t, err)
			if trouble.Cause != social.CauseRevoked || w.waits != 0 {
				t.Errorf("an old token: %v after %d waits", err, w.waits)
			}
			if native := w.secret.Empty(); trouble.Explicit != native {
				t.Errorf("explicit is %v, although introspection says active", trouble.Explicit)
			}
		})
	}
}

// Covers GR05.
func TestEndOfAccess(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		action sandbox.Action
		native bool
		cause  social.Cause
	}{
		"expired":         {sandbox.Action{Do: "expire"}, false, social.CauseExpired},
		"revoked":         {sandbox.Action{Do: "revoke"}, false, social.CauseRevoked},
		"app removed":     {sandbox.Action{Do: "remove_app"}, false, social.CauseRevoked},
		"expired, native": {sandbox.Action{Do: "expire"}, true, social.CauseExpired},
		"revoked, native": {sandbox.Action{Do: "revoke"}, true, social.CauseRevoked},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			if tc.native {
				w.native()
			}
			login := w.signIn(t, "maria")
			w.do(t, tc.action)
			_, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
			trouble := asTrouble(t, err)
			if trouble.Cause != tc.cause || !trouble.Refused || !trouble.Explicit || problem.CodeOf(err) != problem.AccessEnded {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestDamagedTokenIsOneRefusal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.Inspect(t.Context(), w.app, w.secret, social.Login{Tokens: social.TokenSet{Access: social.NewSecret("AQdamaged")}}, ignore)
	if trouble := asTrouble(t, err); !trouble.Refused || trouble.Explicit || trouble.Cause != social.CauseRefused {
		t.Errorf("got %v", err)
	}
	if _, err := w.Inspect(t.Context(), w.app, w.secret, social.Login{}, ignore); problem.CodeOf(err) != problem.TokenMissing {
		t.Errorf("no token: %v", err)
	}
}

// Covers TK02.
func TestAppsOwnTrouble(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, "maria")
	wrong := social.NewSecret("wrong")
	if _, err := w.Inspect(t.Context(), w.app, wrong, login, ignore); problem.CodeOf(err) != problem.AppSecretWrong || asTrouble(t, err).Refused {
		t.Errorf("inspect: %v", err)
	}
	if _, err := w.Exchange(t.Context(), w.app, wrong, w.consent(t, "maria")); problem.CodeOf(err) != problem.AppSetup {
		t.Errorf("exchange: %v", err)
	}
	if _, err := w.Inspect(t.Context(), w.app, social.Secret{}, login, ignore); problem.CodeOf(err) != problem.AppSecretMissing {
		t.Errorf("inspect without: %v", err)
	}
	if _, err := w.Exchange(t.Context(), w.app, social.Secret{}, w.consent(t, "maria")); problem.CodeOf(err) != problem.AppSecretMissing {
		t.Errorf("exchange without: %v", err)
	}
	w.app.APIVersion = "202511"
	if found, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore); problem.CodeOf(err) != problem.VersionRetired {
		t.Errorf("version: %v, %+v", err, found)
	}
}

// Whoever brings somebody else's code to an attempt whose state he knows cannot
// trade it: the verifier is not in any address.
//
// Covers CB24, A2, A9.
func TestForeignCodeIsWorthNothingWithoutItsVerifier(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.native()
	foreign := w.consent(t, "maria")
	foreign.Verifier = social.NewSecret(strings.Repeat("a", len(verifier)))
	login, err := w.Exchange(t.Context(), w.app, w.secret, foreign)
	if problem.CodeOf(err) != problem.CodeExpired || !login.Tokens.Access.Empty() {
		t.Errorf("got %v", err)
	}
}

// Covers TK01.
func TestCodeIsGoodOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	back := w.consent(t, "maria")
	if _, err := w.Exchange(t.Context(), w.app, w.secret, back); err != nil {
		t.Fatal(err)
	}
	var err error
	n := w.asksFor(func() { _, err = w.Exchange(t.Context(), w.app, w.secret, back) })
	if problem.CodeOf(err) != problem.CodeExpired || asTrouble(t, err).Refused || n != 1 {
		t.Errorf("got %v after %d requests", err, n)
	}
}

func TestDetailsThatAreClosedKeepTheCandidate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, "maria")
	w.do(t, sandbox.Action{Do: "fail", Target: "rest/organizations/", Status: 403, Code: 100})
	found := w.inspect(t, login)
	c := find(t, found, "urn:li:organization:90417726")
	if !c.Usable || c.Reason != social.ReasonDetailsUnavailable || c.Name != "90417726" || !found.Complete {
		t.Errorf("got %+v", c)
	}
	if c := find(t, w.inspect(t, login), c.RemoteID); c.Name != "Ateliê Maria Lima" || c.Reason != "" {
		t.Errorf("once open again: %+v", c)
	}
}

func TestRolesThatCannotBeReadLeaveTheProfile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, "maria")
	w.do(t, sandbox.Action{Do: "fail", Target: "organizationAcls", Status: 403, Code: 100})
	if found := w.inspect(t, login); found.Complete || len(found.Candidates) != 1 {
		t.Errorf("403: %+v", found)
	}
	w.do(t, sandbox.Action{Do: "fail", Target: "organizationAcls", Status: 500})
	if _, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore); asTrouble(t, err).Cause != social.CauseProviderTrouble {
		t.Errorf("500: %v", err)
	}
}

// Covers GR03, TK20.
func TestLimitLastsUntilMidnight(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, "maria")
	w.do(t, sandbox.Action{Do: "fail", Target: "v2/me", Status: 429})
	_, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
	if trouble := asTrouble(t, err); trouble.Cause != social.CauseRateLimited || trouble.RetryAfter != 12*time.Hour || trouble.TraceID == "" {
		t.Errorf("got %v, wait %v, trace %q", err, trouble.RetryAfter, trouble.TraceID)
	}
}

// Covers T11.
func TestWithdraw(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		mode    sandbox.RevokeMode
		actions []sandbox.Action
		want    social.Withdrawal
	}{
		"works":              {sandbox.RevokeWorks, nil, social.Withdrawn},
		"missing":            {sandbox.RevokeMissing, nil, social.StillListed},
		"ignored":            {sandbox.RevokeIgnored, nil, social.StillListed},
		"dead already":       {sandbox.RevokeMissing, []sandbox.Action{{Do: "expire"}}, social.Withdrawn},
		"revoke down":        {sandbox.RevokeWorks, []sandbox.Action{{Do: "fail", Target: "oauth/v2/revoke", Status: 503}}, social.Unreachable},
		"revoke lost":        {sandbox.RevokeWorks, []sandbox.Action{{Do: "drop", Target: "oauth/v2/revoke"}}, social.Unreachable},
		"introspection down": {sandbox.RevokeWorks, []sandbox.Action{{Do: "fail", Target: "introspectToken", Status: 500}}, social.Unreachable},
		"introspection lost": {sandbox.RevokeIgnored, []sandbox.Action{{Do: "drop", Target: "introspectToken", Count: -1}}, social.Unreachable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(o *sandbox.Options) { o.LinkedInRevoke = tc.mode })
			login := w.signIn(t, "maria")
			for _, a := range tc.actions {
				w.do(t, a)
			}
			got, err := w.Withdraw(t.Context(), w.app, w.secret, social.Subject{}, login.Tokens)
			if got != tc.want || (err != nil) != (tc.want == social.Unreachable) {
				t.Errorf("got %s, %v", got, err)
			}
		})
	}
	w := newWorld(t)
	if err := w.Release(t.Context(), w.app, w.secret, social.Account{}, social.TokenSet{}); err != nil || w.client.Requests() != 0 {
		t.Errorf("release: %v after %d requests", err, w.client.Requests())
	}
}
