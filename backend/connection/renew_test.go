package connection_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Refresh renews: the fake network takes each refresh token once.
func (p *provider) Refresh(_ context.Context, _ social.ProviderApp, _ social.Secret, tokens social.TokenSet) (social.Login, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refreshed++
	if p.refreshing != nil {
		p.refreshing()
	}
	if p.refreshTrouble != nil {
		return social.Login{}, p.refreshTrouble
	}
	if !p.live[tokens.Refresh.Reveal()] {
		return social.Login{}, &social.Trouble{Cause: social.CauseExpired, Refused: true, Explicit: true}
	}
	delete(p.live, tokens.Refresh.Reveal())
	if p.strict {
		delete(p.live, tokens.Access.Reveal())
	}
	return p.issue(), nil
}

// issue makes a new token, and a refresh token where the network has them. The
// caller holds the lock.
func (p *provider) issue() social.Login {
	p.issued++
	token := "token " + strconv.Itoa(p.issued) + p.padding
	p.live[token] = true
	login := social.Login{Tokens: social.TokenSet{Access: social.NewSecret(token)}, Clocks: p.clocks}
	if p.refreshes {
		p.live["refresh "+token] = true
		login.Tokens.Refresh = social.NewSecret("refresh " + token)
	}
	p.kept()
	return login
}

// renewable connects a Page under a login that can be renewed and ends in d.
func renewable(t *testing.T, d time.Duration) *world {
	t.Helper()
	w := newWorld(t)
	w.provider.set(func() { w.provider.refreshes = true })
	w.ends(d)
	w.connect("1")
	return w
}

// ends makes what the network issues from now on end in d.
func (w *world) ends(d time.Duration) {
	at := w.now().Add(d)
	w.provider.set(func() {
		w.provider.clocks.Token = social.ExpiresAt(at, social.ToldByProvider)
		w.provider.clocks.Refresh = social.ExpiresAt(at.Add(300*24*time.Hour), social.ToldByProvider)
	})
}

func (w *world) check() {
	w.t.Helper()
	_, err := w.Check(w.t.Context(), nil)
	w.must(err)
}

// Covers PL03, TK15, TK16, TK17, T6, T7.
func TestRenewWithoutThePerson(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour

	t.Run("happens when the end is near, and is stored", func(t *testing.T) {
		t.Parallel()
		w := renewable(t, 60*day)
		before := w.grants()[0]
		w.ends(110 * day)
		w.pass(49 * day)
		w.check()
		if w.provider.refreshed != 0 {
			t.Fatal("renewed with eleven days left")
		}
		w.pass(2 * day)
		w.check()
		after := w.grants()[0]
		if w.provider.refreshed != 1 || after.TokenVersion != before.TokenVersion+1 || !after.Clocks.Token.At.After(before.Clocks.Token.At) {
			t.Fatalf("renewed %d times: %+v", w.provider.refreshed, after)
		}
		if h := w.health("1"); h.Health != social.Healthy {
			t.Errorf("health: %+v", h)
		}
		w.wantWhole("after the renewal")
	})

	t.Run("is stored though the program is told to end, and its caller goes, in the middle", func(t *testing.T) {
		t.Parallel()
		w := renewable(t, 5*day)
		w.ends(60 * day)
		begun, answer, closed := make(chan struct{}), make(chan struct{}), make(chan struct{})
		w.provider.refreshing = func() { close(begun); <-answer }
		ctx, goes := context.WithCancel(t.Context())
		go func() { _, _ = w.Check(ctx, nil) }()
		<-begun
		goes()
		go func() { w.Close(); close(closed) }()
		close(answer)
		<-closed
		w.provider.refreshing = nil
		w.restart()
		if g := w.grants()[0]; g.TokenVersion != 2 || w.provider.refreshed != 1 {
			t.Errorf("version %d after %d renewals", g.TokenVersion, w.provider.refreshed)
		}
		w.wantWhole("after the restart")
	})

	t.Run("E01 keeps the refresh token when none comes back", func(t *testing.T) {
		t.Parallel()
		w := renewable(t, 5*day)
		tokens, err := w.vault.Tokens(t.Context(), w.grants()[0].TokenRef)
		w.must(err)
		w.provider.set(func() { w.provider.refreshes = false })
		w.check()
		renewed, err := w.vault.Tokens(t.Context(), w.grants()[0].TokenRef)
		w.must(err)
		if !renewed.Refresh.Equal(tokens.Refresh) || renewed.Access.Equal(tokens.Access) {
			t.Error("the refresh token was lost, or the access not renewed")
		}
	})

	t.Run("E12 a keychain that refuses the new token loses nothing and spends nothing twice", func(t *testing.T) {
		t.Parallel()
		w := renewable(t, 5*day)
		w.ends(60 * day)
		w.faults.arm(2, false) // Begin is the first change, the keychain's the second
		w.check()
		if g := w.grants()[0]; w.health("1").Health == social.Reconnect || g.TokenVersion != 1 {
			t.Fatalf("health %+v, version %d", w.health("1"), g.TokenVersion)
		}
		w.faults.arm(0, false)
		w.check()
		if g := w.grants()[0]; w.provider.refreshed != 1 || g.TokenVersion != 2 {
			t.Errorf("asked %d times, version %d", w.provider.refreshed, g.TokenVersion)
		}
		w.wantWhole("afterwards")
	})

	t.Run("a renewed access that was never stored is forgotten once the person signs in", func(t *testing.T) {
		t.Parallel()
		w := renewable(t, 5*day)
		w.faults.arm(2, false)
		w.check()
		w.faults.arm(0, false)
		w.ends(5 * day)
		w.connect()
		signedIn, err := w.vault.Tokens(t.Context(), w.grants()[0].TokenRef)
		w.must(err)
		refreshed := w.provider.refreshed
		w.check()
		if w.provider.refreshed != refreshed+1 {
			t.Error("the stale access was stored over the new login")
		}
		renewed, err := w.vault.Tokens(t.Context(), w.grants()[0].TokenRef)
		w.must(err)
		if renewed.Access.Equal(signedIn.Access) {
			t.Error("the login was not renewed")
		}
	})

	t.Run("a refusal leaves the access that still lives", func(t *testing.T) {
		t.Parallel()
		w := renewable(t, 5*day)
		w.provider.set(func() { w.provider.refreshTrouble = problem.New(problem.AccessEnded, nil) })
		w.check()
		if h := w.health("1"); h.Health != social.Expiring {
			t.Errorf("health: %+v", h)
		}
	})

	t.Run("is not tried without a refresh token", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.ends(5 * day)
		w.connect("1")
		w.check()
		if w.provider.refreshed != 0 {
			t.Error("tried all the same")
		}
	})

	t.Run("killed at any step loses no account and leaves nothing behind", func(t *testing.T) {
		t.Parallel()
		for step := 1; step <= 5; step++ {
			w := renewable(t, 5*day)
			w.ends(60 * day)
			w.faults.arm(step, true)
			_, _ = w.Check(t.Context(), nil)
			w.faults.arm(0, false)
			w.restart()
			w.wantWhole("step " + strconv.Itoa(step))
			if diff := cmp.Diff(social.AccountActive, w.account("1").State); diff != "" {
				t.Error(diff)
			}
		}
	})
}
