package connection_test

import (
	"context"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Covers CB32, GR06, L3, L14, TK22, UI01.
func TestConnect(t *testing.T) {
	t.Parallel()

	t.Run("stores the login, the chosen accounts and only their Page tokens", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		done := w.connect("91")
		if len(done.Connected) != 1 || w.account("91").State != social.AccountActive {
			t.Fatalf("the Instagram account is not connected: %+v", done)
		}
		tokens, err := w.vault.Tokens(t.Context(), w.grants()[0].TokenRef)
		w.must(err)
		// The Instagram account acts through the Page that it is linked to.
		if len(tokens.Pages) != 1 || tokens.Pages["1"].Empty() {
			t.Fatalf("kept the tokens of %d Pages, want that of Page 1 alone", len(tokens.Pages))
		}
	})

	t.Run("closing the program before the choice loses the sign-in and no account", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		a := w.signIn(w.request())
		w.restart()
		if _, err := w.Attempt(a.ID); problem.CodeOf(err) != problem.NotFound {
			t.Errorf("the sign-in outlived the program: %v", err)
		}
		w.wantWhole("after the restart")
		if w.account("1").State != social.AccountActive {
			t.Error("the account is not connected any more")
		}
	})

	t.Run("cancelling keeps nothing and closes the port", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		a, err := w.Connect(t.Context(), w.request())
		w.must(err)
		w.must(w.Cancel(a.ID))
		<-w.browser.current.closed
		failed, err := w.Attempt(a.ID)
		w.must(err)
		w.wantCode(failed.Err, problem.SignInCancelled)
		if len(w.grants()) != 0 {
			t.Error("something was stored")
		}
	})

	t.Run("a second sign-in with the same provider ends the first", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		first, err := w.Connect(t.Context(), w.request())
		w.must(err)
		second, err := w.Connect(t.Context(), w.request())
		w.must(err)
		ended, err := w.Attempt(first.ID)
		w.must(err)
		w.wantCode(ended.Err, problem.SignInReplaced)
		if live := w.Attempts(); len(live) != 1 || live[0].ID != second.ID {
			t.Errorf("under way: %+v, want the second alone", live)
		}
	})

	t.Run("a hundred clicks at once are one sign-in", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		var clicks sync.WaitGroup
		for range 100 {
			clicks.Go(func() {
				if _, err := w.Connect(t.Context(), w.request()); err != nil {
					t.Error(err)
				}
			})
		}
		clicks.Wait()
		if live := w.Attempts(); len(live) != 1 {
			t.Errorf("%d sign-ins are under way, want one", len(live))
		}
	})

	t.Run("a provider that fails once after the consent is asked again, and the person is not", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.provider.outage = 1
		a := w.signIn(w.request())
		if a.State != connection.Choosing || w.browser.opened != 1 || w.provider.inspected != 2 {
			t.Errorf("%s after %d sign-ins and %d inspections", a.State, w.browser.opened, w.provider.inspected)
		}
	})

	t.Run("what comes after the cancel is dropped", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		held := make(chan struct{})
		w.provider.held = held
		a, err := w.Connect(t.Context(), w.request())
		w.must(err)
		w.browser.comeBack("code")
		w.until(a.ID, connection.Reading)
		w.must(w.Cancel(a.ID))
		close(held)
		<-w.browser.current.closed
		w.wantCode(w.settled(a.ID).Err, problem.SignInCancelled)
		if _, err := w.Select(t.Context(), a.ID, []string{"1"}); problem.CodeOf(err) != problem.SignInEnded {
			t.Errorf("choosing afterwards: %v", err)
		}
		w.wantWhole("afterwards")
	})

	t.Run("the refusal of the person is told as such", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		a, err := w.Connect(t.Context(), w.request())
		w.must(err)
		w.browser.refuse(problem.New(problem.ConsentDenied, nil))
		<-w.browser.current.closed
		w.wantCode(w.settled(a.ID).Err, problem.ConsentDenied)
	})

	t.Run("without an app or its secret nothing starts", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		clear(w.vault.entries)
		_, err := w.Connect(t.Context(), w.request())
		w.wantCode(err, problem.AppSecretMissing)
		w.must(w.RemoveApp(t.Context(), social.Meta))
		_, err = w.Connect(t.Context(), w.request())
		w.wantCode(err, problem.AppMissing)
	})

	t.Run("without a browser the address can be opened by hand", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		request := w.request()
		request.NoBrowser = true
		a, err := w.Connect(t.Context(), request)
		w.must(err)
		if a.BrowserOpened || a.AuthorizeURL == "" {
			t.Errorf("opened=%v, address %q", a.BrowserOpened, a.AuthorizeURL)
		}
		w.browser.comeBack("code")
		w.until(a.ID, connection.Choosing)
		if w.browser.opened != 0 {
			t.Error("a browser was opened all the same")
		}
	})
}

// settled waits until nothing more will come of an attempt.
func (w *world) settled(id string) connection.Attempt {
	w.t.Helper()
	for {
		w.mu.Lock()
		changed := w.changed
		w.mu.Unlock()
		a, err := w.Attempt(id)
		w.must(err)
		if a.State == connection.Failed || a.State == connection.Done {
			return a
		}
		<-changed
	}
}

