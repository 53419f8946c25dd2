package meta_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

// The traps of peers.md E that concern Meta and can be fallen into here. The
// others are about storing, telling and watching: packages connection, monitor
// and keychain.

// Covers TK08, T8.
func TestTrap_E02_NoExpiryIsInvented(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	found := w.inspect(t, w.signIn(t, choice{person: "maria"}))
	for _, c := range found.Candidates {
		if c.Clocks.Token.Kind == social.ClockExpires || c.Clocks.Token.Source == social.ToldByProvider {
			t.Errorf("%s: a Page's token got the date %v", c.Name, c.Clocks.Token)
		}
	}
	inspect, _ := play(t, script{"debug_token": text(`{"data":{"app_id":"123","is_valid":true}}`)})
	if untold, err := inspect(); err != nil || untold.Clocks.Token != social.UnknownClock() {
		t.Errorf("a date that was not told became %v, %v", untold.Clocks.Token, err)
	}
}

func TestTrap_E04_OnlyAWordAboutTheTokenEndsAnAccess(t *testing.T) {
	t.Parallel()
	for name, a := range map[string]sandbox.Action{
		"permission":  {Code: 200, Status: 403},
		"server":      {Status: 500},
		"limit":       {Code: 4},
		"lost role":   {Code: 190, Subcode: 492},
		"unknown":     {Code: 424242, Subcode: 1},
		"about words": {Code: 1, Message: "Error validating access token: the session is invalid (190)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			login := w.signIn(t, choice{person: "maria"})
			a.Do, a.Target = "fail", "/me"
			w.do(t, a)
			_, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
			if trouble := asTrouble(t, err); trouble.Refused || healthAfter(trouble) != social.Unverified {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("102 ends it as 190 does", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		login := w.signIn(t, choice{person: "maria"})
		w.do(t, sandbox.Action{Do: "fail", Target: "/me", Code: 102, Subcode: 460})
		_, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
		if trouble := asTrouble(t, err); !trouble.Refused || trouble.Cause != social.CausePasswordChanged {
			t.Errorf("got %v", err)
		}
	})
}

func TestTrap_E05_PagesThatWereNotGrantedAreNotUsable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	found := w.inspect(t, w.signIn(t, choice{person: "joao", pages: []string{"112093847562018"}}))
	for _, c := range found.Candidates {
		if c.Kind == social.FacebookPage && c.Usable != (c.RemoteID == "112093847562018") {
			t.Errorf("%s: usable %v, %s", c.Name, c.Usable, c.Reason)
		}
	}
	if kept := slices.Collect(maps.Keys(found.Tokens.Pages)); len(kept) != 1 {
		t.Errorf("tokens of %v", kept)
	}
	inspect, _ := play(t, script{"me/accounts": text(`{"data":[{"id":"1","name":"One","access_token":"undefined"},{"id":"2","name":"Two","access_token":"null"},{"id":"3","access_token":null}]}`)})
	if none, err := inspect(); err != nil || len(none.Tokens.Pages) != 0 || none.Candidates[0].Usable {
		t.Errorf("the word undefined is kept as a token: %+v, %v", none.Tokens.Pages, err)
	}
}

func TestTrap_E06_EveryPageIsOffered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	found := w.inspect(t, w.signIn(t, choice{person: "maria"}))
	for _, id := range slices.Concat(w.pagesOf("maria"), w.instagramOf("maria")) {
		if !find(t, found, id).Usable {
			t.Errorf("%s is not to be chosen", id)
		}
	}
}

func TestTrap_E07_NoListIsCut(t *testing.T) {
	t.Parallel()
	for _, size := range []sandbox.Size{{Pages: 26}, {Pages: 101}, {Pages: 201, Businesses: 1}, {Pages: 260, Businesses: 26, Instagram: 130}} {
		w := newWorld(t, func(o *sandbox.Options) { o.Giant = size })
		found := w.inspect(t, w.signIn(t, choice{person: "gigante"}))
		if len(found.Candidates) != size.Pages+size.Instagram || !found.Complete {
			t.Errorf("%+v: %d candidates, complete %v", size, len(found.Candidates), found.Complete)
		}
	}
}

func TestTrap_E08_AListThatCouldNotBeReadIsNotEmpty(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "maria"})
	w.do(t, sandbox.Action{Do: "fail", Target: "me/accounts", Status: 500, Count: -1})
	if found, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore); err == nil {
		t.Errorf("trouble was told as %d candidates", len(found.Candidates))
	}
	w.do(t, sandbox.Action{Do: "heal"})
	if found := w.inspect(t, w.signIn(t, choice{person: "ana"})); len(found.Candidates) != 0 || !found.Complete {
		t.Errorf("nothing at all was told as %+v", found)
	}
}

func TestTrap_E09_ASecondLoginReachesANewPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.signIn(t, choice{person: "maria", pages: []string{"115506172839401"}})
	found := w.inspect(t, w.signIn(t, choice{person: "maria", pages: []string{"115506172839401", "120394857610293"}}))
	if !find(t, found, "120394857610293").Usable {
		t.Error("the new page is out of reach")
	}
}

