package meta_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

func TestAppIsTested(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		prepare func(t *testing.T, w *world)
		want    problem.Code
		most    int64
	}{
		"all is right":      {func(*testing.T, *world) {}, "", 2},
		"wrong secret":      {func(_ *testing.T, w *world) { w.secret = social.NewSecret("wrong") }, problem.AppSecretWrong, 3},
		"unknown id":        {func(_ *testing.T, w *world) { w.app.ClientID = "1" }, problem.AppUnknown, 3},
		"native app":        {func(_ *testing.T, w *world) { w.app.ClientID = sandbox.MetaDesktopClientID }, problem.AppTypeWrong, 3},
		"native, by action": {func(t *testing.T, w *world) { t.Helper(); w.do(t, sandbox.Action{Do: "app_native"}) }, problem.AppTypeWrong, 3},
		"native and wrong secret": {func(_ *testing.T, w *world) {
			w.app.ClientID, w.secret = sandbox.MetaDesktopClientID, social.NewSecret("wrong")
		}, problem.AppSecretWrong, 3},
		"retired version":  {func(_ *testing.T, w *world) { w.app.APIVersion = "v2.0" }, problem.VersionRetired, 1},
		"unknown version":  {func(_ *testing.T, w *world) { w.app.APIVersion = "v99.0" }, problem.VersionRetired, 1},
		"retired, by code": {func(t *testing.T, w *world) { t.Helper(); w.do(t, sandbox.Action{Do: "fail", Code: 2635}) }, problem.VersionRetired, 1},
		"Meta is down":     {func(t *testing.T, w *world) { t.Helper(); w.do(t, sandbox.Action{Do: "fail", Status: 503, Count: -1}) }, problem.ProviderTrouble, 1},
		"down at the end": {func(t *testing.T, w *world) {
			t.Helper()
			w.secret = social.NewSecret("wrong")
			w.do(t, sandbox.Action{Do: "fail", Target: "access_token", Status: 503})
		}, problem.ProviderTrouble, 3},
		"limited": {func(t *testing.T, w *world) {
			t.Helper()
			w.do(t, sandbox.Action{Do: "fail", Target: "debug_token", Code: 4})
		}, problem.RateLimited, 2},
		"no secret": {func(_ *testing.T, w *world) { w.secret = social.Secret{} }, problem.AppSecretMissing, 1},
		"no secret, pasted token": {func(_ *testing.T, w *world) {
			w.secret, w.app.Redirect = social.Secret{}, social.RedirectPaste
		}, "", 1},
		"no id": {func(_ *testing.T, w *world) { w.app.ClientID = "" }, problem.AppMissing, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			tc.prepare(t, w)
			var err error
			n := w.asksFor(func() { err = w.TestApp(t.Context(), w.app, w.secret) })
			if problem.CodeOf(err) != tc.want {
				t.Errorf("got %v", err)
			}
			if n > tc.most {
				t.Errorf("took %d requests", n)
			}
		})
	}
}

func TestAppWithoutANetwork(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(nil)
	gone.Close()
	_, p := connect(t, gone.URL, now)
	if err := p.TestApp(t.Context(), social.ProviderApp{ClientID: "1"}, social.NewSecret("S")); problem.CodeOf(err) != problem.Offline {
		t.Errorf("got %v", err)
	}
	portal := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>sign in to the hotel")) }))
	t.Cleanup(portal.Close)
	_, p = connect(t, portal.URL, now)
	if err := p.TestApp(t.Context(), social.ProviderApp{ClientID: "1"}, social.NewSecret("S")); err == nil {
		t.Error("a captive portal is taken for Meta")
	}
}

// mint pastes the token of a system user.
func (w *world) mint(t *testing.T, m sandbox.Mint) social.Login {
	t.Helper()
	token, err := w.box.Mint(m)
	if err != nil {
		t.Fatal(err)
	}
	return social.Login{Tokens: social.TokenSet{Access: social.NewSecret(token)}}
}

