package keychain

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
)

// Covers KC05, KC06, KC07, KC08.
func TestKeychainThatLies(t *testing.T) {
	t.Parallel()
	t.Run("KC05 a save that was dismissed and called a success is not saved", func(t *testing.T) {
		t.Parallel()
		r := newFaultRing()
		s := openRing(t, r)
		r.misbehave(on("set", lie))
		wantCode(t, s.PutTokens(t.Context(), "ref", tokens("a")), problem.KeychainNotSaved)
		wantCode(t, s.PutSecret(t.Context(), "ref", tokens("a").Access), problem.KeychainNotSaved)
		wantCode(t, s.Probe(t.Context()), problem.KeychainNotSaved)
	})
	t.Run("KC07 a replacement that kept the former value is not saved", func(t *testing.T) {
		t.Parallel()
		r := newFaultRing()
		s := openRing(t, r)
		roundTrip(t, s, "ref", tokens("former"))
		r.misbehave(on("set", lie))
		wantCode(t, s.PutTokens(t.Context(), "ref", tokens("next")), problem.KeychainNotSaved)
		if got, err := s.Tokens(t.Context(), "ref"); err != nil || !same(got, tokens("former")) {
			t.Errorf("the former entry is gone: %v", err)
		}
	})
	t.Run("a save that was truncated is not saved", func(t *testing.T) {
		t.Parallel()
		r := newFaultRing()
		s := openRing(t, r)
		r.misbehave(func(_ int, call, name string) effect {
			if call != "set" {
				return nil
			}
			return func(func() (string, error)) (string, error) { return "", r.memoryRing.set(name, "kontent1 1") }
		})
		wantCode(t, s.PutTokens(t.Context(), "ref", tokens("a")), problem.KeychainNotSaved)
	})
	t.Run("KC06 a deletion that was dismissed and called a success is not done", func(t *testing.T) {
		t.Parallel()
		r := newFaultRing()
		s := openRing(t, r)
		roundTrip(t, s, "ref", tokens("a"))
		r.misbehave(on("delete", lie))
		wantCode(t, s.Delete(t.Context(), "ref"), problem.KeychainDismissed)
		wantCode(t, s.Probe(t.Context()), problem.KeychainDismissed)
		r.misbehave(nil)
		forget(t, s, "ref")
	})
	t.Run("a probe whose caller loses interest leaves no entry behind", func(t *testing.T) {
		t.Parallel()
		r := newFaultRing()
		s := openRing(t, r)
		ctx, cancel := context.WithCancel(t.Context())
		r.misbehave(func(_ int, call, _ string) effect {
			if call != "set" {
				return nil
			}
			return func(do func() (string, error)) (string, error) { cancel(); return do() }
		})
		if err := s.Probe(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("the probe ended with %v", err)
		}
		if _, err := r.memoryRing.get(probeName); err == nil {
			t.Error("its entry is still there")
		}
	})
	t.Run("KC08 a library that crashes during a prompt takes nobody with it", func(t *testing.T) {
		t.Parallel()
		r := newFaultRing()
		s := openRing(t, r)
		r.misbehave(on("set", crash))
		wantCode(t, s.PutTokens(t.Context(), "ref", tokens("a")), problem.KeychainTimeout)
		r.misbehave(nil)
		roundTrip(t, s, "ref", tokens("a"))
	})
	t.Run("an error that nobody foresaw is not taken for a missing token", func(t *testing.T) {
		t.Parallel()
		r := newFaultRing()
		s := openRing(t, r)
		r.misbehave(on("get", fail(errOdd)))
		_, err := s.Tokens(t.Context(), "ref")
		wantCode(t, err, problem.KeychainLocked)
		if !errors.Is(err, errOdd) {
			t.Errorf("the cause is lost: %v", err)
		}
	})
}

// begun starts call in a goroutine and returns where its error will be.
func begun(call func() error) <-chan error {
	failed := make(chan error, 1)
	go func() { failed <- call() }()
	return failed
}

// slow lets a millisecond pass, so that calls of several goroutines overlap.
func slow(do func() (string, error)) (string, error) {
	time.Sleep(time.Millisecond)
	return do()
}