func TestTrap_E10_ThePersonsTokenIsWhatWithdraws(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "maria"})
	tokens := w.inspect(t, login).Tokens
	onlyPages := tokens
	onlyPages.Access = social.NewSecret(tokens.Pages["120394857610293"].Reveal())
	subject := social.Subject{ID: w.person("maria").MetaID}
	if got, err := w.Withdraw(t.Context(), w.app, w.secret, subject, onlyPages); got == social.Withdrawn {
		t.Errorf("a Page's token is said to have withdrawn the access (%v)", err)
	}
	if got, err := w.Withdraw(t.Context(), w.app, w.secret, subject, tokens); got != social.Withdrawn || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
	if _, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore); asTrouble(t, err).Cause != social.CauseAppRemoved {
		t.Errorf("the access lives on: %v", err)
	}
}

func TestTrap_E14_ThePersonIsNoAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	found := w.inspect(t, w.signIn(t, choice{person: "maria"}))
	for _, c := range found.Candidates {
		if c.RemoteID == found.Subject.ID || found.Tokens.Pages[c.RemoteID].Equal(found.Tokens.Access) {
			t.Errorf("%s is the person, or acts with the person's token", c.Name)
		}
	}
}

// Covers GR14, T11.
func TestTrap_E15_ADeadLoginCanBeRemoved(t *testing.T) {
	t.Parallel()
	for _, dead := range []string{"expire", "revoke", "change_password", "remove_app", "checkpoint"} {
		t.Run(dead, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			login := w.signIn(t, choice{person: "maria"})
			w.do(t, sandbox.Action{Do: dead})
			if got, err := w.Withdraw(t.Context(), w.app, w.secret, social.Subject{ID: w.person("maria").MetaID}, login.Tokens); got != social.Withdrawn || err != nil {
				t.Errorf("got %s, %v", got, err)
			}
		})
	}
}

func TestTrap_E16_AnIncompleteListSaysSoAndKeepsItsTokens(t *testing.T) {
	t.Parallel()
	for _, paging := range []string{"loop", "endless"} {
		t.Run(paging, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(o *sandbox.Options) { o.Giant = sandbox.Size{Pages: 150, Businesses: 2, Instagram: 3} })
			login := w.signIn(t, choice{person: "gigante"})
			login.Tokens = w.inspect(t, login).Tokens
			w.do(t, sandbox.Action{Do: "paging", Target: paging})
			var found social.Inspection
			n := w.asksFor(func() { found = w.inspect(t, login) })
			if found.Complete || len(found.Tokens.Pages) != 150 || n > 40 {
				t.Errorf("complete %v, %d tokens, %d requests", found.Complete, len(found.Tokens.Pages), n)
			}
		})
	}
	t.Run("a next on another host is not called, and ends nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, func(o *sandbox.Options) { o.Giant = sandbox.Size{Pages: 350, Businesses: 1} })
		login := w.signIn(t, choice{person: "gigante"})
		w.do(t, sandbox.Action{Do: "paging", Target: "elsewhere"})
		if found := w.inspect(t, login); len(found.Tokens.Pages) != 350 || !found.Complete {
			t.Errorf("%d tokens, complete %v", len(found.Tokens.Pages), found.Complete)
		}
	})
}

func TestTrap_E18_AMissingPermissionShows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	// A Live app: what has no advanced access is dropped without a word.
	w.app.ClientID = sandbox.MetaClientID
	w.do(t, sandbox.Action{Do: "remove_app_role", Person: "maria"})
	w.do(t, sandbox.Action{Do: "app_live"})
	w.do(t, sandbox.Action{Do: "register_redirect", Target: callback})
	found := w.inspect(t, w.signIn(t, choice{person: "maria"}))
	if len(found.Declined) != 0 || slices.Contains(found.Granted, "pages_manage_posts") {
		t.Errorf("granted %v, declined %v", found.Granted, found.Declined)
	}
	for _, c := range found.Candidates {
		if c.Capabilities.Get(social.Publish) != social.NotGranted {
			t.Errorf("%s can publish", c.Name)
		}
	}
}

// The dialog is opened for ended data access, and the accounts come back
// (meta.md 1.6).
func TestReauthorizeBringsDataAccessBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "maria"})
	w.do(t, sandbox.Action{Do: "end_data_access"})
	if !w.inspect(t, login).Clocks.DataAccess.Ended(now()) {
		t.Fatal("data access goes on")
	}
	address, _, err := w.AuthorizeURL(w.app, social.SignInRequest{RedirectURI: callback, State: "s", ChooseAgain: true, Reauthorize: true})
	if err != nil || !strings.Contains(address, "auth_type=reauthorize") || strings.Contains(address, "rerequest") {
		t.Fatalf("got %s, %v", address, err)
	}
	browser := &http.Client{Transport: &http.Transport{}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer browser.CloseIdleConnections()
	flow := location(t, browser, http.MethodGet, address, nil)
	location(t, browser, http.MethodPost, w.url+flow, map[string][]string{"step": {"signin"}, "person": {"maria"}})
	location(t, browser, http.MethodPost, w.url+flow, map[string][]string{"step": {"reconnect"}})
	if found := w.inspect(t, login); !find(t, found, "17841409876500011").Usable || found.Clocks.DataAccess.Ended(now()) {
		t.Errorf("got %+v", found.Clocks)
	}
	if _, err := w.Inspect(t.Context(), w.app, w.secret, social.Login{}, ignore); problem.CodeOf(err) != problem.TokenMissing {
		t.Errorf("got %v", err)
	}
}
