package sqlite_test

import (
	"slices"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

func TestProjects(t *testing.T) {
	t.Parallel()
	t.Run("come back oldest first", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		older := social.Project{ID: "p0", Name: "Antes; DROP TABLE projects", CreatedAt: noon.Add(-time.Hour)}
		must(t, w.AddProject(t.Context(), older))
		must(t, w.RenameProject(t.Context(), "p1", "Outro nome"))
		same(t, "projects", []social.Project{older, {ID: "p1", Name: "Outro nome", CreatedAt: noon}}, read(t, w.DB).Projects)
	})
	t.Run("renaming or removing what is not there is said", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		wantProblem(t, w.RenameProject(t.Context(), "p9", "x"), problem.NotFound)
		wantProblem(t, w.RemoveProject(t.Context(), "p9"), problem.NotFound)
	})
	for _, standing := range []social.AccountState{social.AccountActive, social.AccountDisconnecting} {
		t.Run("one with an account that is "+string(standing)+" stays", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			if standing == social.AccountDisconnecting {
				must(t, w.MarkRevoking(t.Context(), "g1", noon))
			}
			before := read(t, w.DB)
			wantProblem(t, w.RemoveProject(t.Context(), "p1"), problem.ProjectNotEmpty)
			same(t, "everything", before, read(t, w.DB))
		})
	}
	t.Run("one whose accounts are gone goes, and its timeline stays", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, w.CloseAccount(t.Context(), "a1", noon, []social.Event{event(social.EventDisconnected, "a1")}))
		must(t, w.CloseAccount(t.Context(), "a2", noon, nil))
		must(t, w.RemoveProject(t.Context(), "p1"))
		after := read(t, w.DB)
		if len(after.Projects) != 0 || len(after.Accounts) != 0 || len(after.Events) != 1 || len(after.Grants) != 1 {
			t.Errorf("left: %+v", after)
		}
	})
}

func TestProviderApps(t *testing.T) {
	t.Parallel()
	app := social.ProviderApp{
		Provider: social.Meta, ClientID: "123", Redirect: social.RedirectRelay, Ports: []int{1, 2}, RelayURL: "https://example.com/r",
		APIVersion: "v26.0", LoginConfig: "9", SecretRef: "s1",
	}
	begin := func(t *testing.T, w *world, ref social.TokenRef) social.Intent {
		t.Helper()
		intent := social.Intent{ID: "i-" + string(ref), TokenRef: ref, StartedAt: noon}
		must(t, w.Begin(t.Context(), intent))
		return intent
	}
	t.Run("come back whole, and a first secret queues nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, w.PutProviderApp(t.Context(), app, begin(t, w, "s1")))
		after := read(t, w.DB)
		same(t, "apps", []social.ProviderApp{app}, after.Apps)
		if len(after.Erasures)+len(after.Intents) != 0 {
			t.Errorf("erasures %v, intents %v", after.Erasures, after.Intents)
		}
	})
	t.Run("a new secret queues the former one", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, w.PutProviderApp(t.Context(), app, begin(t, w, "s1")))
		renewed := app
		renewed.SecretRef, renewed.Ports = "s2", nil
		must(t, w.PutProviderApp(t.Context(), renewed, begin(t, w, "s2")))
		after := read(t, w.DB)
		same(t, "apps", []social.ProviderApp{renewed}, after.Apps)
		same(t, "erasures", []social.TokenRef{"s1"}, after.Erasures)
	})
	t.Run("new settings on the same secret queue nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, w.PutProviderApp(t.Context(), app, begin(t, w, "s1")))
		changed := app
		changed.ClientID = "456"
		must(t, w.PutProviderApp(t.Context(), changed, social.Intent{}))
		after := read(t, w.DB)
		same(t, "apps", []social.ProviderApp{changed}, after.Apps)
		same(t, "erasures", []social.TokenRef{}, after.Erasures)
	})
	t.Run("an intent that has ended saves nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, w.PutProviderApp(t.Context(), app, begin(t, w, "s1")))
		before := read(t, w.DB)
		changed := app
		changed.SecretRef = "s2"
		wantProblem(t, w.PutProviderApp(t.Context(), changed, social.Intent{ID: "i-gone", TokenRef: "s2"}), problem.NotFound)
		same(t, "everything", before, read(t, w.DB))
	})
	t.Run("removing one queues its secret, and removing it again is no failure", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, w.PutProviderApp(t.Context(), app, begin(t, w, "s1")))
		must(t, w.RemoveProviderApp(t.Context(), social.Meta))
		must(t, w.RemoveProviderApp(t.Context(), social.Meta))
		after := read(t, w.DB)
		same(t, "apps", []social.ProviderApp{}, after.Apps)
		same(t, "erasures", []social.TokenRef{"s1"}, after.Erasures)
	})
}

