package keychain

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	keyring "github.com/zalando/go-keyring"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// TestStoppedAnywhere ends the process, so to speak, at every call to the
// keychain of every operation, both before and after the call took effect.
// Whatever happened: the other entry is whole, the entry is the former one, or
// the new one, or missing where that is allowed, and never damaged; and Delete
// leaves nothing behind (KC13, KC22).
//
// Covers KC13, KC22, G2.
func TestStoppedAnywhere(t *testing.T) {
	t.Parallel()
	small, large, larger := tokens("small"), tokens(strings.Repeat("L", 9000)), tokens(strings.Repeat("M", 14000))
	put := func(set social.TokenSet) func(context.Context, *Store) error {
		return func(ctx context.Context, s *Store) error { return s.PutTokens(ctx, "ref", set) }
	}
	remove := func(ctx context.Context, s *Store) error { return s.Delete(ctx, "ref") }
	for _, tc := range []struct {
		name    string
		former  []social.TokenSet // put one after the other
		operate func(context.Context, *Store) error
		next    *social.TokenSet // nil: missing
	}{
		{"a first small put", nil, put(small), &small},
		{"a first large put", nil, put(large), &large},
		{"small replaced by large", []social.TokenSet{small}, put(large), &large},
		{"large replaced by small", []social.TokenSet{large}, put(small), &small},
		{"large replaced by larger", []social.TokenSet{large}, put(larger), &larger},
		{"larger replaced by large", []social.TokenSet{larger}, put(large), &large},
		{"a third large put", []social.TokenSet{large, larger}, put(large), &large},
		{"small deleted", []social.TokenSet{small}, remove, nil},
		{"large deleted", []social.TokenSet{large}, remove, nil},
		{"large in the second slot deleted", []social.TokenSet{large, larger}, remove, nil},
	} {
		for _, effective := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, last call effective %t", tc.name, effective), func(t *testing.T) {
				t.Parallel()
				for n := 1; ; n++ {
					if !stopAt(t, n, effective, tc.former, tc.operate, tc.next) {
						if n < 4 {
							t.Fatalf("only %d calls were interrupted", n-1)
						}
						return
					}
				}
			})
		}
	}
}

// stopAt runs one case with the keychain gone from call n on. It reports false
// when the operation needs fewer calls.
func stopAt(t *testing.T, n int, effective bool, former []social.TokenSet, operate func(context.Context, *Store) error, next *social.TokenSet) bool {
	t.Helper()
	r := newFaultRing()
	s := openRing(t, r)
	other := tokens(strings.Repeat("O", 5000))
	roundTrip(t, s, "other", other)
	alone := r.snapshot()
	for _, set := range former {
		roundTrip(t, s, "ref", set)
	}

	r.misbehave(func(now int, _, _ string) effect {
		switch {
		case now < n:
			return nil
		case now == n && effective:
			return func(do func() (string, error)) (string, error) { _, _ = do(); return "", errOdd }
		default:
			return fail(errOdd)
		}
	})
	err := operate(t.Context(), s)
	stopped := r.count() >= n
	if stopped && err == nil && next == nil {
		t.Fatalf("stopped at %d: a deletion that was cut short is called done", n)
	}
	r.misbehave(nil)

	got, err := s.Tokens(t.Context(), "ref")
	switch {
	case err == nil && len(former) > 0 && same(got, former[len(former)-1]):
	case err == nil && next != nil && same(got, *next):
	case problem.CodeOf(err) == problem.TokenMissing && (len(former) == 0 || next == nil):
	default:
		t.Fatalf("stopped at %d: the entry is neither the former nor the next: %v", n, err)
	}
	if got, err := s.Tokens(t.Context(), "other"); err != nil || !same(got, other) {
		t.Fatalf("stopped at %d: the other entry was touched: %v", n, err)
	}
	forget(t, s, "ref")
	if left := r.snapshot(); len(left) != len(alone) {
		t.Fatalf("stopped at %d: Delete left %d items", n, len(left)-len(alone))
	}
	return stopped
}

func TestReplacementLeavesNothingOfTheFormer(t *testing.T) {
	t.Parallel()
	r := newMemoryRing()
	s := openRing(t, r)
	for _, size := range []int{12000, 5000, 9000, 10} {
		roundTrip(t, s, "ref", tokens(strings.Repeat("x", size)))
		parts := 0
		if size > partSize {
			parts = size/partSize + 1
		}
		if got := len(r.snapshot()); got != 1+parts {
			t.Errorf("after %d bytes there are %d items", size, got)
		}
	}
}

// Covers KC22.
func TestDeleteFindsWhatAnotherHandTore(t *testing.T) {
	t.Parallel()
	large := tokens(strings.Repeat("L", 12000)) // parts 1 to 6
	for name, tear := range map[string][]string{
		"KC22 the manifest is gone":             {"ref"},
		"a part in the middle is gone":          {"ref.3"},
		"the first part is gone":                {"ref.1"},
		"the manifest and the last are gone":    {"ref", "ref.6"},
		"several parts are gone, not the index": {"ref.1", "ref.2", "ref.5"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newMemoryRing()
			s := openRing(t, r)
			roundTrip(t, s, "ref", large)
			for _, item := range tear {
				if err := r.delete(item); err != nil {
					t.Fatal(err)
				}
			}
			_, err := s.Tokens(t.Context(), "ref")
			if code := problem.CodeOf(err); code != problem.KeychainDamaged && code != problem.TokenMissing {
				t.Errorf("a torn entry reads as %v", err)
			}
			forget(t, s, "ref")
			if left := r.snapshot(); len(left) != 0 {
				t.Errorf("Delete left %d items", len(left))
			}
		})
	}
}

