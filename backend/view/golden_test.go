package view_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

var update = flag.Bool("update", false, "write the golden files again")

// TestGolden holds the form of every shape: scripts and older windows rely on
// it (design.md 6). Fields may be added; a line that changes or goes breaks
// somebody.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, shape := range map[string]any{
		"snapshot": world(), "changes": changes(), "changes_lost": view.Changes{
			Since: 3, Revision: 3, Lost: true, Grants: []view.Grant{}, GrantsGone: []social.GrantID{},
			Accounts: []view.Account{}, AccountsGone: []social.AccountID{},
		},
		"former":  view.Former{Grants: world().Grants, Accounts: world().Accounts[1:]},
		"attempt": attempt(), "check_result": view.CheckResult{
			Grants: 2, Accounts: 3, Unverified: 1, Problems: []view.Problem{*view.ProblemFrom(problem.New(problem.Offline, nil))},
		},
		"disconnect_result": view.DisconnectResult{
			Outcome: social.Unreachable, Closed: []social.AccountID{"a1", "a2"}, WholeLogin: true, Provider: social.Meta,
			Subject: "Ana Souza", Page: "https://www.facebook.com/settings?tab=business_tools",
			Problem: view.ProblemFrom(problem.New(problem.Offline, nil)),
		},
		"history": view.HistoryFrom([]social.Event{
			{
				ID: 2, At: noon, Kind: social.EventHealthChanged, Provider: social.Meta, ProjectID: "p1", GrantID: "g1",
				AccountID: "a1", Subject: "Café da Esquina", Cause: social.CauseRevoked,
			},
			{ID: 1, At: noon, Kind: social.EventChecked, Subject: "Ana Souza"},
		}),
		"picture": view.PictureFrom(social.PictureImage{Type: "image/png", Version: "f00d", Bytes: []byte("a picture")}),
		"history_export": view.HistoryExport{
			Query: view.HistoryQuery{
				AccountID: "a1", ProjectID: "p1", Provider: social.Meta, Kinds: []social.EventKind{social.EventRenewed}, Text: "café",
				BeforeID: 7, Limit: 50,
			},
			Format: view.FormatCSV,
		},
		"diagnosis": view.Diagnosis{
			Findings: []view.Finding{
				{Check: view.CheckDatabase, State: view.FindingOK, Code: "sound", Args: map[string]string{"size": "1 MB"}, TookMS: 12},
				{Check: view.CheckClock, State: view.FindingUnknown, Code: "not_asked", Message: "It could not be asked.", Action: "Try again."},
			},
			Report: view.Document{Name: "report.txt", Body: "…"},
		},
		"configuration": view.ConfigurationFrom(configuration(), view.DefaultPreferences(), noon),
		"import_result": view.ImportResult{Projects: 1, Apps: 2, Grants: 3, Accounts: 4, Known: 5},
		"event":         view.Event{Revision: 7, Attempt: "t1", Show: true, Account: "a1", Quit: true},
		"connect_request": view.ConnectRequest{
			ProjectID: "p1", Provider: social.Meta, Token: "pasted", Capabilities: []social.Capability{social.Publish},
			Kinds: []social.AccountKind{social.FacebookPage}, GrantID: "g1", ChooseAgain: true, NoBrowser: true, TimeoutSeconds: 300,
		},
		"app_settings": view.AppSettings{
			Provider: social.Meta, ClientID: "123", ClientSecret: "typed in", Redirect: social.RedirectRelay, Ports: []int{17653},
			RelayURL: "https://example.com/relay", APIVersion: "v26.0", LoginConfig: "9",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, name, shape)
		})
	}
}

