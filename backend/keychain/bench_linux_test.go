package keychain

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	keyring "github.com/zalando/go-keyring"

	"github.com/kontent/kontent-connect/backend/keychain/keychaintest"
	"github.com/kontent/kontent-connect/backend/notify/notifytest"
	"github.com/kontent/kontent-connect/backend/social"
)

// BenchmarkKeychain writes and reads a hundred logins in a real keychain, and has
// go-keyring alone do the same calls: a write looks at what is there, writes and
// reads back (make bench).
func BenchmarkKeychain(b *testing.B) {
	const entries = 100
	bus := notifytest.StartBus(b)
	keychaintest.Gnome(b, bus.Connect(b), bus.Address, b.TempDir(), "throwaway")
	// go-keyring finds its bus here, and keeps it: no other benchmark may have
	// asked before.
	b.Setenv("DBUS_SESSION_BUS_ADDRESS", bus.Address)
	ring, store := systemRing{service: "kontent-connect-bench"}, Open("kontent-connect-bench")
	b.Cleanup(store.Close)
	tokens := social.TokenSet{Access: social.NewSecret(strings.Repeat("a", 220)), Refresh: social.NewSecret(strings.Repeat("r", 350))}
	value := payload(b, store, ring, tokens)
	for n := range entries { // so that both sides find them there
		if err := ring.set(entry(n), value); err != nil {
			b.Fatal(err)
		}
	}
	each(b, "write/side=bare", entries, func(name string) error { return bareWrite(ring, name, value) })
	each(b, "write/side=ours", entries, func(name string) error { return store.PutTokens(b.Context(), social.TokenRef(name), tokens) })
	each(b, "read/side=bare", entries, func(name string) error {
		_, err := ring.get(name)
		return err
	})
	each(b, "read/side=ours", entries, func(name string) error {
		_, err := store.Tokens(b.Context(), social.TokenRef(name))
		return err
	})
	for n := range entries {
		if err := store.Delete(b.Context(), social.TokenRef(entry(n))); err != nil {
			b.Error(err)
		}
	}
}

func entry(n int) string { return fmt.Sprintf("bench-%03d", n) }

// each measures an act on every entry.
func each(b *testing.B, name string, entries int, act func(name string) error) {
	b.Helper()
	b.Run(name, func(b *testing.B) {
		for b.Loop() {
			for n := range entries {
				if err := act(entry(n)); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

// payload is what the store puts into one entry for these tokens, so that both
// sides move the same bytes.
func payload(b *testing.B, store *Store, ring systemRing, tokens social.TokenSet) string {
	b.Helper()
	ref := social.TokenRef(entry(0))
	if err := store.PutTokens(b.Context(), ref, tokens); err != nil {
		b.Fatal(err)
	}
	value, err := ring.get(string(ref))
	if err != nil {
		b.Fatal(err)
	}
	return value
}

func bareWrite(ring systemRing, name, value string) error {
	if _, err := ring.get(name); err != nil && !errors.Is(err, keyring.ErrNotFound) {
		return err
	}
	if err := ring.set(name, value); err != nil {
		return err
	}
	back, err := ring.get(name)
	if err == nil && back != value {
		err = errors.New("another value came back")
	}
	return err
}
