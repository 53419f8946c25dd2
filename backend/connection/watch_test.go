package connection_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// populate stores logins of one Page each, as sign-ins of so many people would
// have done, all well at the present and due in a day.
func (w *world) populate(logins int) []string {
	w.t.Helper()
	var ids []string
	for n := range logins {
		id := social.GrantID(fmt.Sprintf("g%04d", n))
		kind := map[social.Provider]social.AccountKind{social.Meta: social.FacebookPage, social.LinkedIn: social.LinkedInOrganization}[w.provider.ID()]
		token, who := "token of "+string(id), social.Subject{ID: "s" + string(id), Name: "Ana"}
		g := social.Grant{
			ID: id, Provider: w.provider.ID(), ClientID: w.clientID(), Subject: who, State: social.GrantActive, TokenRef: social.TokenRef("ref " + id),
			TokenVersion: 1, Verdict: social.Verdict{}.Good(w.now()), ConnectedAt: w.now(),
		}
		g.DueAt = social.DefaultSchedule().Next(g)
		account := social.Account{
			ID: social.AccountID("a" + id), ProjectID: w.project, GrantID: id, Provider: w.provider.ID(), Kind: kind,
			RemoteID: "r" + string(id), Name: "Café", State: social.AccountActive, Standing: social.StandingPresent,
			Capabilities: social.Capabilities{social.Publish: social.Granted}, Clocks: social.Clocks{Token: social.Never(social.Assumed)}, ConnectedAt: w.now(),
		}
		intent := social.Intent{ID: "i" + string(id), GrantID: id, TokenRef: g.TokenRef, StartedAt: w.now()}
		w.must(w.db.Begin(w.t.Context(), intent))
		w.must(w.vault.PutTokens(w.t.Context(), g.TokenRef, social.TokenSet{Access: social.NewSecret(token)}))
		w.must(w.db.Activate(w.t.Context(), intent, g, []social.Account{account}, nil))
		w.provider.set(func() {
			w.provider.live[token], w.provider.people[token] = true, who
			found := page(account.RemoteID, "Café")
			found.Kind = kind
			w.provider.candidates = append(w.provider.candidates, found)
		})
		ids = append(ids, string(id))
	}
	return ids
}

// clientID is the app's that w has set up.
func (w *world) clientID() string {
	apps, err := w.db.ProviderApps(w.t.Context())
	w.must(err)
	for _, app := range apps {
		if app.Provider == w.provider.ID() {
			return app.ClientID
		}
	}
	w.t.Fatal("no app")
	return ""
}

// due lists what the watcher would look at now.
func (w *world) due() []string {
	w.t.Helper()
	ids, _, err := w.Due(w.t.Context(), w.now(), time.Time{})
	w.must(err)
	return ids
}

// look does what the watcher does when something is due, and returns how many
// logins the provider was asked about.
func (w *world) look() (asked int) {
	w.t.Helper()
	before := w.inspected()
	w.must(w.Look(w.t.Context(), w.due()))
	return w.inspected() - before
}

func (w *world) inspected() (n int) {
	w.provider.set(func() { n = w.provider.inspected })
	return n
}

func offline() error {
	return &social.Trouble{Cause: social.CauseOffline, Err: problem.New(problem.Offline, nil)}
}

