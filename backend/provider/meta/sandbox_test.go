package meta_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

func TestSignInFindsEverythingWithFewCalls(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var login social.Login
	back := w.consent(t, choice{person: "joao"})
	if n := w.asksFor(func() {
		var err error
		if login, err = w.Exchange(t.Context(), w.app, w.secret, back); err != nil {
			t.Fatal(err)
		}
	}); n != 2 {
		t.Errorf("exchange took %d requests", n)
	}
	if want := social.ExpiresAt(now().Add(5183944*time.Second), social.ToldByProvider); login.Clocks.Token != want {
		t.Errorf("token clock %v, want %v", login.Clocks.Token, want)
	}
	var found social.Inspection
	n := w.asksFor(func() { found = w.inspect(t, login) })
	t.Logf("inspection of %d candidates took %d requests", len(found.Candidates), n)
	// debug_token, me, permissions, accounts, businesses, and one account that
	// is ticked although João may not see it.
	if n != 6 {
		t.Errorf("inspection took %d requests", n)
	}
	joao := w.person("joao")
	if found.Subject != (social.Subject{ID: joao.MetaID, Name: joao.Name()}) || !found.Complete {
		t.Errorf("subject %v, complete %v", found.Subject, found.Complete)
	}
	for _, p := range joao.Pages {
		c := find(t, found, p.ID)
		// All but the two on which he may not create content.
		usable := p.ID != "110293847561827" && p.ID != "105647382910564"
		if c.Kind != social.FacebookPage || c.Usable != usable || found.Tokens.Pages[p.ID].Empty() || c.Clocks.Token.Kind != social.ClockNever || c.Clocks.DataAccess.Kind != "" {
			t.Errorf("%s: %+v", p.Name, c)
		}
	}
	if !found.Tokens.Access.Equal(login.Tokens.Access) || found.Clocks.DataAccess.Kind != social.ClockExpires {
		t.Error("the login's own token or clock is missing")
	}
}

func TestCandidates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	found := w.inspect(t, w.signIn(t, choice{person: "joao"}))
	all := social.Capabilities{"publish": "granted", "messages": "granted", "comments": "granted", "analytics": "granted"}
	for name, tc := range map[string]struct {
		id, parent, detail string
		usable             bool
		reason             social.Reason
		capabilities       social.Capabilities
	}{
		"page with instagram":       {id: "112093847562018", usable: true, capabilities: all},
		"its account":               {id: "17841401234500022", parent: "112093847562018", usable: true, capabilities: all},
		"page without instagram":    {id: "107364518290347", usable: true, reason: social.ReasonNoInstagram, capabilities: all},
		"id beyond 2^53":            {id: "90071992547409931", usable: true, capabilities: all},
		"linked in page settings":   {id: "17841401234500078", parent: "103847561029384", usable: true, capabilities: all},
		"personal account":          {id: "17841401234500089", parent: "108273645510928", reason: social.ReasonInstagramPersonal},
		"may not publish":           {id: "110293847561827", reason: social.ReasonNoContentTask, capabilities: social.Capabilities{"publish": "missing", "messages": "granted", "comments": "granted", "analytics": "granted"}},
		"may only read figures":     {id: "105647382910564", reason: social.ReasonNoContentTask, capabilities: social.Capabilities{"publish": "missing", "messages": "missing", "comments": "missing", "analytics": "granted"}},
		"new page":                  {id: "118374650192837", usable: true, capabilities: all},
		"full control":              {id: "109182736450918", usable: true, reason: social.ReasonNoInstagram, capabilities: all},
		"owned by a portfolio":      {id: "113647582910473", usable: true, detail: "Grupo Serra Azul", capabilities: all},
		"client of a portfolio":     {id: "117483920156473", usable: true, detail: "Grupo Serra Azul", reason: social.ReasonNoInstagram, capabilities: all},
		"account of portfolio page": {id: "17841401234500124", parent: "113647582910473", detail: "Grupo Serra Azul", usable: true, capabilities: all},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := find(t, found, tc.id)
			if c.Usable != tc.usable || c.Reason != tc.reason || c.ParentRemoteID != tc.parent || c.Detail != tc.detail || c.Name == "" {
				t.Errorf("got %+v", c)
			}
			for capability, state := range tc.capabilities {
				if c.Capabilities.Get(capability) != state {
					t.Errorf("%s is %s, want %s", capability, c.Capabilities.Get(capability), state)
				}
			}
			if c.Kind == social.InstagramAccount && c.Clocks.DataAccess.Kind != social.ClockExpires {
				t.Error("no data access clock")
			}
		})
	}
	seen := map[string]bool{}
	for _, c := range found.Candidates {
		if seen[c.RemoteID] {
			t.Errorf("%s is there twice", c.RemoteID)
		}
		seen[c.RemoteID] = true
	}
}

