package connection_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	driver "modernc.org/sqlite"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// steps counts the calls that leave the use cases (to the keychain, to the
// network, and each statement to the database) and makes some of them fail.
type steps struct {
	mu    sync.Mutex
	armed bool
	calls int
	fault fault
}

// fault says which calls fail, and how.
type fault struct {
	at, also int  // numbers of calls, from 1; 0 for none
	dead     bool // every later call fails, as if the program had been killed
	late     bool // the call is made all the same, and only its answer is lost
}

func (f fault) String() string {
	return fmt.Sprintf("call %d and %d, dead %v, late %v", f.at, f.also, f.dead, f.late)
}

func (s *steps) arm(f fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.armed, s.calls, s.fault = true, 0, f
}

// disarm reports whether the last of the fault's calls was made, and how many
// there were.
func (s *steps) disarm() (reached bool, calls int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.armed = false
	return s.calls >= max(s.fault.at, s.fault.also), s.calls
}

// fails counts a call and reports whether it is to fail.
func (s *steps) fails() (now, late bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.armed {
		return false, false
	}
	s.calls++
	now = s.calls == s.fault.at || s.calls == s.fault.also || s.fault.dead && s.calls > s.fault.at
	return now, s.fault.late && s.calls == s.fault.at
}

// around makes a call that may fail with err.
func around[T any](s *steps, err error, call func() (T, error)) (T, error) {
	now, late := s.fails()
	if !now {
		return call()
	}
	if late {
		_, _ = call()
	}
	var none T
	return none, err
}

func alone(call func() error) func() (struct{}, error) {
	return func() (struct{}, error) { return struct{}{}, call() }
}

// steppedVault is a keychain whose calls are steps.
type steppedVault struct {
	connection.Vault
	steps *steps
}

var errKeychain = problem.New(problem.KeychainTimeout, errFault)

func (v steppedVault) PutTokens(ctx context.Context, ref social.TokenRef, t social.TokenSet) error {
	_, err := around(v.steps, errKeychain, alone(func() error { return v.Vault.PutTokens(ctx, ref, t) }))
	return err
}

func (v steppedVault) Tokens(ctx context.Context, ref social.TokenRef) (social.TokenSet, error) {
	return around(v.steps, errKeychain, func() (social.TokenSet, error) { return v.Vault.Tokens(ctx, ref) })
}

func (v steppedVault) PutSecret(ctx context.Context, ref social.TokenRef, s social.Secret) error {
	_, err := around(v.steps, errKeychain, alone(func() error { return v.Vault.PutSecret(ctx, ref, s) }))
	return err
}

func (v steppedVault) Secret(ctx context.Context, ref social.TokenRef) (social.Secret, error) {
	return around(v.steps, errKeychain, func() (social.Secret, error) { return v.Vault.Secret(ctx, ref) })
}

func (v steppedVault) Delete(ctx context.Context, ref social.TokenRef) error {
	_, err := around(v.steps, errKeychain, alone(func() error { return v.Vault.Delete(ctx, ref) }))
	return err
}

// steppedProvider is a network whose calls are steps.
type steppedProvider struct {
	*provider
	steps *steps
}

var errNetwork = problem.New(problem.Offline, errFault)

func (p steppedProvider) Exchange(ctx context.Context, a social.ProviderApp, s social.Secret, c social.Callback) (social.Login, error) {
	return around(p.steps, errNetwork, func() (social.Login, error) { return p.provider.Exchange(ctx, a, s, c) })
}

func (p steppedProvider) Inspect(ctx context.Context, a social.ProviderApp, s social.Secret, l social.Login, g social.Progress) (social.Inspection, error) {
	return around(p.steps, errNetwork, func() (social.Inspection, error) { return p.provider.Inspect(ctx, a, s, l, g) })
}

func (p steppedProvider) Refresh(ctx context.Context, a social.ProviderApp, s social.Secret, t social.TokenSet) (social.Login, error) {
	return around(p.steps, errNetwork, func() (social.Login, error) { return p.provider.Refresh(ctx, a, s, t) })
}

func (p steppedProvider) Release(ctx context.Context, a social.ProviderApp, s social.Secret, account social.Account, t social.TokenSet) error {
	_, err := around(p.steps, errNetwork, alone(func() error { return p.provider.Release(ctx, a, s, account, t) }))
	return err
}

