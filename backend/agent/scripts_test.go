package agent_test

import (
	"encoding/json"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/keychain"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// allowTokens does what the switch in the settings does.
func (w *world) allowTokens() {
	w.t.Helper()
	p := w.snapshot().Preferences
	p.AllowToken = true
	w.must(w.SetPreferences(w.t.Context(), p))
}

// TestTokenForScripts: off until it is allowed, and then one that lives at the
// provider. Nothing else of the agent shows it.
func TestTokenForScripts(t *testing.T) {
	w := newWorld(t)
	var log strings.Builder
	w.must(w.Close())
	w.log = slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})
	w.open()
	w.setUpApps()
	attempt := w.signIn(social.Meta, "João Prado")
	page := usable(attempt)[0]
	_, err := w.Select(t.Context(), attempt.ID, []string{page})
	w.must(err)
	id := w.account(page).ID

	_, err = w.Token(t.Context(), id)
	wantCode(t, err, problem.TokenNotAllowed)
	w.allowTokens()
	token, err := w.Token(t.Context(), id)
	w.must(err)
	if len(token.Reveal()) < 20 {
		t.Fatalf("%d characters are no token", len(token.Reveal()))
	}
	history, err := w.History(t.Context(), view.HistoryQuery{AccountID: id, Limit: 1})
	w.must(err)
	if history[0].Kind != social.EventTokenGiven || history[0].AccountID != id {
		t.Errorf("the timeline says %+v", history[0])
	}
	diagnosis, err := w.Diagnose(t.Context(), view.DiagnosisRequest{})
	w.must(err)
	shown, err := json.Marshal([]any{w.snapshot(), history, diagnosis, attempt, token})
	w.must(err)
	if strings.Contains(string(shown), token.Reveal()) || strings.Contains(log.String(), token.Reveal()) {
		t.Error("the token is in what the faces or the log are told")
	}

	w.act(sandbox.Action{Do: "change_password", Provider: "meta", Person: "joao"})
	_, err = w.Token(t.Context(), id)
	wantCode(t, err, problem.AccessEnded)
}

// TestInstallationAsAFile goes to another computer and back to life there.
func TestInstallationAsAFile(t *testing.T) {
	w := newWorld(t)
	w.setUpApps()
	attempt := w.signIn(social.Meta, "João Prado")
	chosen := usable(attempt)
	_, err := w.Select(t.Context(), attempt.ID, chosen)
	w.must(err)
	w.allowTokens()
	before := w.snapshot()
	c, err := w.Configuration(t.Context())
	w.must(err)
	file, err := json.Marshal(c)
	w.must(err)
	for _, secret := range []string{sandbox.MetaClientSecret, sandbox.LinkedInClientSecret} {
		if strings.Contains(string(file), secret) {
			t.Error("the file has an app's secret")
		}
	}

	// Another computer: other folder, other keychain.
	w.must(w.Close())
	w.vault.Close()
	w.vault = keychain.NewMemory("elsewhere")
	there, err := config.Load(config.Options{DataDir: filepath.Join(t.TempDir(), "data")}, func(string) string { return "" })
	w.must(err)
	w.settings.Paths = there.Paths
	w.open()
	result, err := w.Import(t.Context(), string(file))
	w.must(err)
	if result.Projects != 1 || result.Apps != 2 || result.Grants != 1 || result.Accounts != len(chosen) || result.Known != 0 {
		t.Errorf("imported %+v", result)
	}
	after := w.snapshot()
	if len(after.Projects) != 1 || after.Projects[0] != before.Projects[0] {
		t.Errorf("projects %+v", after.Projects)
	}
	if after.Preferences.AllowToken {
		t.Error("the file allowed accesses for scripts")
	}
	for i, a := range after.Accounts {
		if a.ID != before.Accounts[i].ID || a.Health != social.Reconnect || a.Cause != social.CauseTokenMissing {
			t.Errorf("account %+v", a)
		}
	}
	for _, app := range after.Apps {
		if !app.Configured || app.HasSecret {
			t.Errorf("app %+v", app)
		}
	}

	w.setUpApps()
	again := w.signInWith(view.ConnectRequest{ProjectID: after.Projects[0].ID, Provider: social.Meta, GrantID: after.Grants[0].ID}, "João Prado")
	_, err = w.Select(t.Context(), again.ID, nil)
	w.must(err)
	for i, a := range w.snapshot().Accounts {
		if a.ID != before.Accounts[i].ID || a.Health != before.Accounts[i].Health {
			t.Errorf("after one sign-in: %s is %s %s", a.Name, a.Health, a.Cause)
		}
	}
	// Once more changes nothing.
	result, err = w.Import(t.Context(), string(file))
	w.must(err)
	if result != (view.ImportResult{Apps: 2, Known: len(chosen)}) {
		t.Errorf("the second time: %+v", result)
	}
}

// TestImportNamesTheLine of what cannot be, and changes nothing.
func TestImportNamesTheLine(t *testing.T) {
	w := newWorld(t)
	c, err := w.Configuration(t.Context())
	w.must(err)
	c.Projects = append(c.Projects, view.Project{ID: "p2", Name: "Loja", CreatedAt: "2026-03-10T12:00:00Z"}, view.Project{ID: "p3", CreatedAt: "2026-03-10T12:00:00Z"})
	file, err := json.MarshalIndent(c, "", "  ")
	w.must(err)
	before := w.snapshot()
	_, err = w.Import(t.Context(), string(file))
	found := problem.From(err)
	wanted := strings.Count(string(file)[:strings.Index(string(file), `"id": "p3"`)], "\n")
	if wantCode(t, err, problem.FileDamaged); found.Args["field"] != "projects.name" || found.Args["line"] != string(mustJSON(t, wanted)) {
		t.Errorf("got %v, want line %d", found.Args, wanted)
	}
	c.Projects, c.Preferences.Theme = c.Projects[:2], "pink"
	_, err = w.Import(t.Context(), string(mustJSON(t, c)))
	wantCode(t, err, problem.FileDamaged)
	if after := w.snapshot(); len(after.Projects) != len(before.Projects) {
		t.Errorf("projects %+v", after.Projects)
	}
}

// usable lists the candidates that can be connected.
func usable(a view.Attempt) []string {
	var ids []string
	for _, c := range a.Candidates {
		if c.Usable {
			ids = append(ids, c.RemoteID)
		}
	}
	return ids
}

func mustJSON(t *testing.T, value any) []byte {
	t.Helper()
	body, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return body
}
