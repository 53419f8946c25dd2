package keychain

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
)

func TestWhetherItIsLockedIsAskedOnceForManyEntries(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := open("service", newMemoryRing())
		defer s.Close()
		asked, locked := 0, false
		s.locked = func(context.Context) bool { asked++; return locked }
		read := func() error { _, err := s.Tokens(t.Context(), "ref"); return err }
		wantCode(t, s.PutTokens(t.Context(), "ref", tokens("a")), "")
		for range 100 {
			wantCode(t, read(), "")
		}
		if asked != 1 {
			t.Errorf("asked %d times", asked)
		}

		locked = true
		time.Sleep(stillUnlocked)
		for range 2 { // a no is asked about again each time: somebody may unlock it
			wantCode(t, read(), problem.KeychainLocked)
		}
		if asked != 3 {
			t.Errorf("asked %d times, and then locked", asked)
		}
		locked = false
		wantCode(t, read(), "")
	})
}