func (p steppedProvider) Withdraw(ctx context.Context, a social.ProviderApp, s social.Secret, who social.Subject, t social.TokenSet) (social.Withdrawal, error) {
	outcome, err := around(p.steps, errNetwork, func() (social.Withdrawal, error) { return p.provider.Withdraw(ctx, a, s, who, t) })
	if err != nil {
		outcome = social.Unreachable
	}
	return outcome, err
}

// stepped are the databases whose statements are steps, by path.
var stepped sync.Map

// hookDriver is called once, by TestMain.
func hookDriver() {
	statements := []driver.AuthorizerActionCode{
		driver.AuthSelect, driver.AuthInsert, driver.AuthUpdate, driver.AuthDelete, driver.AuthTransaction,
	}
	driver.RegisterConnectionHook(func(conn driver.ExecQuerierContext, dsn string) error {
		path, _, _ := strings.Cut(strings.TrimPrefix(dsn, "file://"), "?")
		found, ok := stepped.Load(path)
		if !ok {
			return nil
		}
		s, registerer := found.(*steps), conn.(driver.AuthorizerRegisterer) //nolint:forcetypeassert // ours, and the driver's word
		return registerer.RegisterAuthorizer(func(a driver.AuthorizerActionCode, what, _, _, _ string) driver.AuthorizerReturnCode {
			// A transaction that cannot be begun or ended fails; one that fails
			// is always rolled back.
			if slices.Contains(statements, a) && what != "ROLLBACK" {
				if now, _ := s.fails(); now {
					return driver.AuthorizerDeny
				}
			}
			return driver.AuthorizerOK
		})
	})
}

// steppedWorld is a world with one login of two accounts whose every call can be
// made to fail.
type steppedWorld struct {
	*world
	login           social.GrantID
	page, instagram social.AccountID
}

func newSteppedWorld(t *testing.T) *steppedWorld {
	t.Helper()
	w := bareWorld(t)
	w.steps = &steps{}
	stepped.Store(w.path, w.steps)
	t.Cleanup(func() { stepped.Delete(w.path) })
	w.secrets = steppedVault{w.vault, w.steps}
	w.provider.refreshes, w.provider.strict = true, true
	w.ends(60 * 24 * time.Hour)
	w.begin()
	w.connect("1", "91")
	return &steppedWorld{w, w.grants()[0].ID, w.account("1").ID, w.account("91").ID}
}

// useCases are everything that changes something, each with what may be taken
// away by it.
func useCases() map[string]func(*steppedWorld) error {
	return map[string]func(*steppedWorld) error{
		"connect":   func(w *steppedWorld) error { return w.tryConnect(w.request(), "2") },
		"reconnect": func(w *steppedWorld) error { r := w.request(); r.GrantID = w.login; return w.tryConnect(r) },
		"check":     func(w *steppedWorld) error { _, err := w.Check(w.t.Context(), nil); return err },
		"refresh": func(w *steppedWorld) error {
			w.ends(60 * 24 * time.Hour)
			w.pass(55 * 24 * time.Hour)
			_, err := w.Check(w.t.Context(), nil)
			return err
		},
		"disconnect_one": func(w *steppedWorld) error {
			_, err := w.Disconnect(w.t.Context(), w.instagram, false)
			return err
		},
		"disconnect_login": func(w *steppedWorld) error {
			_, err := w.Disconnect(w.t.Context(), w.page, true)
			return err
		},
		"set_app": func(w *steppedWorld) error {
			_, err := w.SetApp(w.t.Context(), social.ProviderApp{Provider: social.Meta, ClientID: "app"}, social.NewSecret("another"))
			return err
		},
		"project": func(w *steppedWorld) error { _, err := w.AddProject(w.t.Context(), "Outro"); return err },
	}
}

// tryConnect is connect for a sign-in that may fail at any point.
func (w *world) tryConnect(r connection.ConnectRequest, remoteIDs ...string) error {
	w.t.Helper()
	a, err := w.Connect(w.t.Context(), r)
	if err != nil {
		return err
	}
	w.browser.comeBack("code")
	for {
		w.mu.Lock()
		changed := w.changed
		w.mu.Unlock()
		switch a, err = w.Attempt(a.ID); {
		case err != nil:
			return err
		case a.State == connection.Failed:
			return a.Err
		case a.State == connection.Choosing:
			_, err := w.Select(w.t.Context(), a.ID, remoteIDs)
			return err
		}
		<-changed
	}
}

