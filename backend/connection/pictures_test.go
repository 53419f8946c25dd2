package connection_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/social"
)

// album is told of pictures and remembers the last word on each.
type album struct {
	mu   sync.Mutex
	told map[social.AccountID]string
	// checking is whether a check was under way when it was told.
	checking func() bool
	early    bool
}

func newAlbum() *album { return &album{told: map[social.AccountID]string{}} }

func (a *album) Found(_ social.GrantID, pictures map[social.AccountID]social.Picture) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for id, p := range pictures {
		a.told[id] = p.Link.Reveal()
	}
	a.early = a.early || a.checking != nil && a.checking()
}

// take returns what was told since the last time.
func (a *album) take() map[social.AccountID]string {
	a.mu.Lock()
	defer a.mu.Unlock()
	told := maps.Clone(a.told)
	clear(a.told)
	return told
}

func TestPictures(t *testing.T) {
	t.Parallel()
	// withPictures is a world whose Pages say where their pictures are.
	withPictures := func(t *testing.T) *world {
		t.Helper()
		w := newWorld(t)
		w.provider.set(func() {
			w.provider.candidates[0].Picture = social.PictureAt("https://x.fbcdn.net/1")
			w.provider.candidates[1].Picture = social.NoPicture()
		})
		return w
	}
	want := func(t *testing.T, w *world, want map[social.AccountID]string) {
		t.Helper()
		if diff := cmp.Diff(want, w.album.take()); diff != "" {
			t.Errorf("told (-want +got):\n%s", diff)
		}
	}

	t.Run("are told of what was connected, and of nothing else", func(t *testing.T) {
		t.Parallel()
		w := withPictures(t)
		w.connect("1", "91")
		// Nothing was said of the Instagram account.
		want(t, w, map[social.AccountID]string{w.account("1").ID: "https://x.fbcdn.net/1"})
	})
	t.Run("are told with every check, once it is over", func(t *testing.T) {
		t.Parallel()
		w := withPictures(t)
		w.connect("1", "2")
		w.album.take()
		w.album.checking = func() bool { _, total := w.Checking(); return total > 0 }
		told := map[social.AccountID]string{w.account("1").ID: "https://x.fbcdn.net/1", w.account("2").ID: ""}
		for name, check := range map[string]func() error{
			"on demand":   func() error { _, err := w.Check(t.Context(), nil); return err },
			"by schedule": func() error { return w.Look(t.Context(), []string{string(w.account("1").GrantID)}) },
		} {
			w.must(check())
			if want(t, w, told); w.album.early {
				t.Errorf("the check %s was still under way", name)
			}
		}
	})
	t.Run("are not told when nobody could be asked", func(t *testing.T) {
		t.Parallel()
		w := withPictures(t)
		w.connect("1")
		w.album.take()
		w.provider.set(func() { w.provider.trouble = &social.Trouble{Cause: social.CauseOffline} })
		_, err := w.Check(t.Context(), nil)
		w.must(err)
		want(t, w, map[social.AccountID]string{})
	})
	t.Run("of a Page in two projects are two", func(t *testing.T) {
		t.Parallel()
		w := withPictures(t)
		w.connect("1")
		second, err := w.AddProject(t.Context(), "Padaria")
		w.must(err)
		w.album.take()
		_, err = w.Select(t.Context(), w.signIn(connection.ConnectRequest{ProjectID: second.ID, Provider: social.Meta}).ID, []string{"1"})
		w.must(err)
		if told := w.album.take(); len(told) != 2 {
			t.Errorf("told of %d", len(told))
		}
	})
	t.Run("leave no trace of their addresses in the database", func(t *testing.T) {
		t.Parallel()
		w := withPictures(t)
		w.connect("1")
		w.must(w.db.Close())
		if holds(t, w.path, "fbcdn.net") {
			t.Error("an address is in the file")
		}
		w.start()
	})
}

// holds reports whether a file, or what SQLite keeps beside it, contains text.
func holds(t *testing.T, path, text string) bool {
	t.Helper()
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no file: %v", err)
	}
	return slices.ContainsFunc(files, func(file string) bool {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Contains(body, []byte(text))
	})
}
