package agent_test

import (
	"os"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// Covers DB04, DB05, DB14.
func TestADamagedDataFileIsReplacedAndTold(t *testing.T) { //nolint:paralleltest // see world
	for name, damage := range map[string]func(path string) error{
		"damaged": func(path string) error { return os.WriteFile(path, []byte("not a database"), 0o600) },
		"emptied": func(path string) error { return os.Truncate(path, 0) },
	} {
		t.Run(name, func(t *testing.T) { //nolint:paralleltest // the same
			w := newWorld(t)
			w.setUpApps()
			offered := w.signIn(social.Meta, "João Prado")
			_, err := w.Select(t.Context(), offered.ID, []string{offered.Candidates[0].RemoteID})
			w.must(err)
			before := w.snapshot()
			w.must(w.Close())
			w.must(damage(w.settings.Paths.Database))
			w.open()
			after := w.snapshot()
			if len(after.Accounts) != len(before.Accounts) || after.Accounts[0].ID != before.Accounts[0].ID {
				t.Fatalf("%d accounts came back, of %d", len(after.Accounts), len(before.Accounts))
			}
			if after.Data == nil || after.Data.Code != string(problem.DatabaseRestored) || after.Data.Args["accounts"] != "1" {
				t.Errorf("the window is told %+v", after.Data)
			}
			lines, err := w.History(t.Context(), view.HistoryQuery{Kinds: []social.EventKind{social.EventDataRestored}})
			w.must(err)
			if len(lines) != 1 {
				t.Errorf("%d lines in the timeline", len(lines))
			}
			checked, err := w.Check(t.Context(), nil)
			w.must(err)
			if checked.Unverified != 0 || w.snapshot().Accounts[0].Health != social.Healthy {
				t.Errorf("the login does not work any more: %+v", checked)
			}
		})
	}
}