// golden compares shape with its file, and reads it back without loss.
func golden(t *testing.T, name string, shape any) {
	t.Helper()
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(shape); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(path, body.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), body.String()); diff != "" {
		t.Errorf("%s (-golden +got); run with -update if it is meant:\n%s", path, diff)
	}
	back := reflect.New(reflect.TypeOf(shape))
	if err := json.Unmarshal(want, back.Interface()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(shape, back.Elem().Interface()); diff != "" {
		t.Errorf("%s read back (-written +read):\n%s", path, diff)
	}
}

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// configuration is one of each thing that a file of configuration has.
func configuration() social.Configuration {
	return social.Configuration{
		Projects: []social.Project{{ID: "p1", Name: "Meu projeto", CreatedAt: noon}},
		Apps: []social.ProviderApp{{
			Provider: social.LinkedIn, ClientID: "86abc", Redirect: social.RedirectNative, Ports: []int{17653}, APIVersion: "202605",
			Product: social.ProductCommunity, Tier: social.TierStandard, SecretRef: "never-shown",
		}},
		Grants: []social.Grant{{
			ID: "g1", Provider: social.LinkedIn, ClientID: "86abc", Subject: social.Subject{ID: "x", Name: "Ana Souza"}, TokenRef: "never-shown",
			Wanted: []social.Capability{social.Publish}, Requested: []social.Scope{"openid", "w_member_social"},
			Granted: []social.Scope{"openid"}, Declined: []social.Scope{"w_member_social"}, ConnectedAt: noon,
		}},
		Accounts: []social.Account{{
			ID: "a1", ProjectID: "p1", GrantID: "g1", Provider: social.LinkedIn, Kind: social.LinkedInMember, RemoteID: "urn:li:person:x",
			Name: "Ana Souza", Username: "ana", Detail: "–", Capabilities: social.Capabilities{social.Publish: social.Granted}, ConnectedAt: noon,
		}},
	}
}

// world is a snapshot with every field set somewhere, made from the domain.
func world() view.Snapshot {
	day := 24 * time.Hour
	login := social.Grant{
		ID: "g1", Provider: social.Meta, ClientID: "123", Subject: social.Subject{ID: "100", Name: "Ana Souza"},
		State: social.GrantActive, TokenRef: "never-shown", TokenVersion: 3, Wanted: []social.Capability{social.Publish},
		Granted: []social.Scope{"pages_show_list"}, Declined: []social.Scope{"pages_messaging"},
		Clocks: social.Clocks{
			Token:      social.ExpiresAt(noon.Add(5*day), social.ToldByProvider),
			Refresh:    social.UnknownClock(),
			DataAccess: social.ExpiresAt(noon.Add(80*day), social.ToldByProvider),
		},
		Verdict: social.Verdict{Outcome: social.OutcomeInconclusive, Cause: social.CauseOffline, At: noon, GoodAt: noon.Add(-day)}, ConnectedAt: noon.Add(-9 * day),
	}
	page := social.Account{
		ID: "a1", ProjectID: "p1", GrantID: "g1", Provider: social.Meta, Kind: social.InstagramAccount, RemoteID: "17841400000000001",
		Name: "Café da Esquina", Username: "cafe", ParentRemoteID: "61550000000001", Detail: "Portfólio", Picture: "f00d", State: social.AccountActive,
		Capabilities: social.Capabilities{social.Publish: social.Granted, social.Messages: social.NotGranted, social.Comments: social.Unavailable},
		Clocks:       social.Clocks{Token: social.Never(social.Assumed)}, ConnectedAt: noon.Add(-9 * day),
	}
	gone := social.Account{
		ID: "a2", ProjectID: "p1", GrantID: "g0", Provider: social.LinkedIn, Kind: social.LinkedInMember, RemoteID: "urn:li:person:x",
		Name: "Bia", State: social.AccountDisconnected, ConnectedAt: noon.Add(-9 * day), DisconnectedAt: noon,
	}
	policy := social.DefaultPolicy()
	return view.Snapshot{
		Revision: 7, Frame: frame(),
		Grants:   []view.Grant{view.GrantFrom(login, policy, noon)},
		Accounts: []view.Account{view.AccountFrom(page, login, policy, noon), view.AccountFrom(gone, social.Grant{}, policy, noon)},
		Notices: []view.Notice{{
			GrantID: "g1", Provider: social.Meta, SubjectName: "Ana Souza", Health: social.Expiring, Clock: social.TokenClock,
			EndsAt: view.Time(noon.Add(3 * day)), AccountID: "a1", ProjectID: "p1", Accounts: 2,
			ToldAt: view.Time(noon), SnoozedUntil: view.Time(noon.Add(day)),
		}},
	}
}

