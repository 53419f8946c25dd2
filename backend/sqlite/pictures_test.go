package sqlite_test

import (
	"database/sql"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

func TestPictures(t *testing.T) {
	t.Parallel()
	tomorrow := noon.Add(24 * time.Hour)
	face := social.PictureImage{Type: "image/png", Version: "f00d", Bytes: []byte("a picture")}
	// versions are the pictures as the accounts are listed with them.
	versions := func(t *testing.T, w *world) map[social.AccountID]string {
		t.Helper()
		found := map[social.AccountID]string{}
		for _, a := range read(t, w.DB).Accounts {
			found[a.ID] = a.Picture
		}
		return found
	}
	put := func(t *testing.T) *world {
		t.Helper()
		w := newWorld(t)
		must(t, w.PutPicture(t.Context(), "a1", face, tomorrow))
		must(t, w.PutPicture(t.Context(), "a2", face, tomorrow))
		return w
	}

	t.Run("one that was stored comes back, and its account knows its version", func(t *testing.T) {
		t.Parallel()
		w := put(t)
		must(t, w.DropPicture(t.Context(), "a2"))
		got, err := w.Picture(t.Context(), "a1")
		must(t, err)
		same(t, "picture", face, got)
		same(t, "versions", map[social.AccountID]string{"a1": "f00d", "a2": ""}, versions(t, w))
		_, err = w.Picture(t.Context(), "a2")
		wantProblem(t, err, problem.NotFound)
		states, err := w.PictureStates(t.Context(), "g1")
		must(t, err)
		same(t, "states", []social.PictureState{{Account: "a1", Version: "f00d", DueAt: tomorrow}, {Account: "a2"}}, states)
	})
	t.Run("a failure is counted, and the copy stays", func(t *testing.T) {
		t.Parallel()
		w := put(t)
		vain := social.PictureState{Account: "a1", Version: "f00d", Tries: 2, DueAt: noon.Add(time.Hour)}
		must(t, w.NotePicture(t.Context(), vain))
		states, err := w.PictureStates(t.Context(), "g1")
		must(t, err)
		same(t, "state", vain, states[0])
		got, err := w.Picture(t.Context(), "a1")
		must(t, err)
		same(t, "picture", face, got)
		must(t, w.PutPicture(t.Context(), "a1", face, tomorrow))
		states, err = w.PictureStates(t.Context(), "g1")
		must(t, err)
		same(t, "state after a success", social.PictureState{Account: "a1", Version: "f00d", DueAt: tomorrow}, states[0])
	})
	t.Run("a first failure leaves no picture", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, w.NotePicture(t.Context(), social.PictureState{Account: "a1", Tries: 1, DueAt: tomorrow}))
		_, err := w.Picture(t.Context(), "a1")
		wantProblem(t, err, problem.NotFound)
	})
	t.Run("a renewal and a check leave it", func(t *testing.T) {
		t.Parallel()
		w := put(t)
		renewed := w.grant
		renewed.TokenRef, renewed.TokenVersion = "ref-2", 2
		w.activate(t, renewed, w.accounts...)
		must(t, w.SaveCheck(t.Context(), renewed, w.accounts, nil))
		same(t, "versions", map[social.AccountID]string{"a1": "f00d", "a2": "f00d"}, versions(t, w))
	})

	for how, end := range map[string]func(*testing.T, *world){
		"closed":                       func(t *testing.T, w *world) { must(t, w.CloseAccount(t.Context(), "a1", noon, nil)) },
		"closed with all of its login": func(t *testing.T, w *world) { must(t, w.CloseAccounts(t.Context(), "g1", noon, nil)) },
		"closed with its login":        func(t *testing.T, w *world) { must(t, w.CloseGrant(t.Context(), "g1", noon, nil)) },
		"left out of a renewal": func(t *testing.T, w *world) {
			renewed, gone := w.grant, w.accounts[0]
			renewed.TokenRef, gone.State, gone.DisconnectedAt = "ref-2", social.AccountDisconnected, noon
			w.activate(t, renewed, gone, w.accounts[1])
		},
	} {
		t.Run("it is erased with an account that is "+how, func(t *testing.T) {
			t.Parallel()
			w := put(t)
			end(t, w)
			if version := versions(t, w)["a1"]; version != "" {
				t.Errorf("the account still has picture %q", version)
			}
			if left := rowsOf(t, w, "a1"); left != 0 {
				t.Errorf("%d pictures are left in the file", left)
			}
			// One that was on its way comes too late.
			must(t, w.PutPicture(t.Context(), "a1", face, tomorrow))
			must(t, w.NotePicture(t.Context(), social.PictureState{Account: "a1", Tries: 1, DueAt: tomorrow}))
			if left := rowsOf(t, w, "a1"); left != 0 {
				t.Errorf("%d pictures came back", left)
			}
		})
	}
}

// rowsOf counts what the file holds of an account's picture.
func rowsOf(t *testing.T, w *world, id social.AccountID) (count int) {
	t.Helper()
	handle, err := sql.Open("sqlite", image(t, w.path)) // it is ours alone while it is open
	must(t, err)
	defer func() { must(t, handle.Close()) }()
	must(t, handle.QueryRowContext(t.Context(), "SELECT count(*) FROM pictures WHERE account_id = ?", id).Scan(&count))
	return count
}