// held is a store over a keychain whose first call hangs until release.
type held struct {
	*testing.T
	*Store
	ring    *faultRing
	release func()
}

// Covers KC03, KC20, G8.
func TestKeychainThatHangs(t *testing.T) {
	t.Parallel()
	hung := func(t *testing.T, test func(held)) {
		t.Helper()
		synctest.Test(t, func(t *testing.T) {
			r := newFaultRing()
			s := open("kontent-connect", r)
			defer s.Close()
			if err := s.PutTokens(t.Context(), "ref", tokens("a")); err != nil {
				t.Fatal(err)
			}
			released := make(chan struct{})
			once := func() {
				select {
				case <-released:
				default:
					close(released)
				}
			}
			defer once()
			r.misbehave(func(n int, _, _ string) effect {
				if n == 1 {
					return hang(released)
				}
				return slow
			})
			test(held{t, s, r, once})
		})
	}

	t.Run("KC03 a background call gives up after three seconds", func(t *testing.T) {
		t.Parallel()
		hung(t, func(h held) {
			t, s := h.T, h.Store
			start := time.Now()
			_, err := s.Tokens(t.Context(), "ref")
			wantCode(t, err, problem.KeychainTimeout)
			if took := time.Since(start); took != backgroundLimit {
				t.Errorf("took %v", took)
			}
		})
	})
	t.Run("KC03 while it hangs further calls fail at once and cost nothing", func(t *testing.T) {
		t.Parallel()
		hung(t, func(h held) {
			t, s := h.T, h.Store
			r := h.ring
			_, _ = s.Tokens(t.Context(), "ref")
			start := time.Now()
			for range 50 {
				_, err := s.Tokens(WithPerson(t.Context()), "ref")
				wantCode(t, err, problem.KeychainLocked)
				wantCode(t, s.Delete(t.Context(), "ref"), problem.KeychainLocked)
			}
			if took := time.Since(start); took != 0 {
				t.Errorf("fifty calls waited %v", took)
			}
			if r.count() != 1 {
				t.Errorf("the keychain was called %d times", r.count())
			}
		})
	})
	t.Run("KC03 when it answers, calls work again", func(t *testing.T) {
		t.Parallel()
		hung(t, func(h held) {
			t, s := h.T, h.Store
			release := h.release
			_, _ = s.Tokens(t.Context(), "ref")
			release()
			synctest.Wait()
			var reads []<-chan error
			for range 20 {
				reads = append(reads, begun(func() error { _, err := s.Tokens(t.Context(), "ref"); return err }))
			}
			for _, read := range reads {
				if err := <-read; err != nil {
					t.Error(err)
				}
			}
		})
	})
	t.Run("KC03 who queued behind the call that hangs is told as soon as it is given up", func(t *testing.T) {
		t.Parallel()
		hung(t, func(h held) {
			t, s := h.T, h.Store
			start := time.Now()
			first := begun(func() error { _, err := s.Tokens(t.Context(), "ref"); return err })
			time.Sleep(time.Second)
			_, err := s.Tokens(WithPerson(t.Context()), "ref")
			wantCode(t, err, problem.KeychainLocked)
			wantCode(t, <-first, problem.KeychainTimeout)
			if took := time.Since(start); took != backgroundLimit {
				t.Errorf("took %v", took)
			}
		})
	})
	t.Run("a person who types for half a minute is waited for", func(t *testing.T) {
		t.Parallel()
		hung(t, func(h held) {
			t, s := h.T, h.Store
			release := h.release
			time.AfterFunc(30*time.Second, release)
			if _, err := s.Tokens(WithPerson(t.Context()), "ref"); err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("a background call behind that person is told that the keychain waits, and harms nothing", func(t *testing.T) {
		t.Parallel()
		hung(t, func(h held) {
			t, s := h.T, h.Store
			release := h.release
			time.AfterFunc(30*time.Second, release)
			person := begun(func() error { _, err := s.Tokens(WithPerson(t.Context()), "ref"); return err })
			synctest.Wait()
			start := time.Now()
			_, err := s.Tokens(t.Context(), "ref")
			wantCode(t, err, problem.KeychainLocked)
			if took := time.Since(start); took != backgroundLimit {
				t.Errorf("took %v", took)
			}
			if err := <-person; err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("a caller who loses interest leaves at once, and the next one is served", func(t *testing.T) {
		t.Parallel()
		hung(t, func(h held) {
			t, s := h.T, h.Store
			release := h.release
			ctx, cancel := context.WithCancel(t.Context())
			first := begun(func() error { _, err := s.Tokens(ctx, "ref"); return err })
			synctest.Wait()
			cancel()
			if err := <-first; !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			time.AfterFunc(time.Second, release)
			if _, err := s.Tokens(t.Context(), "ref"); err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("a caller's own deadline leaves the outcome unknown, too", func(t *testing.T) {
		t.Parallel()
		hung(t, func(h held) {
			t, s := h.T, h.Store
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, err := s.Tokens(ctx, "ref")
			wantCode(t, err, problem.KeychainTimeout)
			_, err = s.Tokens(t.Context(), "ref") // still hangs: now the breaker opens
			wantCode(t, err, problem.KeychainLocked)
		})
	})
	t.Run("a queue that moved and then stands still is left", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			r := newFaultRing()
			s := open("kontent-connect", r)
			defer s.Close()
			r.misbehave(func(n int, _, _ string) effect {
				return func(do func() (string, error)) (string, error) {
					if n <= 2 {
						time.Sleep([]time.Duration{2 * time.Second, 30 * time.Second}[n-1])
					}
					return do()
				}
			})
			person := begun(func() error { return s.PutTokens(WithPerson(t.Context()), "ref", tokens("a")) })
			synctest.Wait()
			start := time.Now()
			_, err := s.Tokens(t.Context(), "ref")
			wantCode(t, err, problem.KeychainLocked)
			if took := time.Since(start); took != 2*time.Second+backgroundLimit {
				t.Errorf("took %v", took)
			}
			if err := <-person; err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("KC20 a long queue that moves is waited for", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			r := newFaultRing()
			s := open("kontent-connect", r)
			defer s.Close()
			if err := s.PutTokens(t.Context(), "ref", tokens("a")); err != nil {
				t.Fatal(err)
			}
			r.misbehave(func(int, string, string) effect {
				return func(do func() (string, error)) (string, error) { time.Sleep(100 * time.Millisecond); return do() }
			})
			var reads []<-chan error
			for range 100 {
				reads = append(reads, begun(func() error { _, err := s.Tokens(t.Context(), "ref"); return err }))
			}
			for _, read := range reads {
				if err := <-read; err != nil {
					t.Error(err)
				}
			}
		})
	})
	t.Run("Close does not wait for a keychain that never answers", func(t *testing.T) {
		t.Parallel()
		hung(t, func(h held) {
			t, s := h.T, h.Store
			_, _ = s.Tokens(t.Context(), "ref")
			start := time.Now()
			s.Close()
			s.Close()
			if took := time.Since(start); took > 2*closeLimit {
				t.Errorf("took %v", took)
			}
			_, err := s.Tokens(t.Context(), "ref")
			if err == nil {
				t.Error("a closed store answered")
			}
		})
	})
}

// Covers KC09.
func TestLateSave(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newFaultRing()
		s := open("kontent-connect", r)
		defer s.Close()
		released := make(chan struct{})
		r.misbehave(func(_ int, call, _ string) effect {
			if call == "set" {
				return hang(released)
			}
			return nil
		})
		wantCode(t, s.PutTokens(t.Context(), "ref", tokens("a")), problem.KeychainTimeout)
		wantCode(t, s.Delete(t.Context(), "ref"), problem.KeychainLocked) // not yet: it would be overtaken
		close(released)
		synctest.Wait()
		if len(r.snapshot()) != 1 {
			t.Fatal("the save did not land late")
		}
		if err := s.Delete(t.Context(), "ref"); err != nil {
			t.Fatal(err)
		}
		if len(r.snapshot()) != 0 {
			t.Error("KC09 an orphan stayed")
		}
	})
}

func TestCloseEndsTheWorker(t *testing.T) {
	t.Parallel()
	s := NewMemory("kontent-connect")
	s.Close()
	s.Close()
	wantCode(t, s.Probe(t.Context()), problem.KeychainAbsent)
}
