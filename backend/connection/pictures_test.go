package connection_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// album is told of pictures and remembers the last word on each.
type album struct {
	mu   sync.Mutex
	told map[social.AccountID]string
	// checking is whether a check was under way when it was told.
	checking func() bool
	early    bool
	// looked are the links that were looked at; trouble is how that ends.
	looked  []string
	trouble error
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

func (a *album) Look(ctx context.Context, link social.Secret) (social.PictureImage, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.looked = append(a.looked, link.Reveal())
	return social.PictureImage{Type: "image/png", Bytes: []byte(link.Reveal())}, errors.Join(a.trouble, ctx.Err())
}

// looks counts what was looked at.
func (a *album) looks() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.looked)
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

func TestPicturesOfCandidates(t *testing.T) {
	t.Parallel()
	const link = "https://x.fbcdn.net/1"
	ref := social.PictureAt(link).Ref()
	// choosing is a world with a sign-in whose first Page says where its picture is.
	choosing := func(t *testing.T) (*world, string) {
		t.Helper()
		w := newWorld(t)
		w.provider.set(func() { w.provider.candidates[0].Picture = social.PictureAt(link) })
		return w, w.signIn(w.request()).ID
	}

	t.Run("are brought when they are asked for, once", func(t *testing.T) {
		t.Parallel()
		w, id := choosing(t)
		if w.album.looks() != 0 {
			t.Error("one was looked at before anybody asked")
		}
		for range 2 {
			face, err := w.CandidatePicture(t.Context(), id, ref)
			w.must(err)
			if string(face.Bytes) != link {
				t.Errorf("the picture is %q", face.Bytes)
			}
		}
		if w.album.looks() != 1 {
			t.Errorf("it was brought %d times", w.album.looks())
		}
	})
	t.Run("are those that the provider told of, and no others", func(t *testing.T) {
		t.Parallel()
		w, id := choosing(t)
		for _, other := range []string{"", link, social.PictureAt("https://x.fbcdn.net/2").Ref()} {
			_, err := w.CandidatePicture(t.Context(), id, other)
			w.wantCode(err, problem.NotFound)
		}
		_, err := w.CandidatePicture(t.Context(), "nobody", ref)
		w.wantCode(err, problem.NotFound)
		if w.album.looks() != 0 {
			t.Errorf("%d were looked at", w.album.looks())
		}
	})
	t.Run("that cannot be had are asked for again", func(t *testing.T) {
		t.Parallel()
		w, id := choosing(t)
		w.album.trouble = errors.New("the server answered 503")
		_, err := w.CandidatePicture(t.Context(), id, ref)
		w.wantCode(err, problem.NotFound)
		w.album.trouble = nil
		_, err = w.CandidatePicture(t.Context(), id, ref)
		w.must(err)
	})
	for how, end := range map[string]func(w *world, id string){
		"cancelled": func(w *world, id string) { w.must(w.Cancel(id)) },
		"done": func(w *world, id string) {
			_, err := w.Select(t.Context(), id, []string{"1"})
			w.must(err)
		},
	} {
		t.Run("go with an attempt that is "+how, func(t *testing.T) {
			t.Parallel()
			w, id := choosing(t)
			_, err := w.CandidatePicture(t.Context(), id, ref)
			w.must(err)
			end(w, id)
			_, err = w.CandidatePicture(t.Context(), id, ref)
			w.wantCode(err, problem.NotFound)
		})
	}
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
