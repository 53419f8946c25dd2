package connection_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Covers T11, UI08.
func TestDisconnect(t *testing.T) {
	t.Parallel()

	t.Run("one of several forgets its Page token and leaves the others", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1", "2")
		result, err := w.Disconnect(t.Context(), w.account("2").ID, false)
		w.must(err)
		if result.Outcome != social.StillListed || result.WholeLogin {
			t.Errorf("result: %+v", result)
		}
		if diff := cmp.Diff([]string{"2"}, w.provider.released); diff != "" {
			t.Errorf("released: %s", diff)
		}
		tokens, err := w.vault.Tokens(t.Context(), w.grants()[0].TokenRef)
		w.must(err)
		if _, kept := tokens.Pages["2"]; kept || len(tokens.Pages) != 1 {
			t.Error("the Page's token is still in the keychain")
		}
		if w.account("1").State != social.AccountActive || w.account("2").State != social.AccountDisconnected {
			t.Error("the wrong account went")
		}
		w.wantWhole("afterwards")
	})

	t.Run("a Page keeps its token while its Instagram account needs it", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1", "91")
		_, err := w.Disconnect(t.Context(), w.account("1").ID, false)
		w.must(err)
		tokens, err := w.vault.Tokens(t.Context(), w.grants()[0].TokenRef)
		w.must(err)
		if tokens.Pages["1"].Empty() {
			t.Error("the Instagram account has lost its access")
		}
	})

	t.Run("the last account takes the login with it", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		result, err := w.Disconnect(t.Context(), w.account("1").ID, false)
		w.must(err)
		if result.Outcome != social.Withdrawn || !result.WholeLogin || len(w.grants()) != 0 {
			t.Errorf("result: %+v, logins: %d", result, len(w.grants()))
		}
		w.wantNothingInKeychain()
	})

	t.Run("E10 a login that the provider still lists is told as such", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.provider.withdrawal = social.StillListed
		w.connect("1", "2")
		result, err := w.Disconnect(t.Context(), w.account("1").ID, true)
		w.must(err)
		if result.Outcome != social.StillListed || len(result.Closed) != 2 {
			t.Errorf("result: %+v", result)
		}
		w.wantNothingInKeychain()
	})

	t.Run("a provider out of reach is told later", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		offline := problem.New(problem.Offline, errors.New("no route"))
		w.provider.set(func() { w.provider.unreached = offline })
		result, err := w.Disconnect(t.Context(), w.account("1").ID, false)
		w.must(err)
		if result.Outcome != social.Unreachable || problem.CodeOf(result.Problem) != problem.Offline {
			t.Errorf("result: %+v", result)
		}
		if w.account("1").State != social.AccountDisconnected || w.grants()[0].State != social.GrantRevoking {
			t.Error("the account is not gone here, or the withdrawal is forgotten")
		}
		w.restart()
		ids, _, err := w.Due(t.Context(), w.now().Add(time.Hour), time.Time{})
		w.must(err)
		if len(ids) != 1 {
			t.Fatalf("due: %v, want the withdrawal", ids)
		}
		w.provider.set(func() { w.provider.unreached = nil })
		w.must(w.Look(t.Context(), ids))
		if len(w.grants()) != 0 {
			t.Error("the login is not withdrawn")
		}
		w.wantNothingInKeychain()
	})

	t.Run("signing in again takes a pending withdrawal back", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		w.provider.set(func() { w.provider.unreached = errors.New("offline") })
		_, err := w.Disconnect(t.Context(), w.account("1").ID, true)
		w.must(err)
		w.connect("1")
		if g := w.grants(); len(g) != 1 || g[0].State != social.GrantActive || w.account("1").State != social.AccountActive {
			t.Errorf("logins: %+v", g)
		}
		w.wantWhole("afterwards")
	})

	t.Run("E15 a token that is gone does not stand in the way", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		w.must(w.vault.Delete(t.Context(), w.grants()[0].TokenRef))
		_, err := w.Disconnect(t.Context(), w.account("1").ID, false)
		w.must(err)
		if len(w.grants()) != 0 {
			t.Error("the broken login cannot be removed")
		}
	})

	t.Run("a locked keychain is said, and nothing is changed", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		before := w.grants()
		w.vault.set(problem.New(problem.KeychainLocked, nil))
		_, err := w.Disconnect(t.Context(), w.account("1").ID, true)
		w.wantCode(err, problem.KeychainLocked)
		if diff := cmp.Diff(before, w.grants()); diff != "" {
			t.Error(diff)
		}
	})

	t.Run("during a check leaves nothing behind, whichever of the two is first", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1", "2")
		account := w.account("1").ID
		held, checked, gone := make(chan struct{}), make(chan error, 1), make(chan error, 1)
		w.provider.held = held
		go func() { _, err := w.Check(t.Context(), nil); checked <- err }()
		go func() { _, err := w.Disconnect(t.Context(), account, true); gone <- err }()
		close(held)
		w.must(<-gone)
		w.must(<-checked)
		for _, id := range []string{"1", "2"} {
			if got := w.account(id).State; got != social.AccountDisconnected {
				t.Errorf("%s is %s", id, got)
			}
		}
		w.wantWhole("afterwards")
	})

	t.Run("twice is not found the second time", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1", "2")
		id := w.account("1").ID
		_, err := w.Disconnect(t.Context(), id, false)
		w.must(err)
		_, err = w.Disconnect(t.Context(), id, false)
		w.wantCode(err, problem.NotFound)
	})
}

