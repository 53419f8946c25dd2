package connection_test

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// exported is the configuration of an installation with one login.
func exported(t *testing.T) social.Configuration {
	t.Helper()
	w := newWorld(t)
	w.connect("1", "2", "91")
	c, err := w.Configuration(t.Context())
	w.must(err)
	return c
}

func (w *world) importing(c social.Configuration) social.Import {
	w.t.Helper()
	in, err := w.Import(w.t.Context(), c, nil)
	w.must(err)
	return in
}

// connected lists the connected accounts as a configuration has them.
func (w *world) connected() []social.Account {
	w.t.Helper()
	c, err := w.Configuration(w.t.Context())
	w.must(err)
	return c.Accounts
}

func TestImport(t *testing.T) {
	t.Parallel()

	t.Run("brings everything back but the access", func(t *testing.T) {
		t.Parallel()
		c, w := exported(t), newWorld(t)
		in := w.importing(c)
		if len(in.Projects) != 1 || len(in.Grants) != 1 || len(in.Accounts) != 3 || in.Emptied != w.project {
			t.Errorf("imported %+v", in)
		}
		again, err := w.Configuration(t.Context())
		w.must(err)
		for _, side := range []*social.Configuration{&c, &again} {
			for i := range side.Grants {
				g := &side.Grants[i]
				// What only an access has.
				g.TokenRef, g.TokenVersion, g.Verdict, g.Clocks, g.DueAt, g.State = "", 0, social.Verdict{}, social.Clocks{}, time.Time{}, ""
			}
			for i := range side.Accounts {
				side.Accounts[i].Clocks, side.Accounts[i].State = social.Clocks{}, ""
			}
			for i := range side.Apps {
				side.Apps[i].SecretRef = ""
			}
		}
		if diff := cmp.Diff(c, again); diff != "" {
			t.Errorf("(-exported +imported):\n%s", diff)
		}
		for _, remote := range []string{"1", "2", "91"} {
			if h := w.health(remote); h.Health != social.Reconnect || h.Cause != social.CauseTokenMissing {
				t.Errorf("%s is %+v", remote, h)
			}
		}
	})

	t.Run("waits for its person, and one sign-in heals it all under the same ids", func(t *testing.T) {
		t.Parallel()
		c, w := exported(t), newWorld(t)
		w.importing(c)
		due, _, err := w.Due(t.Context(), w.now().Add(100*time.Hour), w.now())
		w.must(err)
		if len(due) != 0 {
			t.Errorf("asks about %v, which nobody has signed in to", due)
		}
		w.check()
		if h := w.health("1"); h.Health != social.Reconnect || h.Cause != social.CauseTokenMissing {
			t.Errorf("after a check: %+v", h)
		}
		attempt := w.signIn(connection.ConnectRequest{ProjectID: c.Projects[0].ID, Provider: social.Meta, GrantID: c.Grants[0].ID})
		_, err = w.Select(t.Context(), attempt.ID, nil)
		w.must(err)
		for i, a := range w.connected() {
			if h := w.health(a.RemoteID); h.Health != social.Healthy || a.ID != c.Accounts[i].ID {
				t.Errorf("%s under %s is %+v", a.RemoteID, a.ID, h)
			}
		}
		if _, err := w.Token(t.Context(), c.Accounts[0].ID); err != nil {
			t.Error(err)
		}
	})

	t.Run("can be disconnected before anybody signed in", func(t *testing.T) {
		t.Parallel()
		c, w := exported(t), newWorld(t)
		w.importing(c)
		for _, a := range c.Accounts {
			_, err := w.Disconnect(t.Context(), a.ID, false)
			w.must(err)
		}
		if left := w.connected(); len(left) != 0 {
			t.Errorf("left: %+v", left)
		}
	})

	t.Run("changes nothing of what is here already", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		c, err := w.Configuration(t.Context())
		w.must(err)
		before, grant := w.connected(), w.grants()[0]
		c.Projects[0].Name = "Renamed"
		if in := w.importing(c); len(in.Accounts)+len(in.Grants)+len(in.Projects) != 0 || len(in.Renamed) != 1 {
			t.Errorf("imported %+v", in)
		}
		if diff := cmp.Diff(before, w.connected()); diff != "" {
			t.Errorf("accounts (-before +after):\n%s", diff)
		}
		if diff := cmp.Diff(grant, w.grants()[0]); diff != "" {
			t.Errorf("login (-before +after):\n%s", diff)
		}
		w.check()
		if h := w.health("1"); h.Health != social.Healthy {
			t.Errorf("health: %+v", h)
		}
	})

	t.Run("brings back what was disconnected, with its id", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.connect("1")
		c, err := w.Configuration(t.Context())
		w.must(err)
		_, err = w.Disconnect(t.Context(), c.Accounts[0].ID, true)
		w.must(err)
		w.importing(c)
		if back := w.connected(); len(back) != 1 || back[0].ID != c.Accounts[0].ID {
			t.Errorf("back: %+v", back)
		}
	})

	t.Run("puts accounts of a person who is here under that login", func(t *testing.T) {
		t.Parallel()
		c, w := exported(t), newWorld(t)
		w.connect("2")
		c.Projects, c.Apps = nil, nil
		for i := range c.Accounts {
			c.Accounts[i].ProjectID = w.project
		}
		if in := w.importing(c); len(in.Grants) != 0 || len(in.Accounts) != 2 {
			t.Errorf("imported %+v", in)
		}
		if grants := w.grants(); len(grants) != 1 || len(w.connected()) != 3 {
			t.Errorf("logins: %+v", grants)
		}
	})

	t.Run("never takes the place of an app in use", func(t *testing.T) {
		t.Parallel()
		c, w := exported(t), newWorld(t)
		w.connect("1")
		c.Apps[0].ClientID = "another"
		_, err := w.Import(t.Context(), c, nil)
		w.wantCode(err, problem.AppInUse)
	})
}

