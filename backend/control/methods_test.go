package control_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/control/controltest"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
	"github.com/kontent/kontent-connect/backend/view/viewtest"
)

// outcome is what a call came to.
type outcome struct {
	Result any
	Code   problem.Code
	Args   map[string]string
}

func outcomeOf(result any, err error) outcome {
	if err == nil {
		return outcome{Result: result}
	}
	return outcome{Code: problem.CodeOf(err), Args: problem.From(err).Args}
}

// journey calls every method of the service in an order that shows what each
// changed.
func journey(t *testing.T, s control.Service) map[string]outcome {
	t.Helper()
	ctx, found := t.Context(), map[string]outcome{}
	note := func(step string) func(any, error) {
		return func(result any, err error) { found[step] = outcomeOf(result, err) }
	}
	one := func(step string, err error) { found[step] = outcomeOf(nil, err) }

	one("set_preferences", s.SetPreferences(ctx, view.Preferences{Language: view.Spanish, Theme: view.ThemeDark, Project: "p1"}))
	p, err := s.AddProject(ctx, `Loja "<&>" ü`)
	note("add_project")(p, err)
	one("rename_project", s.RenameProject(ctx, p.ID, "Outro"))
	one("rename_project of nothing", s.RenameProject(ctx, "p9", "x"))
	one("remove_project", s.RemoveProject(ctx, "p1"))
	app, err := s.SetApp(ctx, view.AppSettings{Provider: "linkedin", ClientID: "7", ClientSecret: "hush", Redirect: "native", Ports: []int{1, 2}})
	note("set_app")(app, err)
	one("test_app", s.TestApp(ctx, "linkedin"))
	one("remove_app", s.RemoveApp(ctx, "linkedin"))
	one("test_app of nothing", s.TestApp(ctx, "linkedin"))
	attempt, err := s.Connect(ctx, view.ConnectRequest{ProjectID: "p2", Provider: "meta", Capabilities: []view.Capability{"publish"}, TimeoutSeconds: 60})
	note("connect")(attempt, err)
	one("open_browser", s.OpenBrowser(ctx, attempt.ID))
	one("paste_address", s.PasteAddress(ctx, attempt.ID, "http://localhost:17653/callback/meta?code=x&state=y"))
	asked, err := s.Attempt(ctx, attempt.ID)
	note("attempt")(asked, err)
	chosen, err := s.Select(ctx, attempt.ID, []string{"9007199254740993"})
	note("select")(chosen, err)
	one("cancel", s.Cancel(ctx, attempt.ID))
	checked, err := s.Check(ctx, []string{"a1"})
	note("check")(checked, err)
	face, err := s.Picture(ctx, "a1")
	note("picture")(face, err)
	_, err = s.Picture(ctx, "a9")
	one("picture of nobody", err)
	_, err = s.CandidatePicture(ctx, attempt.ID, "f00d")
	one("candidate_picture of nobody", err)
	ended, err := s.Disconnect(ctx, "a1", true)
	note("disconnect")(ended, err)
	entries, err := s.History(ctx, view.HistoryQuery{AccountID: "a1", Limit: 1})
	note("history")(entries, err)
	file, err := s.ExportHistory(ctx, view.HistoryExport{Format: view.FormatCSV})
	note("export_history")(file, err)
	diagnosis, err := s.Diagnose(ctx, view.DiagnosisRequest{Checks: []view.Check{view.CheckClock}})
	note("diagnose")(diagnosis, err)
	one("open_page", s.OpenPage(ctx, "meta_apps"))
	one("snooze", s.Snooze(ctx, "g1"))
	one("pause_notices", s.PauseNotices(ctx, 60))
	one("test_notice", s.TestNotice(ctx))
	one("set_start_at_login", s.SetStartAtLogin(ctx, true))
	last, err := s.Snapshot(ctx)
	note("snapshot")(last, err)
	first, err := s.Opening(ctx)
	note("opening")(first, err)
	since, err := s.Changes(ctx, last.Revision)
	note("changes")(since, err)
	lost, err := s.Changes(ctx, last.Revision-1)
	note("changes of another revision")(lost, err)
	former, err := s.Former(ctx)
	note("former")(former, err)
	return found
}

// TestEveryMethod makes the same journey with the service itself and through
// the socket: whatever a face is told must not depend on the way.
func TestEveryMethod(t *testing.T) {
	t.Parallel()
	prepare := func(f *controltest.Fake) {
		f.Withdraw(view.DisconnectResult{Outcome: view.StillListed, Provider: "meta", Subject: "Ana", Page: "https://example.com/?a=1&b=2"})
		f.Remember(view.HistoryEntry{ID: 2, AccountID: "a1", Kind: "disconnected"}, view.HistoryEntry{ID: 1, AccountID: "a1", Kind: "connected"})
	}
	direct, w := controltest.New(snapshot()), newWorld(t)
	prepare(direct)
	prepare(w.Fake)
	want := journey(t, direct)
	if diff := cmp.Diff(want, journey(t, w.client)); diff != "" {
		t.Errorf("through the socket (-service +client):\n%s", diff)
	}
	if want["add_project"].Result == nil || want["rename_project of nothing"].Code != problem.NotFound ||
		want["picture of nobody"].Code != problem.NotFound || want["picture"].Code != "" {
		t.Errorf("the journey shows nothing: %+v", want)
	}
	for what, pair := range map[string][2]any{
		"secrets":   {direct.Secrets(), w.Secrets()},
		"opened":    {direct.Opened(), w.Opened()},
		"cancelled": {direct.Cancelled(), w.Cancelled()},
		"requests":  {direct.Requests(), w.Requests()},
		"held":      {direct.Held(), w.Held()},
	} {
		if diff := cmp.Diff(pair[0], pair[1]); diff != "" {
			t.Errorf("%s (-service +client):\n%s", what, diff)
		}
	}
	if len(w.Secrets()) != 1 || len(w.Opened()) != 3 || len(w.Held()) != 4 {
		t.Errorf("secrets %v and opened %v did not arrive", w.Secrets(), w.Opened())
	}
}

