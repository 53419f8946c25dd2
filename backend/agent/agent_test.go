package agent_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// The accounts of the sandbox's João Prado that the tests use.
const (
	pageWithInstagram = "104728391056214"
	itsInstagram      = "17841401234500011"
	otherPage         = "112093847562018"
	administered      = "urn:li:organization:2414183"
)

func TestTheMainJob(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	w.setUpApps()
	w.connect(social.Meta, "João Prado", pageWithInstagram, itsInstagram, otherPage)

	// A restart keeps all.
	w.must(w.Close())
	w.open()
	if got := len(w.snapshot().Accounts); got != 3 {
		t.Fatalf("%d accounts after the restart, want 3", got)
	}

	offered := w.signIn(social.LinkedIn, "João Prado")
	var member string
	for _, c := range offered.Candidates {
		if c.Kind == social.LinkedInMember {
			member = c.RemoteID
		}
	}
	_, err := w.Select(t.Context(), offered.ID, []string{administered, member})
	w.must(err)
	for _, a := range w.snapshot().Accounts {
		if a.Health != social.Healthy {
			t.Errorf("%s is %s (%s)", a.Name, a.Health, a.Cause)
		}
	}

	// One account goes, its login stays.
	one, err := w.Disconnect(t.Context(), w.account(otherPage).ID, false)
	w.must(err)
	if one.Outcome != social.StillListed || one.WholeLogin {
		t.Errorf("disconnecting one account: %+v", one)
	}
	if got := w.account(pageWithInstagram).Health; got != social.Healthy {
		t.Errorf("its neighbour is %s", got)
	}

	// The whole login goes, and Meta confirms it.
	whole, err := w.Disconnect(t.Context(), w.account(pageWithInstagram).ID, true)
	w.must(err)
	if whole.Outcome != social.Withdrawn || len(whole.Closed) != 2 {
		t.Errorf("disconnecting the login: %+v", whole)
	}
	if !w.happened("revoked") {
		t.Error("the provider knows nothing of it")
	}
	if left := w.snapshot().Grants; len(left) != 1 || left[0].Provider != social.LinkedIn {
		t.Errorf("logins left: %+v", left)
	}
}

// happened reports whether the sandbox has seen an event of this name.
func (w *world) happened(event string) bool {
	for _, entry := range w.sandbox.Log() {
		for _, e := range entry.Events {
			if strings.Contains(e, event) {
				return true
			}
		}
	}
	return false
}

func TestCheckTellsCauses(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	w.setUpApps()
	w.connect(social.Meta, "João Prado", pageWithInstagram, otherPage)
	for _, step := range []struct {
		name   string
		action sandbox.Action
		health social.Health
		cause  social.Cause
	}{
		{"an outage says nothing about the access", sandbox.Action{Do: "fail", Provider: "meta", Target: "debug_token", Count: -1, Status: 500}, social.Unverified, social.CauseProviderTrouble},
		{"its end heals", sandbox.Action{Do: "heal", Provider: "meta"}, social.Healthy, ""},
		{"a role that is lost", sandbox.Action{Do: "remove_role", Provider: "meta", Person: "joao", Target: otherPage}, social.Limited, social.CauseRoleLost},
		{"a role that is back", sandbox.Action{Do: "restore_role", Provider: "meta", Person: "joao", Target: otherPage}, social.Healthy, ""},
		{"a changed password", sandbox.Action{Do: "change_password", Provider: "meta", Person: "joao"}, social.Reconnect, social.CausePasswordChanged},
	} {
		w.act(step.action)
		_, err := w.Check(t.Context(), nil)
		w.must(err)
		if got := w.account(otherPage); got.Health != step.health || got.Cause != step.cause {
			t.Errorf("%s: %s (%s), want %s (%s)", step.name, got.Health, got.Cause, step.health, step.cause)
		}
	}
	// Nothing of it touched what the other account is; one sign-in heals both.
	w.connect(social.Meta, "João Prado")
	for _, id := range []string{pageWithInstagram, otherPage} {
		if got := w.account(id); got.Health != social.Healthy {
			t.Errorf("%s is %s (%s) after the renewal", got.Name, got.Health, got.Cause)
		}
	}
}

// Covers DB16, P1.
func TestOneOwner(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	_, err := agent.Open(t.Context(), w.settings, slog.New(slog.DiscardHandler), agent.WithVault(w.vault))
	wantCode(t, err, problem.AgentBusy)
}

func TestFacesSeeTheSameOverTheSocket(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	w.must(w.Serve(t.Context(), func() {}, func(int) {}))
	client := control.NewClient(w.settings.Paths.Socket)
	defer client.Close()

	// The first event is the present; the project's is the second.
	told := make(chan view.Event, 8)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- client.Events(ctx, view.FaceWindow, func(e view.Event) error { told <- e; return nil })
	}()
	first := <-told
	added, err := client.AddProject(t.Context(), "Outro projeto")
	w.must(err)
	if second := <-told; second.Revision <= first.Revision {
		t.Errorf("revision %d after %d", second.Revision, first.Revision)
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the stream ended with %v", err)
	}

	remote, err := client.Snapshot(t.Context())
	w.must(err)
	if len(remote.Projects) != 2 || remote.Projects[1] != added {
		t.Errorf("projects: %+v", remote.Projects)
	}
}

// Covers S2, S5.
func TestNothingSecretIsWrittenOrShown(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	w.setUpApps()
	offered := w.signIn(social.Meta, "João Prado")
	_, err := w.Select(t.Context(), offered.ID, []string{pageWithInstagram})
	w.must(err)
	grants, err := json.Marshal(w.snapshot())
	w.must(err)
	attempt, err := json.Marshal(offered)
	w.must(err)
	seen := string(grants) + string(attempt) + w.files()
	for _, mark := range []string{sandbox.MetaClientSecret, sandbox.LinkedInClientSecret, "EAA"} {
		if strings.Contains(seen, mark) {
			t.Errorf("%q is written or shown", mark)
		}
	}
	// The sweep would have seen a name, so it looked where it should.
	if !strings.Contains(w.files(), "João Prado") {
		t.Error("the sweep did not read the database")
	}
}

// files is everything below the data folder.
func (w *world) files() string {
	var all strings.Builder
	w.must(filepath.WalkDir(w.settings.Paths.Data, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		body, err := os.ReadFile(path)
		all.Write(body)
		return err
	}))
	return all.String()
}
