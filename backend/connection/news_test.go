package connection_test

import (
	"slices"
	"sync"
	"testing"
)

// TestWhatIsConnectedIsNewsForWhoeverWatches: the end of a sign-in is news of
// more than the sign-in. A watcher that hears of attempts alone would learn of a
// new or renewed login with its next look, a day later.
func TestWhatIsConnectedIsNewsForWhoeverWatches(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.signIn(w.request())
	var mu sync.Mutex
	var told []string
	w.Changed = func(attempt string) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, attempt)
	}
	_, err := w.Select(t.Context(), a.ID, []string{a.Candidates[0].RemoteID})
	w.must(err)
	mu.Lock()
	defer mu.Unlock()
	if !slices.Contains(told, "") {
		t.Errorf("whoever watches was told of %q alone", told)
	}
}
