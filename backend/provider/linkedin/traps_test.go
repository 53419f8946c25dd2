package linkedin_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

// The traps of peers.md E that concern LinkedIn and can be fallen into here. The
// others are about storing, telling and watching: packages connection, monitor
// and keychain.

// Covers TK15.
func TestTrap_E01_ABlankNeverReplacesARefreshToken(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"absent": `{"access_token":"NEW","expires_in":5184000}`,
		"null":   `{"access_token":"NEW","expires_in":5184000,"refresh_token":null}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(text(answer))
			t.Cleanup(server.Close)
			_, p := connect(t, server.URL, now, nil)
			old := social.TokenSet{Access: social.NewSecret("OLD"), Refresh: social.NewSecret("KEPT")}
			login, err := p.Refresh(t.Context(), social.ProviderApp{ClientID: "c"}, social.NewSecret("S"), old)
			if err != nil {
				t.Fatal(err)
			}
			kept := old.Renewed(login.Tokens)
			if !login.Tokens.Refresh.Empty() || !kept.Refresh.Equal(old.Refresh) || !kept.Access.Equal(social.NewSecret("NEW")) {
				t.Error("the refresh token is not what it was")
			}
		})
	}
	t.Run("empty text is no answer at all", func(t *testing.T) {
		t.Parallel()
		server := httptest.NewServer(text(`{"access_token":"NEW","refresh_token":""}`))
		t.Cleanup(server.Close)
		_, p := connect(t, server.URL, now, nil)
		if _, err := p.Refresh(t.Context(), social.ProviderApp{ClientID: "c"}, social.NewSecret("S"), social.TokenSet{Refresh: social.NewSecret("R")}); err == nil || asTrouble(t, err).Refused {
			t.Errorf("got %v", err)
		}
	})
}

// Covers TK08, T8.
func TestTrap_E02_NoExpiryIsInvented(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(text(`{"access_token":"T","scope":"r_basicprofile"}`))
	t.Cleanup(server.Close)
	_, p := connect(t, server.URL, now, nil)
	login, err := p.Exchange(t.Context(), social.ProviderApp{ClientID: "c"}, social.NewSecret("S"), social.Callback{Code: social.NewSecret("C"), RedirectURI: callback})
	if err != nil || login.Clocks.Token != social.UnknownClock() || login.Clocks.Refresh.Kind == social.ClockExpires {
		t.Errorf("dates that were not told became %+v, %v", login.Clocks, err)
	}
	for _, odd := range []string{`0`, `-1`, `99999999999`, `null`, `1795000000000`} {
		inspect, _ := play(t, script{"/oauth/v2/introspectToken": text(`{"active":true,"scope":"r_basicprofile","expires_at":` + odd + `}`)})
		if found, err := inspect(); err != nil || found.Clocks.Token.Kind == social.ClockExpires {
			t.Errorf("%s became %+v, %v", odd, found.Clocks.Token, err)
		}
	}
}

// Covers GR03, GR05.
func TestTrap_E04_OnlyAWordAboutTheTokenEndsAnAccess(t *testing.T) {
	t.Parallel()
	for name, a := range map[string]sandbox.Action{
		"permission":       {Status: 403, Code: 100},
		"words of another": {Status: 403, Message: "REVOKED_ACCESS_TOKEN"},
		"server":           {Status: 500},
		"limit":            {Status: 429},
		"version":          {Status: 426},
		"unknown":          {Status: 418, Code: 424242},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			login := w.signIn(t, "maria")
			a.Do, a.Target = "fail", "v2/me"
			w.do(t, a)
			_, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
			if trouble := asTrouble(t, err); trouble.Refused || healthAfter(trouble) != social.Unverified {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("nor does a broken connection", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		login := w.signIn(t, "maria")
		w.do(t, sandbox.Action{Do: "drop", Target: "introspectToken", Count: -1})
		_, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
		if trouble := asTrouble(t, err); trouble.Refused || healthAfter(trouble) != social.Unverified {
			t.Errorf("got %v", err)
		}
	})
}

func TestTrap_E05_NothingIsOfferedThatWasNotApproved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range w.inspect(t, w.signIn(t, "joao")).Candidates {
		if strings.HasSuffix(c.RemoteID, ":71920388") {
			t.Errorf("%s was asked for and never approved", c.Name)
		}
	}
	inspect, _ := play(t, script{"/rest/organizationAcls": text(`{"elements":[
		{"role":"ADMINISTRATOR","state":"APPROVED","organization":"urn:li:organization:undefined"},
		{"role":"ADMINISTRATOR","state":"APPROVED","organization":"undefined"},
		{"role":"ADMINISTRATOR","state":"APPROVED","organization":null},
		{"role":"ADMINISTRATOR","state":"APPROVED"}]}`)})
	if found, err := inspect(); err != nil || len(found.Candidates) != 1 || found.Complete {
		t.Errorf("got %+v, %v", found.Candidates, err)
	}
}

func TestTrap_E06_EveryPageIsOffered(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crowd("ana", 20))
	found := w.inspect(t, w.signIn(t, "ana"))
	for i := range 20 {
		kind := "organization"
		if i%10 == 9 {
			kind = "organizationBrand"
		}
		c := find(t, found, fmt.Sprintf("urn:li:%s:%d", kind, 70000001+i))
		if c.Detail == "" || !c.Usable && c.Reason == "" {
			t.Errorf("%s cannot be chosen, and nobody knows why: %+v", c.Name, c)
		}
	}
}

// Covers GR10.
func TestTrap_E07_NoListIsCut(t *testing.T) {
	t.Parallel()
	for _, n := range []int{9, 11, 26, 100, 101, 201} {
		w := newWorld(t, standardTier, crowd("ana", n))
		w.standard()
		if found := w.inspect(t, w.signIn(t, "ana")); len(found.Candidates) != 1+n || !found.Complete {
			t.Errorf("%d: %d candidates, complete %v", n, len(found.Candidates), found.Complete)
		}
	}
}

func TestTrap_E08_AListThatCouldNotBeReadIsNotEmpty(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, "maria")
	w.do(t, sandbox.Action{Do: "fail", Target: "organizationAcls", Status: 500, Count: -1})
	if found, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore); err == nil {
		t.Errorf("trouble was told as %d candidates", len(found.Candidates))
	}
	w.do(t, sandbox.Action{Do: "heal"})
	if found := w.inspect(t, w.signIn(t, "ana")); len(found.Candidates) != 1 || !found.Complete {
		t.Errorf("no Pages at all were told as %+v", found)
	}
}

func TestTrap_E09_ASecondLoginReachesANewPage(t *testing.T) {
	t.Parallel()
	const page = "90417726"
	w := newWorld(t)
	w.do(t, sandbox.Action{Do: "remove_role", Person: "maria", Target: page})
	if found := w.inspect(t, w.signIn(t, "maria")); len(found.Candidates) != 1 {
		t.Fatalf("got %+v", found.Candidates)
	}
	w.do(t, sandbox.Action{Do: "restore_role", Person: "maria", Target: page})
	found := w.inspect(t, w.signIn(t, "maria"))
	if !find(t, found, "urn:li:organization:"+page).Usable {
		t.Error("the new Page is out of reach")
	}
}

func TestTrap_E10_ARevocationIsBelievedWhenItIsSeen(t *testing.T) {
	t.Parallel()
	for mode, want := range map[sandbox.RevokeMode]social.Withdrawal{
		sandbox.RevokeWorks: social.Withdrawn, sandbox.RevokeMissing: social.StillListed, sandbox.RevokeIgnored: social.StillListed,
	} {
		w := newWorld(t, func(o *sandbox.Options) { o.LinkedInRevoke = mode })
		login := w.signIn(t, "maria")
		got, err := w.Withdraw(t.Context(), w.app, w.secret, social.Subject{}, login.Tokens)
		if got != want || err != nil {
			t.Errorf("%s: got %s, %v", mode, got, err)
		}
		if _, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore); (err == nil) != (want == social.StillListed) {
			t.Errorf("%s: told %s, but %v", mode, got, err)
		}
	}
}

func TestTrap_E12_ALostRenewalLeavesTheOldAccess(t *testing.T) {
	t.Parallel()
	w := newWorld(t, partner)
	login := w.signIn(t, "maria")
	w.pass(55 * 24 * time.Hour)
	w.do(t, sandbox.Action{Do: "drop", Target: "accessToken"})
	var err error
	n := w.asksFor(func() { _, err = w.Refresh(t.Context(), w.app, w.secret, login.Tokens) })
	if trouble := asTrouble(t, err); trouble.Refused || n != 1 {
		t.Errorf("%v after %d requests", err, n)
	}
	w.inspect(t, login)
	if again, err := w.Refresh(t.Context(), w.app, w.secret, login.Tokens); err != nil || again.Tokens.Access.Empty() {
		t.Errorf("a second try: %v", err)
	}
}

func TestTrap_E14_APageIsNotThePersonAndAnotherPersonShows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	maria := w.inspect(t, w.signIn(t, "maria"))
	for _, c := range maria.Candidates {
		person := strings.HasSuffix(c.RemoteID, ":"+maria.Subject.ID)
		if person != (c.Kind == social.LinkedInMember) || person != strings.HasPrefix(c.RemoteID, "urn:li:person:") {
			t.Errorf("%s of kind %s is called %s", c.Name, c.Kind, c.RemoteID)
		}
	}
	if joao := w.inspect(t, w.signIn(t, "joao")); joao.Subject.ID == maria.Subject.ID {
		t.Error("two people are one")
	}
}

// Covers T11.
func TestTrap_E15_ADeadLoginCanBeRemoved(t *testing.T) {
	t.Parallel()
	for _, dead := range []string{"expire", "revoke", "change_password", "remove_app"} {
		for way, prepare := range map[string]func(*world){"introspected": func(*world) {}, "native": (*world).native} {
			t.Run(dead+", "+way, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				prepare(w)
				login := w.signIn(t, "maria")
				w.do(t, sandbox.Action{Do: dead})
				if got, err := w.Withdraw(t.Context(), w.app, w.secret, social.Subject{}, login.Tokens); got != social.Withdrawn || err != nil {
					t.Errorf("got %s, %v", got, err)
				}
			})
		}
	}
}

func TestTrap_E16_AnIncompleteListSaysSo(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"closed": refuse(403, `{"serviceErrorCode":100}`),
		"in circles": func(w http.ResponseWriter, r *http.Request) {
			r.URL.RawQuery = "start=0&count=100"
			roles(100, 100, ``)(w, r)
		},
		"not to be understood": text(`{"elements":[{"role":"ADMINISTRATOR","state":"APPROVED","organization":"urn:li:school:1"}]}`),
		"broken off": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("start") != "0" {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			roles(150, 100, ``)(w, r)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inspect, hits := play(t, script{"/rest/organizationAcls": answer, "/rest/organizations/": text(`{"localizedName":"Org"}`)})
			found, err := inspect()
			if err != nil || found.Complete || hits.Load() > 4+100 {
				t.Errorf("complete %v after %d requests, %v", found.Complete, hits.Load(), err)
			}
		})
	}
}

// Covers TK12.
func TestTrap_E18_AMissingPermissionShows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, "joao")
	w.do(t, sandbox.Action{Do: "remove_permission", Provider: "linkedin", Target: "w_organization_social"})
	found := w.inspect(t, login)
	if slices.Contains(found.Granted, "w_organization_social") {
		t.Fatalf("granted %v", found.Granted)
	}
	admin := find(t, found, "urn:li:organization:2414183")
	if admin.Capabilities.Get(social.Publish) != social.NotGranted || admin.Capabilities.Get(social.Analytics) != social.Granted {
		t.Errorf("got %+v", admin)
	}
	if me := find(t, found, "urn:li:person:yrZCpj2Z12"); me.Capabilities.Get(social.Publish) != social.Granted {
		t.Errorf("the profile lost what it has: %+v", me)
	}
}

// A role on a Page is lost without the login: the token is as healthy as before
// (linkedin.md 3.2).
//
// Covers GR14.
func TestRoleThatIsLostLeavesTheLogin(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, "joao")
	w.do(t, sandbox.Action{Do: "remove_role", Person: "joao", Target: "2414183"})
	found, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
	if err != nil || !found.Complete || len(found.Candidates) != 4 {
		t.Errorf("%d candidates, complete %v, %v", len(found.Candidates), found.Complete, err)
	}
}
