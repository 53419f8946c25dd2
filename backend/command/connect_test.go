package command_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/control/controltest"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// browser plays the person: each time the sign-in is looked at, it has gone
// one step further.
type browser struct {
	*controltest.Fake
	steps []func(*view.Attempt)
}

// Attempt implements control.Service.
func (b *browser) Attempt(ctx context.Context, id string) (view.Attempt, error) {
	a, err := b.Fake.Attempt(ctx, id)
	if err == nil && len(b.steps) > 0 {
		step := b.steps[0]
		b.steps = b.steps[1:]
		b.Change(id, step)
	}
	return a, err
}

func reading(a *view.Attempt) { a.State = view.AttemptReading }

func choosing(a *view.Attempt) {
	a.State, a.SubjectName, a.Complete = view.AttemptChoosing, "Ana Souza", true
	a.Candidates = []view.Candidate{
		{Kind: social.FacebookPage, RemoteID: "1", Name: "Café & Cia", Usable: true, Capabilities: view.CapabilitiesFrom(nil)},
		{Kind: social.FacebookPage, RemoteID: "2", Name: "Loja", Usable: true, Connected: true, Capabilities: view.CapabilitiesFrom(nil)},
		{Kind: social.InstagramAccount, RemoteID: "3", Name: "cafe", Reason: social.ReasonInstagramPersonal, Capabilities: view.CapabilitiesFrom(nil)},
	}
}

func incomplete(a *view.Attempt) { choosing(a); a.Complete = false }

func refused(a *view.Attempt) {
	a.State, a.Problem = view.AttemptFailed, view.ProblemFrom(problem.New(problem.ConsentDenied, nil))
}

// declining offers a login to which LinkedIn's app could not give everything.
func declining(a *view.Attempt) {
	choosing(a)
	a.Declined = []social.Scope{"w_organization_social", "r_unheard_of"}
	a.Lacks = []view.Lack{
		{Scope: "w_organization_social", Product: "Community Management API", Uses: []view.Use{{Kind: social.LinkedInOrganization, Capability: social.Publish}}},
		{Scope: "r_unheard_of", Uses: []view.Use{}},
	}
}

func unauthorized(a *view.Attempt) {
	a.State, a.Problem = view.AttemptFailed, view.ProblemFrom(problem.New(problem.ScopeUnauthorized, nil).
		With("scope", "w_organization_social").With("permission", "w_organization_social").With("product", "Community Management API"))
}

// tooLate is a browser that never came back to an address.
func tooLate(address string) func(*view.Attempt) {
	return func(a *view.Attempt) {
		a.State, a.Problem = view.AttemptFailed, view.ProblemFrom(problem.New(problem.SignInTimeout, nil).
			With("redirect_uri", address).With("client_id", "86abc"))
	}
}

// undecided is a choice that nobody made in time.
func undecided(a *view.Attempt) {
	a.State, a.Problem = view.AttemptFailed, view.ProblemFrom(problem.New(problem.SignInTimeout, nil))
}

func finished(a *view.Attempt) { a.State = view.AttemptDone }

// signingIn returns a world whose sign-ins go through steps.
func signingIn(steps ...func(*view.Attempt)) *world {
	w := newWorld()
	w.service = &browser{Fake: w.Fake, steps: steps}
	return w
}

// TestConnect writes each sign-in for people and as lines of JSON. However one
// ends, nothing of it is left at the agent.
func TestConnect(t *testing.T) {
	t.Parallel()
	all := []func(*view.Attempt){reading, choosing}
	for name, tc := range map[string]struct {
		args  []string
		steps []func(*view.Attempt)
		code  int
	}{
		"connect_select":       {[]string{"connect", "meta", "--project", "p1", "--select", "1"}, all, 0},
		"connect_all":          {[]string{"connect", "meta", "--select", "all"}, all, 0},
		"connect_list":         {[]string{"connect", "meta", "--list"}, all, 0},
		"connect_incomplete":   {[]string{"connect", "meta", "--list"}, []func(*view.Attempt){incomplete}, 0},
		"connect_none":         {[]string{"connect", "meta", "--select", "9"}, all, 1},
		"connect_refused":      {[]string{"connect", "linkedin", "--select", "all"}, []func(*view.Attempt){reading, refused}, 1},
		"connect_declined":     {[]string{"connect", "linkedin", "--list"}, []func(*view.Attempt){declining}, 0},
		"connect_unauthorized": {[]string{"connect", "linkedin", "--list"}, []func(*view.Attempt){unauthorized}, 1},
		"connect_late":         {[]string{"connect", "linkedin", "--list"}, []func(*view.Attempt){tooLate("http://localhost:17653/callback/linkedin")}, 1},
		"connect_late_native":  {[]string{"connect", "linkedin", "--list"}, []func(*view.Attempt){tooLate("http://127.0.0.1:40123/callback/linkedin")}, 1},
		"connect_late_meta":    {[]string{"connect", "meta", "--list"}, []func(*view.Attempt){tooLate("http://localhost:17653/callback/meta")}, 1},
		"connect_undecided":    {[]string{"connect", "linkedin", "--list"}, []func(*view.Attempt){undecided}, 1},
		"connect_elsewhere":    {[]string{"connect", "meta", "--select", "all"}, []func(*view.Attempt){finished}, 1},
		"reconnect_account":    {[]string{"reconnect", "a1"}, all, 0},
		"reconnect_login":      {[]string{"reconnect", "g1"}, all, 0},
	} {
		for form, flags := range map[string][]string{"": nil, "_json": {"--json"}} {
			t.Run(name+form, func(t *testing.T) {
				t.Parallel()
				w := signingIn(tc.steps...)
				args := append(flags, tc.args...)
				got := w.run(t.Context(), args...)
				golden(t, name+form, args, got)
				if got.code != tc.code {
					t.Errorf("exit %d, want %d", got.code, tc.code)
				}
				if diff := cmp.Diff([]string{"t1"}, w.Cancelled()); diff != "" {
					t.Errorf("left at the agent (-want +got):\n%s", diff)
				}
				if form == "_json" {
					wantLines(t, got)
				}
			})
		}
	}
}

