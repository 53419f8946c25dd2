package sqlite_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
)

// writeFixture makes the fixture of the newest schema. It is run once, by
// whoever adds a migration, before that migration is added; a fixture is never
// written again, because what it holds is what that version really wrote.
var writeFixture = flag.String("write-fixture", "", "write testdata/`NAME`.db, which must not exist yet")

// TestFixtures opens a copy of the file that each past version left behind: a
// migration must bring all of it along.
//
// Covers DB07, G17.
func TestFixtures(t *testing.T) {
	t.Parallel()
	if *writeFixture != "" {
		path := filepath.Join("testdata", *writeFixture+".db")
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Fatalf("%s is there already", path)
		}
		fill(t, path)
	}
	files, err := filepath.Glob("testdata/v*.db")
	must(t, err)
	if len(files) == 0 {
		t.Fatal("no fixture")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			body, err := os.ReadFile(file)
			must(t, err)
			path := filepath.Join(t.TempDir(), "kontent-connect.db")
			must(t, os.WriteFile(path, body, 0o600))
			db := open(t, path)
			want := fixture()
			if version := filepath.Base(file); version == "v1.db" || version == "v2.db" {
				want = migrated(want)
			}
			if version := filepath.Base(file); version <= "v4.db" {
				want.Grants[0].Verdict.TraceID = "" // nobody noted it
			}
			same(t, "what the old version stored", want, read(t, db))
			setting, err := db.Setting(t.Context(), "preferences")
			must(t, err)
			if setting != `{"theme":"dark"}` {
				t.Errorf("setting %q", setting)
			}
			// And it can be worked with.
			must(t, db.CloseGrant(t.Context(), "g1", noon, nil))
		})
	}
}

// migrated is what the present version makes of the logins of a version that
// did not watch: they get a time at which to be looked at, and nothing was
// counted yet.
func migrated(s state) state {
	for i := range s.Grants {
		g := &s.Grants[i]
		g.Verdict.Tries, g.Verdict.NotBefore = 0, time.Time{}
		g.DueAt = g.Verdict.At.Add(24 * time.Hour)
	}
	return s
}

// fixture is what fill leaves behind.
func fixture() state {
	active, revoking := login("g1"), login("g2")
	revoking.Provider, revoking.State, revoking.Verdict = social.LinkedIn, social.GrantRevoking, social.Verdict{At: noon}
	revoking.DueAt = noon
	gone, never := page("a2"), page("a3")
	gone.State, gone.DisconnectedAt = social.AccountDisconnected, noon
	never.GrantID, never.Kind, never.Provider, never.State = "g2", social.LinkedInMember, social.LinkedIn, social.AccountDisconnecting
	written := event(social.EventConnected, "a1")
	written.ID = 1
	return state{
		Projects: []social.Project{{ID: "p1", Name: "Meu projeto", CreatedAt: noon}},
		Apps: []social.ProviderApp{
			{Provider: social.Meta, ClientID: "123", Redirect: social.RedirectLocalhost, Ports: []int{17653}, APIVersion: "v26.0", SecretRef: "s2"},
		},
		Grants: []social.Grant{active, revoking}, Accounts: []social.Account{page("a1"), gone, never},
		Intents:  []social.Intent{{ID: "i9", GrantID: "g9", TokenRef: "ref-g9", StartedAt: noon}},
		Erasures: []social.TokenRef{"s1"}, Events: []social.Event{written},
	}
}

func fill(t *testing.T, path string) {
	t.Helper()
	want := fixture()
	db, err := sqlite.Open(t.Context(), path)
	must(t, err)
	must(t, db.AddProject(t.Context(), want.Projects[0]))
	former := want.Apps[0]
	former.SecretRef = "s1"
	must(t, db.PutProviderApp(t.Context(), former, social.Intent{}))
	must(t, db.PutProviderApp(t.Context(), want.Apps[0], social.Intent{}))
	begun := social.Intent{ID: "i1", GrantID: "g1", TokenRef: "ref-g1-1", StartedAt: noon}
	must(t, db.Begin(t.Context(), begun))
	must(t, db.Activate(t.Context(), begun, want.Grants[0], []social.Account{page("a1"), page("a2")}, nil))
	must(t, db.CloseAccount(t.Context(), "a2", noon, want.Events))
	second := want.Grants[1]
	second.State = social.GrantActive
	third := want.Accounts[2]
	third.State = social.AccountActive
	begun = social.Intent{ID: "i2", GrantID: "g2", TokenRef: "ref-g2-1", StartedAt: noon}
	must(t, db.Begin(t.Context(), begun))
	must(t, db.Activate(t.Context(), begun, second, []social.Account{third}, nil))
	must(t, db.MarkRevoking(t.Context(), "g2", noon))
	must(t, db.Begin(t.Context(), want.Intents[0]))
	must(t, db.PutSetting(t.Context(), "preferences", `{"theme":"dark"}`))
	must(t, db.Close())
}