func TestTheWatcherLooks(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour

	t.Run("at each login once a day, at a time of its own", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ids := w.populate(20)
		w.pass(day - time.Second)
		if got := w.due(); len(got) != 0 {
			t.Fatalf("due within the day: %v", got)
		}
		w.pass(30 * time.Minute)
		early := len(w.due())
		if early == 0 || early == len(ids) {
			t.Errorf("%d of %d are due half an hour later, want some", early, len(ids))
		}
		w.pass(time.Hour)
		if got := w.look(); got != len(ids) {
			t.Errorf("asked about %d, want %d", got, len(ids))
		}
		if got := w.due(); len(got) != 0 {
			t.Errorf("still due: %v", got)
		}
		_, next, err := w.Due(t.Context(), w.now(), time.Time{})
		w.must(err)
		if wait := next.Sub(w.now()); wait < day || wait > day+time.Hour {
			t.Errorf("the next is due in %s", wait)
		}
	})

	t.Run("again at those that nobody asked about for half a day, after a start", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.populate(3)
		w.pass(11 * time.Hour)
		for _, c := range []struct{ pass, asked time.Duration }{{0, 12 * time.Hour}, {2 * time.Hour, 12 * time.Hour}} {
			w.pass(c.pass)
			ids, _, err := w.Due(t.Context(), w.now(), w.now().Add(-c.asked))
			w.must(err)
			if got, want := len(ids), map[bool]int{false: 0, true: 3}[c.pass > 0]; got != want {
				t.Errorf("%s later: %d are due, want %d", c.pass, got, want)
			}
		}
	})

	t.Run("CK03 at those that a clock which ran ahead put off for years", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.populate(2)
		w.pass(3650 * day)
		w.look()
		w.pass(-3650 * day)
		if got := w.due(); len(got) != 2 {
			t.Errorf("due with the clock right again: %v", got)
		}
	})

	t.Run("writes only what is not as it was", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ids := w.populate(10)
		w.pass(day + time.Hour)
		w.look() // what populate left out is written once
		before := *w.counts()
		w.provider.set(func() {
			i := slices.IndexFunc(w.provider.candidates, func(c social.Candidate) bool { return c.RemoteID == "r"+ids[3] })
			w.provider.candidates[i].Name = "Outro nome"
		})
		w.pass(day + time.Hour)
		if got := w.look(); got != 10 {
			t.Fatalf("asked about %d", got)
		}
		after := *w.counts()
		if after.checks-before.checks != 10 || after.accounts-before.accounts != 1 {
			t.Errorf("wrote %d logins and %d accounts, want 10 and 1", after.checks-before.checks, after.accounts-before.accounts)
		}
		if got := w.account("r" + ids[3]).Name; got != "Outro nome" {
			t.Errorf("the account is called %q", got)
		}
	})

	t.Run("at the others though nothing can be stored of one, or it has gone", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ids := w.populate(12)
		w.written.full[social.GrantID(ids[0])] = true
		w.pass(day + time.Hour)
		due := w.due()
		w.must(w.db.CloseGrant(t.Context(), social.GrantID(ids[5]), w.now(), nil))
		if err := w.Look(t.Context(), due); err == nil {
			t.Error("nobody is told that nothing could be stored")
		}
		if got := w.due(); !slices.Equal(got, ids[:1]) {
			t.Errorf("still due: %v, want %v", got, ids[:1])
		}
	})
}

// counts is what checks have written so far.
func (w *world) counts() *struct{ checks, accounts int } {
	w.written.mu.Lock()
	defer w.written.mu.Unlock()
	return &struct{ checks, accounts int }{w.written.checks, w.written.accounts}
}

// Covers NW01.
func TestTheWatcherOffline(t *testing.T) {
	t.Parallel()

	t.Run("one call serves 200 logins", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.populate(200)
		w.pass(26 * time.Hour)
		w.provider.set(func() { w.provider.trouble = offline() })
		if got := w.look(); got != 1 {
			t.Fatalf("asked about %d, want one", got)
		}
		if !w.Offline() {
			t.Error("nobody is told that the computer is offline")
		}
		for _, g := range w.grants() {
			if g.Verdict.Cause != social.CauseOffline || g.Verdict.Tries != 1 || g.Verdict.GoodAt.IsZero() {
				t.Fatalf("%s is noted as %+v", g.ID, g.Verdict)
			}
		}
		// And again after 1, 5, 15, 30, 60 and 60 minutes, not before.
		for i, pause := range []time.Duration{1, 5, 15, 30, 60, 60} {
			w.pass(pause*time.Minute - time.Second)
			if got := len(w.due()); got != 0 {
				t.Errorf("try %d: %d are due before its time", i+2, got)
			}
			w.pass(time.Second)
			if due := len(w.due()); due != 200 {
				t.Errorf("try %d: %d are due at its time", i+2, due)
			}
			if got := w.look(); got != 1 {
				t.Errorf("try %d: asked about %d", i+2, got)
			}
		}
		w.provider.set(func() { w.provider.trouble = nil })
		w.pass(time.Hour)
		if got := w.look(); got != 200 {
			t.Errorf("back online, asked about %d", got)
		}
		if w.Offline() {
			t.Error("still said to be offline")
		}
	})

	t.Run("what the provider wants is obeyed, and a person may ask all the same", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.populate(1)
		w.pass(26 * time.Hour)
		w.provider.set(func() {
			w.provider.trouble = &social.Trouble{Cause: social.CauseRateLimited, RetryAfter: 6 * time.Hour}
		})
		w.look()
		w.pass(6*time.Hour - time.Second)
		// Not even a start hastens it.
		ids, _, err := w.Due(t.Context(), w.now(), w.now())
		w.must(err)
		if len(ids) != 0 {
			t.Error("asked again before the provider wants to be")
		}
		before := w.inspected()
		w.check()
		if w.inspected() != before+1 {
			t.Error("a person who asks was refused")
		}
	})
}

