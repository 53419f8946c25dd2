package sqlite_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
)

// TestConcurrentWriters: faces, watcher and sign-ins write at the same time,
// and none may meet "database is locked" (security.md DB01).
func TestConcurrentWriters(t *testing.T) {
	t.Parallel()
	const writers, writes = 8, 100
	w := newWorld(t)
	var running sync.WaitGroup
	for i := range writers {
		running.Go(func() {
			for j := range writes {
				name := fmt.Sprint(i, "-", j)
				if err := w.AppendEvents(t.Context(), []social.Event{event(social.EventChecked, social.AccountID(name))}); err != nil {
					t.Errorf("write %s: %v", name, err)
					return
				}
				if _, err := w.Accounts(t.Context()); err != nil {
					t.Errorf("read after %s: %v", name, err)
					return
				}
			}
		})
	}
	running.Wait()
	events, err := w.Events(t.Context(), all, 0, 2*writers*writes)
	must(t, err)
	seen := map[social.AccountID]bool{}
	for _, e := range events {
		seen[e.AccountID] = true
	}
	if len(events) != writers*writes || len(seen) != writers*writes {
		t.Errorf("%d lines of %d names, want %d", len(events), len(seen), writers*writes)
	}
}
