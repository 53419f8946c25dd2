package keychain

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Covers KC10, KC12, KC20.
func TestMemoryConforms(t *testing.T) {
	s := NewMemory("kontent-connect")
	t.Cleanup(s.Close)
	conform(t, s)
}

// conform is what every keychain must do. It runs against the one in memory
// and against the system's own.
func conform(t *testing.T, s *Store) {
	t.Helper()
	full := social.TokenSet{
		Access:  social.NewSecret("access <&> \"quoted\" \\ ~"),
		Refresh: social.NewSecret("refresh"),
		Pages:   map[string]social.Secret{"1": social.NewSecret("page-1"), "99999999999999999999": social.NewSecret("page-2")},
	}
	t.Run("what was put is what comes back", func(t *testing.T) { roundTrip(t, s, "round-trip", full) })
	t.Run("a second put replaces the first as a whole", func(t *testing.T) {
		roundTrip(t, s, "replaced", full)
		roundTrip(t, s, "replaced", tokens("alone"))
		roundTrip(t, s, "replaced", tokens(strings.Repeat("b", 9000)))
		roundTrip(t, s, "replaced", tokens(strings.Repeat("c", 12000)))
		roundTrip(t, s, "replaced", full)
		forget(t, s, "replaced")
	})
	t.Run("a secret comes back, and is no token set", func(t *testing.T) {
		secret := social.NewSecret("app-secret")
		if err := s.PutSecret(t.Context(), "secret", secret); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Secret(t.Context(), "secret"); err != nil || !got.Equal(secret) {
			t.Errorf("got another secret: %v", err)
		}
		_, err := s.Tokens(t.Context(), "secret")
		wantCode(t, err, problem.KeychainDamaged)
		_, err = s.Secret(t.Context(), "round-trip")
		wantCode(t, err, problem.KeychainDamaged)
		forget(t, s, "secret")
	})
	t.Run("KC10 what is not there is missing", func(t *testing.T) {
		_, err := s.Tokens(t.Context(), "never-put")
		wantCode(t, err, problem.TokenMissing)
		_, err = s.Secret(t.Context(), "never-put")
		wantCode(t, err, problem.TokenMissing)
	})
	t.Run("deleting what is not there succeeds", func(t *testing.T) {
		forget(t, s, "round-trip")
		forget(t, s, "round-trip")
	})
	for _, size := range []int{1, 2399, 2400, 2401, 2559, 2560, 2561, 4800, 4801, 16384} {
		t.Run(fmt.Sprintf("KC12 a token of %d bytes", size), func(t *testing.T) {
			roundTrip(t, s, "sized", tokens(strings.Repeat("x", size)))
			forget(t, s, "sized")
		})
	}
	t.Run("KC12 the tokens of five hundred Pages", func(t *testing.T) {
		many := tokens("access")
		many.Pages = map[string]social.Secret{}
		for i := range 500 {
			many.Pages[fmt.Sprint(i)] = social.NewSecret(strings.Repeat("p", 200))
		}
		roundTrip(t, s, "many", many)
		forget(t, s, "many")
	})
	t.Run("KC20 a burst of reads", func(t *testing.T) { burst(t, s) })
	t.Run("the probe passes and leaves nothing", func(t *testing.T) {
		if err := s.Probe(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, err := s.Tokens(t.Context(), probeName)
		wantCode(t, err, problem.TokenMissing)
	})
}

func roundTrip(t *testing.T, s *Store, ref social.TokenRef, put social.TokenSet) {
	t.Helper()
	if err := s.PutTokens(t.Context(), ref, put); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Tokens(t.Context(), ref); err != nil || !same(got, put) {
		t.Fatalf("another set came back: %v", err)
	}
}

func forget(t *testing.T, s *Store, ref social.TokenRef) {
	t.Helper()
	if err := s.Delete(t.Context(), ref); err != nil {
		t.Fatal(err)
	}
	_, err := s.Tokens(t.Context(), ref)
	wantCode(t, err, problem.TokenMissing)
}

func burst(t *testing.T, s *Store) {
	t.Helper()
	put := tokens("burst")
	if err := s.PutTokens(t.Context(), "burst", put); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 1000 {
		all.Go(func() {
			if got, err := s.Tokens(t.Context(), "burst"); err != nil || !same(got, put) {
				t.Errorf("a read failed: %v", err)
			}
		})
	}
	all.Wait()
	forget(t, s, "burst")
}

// Covers T12.
func TestUnfitSecretsAreRefusedBeforeTheKeychain(t *testing.T) {
	r := newFaultRing()
	s := openRing(t, r)
	for name, token := range map[string]string{
		"empty": "", "a line end": "a\nb", "a lone CR": "a\rb", "NUL": "a\x00b", "DEL": "a\x7f",
		"letters beyond ASCII": "á", "a byte too long": strings.Repeat("x", maxSecret+1),
	} {
		t.Run("T12 "+name, func(t *testing.T) {
			secret := social.NewSecret(token)
			sets := []social.TokenSet{{Access: secret}, {Access: social.NewSecret("a"), Pages: map[string]social.Secret{"1": secret}}}
			if token != "" {
				sets = append(sets, social.TokenSet{Access: social.NewSecret("a"), Refresh: secret})
			}
			for _, set := range sets {
				wantCode(t, s.PutTokens(t.Context(), "ref", set), problem.BadRequest)
			}
			wantCode(t, s.PutSecret(t.Context(), "ref", secret), problem.BadRequest)
		})
	}
	if r.count() != 0 {
		t.Errorf("the keychain was called %d times", r.count())
	}
}

// Covers KC19, S8.
func TestNamesThatAreNotOpaqueAreRefused(t *testing.T) {
	t.Parallel()
	for name, ref := range map[string]social.TokenRef{
		"empty": "", "quotes": `a"b'c`, "a line end": "a\nb", "a colon": "a:b", "a dot, which numbers parts": "a.1",
		"letters beyond ASCII": "ação", "600 characters": social.TokenRef(strings.Repeat("a", 600)), "a space": "a b", "a shell's sign": "$(id)",
	} {
		t.Run("KC19 "+name, func(t *testing.T) {
			t.Parallel()
			r := newFaultRing()
			s := openRing(t, r)
			wantCode(t, s.PutTokens(t.Context(), ref, tokens("a")), problem.BadRequest)
			wantCode(t, s.Delete(t.Context(), ref), problem.BadRequest)
			_, err := s.Tokens(t.Context(), ref)
			wantCode(t, err, problem.BadRequest)
			if r.count() != 0 {
				t.Errorf("the keychain was called %d times", r.count())
			}
		})
	}
	t.Run("KC19 a service name of that kind", func(t *testing.T) {
		t.Parallel()
		s := NewMemory("kontent connect\n")
		defer s.Close()
		wantCode(t, s.Probe(t.Context()), problem.BadRequest)
	})
}

// Covers KC12.
func TestNoItemIsLargerThanWindowsTakes(t *testing.T) {
	t.Parallel()
	for size := 2200; size < 2600; size++ {
		r := newMemoryRing()
		s := openRing(t, r)
		roundTrip(t, s, "ref", tokens(strings.Repeat("x", size)))
		for name, value := range r.snapshot() {
			if len(value) > partSize {
				t.Fatalf("a token of %d bytes made item %s of %d", size, name, len(value))
			}
		}
		s.Close()
	}
}