// Covers T11.
func TestAWithdrawalIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.connect("1")
	w.provider.set(func() { w.provider.unreached = offline() })
	_, err := w.Disconnect(t.Context(), w.account("1").ID, true)
	w.must(err)
	for i, pause := range []time.Duration{0, 1, 5, 15, 30, 60, 60} {
		w.pass(pause*time.Minute - time.Second)
		if got := w.due(); i > 0 && len(got) != 0 {
			t.Errorf("try %d is due before its time", i)
		}
		w.pass(time.Second)
		if got := w.due(); len(got) != 1 {
			t.Fatalf("try %d: due are %v", i, got)
		}
		w.must(w.Look(t.Context(), w.due()))
	}
	w.provider.set(func() { w.provider.unreached = nil })
	w.pass(time.Hour)
	w.must(w.Look(t.Context(), w.due()))
	if left := w.grants(); len(left) != 0 {
		t.Errorf("the login is still there: %+v", left)
	}
	if ids, next, err := w.Due(t.Context(), w.now(), time.Time{}); err != nil || len(ids) != 0 || !next.IsZero() {
		t.Errorf("due are %v, next at %v (%v)", ids, next, err)
	}
}

func TestACheckTellsHowFarItHasCome(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ids := w.populate(9)
	if done, total := w.Checking(); done != 0 || total != 0 {
		t.Errorf("with no check under way: %d of %d", done, total)
	}
	w.provider.held = make(chan struct{})
	ended := make(chan error, 2)
	for range 2 { // two checks count together
		go func() { ended <- w.Look(context.WithoutCancel(t.Context()), ids) }()
	}
	w.checking(0, 18)
	for n := range 17 {
		w.provider.held <- struct{}{}
		w.checking(n+1, 18)
	}
	w.provider.held <- struct{}{}
	w.must(<-ended)
	w.must(<-ended)
	w.checking(0, 0)
}

// checking waits until a check under way has come so far.
func (w *world) checking(done, total int) {
	w.t.Helper()
	for begun := time.Now(); ; runtime.Gosched() {
		gotDone, gotTotal := w.Checking()
		if gotDone == done && gotTotal == total {
			return
		}
		if time.Since(begun) > 10*time.Second {
			w.t.Fatalf("a check has come to %d of %d, want %d of %d", gotDone, gotTotal, done, total)
		}
	}
}

// TestOneRequestForEachRenewal lets 64 goroutines at a time find that one access
// is about to end. The network takes each refresh token once, and a second
// request with it would end the access.
//
// Covers G9, TK18, T6.
func TestOneRequestForEachRenewal(t *testing.T) {
	t.Parallel()
	w := renewable(t, 5*24*time.Hour)
	w.provider.strict = true
	for round := 1; round <= often(3, 100); round++ {
		w.renewAtOnce(round)
	}
	w.wantWhole("afterwards")
}

const (
	atOnce     = 64
	renewalGap = 55 * 24 * time.Hour
)

// renewAtOnce has everybody check while the access ends soon, and holds the
// requests to the renewals.
func (w *world) renewAtOnce(renewals int) {
	w.t.Helper()
	w.ends(60 * 24 * time.Hour)
	var running sync.WaitGroup
	for range atOnce {
		running.Go(func() {
			if _, err := w.Check(w.t.Context(), nil); err != nil {
				w.t.Error(err)
			}
		})
	}
	running.Wait()
	g := w.grants()[0]
	if w.provider.refreshed != renewals || g.TokenVersion != renewals+1 || w.health("1").Health != social.Healthy {
		w.t.Fatalf("%d requests for %d renewals, version %d, %+v", w.provider.refreshed, renewals, g.TokenVersion, w.health("1"))
	}
	w.pass(renewalGap)
}

// Covers T5, TK19.
func TestARefusedRenewalIsBelievedOnlyOfTheStoredToken(t *testing.T) {
	t.Parallel()
	w := renewable(t, 5*24*time.Hour)
	w.ends(60 * 24 * time.Hour)
	// Somebody else renews in between: the vault holds another token than the
	// one that was read.
	ref := w.grants()[0].TokenRef
	stored, err := w.vault.Tokens(t.Context(), ref)
	w.must(err)
	w.provider.set(func() { delete(w.provider.live, stored.Refresh.Reveal()) })
	newer := stored
	newer.Refresh = social.NewSecret("newer refresh")
	w.provider.set(func() { w.provider.live["newer refresh"] = true })
	w.provider.refreshing = func() { w.must(w.vault.PutTokens(context.WithoutCancel(t.Context()), ref, newer)) }
	w.check()
	if g := w.grants()[0]; w.provider.refreshed != 2 || g.TokenVersion != 2 {
		t.Errorf("asked %d times, version %d: the refusal of a spent token was believed", w.provider.refreshed, g.TokenVersion)
	}
}