func TestWhatWasNotTicked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{
		person: "joao", pages: []string{"112093847562018"},
		instagram: []string{"17841401234500022", "17841401234500011"},
	})
	var found social.Inspection
	n := w.asksFor(func() { found = w.inspect(t, login) })
	if n > 6 {
		t.Errorf("inspection took %d requests", n)
	}
	if c := find(t, found, "113647582910473"); c.Usable || c.Reason != social.ReasonNotTicked {
		t.Errorf("portfolio page: %+v", c)
	}
	if _, kept := found.Tokens.Pages["113647582910473"]; kept {
		t.Error("a missing token was stored")
	}
	if c := find(t, found, "17841401234500011"); c.Usable || c.Reason != social.ReasonNoToken || c.Username != "pradocomunicacao" {
		t.Errorf("account without its page: %+v", c)
	}
	if !find(t, found, "112093847562018").Usable || !find(t, found, "17841401234500022").Usable {
		t.Error("what was ticked is not usable")
	}
}

func TestPortfolioPagesAreFoundWithoutTheirPermission(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "joao", declined: []string{"business_management"}})
	var found social.Inspection
	n := w.asksFor(func() { found = w.inspect(t, login) })
	if n != 6 { // debug_token, me, permissions, accounts, leftovers twice
		t.Errorf("inspection took %d requests", n)
	}
	if c := find(t, found, "113647582910473"); !c.Usable || found.Tokens.Pages[c.RemoteID].Empty() {
		t.Errorf("got %+v", c)
	}
	if !slices.Contains(found.Declined, "business_management") || slices.Contains(found.Granted, "business_management") {
		t.Errorf("declined %v, granted %v", found.Declined, found.Granted)
	}
}

// Covers TK12, A5.
func TestDeclinedPermissionIsAMissingCapability(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	found := w.inspect(t, w.signIn(t, choice{person: "maria", declined: []string{"pages_manage_posts", "instagram_basic"}}))
	for _, c := range found.Candidates {
		if c.Kind != social.FacebookPage {
			t.Errorf("account %s without instagram_basic", c.RemoteID)
		}
		if c.Capabilities.Get(social.Publish) != social.NotGranted || c.Capabilities.Get(social.Comments) != social.Granted {
			t.Errorf("%s: %v", c.Name, c.Capabilities)
		}
		if c.Reason != social.ReasonPermissionMissing {
			t.Errorf("%s: reason %s", c.Name, c.Reason)
		}
	}
}

// Covers GR10.
func TestSmallPagesAreFollowedToTheEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "joao"})
	w.do(t, sandbox.Action{Do: "page_size", Count: 1})
	found := w.inspect(t, login)
	if len(found.Tokens.Pages) != len(w.pagesOf("joao")) || !found.Complete {
		t.Errorf("found %d pages, complete %v", len(found.Tokens.Pages), found.Complete)
	}
}

func TestBrokenListingIsIncompleteAndKeepsFormerTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "maria"})
	login.Tokens = w.inspect(t, login).Tokens
	w.do(t, sandbox.Action{Do: "fail", Target: "me/businesses", Status: 500, Code: 2})
	if found := w.inspect(t, login); found.Complete || len(found.Tokens.Pages) != len(login.Tokens.Pages) {
		t.Errorf("down: complete %v, %d tokens", found.Complete, len(found.Tokens.Pages))
	}
	w.do(t, sandbox.Action{Do: "fail", Target: "me/accounts", Status: 500, Code: 2})
	if _, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore); asTrouble(t, err).Cause != social.CauseProviderTrouble {
		t.Errorf("first page: %v", err)
	}
	w.do(t, sandbox.Action{Do: "fail", Target: "me/businesses", Status: 403, Code: 200})
	if !w.inspect(t, login).Complete {
		t.Error("a portfolio that may not be read makes the list incomplete")
	}
	// The last: from here on the client leaves Meta alone.
	w.do(t, sandbox.Action{Do: "fail", Target: "me/businesses", Status: 400, Code: 4})
	if found := w.inspect(t, login); found.Complete || len(found.Tokens.Pages) != len(login.Tokens.Pages) {
		t.Errorf("limited: complete %v, %d tokens", found.Complete, len(found.Tokens.Pages))
	}
}