// TestEveryStepMayFail fails each call that a use case makes, in turn: to the
// keychain, to the network, each statement to the database; once, or with all
// that follow as in a kill, or so that only the answer is lost. What was there
// before is there after, the same thing asked again succeeds, and after a
// restart nothing is left over and the health says what the network knows.
//
// Covers G2, PL01, TK16, TK17.
func TestEveryStepMayFail(t *testing.T) {
	t.Parallel()
	for name, act := range useCases() {
		for kind, f := range map[string]fault{"once": {}, "from then on": {dead: true}, "answer lost": {late: true}} {
			t.Run(name+"/"+kind, func(t *testing.T) {
				t.Parallel()
				stride := 9
				if soak() {
					stride = 1
				}
				steps := 1
				for ; ; steps += stride {
					f.at = steps
					if !failStep(t, name, act, f) {
						break
					}
				}
				if steps < 4 {
					t.Errorf("only %d steps", steps)
				}
			})
		}
	}
}

// TestAnyTwoStepsMayFail is TestEveryStepMayFail for pairs of calls.
//
// Covers G2.
func TestAnyTwoStepsMayFail(t *testing.T) {
	t.Parallel()
	for name, act := range useCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stride := 11
			if soak() {
				stride = 1
			}
			pairs, calls := 0, callsOf(t, act)
			for first := 1; first <= calls; first += stride {
				// What is called after the first has failed ends where it ends.
				for second := first + 1; failStep(t, name, act, fault{at: first, also: second}); second += stride {
					pairs++
				}
			}
			t.Logf("%d pairs", pairs)
		})
	}
}

// callsOf counts the calls of a use case when none fails.
func callsOf(t *testing.T, act func(*steppedWorld) error) int {
	t.Helper()
	w := newSteppedWorld(t)
	w.steps.arm(fault{})
	w.must(act(w))
	_, calls := w.steps.disarm()
	return calls
}

// failStep runs a use case with a fault, and reports whether it was met.
func failStep(t *testing.T, name string, act func(*steppedWorld) error, f fault) bool {
	t.Helper()
	w := newSteppedWorld(t)
	when := fmt.Sprintf("%s, %s", name, f)
	w.steps.arm(f)
	err := act(w)
	reached, _ := w.steps.disarm()
	when = fmt.Sprintf("%s (%v)", when, err)
	if !f.dead && err != nil && !strings.HasPrefix(name, "disconnect") {
		if err := act(w); err != nil && problem.CodeOf(err) != problem.NotFound {
			t.Fatalf("%s: asked again: %v", when, err)
		}
	}
	before := w.undone()
	intents, err := w.db.Intents(t.Context())
	w.must(err)
	if len(intents) > 0 && !f.dead && f.also == 0 {
		t.Fatalf("%s: a change stays open until the next start", when)
	}
	w.restart()
	if told := w.undone() - before; told != len(intents) {
		t.Fatalf("%s: %d changes were undone, and %d told", when, len(intents), told)
	}
	w.check()
	w.wantWhole(when)
	w.wantHonest(when)
	w.account("1") // fails the test when the row is lost
	w.account("91")
	if t.Failed() {
		t.FailNow()
	}
	return reached
}

func (w *world) undone() (count int) {
	events, err := w.db.Events(context.Background(), func(e social.Event) bool { return e.Kind == social.EventConnectUndone }, 0, 1<<20)
	w.must(err)
	return len(events)
}

// wantHonest holds the health of every account to what the network knows. It
// returns the accesses that ended.
func (w *world) wantHonest(when string) (dead []social.Secret) {
	w.t.Helper()
	accounts, err := w.db.Accounts(context.Background())
	w.must(err)
	for _, g := range w.grants() {
		tokens, err := w.secrets.Tokens(context.Background(), g.TokenRef)
		w.must(err)
		lives := w.provider.live[tokens.Access.Reveal()]
		if !lives {
			dead = append(dead, tokens.Access)
		}
		for _, a := range accounts {
			if a.GrantID != g.ID || a.State != social.AccountActive {
				continue
			}
			if h := social.DefaultPolicy().Assess(a, g, w.now()).Health; (h == social.Reconnect) == lives {
				w.t.Errorf("%s: account %s is %s, and its access lives: %v", when, a.RemoteID, h, lives)
			}
		}
	}
	return dead
}
