package agent_test

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/text"
	"github.com/kontent/kontent-connect/backend/tray"
	"github.com/kontent/kontent-connect/backend/view"
)

func (w *world) diagnose(checks ...view.Check) map[view.Check]view.Finding {
	w.t.Helper()
	d, err := w.Diagnose(w.t.Context(), view.DiagnosisRequest{Checks: checks})
	w.must(err)
	found := map[view.Check]view.Finding{}
	for _, f := range d.Findings {
		found[f.Check] = f
	}
	return found
}

func (w *world) wantFinding(check view.Check, state view.FindingState, code string) {
	w.t.Helper()
	got := w.diagnose(check)[check]
	if got.State != state || got.Code != code {
		w.t.Errorf("%s is %s (%s), want %s (%s)", check, got.State, got.Code, state, code)
	}
}

func TestDiagnose(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	w.wantFinding(view.CheckAppMeta, view.FindingUnknown, "not_set_up")
	w.setUpApps()
	found := w.diagnose()
	for check, code := range map[view.Check]string{
		view.CheckKeychain: "works", view.CheckReachMeta: "answers", view.CheckReachLinkedIn: "answers",
		view.CheckAppMeta: "accepted", view.CheckAppLinkedIn: "accepted", view.CheckPorts: "free", view.CheckClock: "right",
		view.CheckDatabase: "sound", view.CheckVersions: "these",
	} {
		if f := found[check]; f.State != view.FindingOK || f.Code != code {
			t.Errorf("%s is %s (%s), want ok (%s)", check, f.State, f.Code, code)
		}
	}
	if len(found) != len(view.Checks()) {
		t.Errorf("%d findings of %d checks", len(found), len(view.Checks()))
	}
	// A command on a server has no desktop to speak of.
	for _, check := range []view.Check{view.CheckNotifications, view.CheckTray} {
		if f := found[check]; f.State != view.FindingUnknown {
			t.Errorf("%s is %s (%s)", check, f.State, f.Code)
		}
	}
	_, err := w.Diagnose(t.Context(), view.DiagnosisRequest{Checks: []view.Check{"teeth"}})
	wantCode(t, err, problem.BadRequest)
}

func TestDiagnoseFindsWhatIsWrong(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	_, err := w.SetApp(t.Context(), view.AppSettings{Provider: social.Meta, ClientID: sandbox.MetaClientID, ClientSecret: "wrong"})
	w.must(err)
	w.wantFinding(view.CheckAppMeta, view.FindingTrouble, "app_secret_wrong")

	w.must(os.Chmod(w.settings.Paths.Data, 0o755))
	w.wantFinding(view.CheckFolder, view.FindingTrouble, "open")
	w.must(os.Chmod(w.settings.Paths.Data, 0o700))
	if f := w.diagnose(view.CheckFolder)[view.CheckFolder]; f.Code == "open" {
		t.Errorf("a private folder is found to be %s", f.Code)
	}

	signIn, err := w.Connect(t.Context(), view.ConnectRequest{ProjectID: w.snapshot().Projects[0].ID, Provider: social.Meta, NoBrowser: true})
	w.must(err)
	w.wantFinding(view.CheckPorts, view.FindingOK, "waiting")
	w.must(w.Cancel(t.Context(), signIn.ID))

	w.must(w.sandbox.Close())
	w.wantFinding(view.CheckReachLinkedIn, view.FindingTrouble, "offline")
	w.wantFinding(view.CheckClock, view.FindingUnknown, "not_asked")
}

// deafTray answers nobody, whatever deadline it is given.
type deafTray struct{ heard chan struct{} }

func (d deafTray) Show(tray.Menu)                          {}
func (d deafTray) Hosted(context.Context) bool             { <-d.heard; return true }
func (d deafTray) Watch(ctx context.Context, _ func(bool)) { <-ctx.Done() }

func TestDiagnoseDoesNotHang(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	w.must(w.Close())
	deaf := deafTray{make(chan struct{})}
	a, err := agent.Open(t.Context(), w.settings, slog.New(slog.DiscardHandler), agent.WithVault(w.vault),
		agent.WithDesktop(agent.Desktop{Tray: deaf}), agent.WithCheckPatience(50*time.Millisecond))
	w.must(err)
	w.Agent = a
	defer close(deaf.heard)
	w.wantFinding(view.CheckTray, view.FindingUnknown, "timeout")
}

// TestTheReportNamesNobody: what is sent to somebody else says what is wrong
// and not whose it is.
//
// Covers S4.
func TestTheReportNamesNobody(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	w.setUpApps()
	w.connect(social.Meta, "João Prado", pageWithInstagram, itsInstagram)
	_, err := w.SetApp(t.Context(), view.AppSettings{
		Provider: social.LinkedIn, ClientID: sandbox.LinkedInClientID, ClientSecret: "canary-secret", Redirect: "relay",
		RelayURL: "https://canary.example.com/relay",
	})
	w.must(err)
	d, err := w.Diagnose(t.Context(), view.DiagnosisRequest{})
	w.must(err)
	report := d.Report.Body
	s := w.snapshot()
	canaries := []string{
		"canary", "João", "Prado", pageWithInstagram, itsInstagram, sandbox.MetaClientID, sandbox.LinkedInClientID,
		sandbox.MetaClientSecret, "EAA", s.Grants[0].SubjectID, string(s.Grants[0].ID), s.Projects[0].Name,
	}
	for _, a := range s.Accounts {
		canaries = append(canaries, a.Name, string(a.ID))
	}
	for _, canary := range canaries {
		if canary != "" && strings.Contains(report, canary) {
			t.Errorf("the report holds %q:\n%s", canary, report)
		}
	}
	// It was made of the logins all the same.
	if !strings.Contains(report, "- meta "+string(s.Grants[0].ID)[:4]+"…: healthy") || !strings.Contains(report, "pages_show_list") {
		t.Errorf("the report says nothing of the login:\n%s", report)
	}
}

// TestEveryFindingHasASentence: a code that is found must be one that can be
// said.
func TestEveryFindingHasASentence(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	w.setUpApps()
	for _, language := range []string{"pt-BR", "en", "es"} {
		texts, err := text.New(language)
		w.must(err)
		for check, f := range w.diagnose() {
			said, _ := texts.Finding(string(check), f.Code, f.Args)
			title := texts.Get("doctor."+string(check), nil)
			if strings.HasPrefix(said, "doctor.") || strings.HasPrefix(title, "doctor.") || strings.Contains(said, "{{") || strings.Contains(said, "<no value>") {
				t.Errorf("%s in %s: %s: %s", check, language, title, said)
			}
		}
	}
}