func TestPastedSystemUserToken(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		prepare func(t *testing.T, w *world)
		most    int64
	}{
		"with the app's secret":  {func(*testing.T, *world) {}, 5},
		"without a secret":       {func(_ *testing.T, w *world) { w.secret, w.app.Redirect = social.Secret{}, social.RedirectPaste }, 5},
		"pages only assigned":    {func(t *testing.T, w *world) { t.Helper(); w.do(t, sandbox.Action{Do: "assigned_only"}) }, 6},
		"secret of a native app": {func(_ *testing.T, w *world) { w.secret, w.app.Redirect = social.Secret{}, social.RedirectPaste }, 5},
		"permissions have no list": {func(t *testing.T, w *world) {
			t.Helper()
			w.do(t, sandbox.Action{Do: "fail", Target: "me/permissions", Code: 100})
		}, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			tc.prepare(t, w)
			login := w.mint(t, sandbox.Mint{})
			var found social.Inspection
			n := w.asksFor(func() { found = w.inspect(t, login) })
			if found.Clocks.Token.Kind != social.ClockNever || found.Clocks.DataAccess.Kind != "" {
				t.Errorf("clocks %+v", found.Clocks)
			}
			if found.Subject.ID != "122093847560000123" || found.Subject.Name == "" || len(found.Granted) == 0 {
				t.Errorf("subject %+v, granted %v", found.Subject, found.Granted)
			}
			if hotel := find(t, found, "113647582910473"); !hotel.Usable || found.Tokens.Pages[hotel.RemoteID].Empty() || hotel.Clocks.Token.Kind != social.ClockNever {
				t.Errorf("got %+v", hotel)
			}
			if n > tc.most {
				t.Errorf("took %d requests", n)
			}
		})
	}
	t.Run("lives sixty days by choice", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		found := w.inspect(t, w.mint(t, sandbox.Mint{Days: 60}))
		if want := social.ExpiresAt(now().Add(60*24*time.Hour), social.ToldByProvider); found.Clocks.Token != want {
			t.Errorf("got %v", found.Clocks.Token)
		}
	})
}

// Nothing is said about the token of another app, not even whether it lives.
func TestForeignTokenIsNotSpokenOf(t *testing.T) {
	t.Parallel()
	for name, secret := range map[string]string{"asked by the app": sandbox.MetaClientSecret, "asked by itself": ""} {
		for _, alive := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				login := w.mint(t, sandbox.Mint{App: sandbox.MetaBusinessClientID})
				if !alive && secret != "" {
					w.do(t, sandbox.Action{Do: "revoke"})
				}
				w.app.Redirect, w.secret = social.RedirectPaste, social.NewSecret(secret)
				found, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
				trouble := asTrouble(t, err)
				if problem.CodeOf(err) != problem.TokenForeign || trouble.Refused || trouble.Cause != social.CauseAppSetup {
					t.Errorf("got %v", err)
				}
				if found.Subject.ID != "" || len(found.Candidates) > 0 {
					t.Errorf("told %+v", found)
				}
			})
		}
	}
}

func TestLoginForBusiness(t *testing.T) {
	t.Parallel()
	t.Run("grants everything that the configuration names", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.app.ClientID, w.app.LoginConfig = sandbox.MetaBusinessClientID, sandbox.MetaConfig
		found := w.inspect(t, w.signIn(t, choice{person: "maria"}))
		if len(found.Declined) > 0 || !find(t, found, "120394857610293").Usable {
			t.Errorf("got %+v", found)
		}
	})
	t.Run("gives the token of a system user, which is not exchanged", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.app.ClientID, w.app.LoginConfig = sandbox.MetaBusinessClientID, sandbox.MetaSystemConfig
		login := w.signIn(t, choice{person: "joao"})
		if login.Clocks.Token != social.UnknownClock() {
			t.Errorf("a missing lifetime became %v", login.Clocks.Token)
		}
		if found := w.inspect(t, login); found.Clocks.Token.Kind != social.ClockNever || !find(t, found, "113647582910473").Usable {
			t.Errorf("got %+v", found.Clocks)
		}
	})
}

func TestPermissionThatExpiredIsAskedForAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "maria"})
	w.do(t, sandbox.Action{Do: "expire_permission", Target: "pages_manage_posts"})
	found := w.inspect(t, login)
	if len(found.Declined) != 1 || found.Declined[0] != "pages_manage_posts" {
		t.Errorf("declined %v", found.Declined)
	}
	if c := find(t, found, "120394857610293"); c.Capabilities.Get(social.Publish) != social.NotGranted {
		t.Errorf("got %+v", c)
	}
}

func TestClientHeedsMetasUsage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "maria"})
	w.do(t, sandbox.Action{Do: "usage", Target: "business", Count: 100, Millis: (17 * time.Minute).Milliseconds()})
	_, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
	trouble := asTrouble(t, err)
	if trouble.Cause != social.CauseRateLimited || trouble.Refused || trouble.RetryAfter < 16*time.Minute {
		t.Errorf("got %v after %v", err, trouble.RetryAfter)
	}
	if n := w.asksFor(func() { _, _ = w.Inspect(t.Context(), w.app, w.secret, login, ignore) }); n != 0 {
		t.Errorf("%d requests at the limit", n)
	}
	// A code does not live as long as a pause.
	if _, err := w.Exchange(t.Context(), w.app, w.secret, w.consent(t, choice{person: "maria"})); err != nil {
		t.Errorf("sign-in: %v", err)
	}
}
