package agent_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// applied is what a window has that stood at s and was told changes.
func applied(s view.Snapshot, c view.Changes) view.Snapshot {
	s.Revision = c.Revision
	if c.Frame != nil {
		s.Frame = *c.Frame
	}
	if c.Notices != nil {
		s.Notices = *c.Notices
	}
	s.Grants = merged(s.Grants, c.Grants, c.GrantsGone, func(g view.Grant) view.GrantID { return g.ID })
	s.Accounts = merged(s.Accounts, c.Accounts, c.AccountsGone, func(a view.Account) view.AccountID { return a.ID })
	return s
}

func merged[K comparable, T any](list, changed []T, gone []K, key func(T) K) []T {
	list = slices.Clone(list)
	for _, one := range changed {
		if i := slices.IndexFunc(list, func(was T) bool { return key(was) == key(one) }); i >= 0 {
			list[i] = one
		} else {
			list = append(list, one)
		}
	}
	return slices.DeleteFunc(list, func(one T) bool { return slices.Contains(gone, key(one)) })
}

// changes asks for what changed since s, and holds s with it to what a new
// window is told.
func (w *world) changes(s view.Snapshot) (view.Changes, view.Snapshot) {
	w.t.Helper()
	c, err := w.Changes(w.t.Context(), s.Revision)
	w.must(err)
	if c.Lost {
		w.t.Fatalf("what changed since %d is lost", s.Revision)
	}
	now := w.snapshot()
	if diff := cmp.Diff(now, applied(s, c)); diff != "" {
		w.t.Fatalf("the window shows something else (-truth +window):\n%s", diff)
	}
	return c, now
}

func TestChanges(t *testing.T) { //nolint:paralleltest // see world
	t.Run("are what a window lacks, through all that happens to accounts", func(t *testing.T) {
		w := newWorld(t)
		w.setUpApps()
		w.follow()
		s := w.snapshot()
		w.connect(social.Meta, "João Prado", pageWithInstagram, itsInstagram, otherPage)
		for _, id := range []string{pageWithInstagram, itsInstagram, otherPage} {
			w.shows(id, "") // its picture comes by itself, a moment later
		}
		c, s := w.changes(s)
		if len(c.Accounts) != 3 || len(c.Grants) != 1 {
			t.Errorf("3 accounts of a login were connected: %d of %d", len(c.Accounts), len(c.Grants))
		}
		_, err := w.AddProject(t.Context(), "Outro")
		w.must(err)
		c, s = w.changes(s)
		if c.Frame == nil || len(c.Accounts)+len(c.Grants) != 0 || c.Notices != nil {
			t.Errorf("a new project changes %+v", c)
		}
		_, err = w.Disconnect(t.Context(), w.account(otherPage).ID, false)
		w.must(err)
		c, s = w.changes(s)
		if len(c.AccountsGone) != 1 || s.Projects[0].Former != 1 {
			t.Errorf("gone: %v, and %d in all", c.AccountsGone, s.Projects[0].Former)
		}
		w.act(sandbox.Action{Do: "revoke", Provider: "meta", Person: "João Prado"})
		_, err = w.Check(t.Context(), nil)
		w.must(err)
		c, s = w.changes(s)
		if c.Notices == nil || len(*c.Notices) != 1 || len(c.Accounts) != 2 {
			t.Errorf("the login was revoked: %+v", c)
		}
		_, err = w.Disconnect(t.Context(), w.account(pageWithInstagram).ID, true)
		w.must(err)
		c, s = w.changes(s)
		if len(c.AccountsGone) != 2 || len(c.GrantsGone) != 1 || len(s.Accounts)+len(s.Notices) != 0 {
			t.Errorf("all were disconnected: %+v", c)
		}
		former, err := w.Former(t.Context())
		w.must(err)
		if len(former.Accounts) != 3 || len(former.Grants) != 1 || former.Accounts[0].Health != social.Disconnected {
			t.Errorf("once there were %+v", former)
		}
	})

	t.Run("are none where nothing changed, and nobody is told of that", func(t *testing.T) {
		w := newWorld(t)
		window := w.follow()
		s := w.snapshot()
		p := s.Preferences
		w.must(w.SetPreferences(t.Context(), p)) // as they are
		if c, _ := w.changes(s); c.Revision != s.Revision || c.Frame != nil {
			t.Errorf("nothing changed: %+v", c)
		}
		p.Theme = view.ThemeDark
		w.must(w.SetPreferences(t.Context(), p))
		c, _ := w.changes(s)
		if e := window.until(func(e view.Event) bool { return e.Revision > s.Revision }); e.Revision != c.Revision {
			t.Errorf("told of revision %d, not %d", e.Revision, c.Revision)
		}
	})

	t.Run("are lost to whoever stands at another agent's revision, or is no window", func(t *testing.T) {
		w := newWorld(t)
		lost := func(since int64) bool {
			c, err := w.Changes(t.Context(), since)
			w.must(err)
			return c.Lost
		}
		if !lost(w.snapshot().Revision) {
			t.Error("nobody follows, and yet something is kept")
		}
		w.follow()
		now := w.snapshot().Revision
		if lost(now) || !lost(0) || !lost(now-1_000_000) || !lost(now+1) {
			t.Error("only revisions of this agent can be told apart")
		}
		w.must(w.Close())
		w.open()
		w.follow()
		if again := w.snapshot().Revision; again <= now || !lost(now) {
			t.Errorf("revision %d is %d again", now, again)
		}
	})
}

// BenchmarkTellingWindows measures what one change costs with an open window:
// the whole as it was sent before, and what is sent of it now.
func BenchmarkTellingWindows(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		w := newWorldOf(b)
		w.fill(n)
		w.reopen(agent.Desktop{})
		following, stop := context.WithCancel(b.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = w.Events(following, view.FaceWindow, func(view.Event) error { return nil })
		}()
		size := 0
		encode := func(shape any) {
			body, err := json.Marshal(shape)
			w.must(err)
			size = len(body)
		}
		b.Run(fmt.Sprintf("everything/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w.Publish()
				encode(w.snapshot())
			}
			b.ReportMetric(float64(size), "bytes")
		})
		b.Run(fmt.Sprintf("one account/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			since := w.snapshot().Revision
			for i := 0; b.Loop(); i++ {
				w.must(w.DB().PutPicture(b.Context(), "a000000-01", social.PictureImage{Version: fmt.Sprint(i), Type: "image/png", Bytes: []byte{1}}, time.Now()))
				w.Publish()
				c, err := w.Changes(b.Context(), since)
				w.must(err)
				if len(c.Accounts) != 1 {
					b.Fatalf("%d accounts changed", len(c.Accounts))
				}
				since = c.Revision
				encode(c)
			}
			b.ReportMetric(float64(size), "bytes")
		})
		b.Run(fmt.Sprintf("nothing/%d", n), func(b *testing.B) {
			since := w.snapshot().Revision
			for b.Loop() {
				_, err := w.Changes(b.Context(), since)
				w.must(err)
			}
		})
		stop()
		<-ended
	}
}