// Covers CB31, GR07, T10.
func TestReconnect(t *testing.T) {
	t.Parallel()

	t.Run("keeps ids, heals every account and erases the old token", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1", "91")
		before, page, grant := w.vault.refs(), w.account("1"), w.grants()[0]
		w.provider.set(func() { clear(w.provider.live) })
		_, err := w.Check(t.Context(), nil)
		w.must(err)
		if h := w.health("1"); h.Health != social.Reconnect || h.Cause != social.CauseAppRemoved {
			t.Fatalf("before: %+v", h)
		}
		request := w.request()
		request.GrantID = grant.ID
		_, err = w.Select(t.Context(), w.signIn(request).ID, nil)
		w.must(err)
		if diff := cmp.Diff(page.ID, w.account("1").ID); diff != "" {
			t.Errorf("the account changed its id: %s", diff)
		}
		for _, id := range []string{"1", "91"} {
			if h := w.health(id); h.Health != social.Healthy {
				t.Errorf("account %s is %+v", id, h)
			}
		}
		renewed := w.grants()
		if len(renewed) != 1 || renewed[0].ID != grant.ID || renewed[0].TokenVersion != grant.TokenVersion+1 {
			t.Errorf("logins: %+v", renewed)
		}
		if after := w.vault.refs(); len(after) != len(before) || after[grant.TokenRef] {
			t.Error("the old token is still in the keychain")
		}
	})

	t.Run("E14 refuses another person before anything is saved", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		grant := w.grants()[0]
		w.provider.set(func() { w.provider.person = social.Subject{ID: "20", Name: "Maria Lima"} })
		request := w.request()
		request.GrantID = grant.ID
		a, err := w.Connect(t.Context(), request)
		w.must(err)
		w.browser.comeBack("code")
		failed := w.settled(a.ID)
		w.wantCode(failed.Err, problem.WrongPerson)
		want := map[string]string{"expected": "João Prado", "received": "Maria Lima"}
		if diff := cmp.Diff(want, problem.From(failed.Err).Args); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]social.Grant{grant}, w.grants()); diff != "" {
			t.Error(diff)
		}
	})

	t.Run("an account that left the grant is kept as missing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1", "2")
		w.provider.set(func() { w.provider.candidates = w.provider.candidates[:1] })
		w.connect()
		if h := w.health("2"); h.Health != social.Missing {
			t.Errorf("account 2 is %+v", h)
		}
	})

	t.Run("E16 an incomplete list removes nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1", "2")
		w.provider.set(func() { w.provider.candidates, w.provider.incomplete = w.provider.candidates[:1], true })
		w.connect()
		if h := w.health("2"); h.Health != social.Healthy {
			t.Errorf("account 2 is %+v", h)
		}
	})
}

func TestSelect(t *testing.T) {
	t.Parallel()

	t.Run("names the candidate that cannot be connected and offers again", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		a := w.signIn(w.request())
		_, err := w.Select(t.Context(), a.ID, []string{"1", "3"})
		w.wantCode(err, problem.CandidateUnusable)
		if name := problem.From(err).Args["name"]; name != "Loja" {
			t.Errorf("named %q", name)
		}
		w.wantNothingStored()
		_, err = w.Select(t.Context(), a.ID, []string{"1"})
		w.must(err)
	})

	t.Run("a keychain that saves nothing changes nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		before := w.grants()
		a := w.signIn(w.request())
		w.vault.set(problem.New(problem.KeychainLocked, nil))
		_, err := w.Select(t.Context(), a.ID, []string{"2"})
		w.wantCode(err, problem.KeychainLocked)
		w.vault.set(nil)
		if diff := cmp.Diff(before, w.grants()); diff != "" {
			t.Error(diff)
		}
		_, err = w.Select(t.Context(), a.ID, []string{"2"})
		w.must(err)
	})

	t.Run("a candidate that is named twice is connected once", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		if done := w.connect("1", "1"); len(done.Connected) != 1 {
			t.Errorf("connected: %v", done.Connected)
		}
	})

	t.Run("nothing chosen is said, not saved", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		_, err := w.Select(t.Context(), w.signIn(w.request()).ID, nil)
		w.wantCode(err, problem.NothingSelected)
		w.wantNothingStored()
	})

	t.Run("twice at once saves once", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		a := w.signIn(w.request())
		errs := make(chan error, 2)
		for range 2 {
			go func() {
				_, err := w.Select(context.Background(), a.ID, []string{"1"})
				errs <- err
			}()
		}
		first, second := <-errs, <-errs
		if (first == nil) == (second == nil) {
			t.Fatalf("got %v and %v, want one success", first, second)
		}
		if len(w.grants()) != 1 {
			t.Error("the login was stored twice")
		}
	})

	t.Run("an account that was here before comes back under its id", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1", "2")
		former := w.account("2").ID
		_, err := w.Disconnect(t.Context(), former, false)
		w.must(err)
		w.connect("2")
		if again := w.account("2"); again.ID != former || again.State != social.AccountActive {
			t.Errorf("came back as %+v", again)
		}
	})

	t.Run("the same Page may live in two projects", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		other, err := w.AddProject(t.Context(), "Outro")
		w.must(err)
		request := w.request()
		request.ProjectID = other.ID
		_, err = w.Select(t.Context(), w.signIn(request).ID, []string{"1"})
		w.must(err)
		accounts, err := w.db.Accounts(t.Context())
		w.must(err)
		if len(accounts) != 2 || len(w.grants()) != 1 {
			t.Errorf("%d accounts on %d logins, want 2 on 1", len(accounts), len(w.grants()))
		}
	})
}

func (w *world) wantNothingStored() {
	w.t.Helper()
	accounts, err := w.db.Accounts(w.t.Context())
	w.must(err)
	if len(w.grants()) != 0 || len(accounts) != 0 || len(w.vault.refs()) != 1 {
		w.t.Error("something was stored")
	}
}

func (w *world) health(remoteID string) social.Assessment {
	w.t.Helper()
	a := w.account(remoteID)
	for _, g := range w.grants() {
		if g.ID == a.GrantID {
			return social.DefaultPolicy().Assess(a, g, w.now())
		}
	}
	return social.DefaultPolicy().Assess(a, social.Grant{}, w.now())
}