// Covers KC11.
func TestDamagedEntryIsNeverReturned(t *testing.T) {
	t.Parallel()
	little, large := tokens("small"), tokens(strings.Repeat("L", 9000))
	wrap := func(payload string) string { m, _ := small(payload); return m.header() + payload }
	for name, tc := range map[string]struct {
		put    social.TokenSet
		damage func(r *memoryRing)
	}{
		"empty":                           {little, func(r *memoryRing) { r.items["ref"] = "" }},
		"truncated by a byte":             {little, func(r *memoryRing) { v := r.items["ref"]; r.items["ref"] = v[:len(v)-1] }},
		"a byte longer":                   {little, func(r *memoryRing) { r.items["ref"] += " " }},
		"other JSON":                      {little, func(r *memoryRing) { r.items["ref"] = `{"access_token":"x"}` }},
		"another version of the layout":   {little, func(r *memoryRing) { r.items["ref"] = strings.Replace(r.items["ref"], "kontent1", "kontent2", 1) }},
		"another token with the old hash": {little, func(r *memoryRing) { r.items["ref"] = strings.Replace(r.items["ref"], "small", "smalm", 1) }},
		"a part that is gone":             {large, func(r *memoryRing) { delete(r.items, "ref.2") }},
		"a part that is truncated":        {large, func(r *memoryRing) { r.items["ref.2"] = r.items["ref.2"][:100] }},
		"a part that is changed":          {large, func(r *memoryRing) { r.items["ref.2"] = strings.Replace(r.items["ref.2"], "L", "M", 1) }},
		"parts that changed places":       {large, func(r *memoryRing) { r.items["ref.1"], r.items["ref.4"] = r.items["ref.4"], r.items["ref.1"] }},
		"more parts than are allowed":     {large, func(r *memoryRing) { r.items["ref"] = strings.Replace(r.items["ref"], " 4 ", " 9999999 ", 1) }},
		"another version of the payload":  {little, func(r *memoryRing) { r.items["ref"] = wrap(`{"v":2,"access":"x"}`) }},
		"an unknown field":                {little, func(r *memoryRing) { r.items["ref"] = wrap(`{"v":1,"access":"x","admin":true}`) }},
		"two payloads":                    {little, func(r *memoryRing) { r.items["ref"] = wrap(`{"v":1,"access":"x"}{"v":1,"access":"y"}`) }},
		"no token":                        {little, func(r *memoryRing) { r.items["ref"] = wrap(`{"v":1}`) }},
		"a token with a line end":         {little, func(r *memoryRing) { r.items["ref"] = wrap(`{"v":1,"access":"a\nb"}`) }},
		"a list":                          {little, func(r *memoryRing) { r.items["ref"] = wrap(`[]`) }},
	} {
		t.Run("KC11 "+name, func(t *testing.T) {
			t.Parallel()
			r := newMemoryRing()
			s := openRing(t, r)
			roundTrip(t, s, "ref", tc.put)
			r.mu.Lock()
			tc.damage(r)
			r.mu.Unlock()
			got, err := s.Tokens(t.Context(), "ref")
			wantCode(t, err, problem.KeychainDamaged)
			if !got.Access.Empty() {
				t.Error("a token came back all the same")
			}
			if err != nil && (strings.Contains(err.Error(), "small") || strings.Contains(err.Error(), "LLL")) {
				t.Errorf("the error quotes the entry: %v", err)
			}
			roundTrip(t, s, "ref", tc.put) // it can be replaced
			forget(t, s, "ref")
		})
	}
}

func FuzzManifest(f *testing.F) {
	good, _ := small(`{"v":1,"access":"x"}`)
	for _, seed := range []string{"", good.header() + good.inline, "kontent1 1 4 9000 sum\n", "kontent1 1001 1 1 x\n", "kontent1 -1 -1 -1 \n", "kontent1  1 0 0 x\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := parseManifest(text)
		if err != nil {
			return
		}
		if m.header()+m.inline != text || m.parts > maxParts || m.parts < 0 {
			t.Fatalf("accepted %q as %+v", text, m)
		}
		r := newMemoryRing()
		r.items["ref"] = text
		s := open("kontent-connect", r)
		defer s.Close()
		if _, err := s.Tokens(t.Context(), "ref"); err == nil && checksum(m.inline) != m.sum {
			t.Fatalf("read %q without a valid checksum", text)
		}
		if err := s.Delete(t.Context(), "ref"); err != nil {
			t.Fatal(err)
		}
		if _, err := r.get("ref"); !errors.Is(err, keyring.ErrNotFound) {
			t.Fatal("not deleted")
		}
	})
}