// Covers GR14.
func TestLostRoleIsAccountedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "joao"})
	w.do(t, sandbox.Action{Do: "remove_role", Target: "112093847562018", Person: "joao"})
	found := w.inspect(t, login)
	if c := find(t, found, "112093847562018"); c.Usable || c.Reason != social.ReasonRoleInsufficient {
		t.Errorf("got %+v", c)
	}
	if c := find(t, found, "17841401234500022"); c.Usable || c.Reason != social.ReasonRoleInsufficient {
		t.Errorf("its account: %+v", c)
	}
	if !found.Complete {
		t.Error("the list is complete")
	}
}

// Covers GR01.
func TestEndOfAccess(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		action sandbox.Action
		cause  social.Cause
	}{
		"expired":          {sandbox.Action{Do: "expire"}, social.CauseExpired},
		"app removed":      {sandbox.Action{Do: "remove_app"}, social.CauseAppRemoved},
		"session ended":    {sandbox.Action{Do: "revoke"}, social.CauseRevoked},
		"password changed": {sandbox.Action{Do: "change_password"}, social.CausePasswordChanged},
		"checkpoint":       {sandbox.Action{Do: "checkpoint"}, social.CauseCheckpoint},
		"unconfirmed":      {sandbox.Action{Do: "checkpoint", Subcode: 464}, social.CauseCheckpoint},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			login := w.signIn(t, choice{person: "maria"})
			w.do(t, tc.action)
			_, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
			trouble := asTrouble(t, err)
			if trouble.Cause != tc.cause || !trouble.Refused || !trouble.Explicit || problem.CodeOf(err) != problem.AccessEnded {
				t.Errorf("got %v", err)
			}
		})
	}
}

// Covers GR13, T9.
func TestEndedDataAccessIsAClockAndShowsTheAccounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "maria"})
	w.do(t, sandbox.Action{Do: "end_data_access"})
	var found social.Inspection
	n := w.asksFor(func() { found = w.inspect(t, login) })
	if n != 5 || !found.Clocks.DataAccess.Ended(now()) {
		t.Errorf("%d requests, clock %v", n, found.Clocks.DataAccess)
	}
	if c := find(t, found, "17841409876500011"); c.Usable || c.Reason != social.ReasonInstagramUnreadable {
		t.Errorf("got %+v", c)
	}
}

// Covers TK02.
func TestWrongSecretIsTheAppsTrouble(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "maria"})
	_, err := w.Inspect(t.Context(), w.app, social.NewSecret("wrong"), login, ignore)
	if trouble := asTrouble(t, err); trouble.Refused || problem.CodeOf(err) != problem.AppSetup {
		t.Errorf("inspect: %v", err)
	}
	_, err = w.Exchange(t.Context(), w.app, social.NewSecret("wrong"), w.consent(t, choice{person: "maria"}))
	if trouble := asTrouble(t, err); trouble.Refused || problem.CodeOf(err) != problem.AppSecretWrong {
		t.Errorf("exchange: %v", err)
	}
	if _, err = w.Inspect(t.Context(), w.app, social.Secret{}, login, ignore); problem.CodeOf(err) != problem.AppSecretMissing {
		t.Errorf("no secret: %v", err)
	}
}

// Covers TK01.
func TestCodeIsGoodOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	back := w.consent(t, choice{person: "maria"})
	if _, err := w.Exchange(t.Context(), w.app, w.secret, back); err != nil {
		t.Fatal(err)
	}
	var err error
	n := w.asksFor(func() { _, err = w.Exchange(t.Context(), w.app, w.secret, back) })
	if problem.CodeOf(err) != problem.CodeExpired || asTrouble(t, err).Refused || n != 1 {
		t.Errorf("got %v after %d requests", err, n)
	}
	other := w.consent(t, choice{person: "maria"})
	other.RedirectURI = "http://localhost:27653/callback/meta"
	if _, err := w.Exchange(t.Context(), w.app, w.secret, other); problem.CodeOf(err) != problem.AppSetup {
		t.Errorf("other redirect: %v", err)
	}
}

// Covers NW04, TK06, T1.
func TestCodeIsNotSentAgainWhenTheProviderIsDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	back := w.consent(t, choice{person: "maria"})
	w.do(t, sandbox.Action{Do: "fail", Target: "access_token", Status: 500, Code: 2})
	if n := w.asksFor(func() {
		if _, err := w.Exchange(t.Context(), w.app, w.secret, back); asTrouble(t, err).Cause != social.CauseProviderTrouble {
			t.Errorf("got %v", err)
		}
	}); n != 1 {
		t.Errorf("the code was sent %d times", n)
	}
}

