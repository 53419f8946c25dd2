package view_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

func TestOpening(t *testing.T) {
	t.Parallel()

	t.Run("is everything where the accounts are not many", func(t *testing.T) {
		t.Parallel()
		all := crowd(10, 100)
		if diff := cmp.Diff(all, all.Opening()); diff != "" {
			t.Errorf("what a window opens with (-everything +it):\n%s", diff)
		}
	})

	t.Run("is the first logins of the list of the project in view, each with all of its accounts", func(t *testing.T) {
		t.Parallel()
		all := crowd(30, 100)
		all.Preferences.Project = "p2"
		for i := range all.Accounts {
			if i >= 500 {
				all.Accounts[i].ProjectID = "p2"
			}
		}
		slices.Reverse(all.Grants)
		first := all.Opening()
		if !first.Partial || len(first.Grants) != 30 {
			t.Fatalf("partial %v, %d logins; want all logins, and that accounts are missing", first.Partial, len(first.Grants))
		}
		if diff := cmp.Diff(all.Accounts[500:700], first.Accounts); diff != "" {
			t.Errorf("accounts (-want +got):\n%s", diff)
		}
	})

	t.Run("begins with Meta, and with what was connected first", func(t *testing.T) {
		t.Parallel()
		all := crowd(30, 100)
		all.Grants[0].Provider = social.LinkedIn
		all.Grants[29].ConnectedAt = "2026-01-01T00:00:00Z"
		got := logins(all.Opening())
		if diff := cmp.Diff([]social.GrantID{"g01", "g29"}, got); diff != "" {
			t.Errorf("logins of the accounts (-want +got):\n%s", diff)
		}
	})

	t.Run("has the logins of the three notices that are listed, each with all of its accounts", func(t *testing.T) {
		t.Parallel()
		all := crowd(30, 100)
		for _, id := range []social.GrantID{"g29", "g20", "g10", "g11"} {
			all.Notices = append(all.Notices, view.Notice{GrantID: id})
		}
		first := all.Opening()
		if diff := cmp.Diff([]social.GrantID{"g00", "g01", "g10", "g20", "g29"}, logins(first)); diff != "" || len(first.Accounts) != 500 {
			t.Errorf("%d accounts, of the logins (-want +got):\n%s", len(first.Accounts), diff)
		}
	})

	t.Run("has the accounts whose access is being taken back", func(t *testing.T) {
		t.Parallel()
		all := crowd(30, 100)
		for i := range 100 {
			all.Accounts[2500+i].State = social.AccountDisconnecting
		}
		if diff := cmp.Diff([]social.GrantID{"g00", "g01", "g25"}, logins(all.Opening())); diff != "" {
			t.Errorf("logins of the accounts (-want +got):\n%s", diff)
		}
	})

	t.Run("is no account where there is no project", func(t *testing.T) {
		t.Parallel()
		all := crowd(30, 100)
		all.Projects = nil
		if got := all.Opening(); len(got.Accounts) != 0 || !got.Partial {
			t.Errorf("%d accounts without a project", len(got.Accounts))
		}
	})

	t.Run("leaves the snapshot alone", func(t *testing.T) {
		t.Parallel()
		all, before := crowd(30, 100), crowd(30, 100)
		all.Preferences.Project, before.Preferences.Project = "p2", "p2" // in which no login has an account
		all.Opening()
		if diff := cmp.Diff(before, all); diff != "" {
			t.Errorf("the snapshot (-before +after):\n%s", diff)
		}
	})
}

func logins(s view.Snapshot) (ids []social.GrantID) {
	for _, a := range s.Accounts {
		if !slices.Contains(ids, a.GrantID) {
			ids = append(ids, a.GrantID)
		}
	}
	return ids
}

// crowd has so many logins of so many accounts each in the first of two projects,
// in the order in which they were connected.
func crowd(grants, accounts int) view.Snapshot {
	s := view.Snapshot{Frame: view.Frame{Projects: []view.Project{{ID: "p1"}, {ID: "p2"}}}}
	for g := range grants {
		id := social.GrantID(fmt.Sprintf("g%02d", g))
		s.Grants = append(s.Grants, view.Grant{ID: id, Provider: social.Meta, ConnectedAt: fmt.Sprintf("2026-02-%02dT00:00:00Z", g/2+1)})
		for a := range accounts {
			s.Accounts = append(s.Accounts, view.Account{
				ID: social.AccountID(fmt.Sprintf("%s-%03d", id, a)), GrantID: id, ProjectID: "p1", State: social.AccountActive, Provider: social.Meta,
			})
		}
	}
	return s
}