// TestImportIsWhole: whatever is cut off, all of it is there or nothing.
func TestImportIsWhole(t *testing.T) {
	t.Parallel()
	c, w := exported(t), newWorld(t)
	before, err := w.Configuration(t.Context())
	w.must(err)
	// The second account cannot stand beside the first.
	broken := c
	broken.Accounts = append([]social.Account{}, c.Accounts...)
	broken.Accounts[2].ProjectID = "nowhere"
	_, err = w.Import(t.Context(), broken, map[string]string{"preferences": "x"})
	var misfit *connection.Misfit
	if !errors.As(err, &misfit) || *misfit != (connection.Misfit{List: "accounts", Entry: 2, Field: "project_id"}) {
		t.Errorf("got %v", err)
	}
	w.faults.arm(1, false)
	if _, err := w.Import(t.Context(), c, nil); err == nil {
		t.Error("the fault was not met")
	}
	after, err := w.Configuration(t.Context())
	w.must(err)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

// TestImportRefuses goes through what a file may hold that cannot be.
func TestImportRefuses(t *testing.T) {
	t.Parallel()
	whole := exported(t)
	for name, tc := range map[string]struct {
		spoil func(*social.Configuration)
		want  connection.Misfit
	}{
		"a project without a name":       {func(c *social.Configuration) { c.Projects[0].Name = " " }, connection.Misfit{List: "projects", Field: "name"}},
		"a project without an id":        {func(c *social.Configuration) { c.Projects[0].ID = "" }, connection.Misfit{List: "projects", Field: "id"}},
		"a project without a time":       {func(c *social.Configuration) { c.Projects[0].CreatedAt = time.Time{} }, connection.Misfit{List: "projects", Field: "created_at"}},
		"a project twice":                {func(c *social.Configuration) { c.Projects = append(c.Projects, c.Projects[0]) }, connection.Misfit{List: "projects", Entry: 1, Field: "id"}},
		"an unknown network":             {func(c *social.Configuration) { c.Apps[0].Provider = "myspace" }, connection.Misfit{List: "apps", Field: "provider"}},
		"a port that is none":            {func(c *social.Configuration) { c.Apps[0].Ports = []int{80} }, connection.Misfit{List: "apps", Field: "ports"}},
		"two apps at a network":          {func(c *social.Configuration) { c.Apps = append(c.Apps, c.Apps[0]) }, connection.Misfit{List: "apps", Entry: 1, Field: "provider"}},
		"a login of nobody":              {func(c *social.Configuration) { c.Grants[0].Subject.ID = "" }, connection.Misfit{List: "grants", Field: "subject_id"}},
		"a login's odd permission":       {func(c *social.Configuration) { c.Grants[0].Granted = []social.Scope{"a b"} }, connection.Misfit{List: "grants", Field: "granted"}},
		"a login's odd wish":             {func(c *social.Configuration) { c.Grants[0].Wanted = []social.Capability{"fly"} }, connection.Misfit{List: "grants", Field: "wanted"}},
		"a login twice":                  {func(c *social.Configuration) { c.Grants = append(c.Grants, c.Grants[0]) }, connection.Misfit{List: "grants", Entry: 1, Field: "id"}},
		"an account without its login":   {func(c *social.Configuration) { c.Grants = nil }, connection.Misfit{List: "accounts", Field: "grant_id"}},
		"an account without its project": {func(c *social.Configuration) { c.Projects = nil }, connection.Misfit{List: "accounts", Field: "project_id"}},
		"an account of another network":  {func(c *social.Configuration) { c.Accounts[0].Provider = social.LinkedIn }, connection.Misfit{List: "accounts", Field: "kind"}},
		"an account twice":               {func(c *social.Configuration) { c.Accounts[1].ID = c.Accounts[0].ID }, connection.Misfit{List: "accounts", Entry: 1, Field: "id"}},
		"a Page twice":                   {func(c *social.Configuration) { c.Accounts[1].RemoteID = "1" }, connection.Misfit{List: "accounts", Entry: 1, Field: "id"}},
		"an address for an id":           {func(c *social.Configuration) { c.Accounts[0].RemoteID = "../me" }, connection.Misfit{List: "accounts", Field: "remote_id"}},
		"an address for a Page":          {func(c *social.Configuration) { c.Accounts[0].ParentRemoteID = "1?x" }, connection.Misfit{List: "accounts", Field: "parent_id"}},
		"an odd capability": {func(c *social.Configuration) {
			c.Accounts[0].Capabilities = social.Capabilities{social.Publish: "maybe"}
		}, connection.Misfit{List: "accounts", Field: "capabilities"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := social.Configuration{
				Projects: append([]social.Project{}, whole.Projects...), Apps: append([]social.ProviderApp{}, whole.Apps...),
				Grants: append([]social.Grant{}, whole.Grants...), Accounts: append([]social.Account{}, whole.Accounts...),
			}
			tc.spoil(&c)
			_, err := newWorld(t).Import(t.Context(), c, nil)
			var misfit *connection.Misfit
			if !errors.As(err, &misfit) || *misfit != tc.want {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestImportOfThousands would time out if accounts were compared with each
// other one by one.
func TestImportOfThousands(t *testing.T) {
	t.Parallel()
	c, w := exported(t), newWorld(t)
	for i := range 20_000 {
		a := c.Accounts[0]
		a.ID, a.RemoteID = social.AccountID("x"+strconv.Itoa(i)), "77"+strconv.Itoa(i)
		c.Accounts = append(c.Accounts, a)
	}
	if in := w.importing(c); len(in.Accounts) != 20_003 {
		t.Errorf("imported %d accounts", len(in.Accounts))
	}
}