// Covers GR12.
func TestRetiredVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "maria"})
	w.app.APIVersion = "v2.0"
	_, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
	if trouble := asTrouble(t, err); trouble.Cause != social.CauseVersionRetired || problem.CodeOf(err) != problem.VersionRetired {
		t.Errorf("got %v", err)
	}
}

// Covers T11.
func TestWithdraw(t *testing.T) {
	t.Parallel()
	type scene struct {
		prepare func(t *testing.T, w *world)
		secret  string
		want    social.Withdrawal
		cause   social.Cause
	}
	for name, tc := range map[string]scene{
		"withdrawn and checked": {want: social.Withdrawn},
		"dead token, by app": {
			prepare: func(t *testing.T, w *world) { w.do(t, sandbox.Action{Do: "expire"}) }, want: social.Withdrawn,
		},
		"removed by the person already": {
			prepare: func(t *testing.T, w *world) { w.do(t, sandbox.Action{Do: "remove_app"}) }, want: social.Withdrawn,
		},
		"dead token and no app token": {
			prepare: func(t *testing.T, w *world) { w.do(t, sandbox.Action{Do: "expire"}) }, secret: "wrong", want: social.StillListed,
		},
		"down": {
			prepare: func(t *testing.T, w *world) {
				w.do(t, sandbox.Action{Do: "fail", Target: "permissions", Status: 500, Code: 2})
			},
			want: social.Unreachable, cause: social.CauseProviderTrouble,
		},
		"connection lost at the check": {
			prepare: func(t *testing.T, w *world) { w.do(t, sandbox.Action{Do: "drop", Target: "debug_token", Count: -1}) },
			want:    social.Unreachable, cause: social.CauseProviderTrouble,
		},
		"refused": {
			prepare: func(t *testing.T, w *world) {
				w.do(t, sandbox.Action{Do: "fail", Target: "permissions", Status: 403, Code: 200})
			},
			want: social.StillListed,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			login := w.signIn(t, choice{person: "maria"})
			if tc.prepare != nil {
				tc.prepare(t, w)
			}
			secret := w.secret
			if tc.secret != "" {
				secret = social.NewSecret(tc.secret)
			}
			got, err := w.Withdraw(t.Context(), w.app, secret, social.Subject{ID: w.person("maria").MetaID}, login.Tokens)
			if got != tc.want || (err != nil) != (tc.want == social.Unreachable) {
				t.Fatalf("got %s, %v", got, err)
			}
			if err != nil && asTrouble(t, err).Cause != tc.cause {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestRelease(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "maria"})
	tokens := w.inspect(t, login).Tokens
	page := social.Account{Kind: social.FacebookPage, RemoteID: "120394857610293"}
	if err := w.Release(t.Context(), w.app, w.secret, page, tokens); err != nil {
		t.Error(err)
	}
	if n := w.asksFor(func() {
		if err := w.Release(t.Context(), w.app, w.secret, social.Account{Kind: social.InstagramAccount, RemoteID: "1"}, tokens); err != nil {
			t.Error(err)
		}
	}); n != 0 {
		t.Errorf("an instagram account took %d requests", n)
	}
	if err := w.Release(t.Context(), w.app, w.secret, page, social.TokenSet{}); problem.CodeOf(err) != problem.TokenMissing {
		t.Errorf("got %v", err)
	}
}

// Covers T3.
func TestTokensGoIntoHeadersWithAProof(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "maria"})
	w.do(t, sandbox.Action{Do: "require_proof"})
	w.mu.Lock()
	w.asked = nil
	w.mu.Unlock()
	tokens := w.inspect(t, login).Tokens
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.asked {
		query := r.URL.Query()
		if !strings.HasPrefix(r.Header.Get("Authorization"), "Bearer ") || query.Has("access_token") {
			t.Errorf("%s carries its token elsewhere", r.URL.Path)
		}
		if strings.HasSuffix(r.URL.Path, "debug_token") {
			continue
		}
		if query.Get("appsecret_proof") == "" || strings.Contains(r.URL.RawQuery, tokens.Access.Reveal()) {
			t.Errorf("%s has no proof, or the token in its address", r.URL.Path)
		}
		if r.Method == http.MethodPost {
			t.Errorf("%s was posted to", r.URL.Path)
		}
	}
}
