package command_test

import (
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// TestCommands runs every command that asks and answers once, for people and
// for programs. Scripts rely on the second form (design.md 6).
func TestCommands(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		args    []string
		prepare func(w *world)
	}{
		"projects":              {args: []string{"projects"}},
		"projects_list":         {args: []string{"projects", "list"}},
		"projects_add":          {args: []string{"projects", "add", "Loja & filhos"}},
		"projects_rename":       {args: []string{"projects", "rename", "p1", "Outro"}},
		"projects_remove":       {args: []string{"projects", "remove", "p1"}},
		"projects_remove_none":  {args: []string{"projects", "remove", "p9"}},
		"apps":                  {args: []string{"apps", "list"}},
		"apps_set":              {args: []string{"apps", "set", "linkedin", "--client-id", "77", "--redirect", "native", "--port", "1", "--port", "2"}},
		"apps_test":             {args: []string{"apps", "test", "meta"}},
		"apps_test_none":        {args: []string{"apps", "test", "linkedin"}},
		"apps_remove":           {args: []string{"apps", "remove", "meta"}},
		"accounts":              {args: []string{"accounts"}},
		"accounts_of_a_project": {args: []string{"accounts", "--project", "p2"}},
		"accounts_all":          {args: []string{"accounts", "--all"}},
		"accounts_none":         {args: []string{"accounts", "--project", "p9"}},
		"check":                 {args: []string{"check"}},
		"check_one":             {args: []string{"check", "a1"}},
		"check_nothing":         {args: []string{"check", "a9"}},
		"disconnect": {args: []string{"disconnect", "a1", "--yes"}, prepare: func(w *world) {
			w.Withdraw(view.DisconnectResult{Outcome: social.StillListed, Provider: social.Meta, Subject: "Ana", Page: "https://example.com/?tab=a&b=c"})
		}},
		"disconnect_login": {args: []string{"disconnect", "a1", "--whole-login", "--yes"}, prepare: func(w *world) {
			w.Withdraw(view.DisconnectResult{Outcome: social.Withdrawn, Provider: social.Meta, Subject: "Ana"})
		}},
		"disconnect_unreachable": {args: []string{"disconnect", "a1", "--yes"}, prepare: func(w *world) {
			w.Withdraw(view.DisconnectResult{Outcome: social.Unreachable, Provider: social.Meta, Problem: view.ProblemFrom(problem.New(problem.Offline, nil))})
		}},
		"status":            {args: []string{"status"}},
		"token_not_allowed": {args: []string{"token", "a1"}},
		"settings":          {args: []string{"settings"}},
		"settings_set":      {args: []string{"settings", "set", "allow-token", "on"}},
		"export":            {args: []string{"export", "/nowhere/kontent.json"}},
		"import":            {args: []string{"import", "/nowhere/kontent.json"}},
		"history": {args: []string{"history", "--limit", "1"}, prepare: func(w *world) {
			w.Remember(view.HistoryEntry{ID: 2, At: "2026-03-10T12:00:00Z", Kind: social.EventWithdrawn, AccountID: "a1", Subject: "Café"}, view.HistoryEntry{ID: 1})
		}},
		"doctor": {args: []string{"doctor"}, prepare: func(w *world) {
			w.Find(
				view.Finding{Check: view.CheckKeychain, State: view.FindingOK, Code: "works", TookMS: 12},
				view.Finding{Check: view.CheckAppLinkedIn, State: view.FindingUnknown, Code: "not_set_up"},
			)
		}},
		"doctor_trouble": {args: []string{"doctor"}, prepare: func(w *world) {
			w.Find(
				view.Finding{Check: view.CheckPorts, State: view.FindingTrouble, Code: "ports_busy", Args: map[string]string{"ports": "17653"}},
				view.Finding{Check: view.CheckClock, State: view.FindingTrouble, Code: "wrong", Args: map[string]string{"minutes": "90"}},
			)
		}},
		"doctor_not_saved":      {args: []string{"doctor", "--report", "/nowhere/report.txt"}},
		"history_of_an_account": {args: []string{"history", "--account", "a9"}},
		"sandbox":               {args: []string{"sandbox", "--addr", "127.0.0.1:9"}},
		"failed": {args: []string{"accounts"}, prepare: func(w *world) {
			w.Fail("snapshot", problem.New(problem.DataFolder, nil).With("path", "/data"))
		}},
		"not_opened": {args: []string{"accounts"}, prepare: func(w *world) { w.openErr = problem.New(problem.DatabaseNewer, nil) }},
	} {
		for form, flags := range map[string][]string{"": nil, "_json": {"--json"}} {
			t.Run(name+form, func(t *testing.T) {
				t.Parallel()
				w := newWorld()
				if tc.prepare != nil {
					tc.prepare(w)
				}
				args := append(flags, tc.args...)
				got := w.run(t.Context(), args...)
				golden(t, name+form, args, got)
				if form == "_json" && (strings.Count(got.out, "\n") != 1 || got.err != "") {
					t.Errorf("a result is one line on standard output and nothing beside it:\n%s%s", got.out, got.err)
				}
				if w.openErr == nil && name != "sandbox" && name != "import" && w.closed != 1 {
					t.Errorf("the service was closed %d times", w.closed)
				}
			})
		}
	}
}

// TestStatus holds the table of exit codes that monitoring relies on.
func TestStatus(t *testing.T) {
	t.Parallel()
	codes := map[social.Health]int{
		social.Healthy: 0, social.Disconnected: 0,
		social.Expiring: 3, social.Limited: 3, social.Unverified: 3, social.Keychain: 3,
		social.Reconnect: 4, social.Missing: 4, social.Checkpoint: 4,
	}
	for _, health := range social.Healths() {
		t.Run(string(health), func(t *testing.T) {
			t.Parallel()
			w, s := newWorld(), snapshot()
			s.Accounts[0].Health = health
			w.service = showing(s)
			want, known := codes[health]
			if got := w.run(t.Context(), "status"); !known || got.code != want {
				t.Errorf("exit code %d, want %d", got.code, want)
			}
		})
	}
	t.Run("the worst of several decides, a login's as well", func(t *testing.T) {
		t.Parallel()
		w, s := newWorld(), snapshot()
		s.Accounts[0].Health, s.Accounts[1].Health, s.Grants[0].Health = social.Limited, social.Expiring, social.Reconnect
		w.service = showing(s)
		got := w.run(t.Context(), "status", "--json")
		golden(t, "status_worst", []string{"status", "--json"}, got)
	})
	t.Run("nothing connected is well", func(t *testing.T) {
		t.Parallel()
		w := newWorld()
		w.service = showing(view.Snapshot{})
		if got := w.run(t.Context(), "status", "--json"); got.code != 0 {
			t.Errorf("exit code %d: %s", got.code, got.out)
		}
	})
}
