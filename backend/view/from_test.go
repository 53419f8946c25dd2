package view_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// TestNoListIsNull: the page iterates over every list without asking whether
// there is one.
func TestNoListIsNull(t *testing.T) {
	t.Parallel()
	policy := social.DefaultPolicy()
	for name, shape := range map[string]any{
		"an empty login":        view.GrantFrom(social.Grant{}, policy, noon),
		"an empty account":      view.AccountFrom(social.Account{}, social.Grant{}, policy, noon),
		"a candidate":           view.CandidateFrom(social.Candidate{}, false, ""),
		"an app not set up":     view.AppFrom(social.ProviderApp{}, nil),
		"an app without ports":  view.AppFrom(social.ProviderApp{Redirect: social.RedirectPaste}, nil),
		"an empty timeline":     view.HistoryFrom(nil),
		"a project":             view.ProjectFrom(social.Project{}),
		"a problem without why": view.ProblemFrom(errors.New("x")),
	} {
		body, err := json.Marshal(shape)
		if err != nil || strings.Contains(string(body), "null") {
			t.Errorf("%s crosses as %s, %v", name, body, err)
		}
	}
}

func TestAccountFrom(t *testing.T) {
	t.Parallel()
	login := social.Grant{ID: "g1", State: social.GrantActive, Clocks: social.Clocks{Token: social.ExpiresAt(noon.Add(time.Hour), social.ToldByProvider)}}
	page := social.Account{ID: "a1", GrantID: "g1", State: social.AccountActive, Clocks: social.Clocks{Token: social.Never(social.Assumed)}}
	t.Run("names the login's date where that decides, and shows the account's own clocks", func(t *testing.T) {
		t.Parallel()
		got := view.AccountFrom(page, login, social.DefaultPolicy(), noon)
		if got.Health != social.Expiring || got.Clock != social.TokenClock || got.EndsAt != "2026-03-10T13:00:00Z" {
			t.Errorf("health %s, clock %s, ends %s", got.Health, got.Clock, got.EndsAt)
		}
		if diff := cmp.Diff(view.Clocks{Token: &view.Clock{Kind: social.ClockNever, Source: social.Assumed}}, got.Clocks); diff != "" {
			t.Errorf("clocks (-want +got):\n%s", diff)
		}
	})
	t.Run("shows what the provider did not tell as unknown", func(t *testing.T) {
		t.Parallel()
		want := view.Capabilities{Publish: social.Unknown, Messages: social.Unknown, Comments: social.Unknown, Analytics: social.Unknown}
		if diff := cmp.Diff(want, view.AccountFrom(page, login, social.DefaultPolicy(), noon).Capabilities); diff != "" {
			t.Errorf("capabilities (-want +got):\n%s", diff)
		}
	})
}

func TestProblemFrom(t *testing.T) {
	t.Parallel()
	t.Run("keeps code and arguments across the socket and nothing of the chain", func(t *testing.T) {
		t.Parallel()
		err := fmt.Errorf("connect: %w", problem.New(problem.WrongPerson, errors.New("private chain")).With("expected", "Ana").With("received", "Bia"))
		crossed := view.ProblemFrom(err)
		body, _ := json.Marshal(crossed)
		if strings.Contains(string(body), "private") {
			t.Errorf("the chain crosses: %s", body)
		}
		back := crossed.Error()
		if diff := cmp.Diff(map[string]string{"expected": "Ana", "received": "Bia"}, back.Args); diff != "" || back.Code != problem.WrongPerson {
			t.Errorf("came back as %v (-want +got):\n%s", back, diff)
		}
	})
	t.Run("has no problem to show for nil", func(t *testing.T) {
		t.Parallel()
		if got := view.ProblemFrom(nil); got != nil {
			t.Errorf("shows %v", got)
		}
	})
}

func TestTime(t *testing.T) {
	t.Parallel()
	brasilia := time.Date(2026, 3, 10, 9, 0, 0, 5, time.FixedZone("BRT", -3*60*60))
	if got := view.Time(brasilia); got != "2026-03-10T12:00:00Z" {
		t.Errorf("renders %q", got)
	}
	if got := view.Time(time.Time{}); got != "" {
		t.Errorf("the zero time renders as %q: no date may be invented", got)
	}
}

func TestPreferencesValid(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		p    view.Preferences
		want bool
	}{
		{view.Preferences{Language: view.Spanish, Theme: view.ThemeDark}, true},
		{view.Preferences{Language: "de", Theme: view.ThemeDark}, false},
		{view.Preferences{Language: view.English, Theme: "pink"}, false},
		{view.Preferences{}, false},
		{view.DefaultPreferences(), true},
		{quiet("22:00", "08:00"), true},
		{quiet("", ""), false},
		{quiet("22:00", "24:00"), false},
		{quiet("8:00", "22:00"), false},
		{quiet("22:00", "22:00\n"), false},
	} {
		if got := tc.p.Valid(); got != tc.want {
			t.Errorf("%+v is valid: %t", tc.p, got)
		}
	}
}

// quiet is preferences with quiet hours.
func quiet(from, to string) view.Preferences {
	p := view.DefaultPreferences()
	p.Notices.Quiet, p.Notices.QuietFrom, p.Notices.QuietTo = true, from, to
	return p
}