// wantLines holds that every line is one JSON object with its event first.
func wantLines(t *testing.T, got result) {
	t.Helper()
	known := []string{"authorize", "candidates", "connected", "problem"}
	for line := range strings.Lines(got.out) {
		var event struct {
			Event string `json:"event"`
		}
		if err := json.Unmarshal([]byte(line), &event); err != nil || !slices.Contains(known, event.Event) {
			t.Errorf("line %q is no event: %v", line, err)
		}
	}
	if got.err != "" {
		t.Errorf("said beside it: %q", got.err)
	}
}

func TestConnectRequest(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		args []string
		want view.ConnectRequest
	}{
		"what was asked for": {
			[]string{"connect", "meta", "--project", "p7", "--capability", "publish", "--capability", "comments", "--list", "--timeout", "90s", "--no-browser", "--choose-again"},
			view.ConnectRequest{
				ProjectID: "p7", Provider: social.Meta, Capabilities: []social.Capability{social.Publish, social.Comments},
				TimeoutSeconds: 90, NoBrowser: true, ChooseAgain: true,
			},
		},
		"the only project, five minutes, everything": {
			[]string{"connect", "linkedin", "--list"},
			view.ConnectRequest{ProjectID: "p1", Provider: social.LinkedIn, TimeoutSeconds: 300},
		},
		"the profile and nothing else": {
			[]string{"connect", "linkedin", "--list", "--kind", "linkedin_member"},
			view.ConnectRequest{ProjectID: "p1", Provider: social.LinkedIn, Kinds: []social.AccountKind{social.LinkedInMember}, TimeoutSeconds: 300},
		},
		"the login of an account": {
			[]string{"reconnect", "a2"},
			view.ConnectRequest{ProjectID: "p2", Provider: social.Meta, GrantID: "g1", TimeoutSeconds: 300},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := signingIn(choosing)
			if got := w.run(t.Context(), tc.args...); got.code != 0 {
				t.Fatalf("exit %d: %s", got.code, got.err)
			}
			if diff := cmp.Diff([]view.ConnectRequest{tc.want}, w.Requests()); diff != "" {
				t.Errorf("asked for (-want +got):\n%s", diff)
			}
		})
	}
}

func TestConnectEnds(t *testing.T) {
	t.Parallel()
	t.Run("with its caller, and leaves no sign-in behind", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		w := signingIn(func(*view.Attempt) { cancel() })
		got := w.run(ctx, "connect", "meta", "--select", "all", "--json")
		if got.code != 1 || !strings.Contains(got.out, `{"event":"problem","problem":{"code":"sign_in_cancelled"`) {
			t.Errorf("exit %d: %s", got.code, got.out)
		}
		if diff := cmp.Diff([]string{"t1"}, w.Cancelled()); diff != "" {
			t.Errorf("cancelled (-want +got):\n%s", diff)
		}
	})
	t.Run("when the sign-in cannot begin", func(t *testing.T) {
		t.Parallel()
		w := signingIn()
		w.Fail("connect", problem.New(problem.PortsBusy, nil))
		got := w.run(t.Context(), "connect", "meta", "--list", "--json")
		if got.code != 1 || strings.Count(got.out, "\n") != 1 || !strings.Contains(got.out, `"event":"problem","problem":{"code":"ports_busy"`) {
			t.Errorf("exit %d: %s", got.code, got.out)
		}
	})
	for method, name := range map[string]string{
		"events": "when nothing can be followed", "attempt": "when the sign-in cannot be read", "select": "when nothing can be saved",
	} {
		t.Run(name+", and leaves no sign-in behind", func(t *testing.T) {
			t.Parallel()
			w := signingIn(choosing)
			w.Fail(method, problem.New(problem.AgentUnreachable, nil))
			got := w.run(t.Context(), "connect", "meta", "--select", "1")
			if got.code != 1 || !strings.Contains(got.err, "not answering") {
				t.Errorf("exit %d: %s", got.code, got.err)
			}
			if diff := cmp.Diff([]string{"t1"}, w.Cancelled()); diff != "" {
				t.Errorf("cancelled (-want +got):\n%s", diff)
			}
		})
	}
	for _, id := range []string{"a9", "a3", "g0"} {
		t.Run("when there is no living login "+id, func(t *testing.T) {
			t.Parallel()
			w := signingIn()
			if got := w.run(t.Context(), "reconnect", id, "--json"); got.code != 1 || !strings.Contains(got.out, "not_found") || len(w.Requests()) != 0 {
				t.Errorf("exit %d: %s", got.code, got.out)
			}
		})
	}
}

// TestProgress draws a bar where somebody watches, and nothing into a log.
func TestProgress(t *testing.T) {
	t.Parallel()
	read := func(found int) func(*view.Attempt) {
		return func(a *view.Attempt) { a.State, a.Found, a.Expected = view.AttemptReading, found, 800 }
	}
	for name, terminal := range map[string]bool{"a terminal": true, "a log": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := signingIn(read(0), read(200), read(800), choosing)
			w.terminals.Err = terminal
			got := w.run(t.Context(), "connect", "meta", "--list").err
			if drawn := strings.Contains(got, "200 of 800 accounts read"); drawn != terminal {
				t.Errorf("a bar was drawn: %v\n%s", drawn, got)
			}
		})
	}
}