func TestErasures(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must(t, w.CloseGrant(t.Context(), "g1", noon, nil))
	must(t, w.Erased(t.Context(), "not queued"))
	same(t, "before", []social.TokenRef{w.grant.TokenRef}, read(t, w.DB).Erasures)
	must(t, w.Erased(t.Context(), w.grant.TokenRef))
	same(t, "after", []social.TokenRef{}, read(t, w.DB).Erasures)
}

func TestSettings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if got, err := w.Setting(t.Context(), "preferences"); err != nil || got != "" {
		t.Errorf("a setting nobody stored is %q, %v", got, err)
	}
	for _, value := range []string{`{"theme":"dark"}`, ""} {
		must(t, w.PutSetting(t.Context(), "preferences", value))
		if got, err := w.Setting(t.Context(), "preferences"); err != nil || got != value {
			t.Errorf("stored %q, read %q, %v", value, got, err)
		}
	}
}

func TestEvents(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ofLogin, ofOther := event(social.EventRenewed, ""), event(social.EventChecked, "a9")
	ofOther.GrantID = "g9"
	must(t, w.AppendEvents(t.Context(), []social.Event{event(social.EventConnected, "a1"), event(social.EventConnected, "a2"), ofLogin}))
	must(t, w.AppendEvents(t.Context(), []social.Event{ofOther, event(social.EventDisconnected, "a1")}))
	ofA1 := social.EventFilter{Account: "a1", Logins: []social.GrantID{"g1"}}.Admits
	newest, err := w.Events(t.Context(), all, 0, 1)
	must(t, err)
	for name, tc := range map[string]struct {
		wanted func(social.Event) bool
		before int64
		limit  int
		want   []social.EventKind
	}{
		"all of them, newest first": {all, 0, 10, []social.EventKind{
			social.EventDisconnected, social.EventChecked, social.EventRenewed, social.EventConnected, social.EventConnected,
		}},
		"the newest of them":                {all, 0, 2, []social.EventKind{social.EventDisconnected, social.EventChecked}},
		"those before one of them":          {all, newest[0].ID, 2, []social.EventKind{social.EventChecked, social.EventRenewed}},
		"those that are wanted":             {ofA1, 0, 10, []social.EventKind{social.EventDisconnected, social.EventRenewed, social.EventConnected}},
		"the limit counts after the filter": {ofA1, 0, 1, []social.EventKind{social.EventDisconnected}},
		"nothing where none is wanted":      {social.EventFilter{Account: "a8"}.Admits, 0, 10, nil},
		"nothing before the first":          {all, 1, 10, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			events, err := w.Events(t.Context(), tc.wanted, tc.before, tc.limit)
			must(t, err)
			var kinds []social.EventKind
			for _, e := range events {
				kinds = append(kinds, e.Kind)
			}
			same(t, "kinds", tc.want, kinds)
		})
	}
	t.Run("are found below thousands of others", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, w.AppendEvents(t.Context(), []social.Event{event(social.EventConnected, "a1")}))
		must(t, w.AppendEvents(t.Context(), slices.Repeat([]social.Event{event(social.EventChecked, "a2")}, 1100)))
		events, err := w.Events(t.Context(), func(e social.Event) bool { return e.AccountID == "a1" }, 0, 5)
		must(t, err)
		if len(events) != 1 {
			t.Errorf("found %d lines, want 1", len(events))
		}
	})
	t.Run("come back whole", func(t *testing.T) {
		t.Parallel()
		events, err := w.Events(t.Context(), all, 0, 1)
		must(t, err)
		want := event(social.EventDisconnected, "a1")
		want.ID = events[0].ID
		same(t, "event", want, events[0])
		if want.ID <= 0 {
			t.Error("a line without a number")
		}
	})
}

func TestExamine(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	found, err := w.Examine(t.Context())
	must(t, err)
	if found.Bytes < 4096 || found.Schema < 3 {
		t.Errorf("found %+v", found)
	}
}
