package agent_test

import (
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
	"github.com/kontent/kontent-connect/backend/view"
)

// TestSecretsInMemory last as long as the agent, and never stand in for those
// of the system's keychain.
func TestSecretsInMemory(t *testing.T) {
	settings, err := config.Load(config.Options{DataDir: filepath.Join(t.TempDir(), "data"), KeychainMemory: true}, func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	open := func() *agent.Agent {
		t.Helper()
		a, err := agent.Open(t.Context(), settings, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a := open()
	_, err = a.SetApp(t.Context(), view.AppSettings{Provider: social.Meta, ClientID: sandbox.MetaClientID, ClientSecret: "hunter2"})
	wantCode(t, err, "")
	found, err := a.Diagnose(t.Context(), view.DiagnosisRequest{Checks: []view.Check{view.CheckKeychain}})
	if err != nil || found.Findings[0].State != view.FindingOK || found.Findings[0].Code != "memory" {
		t.Errorf("the diagnosis says %+v, %v", found.Findings, err)
	}
	wantCode(t, a.Close(), "")

	// An entry of the system's keychain that is still to go stays on the list.
	db, err := sqlite.Open(t.Context(), settings.Paths.Database)
	wantCode(t, err, "")
	intent := social.Intent{ID: "i", TokenRef: "elsewhere", StartedAt: time.Now()}
	wantCode(t, errors.Join(db.Begin(t.Context(), intent), db.Abandon(t.Context(), intent, nil), db.Close()), "")

	a = open()
	wantCode(t, a.TestApp(t.Context(), social.Meta), problem.AppSecretMissing)
	wantCode(t, a.Close(), "")

	db, err = sqlite.Open(t.Context(), settings.Paths.Database)
	wantCode(t, err, "")
	left, err := db.Erasures(t.Context())
	if wantCode(t, errors.Join(err, db.Close()), ""); !slices.Contains(left, "elsewhere") {
		t.Errorf("the list of what is to go is %v", left)
	}

	// The same folder over the system's keychain: what it points to might be
	// there from now on.
	settings.KeychainMemory = false
	wantCode(t, open().Close(), "")
	settings.KeychainMemory = true
	_, err = agent.Open(t.Context(), settings, slog.New(slog.DiscardHandler))
	wantCode(t, err, problem.KeychainMixed)
}