func (w *world) wantNothingInKeychain() {
	w.t.Helper()
	// The app's secret stays.
	if left := len(w.vault.refs()); left != 1 {
		w.t.Errorf("%d entries are in the keychain, want the app's secret alone", left)
	}
}

func TestSetApp(t *testing.T) {
	t.Parallel()

	t.Run("a new secret replaces the old one without a trace", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		app, err := w.SetApp(t.Context(), social.ProviderApp{Provider: social.Meta, ClientID: "app"}, social.NewSecret("second"))
		w.must(err)
		secret, err := w.vault.Secret(t.Context(), app.SecretRef)
		w.must(err)
		if !secret.Equal(social.NewSecret("second")) || len(w.vault.refs()) != 1 {
			t.Errorf("%d entries", len(w.vault.refs()))
		}
	})

	t.Run("no secret keeps the stored one", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		before := w.vault.refs()
		_, err := w.SetApp(t.Context(), social.ProviderApp{Provider: social.Meta, ClientID: "app", APIVersion: "v27.0"}, social.Secret{})
		w.must(err)
		if diff := cmp.Diff(before, w.vault.refs()); diff != "" {
			t.Error(diff)
		}
	})

	t.Run("an app that logins hang on is neither exchanged nor removed", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		_, err := w.SetApp(t.Context(), social.ProviderApp{Provider: social.Meta, ClientID: "other"}, social.Secret{})
		w.wantCode(err, problem.AppInUse)
		w.wantCode(w.RemoveApp(t.Context(), social.Meta), problem.AppInUse)
	})

	t.Run("settings that cannot work name the field", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		for field, app := range map[string]social.ProviderApp{
			"provider":     {Provider: "myspace", ClientID: "1"},
			"client_id":    {Provider: social.Meta, ClientID: "a b"},
			"redirect":     {Provider: social.Meta, ClientID: "1", Redirect: social.RedirectNative},
			"ports":        {Provider: social.Meta, ClientID: "1", Ports: []int{80}},
			"relay_url":    {Provider: social.Meta, ClientID: "1", Redirect: social.RedirectRelay, RelayURL: "http://relay.example"},
			"api_version":  {Provider: social.Meta, ClientID: "1", APIVersion: "v26.0/me"},
			"login_config": {Provider: social.Meta, ClientID: "1", LoginConfig: "a&b"},
		} {
			_, err := w.SetApp(t.Context(), app, social.Secret{})
			w.wantCode(err, problem.AppInvalid)
			if got := problem.From(err).Args["field"]; got != field {
				t.Errorf("blamed %q, want %q", got, field)
			}
		}
	})
}

func TestProjects(t *testing.T) {
	t.Parallel()
	w := newWorld(t)

	_, err := w.AddProject(t.Context(), " \n ")
	w.wantCode(err, problem.ProjectNameInvalid)
	w.wantCode(w.RemoveProject(t.Context(), w.project), problem.ProjectLast)

	other, err := w.AddProject(t.Context(), "  Outro   projeto ")
	w.must(err)
	if other.Name != "Outro projeto" {
		t.Errorf("the name is %q", other.Name)
	}
	w.connect("1")
	w.wantCode(w.RemoveProject(t.Context(), w.project), problem.ProjectNotEmpty)
	w.must(w.RemoveProject(t.Context(), other.ID))
	w.wantCode(w.RenameProject(t.Context(), other.ID, "Novo"), problem.NotFound)
}
