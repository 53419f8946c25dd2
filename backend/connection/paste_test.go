package connection_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

func TestPaste(t *testing.T) {
	t.Parallel()

	t.Run("a pasted token is inspected before it is kept, and opens no browser", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.pasteMode()
		w.provider.set(func() { w.provider.live["pasted"] = true })
		request := w.request()
		request.Token = social.NewSecret("pasted")
		a, err := w.Connect(t.Context(), request)
		w.must(err)
		offered := w.until(a.ID, connection.Choosing)
		if !offered.Request.Token.Empty() || offered.AuthorizeURL != "" {
			t.Error("the token, or an address, is still shown")
		}
		if offered.Found != 1 || offered.Expected != len(w.provider.candidates) {
			t.Errorf("progress: %d of %d", offered.Found, offered.Expected)
		}
		w.wantNothingStored()
		_, err = w.Select(t.Context(), a.ID, []string{"1"})
		w.must(err)
		tokens, err := w.vault.Tokens(t.Context(), w.grants()[0].TokenRef)
		w.must(err)
		if !tokens.Access.Equal(social.NewSecret("pasted")) {
			t.Error("another token was kept")
		}
		if w.browser.opened != 0 {
			t.Error("a browser was opened")
		}
	})

	t.Run("a token that is refused keeps nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.pasteMode()
		request := w.request()
		request.Token = social.NewSecret("dead")
		a, err := w.Connect(t.Context(), request)
		w.must(err)
		w.wantCode(w.settled(a.ID).Err, problem.AccessEnded)
		w.wantNothingStored()
	})

	t.Run("the app's mode decides whether there is a token", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		request := w.request()
		request.Token = social.NewSecret("pasted")
		_, err := w.Connect(t.Context(), request)
		w.wantCode(err, problem.BadRequest)
		w.pasteMode()
		_, err = w.Connect(t.Context(), w.request())
		w.wantCode(err, problem.BadRequest)
	})
}

func (w *world) pasteMode() {
	w.t.Helper()
	_, err := w.SetApp(w.t.Context(), social.ProviderApp{Provider: social.Meta, ClientID: "app", Redirect: social.RedirectPaste}, social.Secret{})
	w.must(err)
}

func TestRenewal(t *testing.T) {
	t.Parallel()

	t.Run("asks to renew data access that has ended", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ends := w.now().Add(time.Hour)
		w.provider.set(func() { w.provider.clocks.DataAccess = social.ExpiresAt(ends, social.ToldByProvider) })
		w.connect("1")
		request := w.request()
		request.GrantID = w.grants()[0].ID
		w.signIn(request)
		if w.provider.asked.Reauthorize {
			t.Error("asked while the data access lives")
		}
		w.pass(2 * time.Hour)
		w.signIn(request)
		if !w.provider.asked.Reauthorize {
			t.Error("did not ask after it ended")
		}
	})

	t.Run("at Meta asks for what is missing alone, and goes on wanting the rest", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		request := w.request()
		request.Capabilities = []social.Capability{social.Publish}
		_, err := w.Select(t.Context(), w.signIn(request).ID, []string{"1"})
		w.must(err)
		request.GrantID, request.Capabilities = w.grants()[0].ID, []social.Capability{social.Messages}
		_, err = w.Select(t.Context(), w.signIn(request).ID, nil)
		w.must(err)
		if diff := cmp.Diff([]social.Capability{social.Messages}, w.provider.asked.Capabilities); diff != "" {
			t.Errorf("asked for: %s", diff)
		}
		if diff := cmp.Diff([]social.Capability{social.Publish, social.Messages}, w.grants()[0].Wanted); diff != "" {
			t.Errorf("wants: %s", diff)
		}
	})

	t.Run("at LinkedIn asks for the union, because a consent replaces the former", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.provider.set(func() {
			w.provider.id = social.LinkedIn
			w.provider.candidates = []social.Candidate{{Kind: social.LinkedInOrganization, RemoteID: "urn:1", Name: "Alfa", Usable: true}}
		})
		w.restart()
		_, err := w.SetApp(t.Context(), social.ProviderApp{Provider: social.LinkedIn, ClientID: "app"}, social.NewSecret("s"))
		w.must(err)
		request := connection.ConnectRequest{ProjectID: w.project, Provider: social.LinkedIn, Capabilities: []social.Capability{social.Publish}}
		_, err = w.Select(t.Context(), w.signIn(request).ID, []string{"urn:1"})
		w.must(err)
		request.GrantID, request.Capabilities = w.grants()[0].ID, []social.Capability{social.Analytics}
		w.signIn(request)
		if diff := cmp.Diff([]social.Capability{social.Publish, social.Analytics}, w.provider.asked.Capabilities); diff != "" {
			t.Error(diff)
		}
	})
}