// frame is what is around the accounts of world.
func frame() view.Frame {
	day := 24 * time.Hour
	return view.Frame{
		Version: "0.1.0", Demo: true,
		Preferences: view.Preferences{Language: view.Portuguese, Theme: view.ThemeSystem, Project: "p1"},
		Projects:    []view.Project{{ID: "p1", Name: "Meu projeto", CreatedAt: view.Time(noon), Former: 3}},
		Apps: []view.ProviderApp{
			view.AppFrom(social.ProviderApp{
				Provider: social.Meta, ClientID: "123", Redirect: social.RedirectLocalhost, Ports: []int{17653},
				APIVersion: "v26.0", LoginConfig: "9", SecretRef: "never-shown",
			}, []social.Scope{"pages_show_list"}),
			view.AppFrom(social.ProviderApp{Provider: social.LinkedIn, Redirect: social.RedirectPaste}, nil),
		},
		Attempts: []view.Attempt{attempt()}, LastLine: 41,
		Watch: view.Watch{
			CheckedAt: view.Time(noon), NextAt: view.Time(noon.Add(day)), Checking: true, Done: 1, Total: 3, Offline: true,
			PausedUntil: view.Time(noon.Add(day)),
		},
		System:   view.System{Notifications: view.NotificationsSilenced, Buttons: true, Tray: true, StartAtLogin: true, CanStartAtLogin: true},
		Keychain: view.ProblemFrom(problem.New(problem.KeychainLocked, errors.New("for the log only"))),
		Data:     view.ProblemFrom(problem.New(problem.DatabaseRestored, nil).With("accounts", "2").With("at", "2026-11-25 12:00")),
	}
}

// changes are what made world of what was before it.
func changes() view.Changes {
	now := world()
	return view.Changes{
		Since: 6, Revision: now.Revision, Frame: &now.Frame, Notices: &now.Notices,
		Grants: now.Grants, GrantsGone: []social.GrantID{"g0"}, Accounts: now.Accounts[:1], AccountsGone: []social.AccountID{"a3"},
	}
}

func attempt() view.Attempt {
	usable := social.Candidate{
		Kind: social.FacebookPage, RemoteID: "61550000000001", Name: "Café", Username: "cafe", ParentRemoteID: "1", Detail: "Portfólio",
		Picture: social.PictureAt("https://never-shown.fbcdn.net/1"), Usable: true, Capabilities: social.Capabilities{social.Publish: social.Granted},
	}
	other := social.Candidate{Kind: social.InstagramAccount, RemoteID: "2", Name: "Loja", Reason: social.ReasonInstagramPersonal}
	return view.Attempt{
		ID: "t1", ProjectID: "p1", Provider: social.Meta, State: view.AttemptChoosing, GrantID: "g1",
		AuthorizeURL: "https://www.facebook.com/v26.0/dialog/oauth?a=1&b=2", RedirectURI: "http://localhost:17653/callback/meta",
		BrowserOpened: true, ExpiresAt: view.Time(noon), Found: 2, Expected: 3, SubjectName: "Ana Souza", Complete: true,
		Granted:    []social.Scope{"pages_show_list"},
		Candidates: []view.Candidate{view.CandidateFrom(usable, true, "Outro projeto"), view.CandidateFrom(other, false, "")},
		Connected:  []social.AccountID{"a1"}, Declined: []social.Scope{"pages_messaging"},
		Lacks: view.LacksFrom([]social.Lack{
			{Scope: "w_member_social", Product: "Share on LinkedIn", Uses: []social.Use{{Kind: social.LinkedInMember, Capability: social.Publish}}},
			{Scope: "pages_messaging"},
		}),
		Problem: view.ProblemFrom(problem.New(problem.WrongPerson, nil).With("expected", "Ana").With("received", "Bia")),
	}
}
