package sqlite_test

import (
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
)

// ids names accounts in their order.
func ids(accounts []social.Account, err error) (names string) {
	for _, a := range accounts {
		names += string(a.ID) + " "
	}
	if err != nil {
		return err.Error()
	}
	return names
}

// TestFormer follows two accounts to their end: each is among those that there
// are or among those that there were, and never in both.
func TestFormer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	want := func(when, present, former string, counted, closed int) {
		t.Helper()
		count, err := w.CountFormer(t.Context())
		must(t, err)
		ended, err := w.ClosedGrants(t.Context())
		must(t, err)
		got := [2]string{ids(w.PresentAccounts(t.Context())), ids(w.FormerAccounts(t.Context()))}
		if got != [2]string{present, former} || count["p1"] != counted || len(ended) != closed {
			t.Errorf("%s: there are %q, there were %q; %d counted, %d logins ended", when, got[0], got[1], count["p1"], len(ended))
		}
	}
	want("at first", "a1 a2 ", "", 0, 0)
	must(t, w.CloseAccount(t.Context(), "a1", noon, nil))
	want("one was disconnected", "a2 ", "a1 ", 1, 0)
	must(t, w.MarkRevoking(t.Context(), "g1", noon))
	must(t, w.CloseAccounts(t.Context(), "g1", noon, nil))
	want("the provider has yet to take the access back", "a1 a2 ", "", 0, 0)
	must(t, w.CloseGrant(t.Context(), "g1", noon, nil))
	want("it has", "", "a1 a2 ", 2, 1)
}