// TestEveryProblem: each method's problem crosses with its code and its
// arguments, and nothing of the chain does.
//
// Covers S3, UI05.
func TestEveryProblem(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, c := t.Context(), w.client
	for method, ask := range map[string]func() error{
		"snapshot":           func() error { _, err := c.Snapshot(ctx); return err },
		"opening":            func() error { _, err := c.Opening(ctx); return err },
		"set_preferences":    func() error { return c.SetPreferences(ctx, view.Preferences{}) },
		"add_project":        func() error { _, err := c.AddProject(ctx, "x"); return err },
		"rename_project":     func() error { return c.RenameProject(ctx, "p1", "x") },
		"remove_project":     func() error { return c.RemoveProject(ctx, "p1") },
		"set_app":            func() error { _, err := c.SetApp(ctx, view.AppSettings{}); return err },
		"changes":            func() error { _, err := c.Changes(ctx, 1); return err },
		"former":             func() error { _, err := c.Former(ctx); return err },
		"test_app":           func() error { return c.TestApp(ctx, "meta") },
		"remove_app":         func() error { return c.RemoveApp(ctx, "meta") },
		"connect":            func() error { _, err := c.Connect(ctx, view.ConnectRequest{}); return err },
		"attempt":            func() error { _, err := c.Attempt(ctx, "t1"); return err },
		"open_browser":       func() error { return c.OpenBrowser(ctx, "t1") },
		"paste_address":      func() error { return c.PasteAddress(ctx, "t1", "x") },
		"select":             func() error { _, err := c.Select(ctx, "t1", nil); return err },
		"cancel":             func() error { return c.Cancel(ctx, "t1") },
		"check":              func() error { _, err := c.Check(ctx, nil); return err },
		"disconnect":         func() error { _, err := c.Disconnect(ctx, "a1", false); return err },
		"picture":            func() error { _, err := c.Picture(ctx, "a1"); return err },
		"candidate_picture":  func() error { _, err := c.CandidatePicture(ctx, "t1", "f00d"); return err },
		"history":            func() error { _, err := c.History(ctx, view.HistoryQuery{Limit: 1}); return err },
		"export_history":     func() error { _, err := c.ExportHistory(ctx, view.HistoryExport{}); return err },
		"diagnose":           func() error { _, err := c.Diagnose(ctx, view.DiagnosisRequest{}); return err },
		"open_page":          func() error { return c.OpenPage(ctx, "x") },
		"snooze":             func() error { return c.Snooze(ctx, "g1") },
		"pause_notices":      func() error { return c.PauseNotices(ctx, 5) },
		"test_notice":        func() error { return c.TestNotice(ctx) },
		"set_start_at_login": func() error { return c.SetStartAtLogin(ctx, true) },
	} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			told := problem.New(problem.WrongPerson, errors.New("for the log")).With("expected", "Ana").With("method", method)
			w.Fail(method, fmt.Errorf("wrapped: %w", told))
			err := ask()
			want := outcome{Code: problem.WrongPerson, Args: map[string]string{"expected": "Ana", "method": method}}
			if diff := cmp.Diff(want, outcomeOf(nil, err)); diff != "" {
				t.Errorf("problem (-want +got):\n%s", diff)
			}
			if err != nil && err.Error() != "wrong_person" {
				t.Errorf("more than the code crossed: %v", err)
			}
		})
	}
}

// TestNoMethodCanReturnASecret: what crosses the socket is what these take and
// return (see TestEveryMethod).
//
// Covers S2.
func TestNoMethodCanReturnASecret(t *testing.T) {
	t.Parallel()
	for _, fault := range viewtest.Methods(reflect.TypeFor[control.Service]()) {
		t.Error(fault)
	}
	type leaky interface {
		Token() (social.Secret, error)
		Any() (any, error)
		Nothing()
		Login(social.Login) error
	}
	if faults := viewtest.Methods(reflect.TypeFor[leaky]()); len(faults) < 4 {
		t.Errorf("the walk overlooks some of what is wrong: %q", faults)
	}
}

// Covers S3, UI05.
func TestErrorWithoutCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Fail("snapshot", errors.New("a private path"))
	_, err := w.client.Snapshot(t.Context())
	wantProblem(t, err, problem.Internal)
	if err.Error() != "internal" {
		t.Errorf("more than the code crossed: %v", err)
	}
}
