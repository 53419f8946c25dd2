package agent_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/update"
	"github.com/kontent/kontent-connect/backend/view"
)

// publisher plays the server of the update feed.
type publisher struct {
	key   ed25519.PrivateKey
	file  []byte
	asked chan string
}

func newPublisher(t *testing.T, version string) *publisher {
	t.Helper()
	p := &publisher{key: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize)), asked: make(chan string, 8)}
	var err error
	p.file, err = update.Sign(p.key, update.News{
		Version: version, Page: "https://kontent.example/new", Issued: time.Now(), Expires: time.Now().Add(time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *publisher) RoundTrip(r *http.Request) (*http.Response, error) {
	p.asked <- r.URL.String()
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(bytes.NewReader(p.file)), Request: r}, nil
}

func (p *publisher) feed() config.Feed {
	return config.Feed{URL: "https://kontent.example/feed.json", Key: base64.StdEncoding.EncodeToString(p.key.Public().(ed25519.PublicKey))}
}

// hears has the agent read the publisher's feed from now on.
func (w *world) hears(p *publisher) {
	w.t.Helper()
	w.must(w.Close())
	w.settings.Feed = p.feed()
	a, err := agent.Open(w.t.Context(), w.settings, slog.New(w.log), agent.WithVault(w.vault), agent.WithFeedTransport(p))
	w.must(err)
	w.Agent = a
}

// serve makes the agent resident, and returns when it has heard the news.
func (w *world) serve() {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	defer cancel()
	begun := false
	err := w.Events(ctx, view.FaceCommand, func(view.Event) error {
		if begun && w.snapshotHeard() {
			return io.EOF
		}
		if !begun {
			begun = true
			return w.Serve(ctx, func() {}, func(int) {})
		}
		return nil
	})
	if !errors.Is(err, io.EOF) {
		w.t.Fatal(err)
	}
}

// snapshotHeard reports whether the feed was read.
func (w *world) snapshotHeard() bool {
	said, err := w.DB().Setting(w.t.Context(), "update")
	w.must(err)
	return said != ""
}

func TestANewerVersion(t *testing.T) {
	t.Run("is shown, and its page can be opened by name", func(t *testing.T) {
		w := newWorld(t)
		p := newPublisher(t, "99.0.0")
		w.hears(p)
		w.serve()
		if s := w.snapshot(); !s.Updates || s.Update == nil || s.Update.Version != "99.0.0" {
			t.Errorf("it shows %+v", s.Update)
		}
		if address := <-p.asked; address != p.feed().URL {
			t.Errorf("it asked %s", address)
		}
		if found := w.diagnose(view.CheckVersions)[view.CheckVersions]; found.State != view.FindingOK || found.Code != "newer" || found.Args["newer"] != "99.0.0" {
			t.Errorf("the diagnosis finds %+v", found)
		}
	})
	t.Run("is no news where this one is as new", func(t *testing.T) {
		w := newWorld(t)
		w.hears(newPublisher(t, config.Version))
		w.serve()
		if s := w.snapshot(); s.Update != nil {
			t.Errorf("it shows %+v", s.Update)
		}
		if err := w.OpenPage(t.Context(), "update"); !errors.Is(err, problem.New(problem.NotFound, nil)) {
			t.Errorf("its page opens with %v", err)
		}
	})
	t.Run("is not asked for by one command alone, nor without a feed", func(t *testing.T) {
		w := newWorld(t)
		if s := w.snapshot(); s.Updates {
			t.Error("it hears of newer versions from nobody")
		}
		p := newPublisher(t, "99.0.0")
		w.hears(p)
		if s := w.snapshot(); !s.Updates || s.Update != nil || len(p.asked) != 0 {
			t.Errorf("it shows %+v and asked %d times", s.Update, len(p.asked))
		}
	})
	t.Run("is not spoken of any more once that is not wanted", func(t *testing.T) {
		w := newWorld(t)
		w.hears(newPublisher(t, "99.0.0"))
		w.serve()
		preferences := w.snapshot().Preferences
		if !preferences.Updates {
			t.Error("who has chosen nothing is not told")
		}
		preferences.Updates = false
		w.must(w.SetPreferences(t.Context(), preferences))
		if s := w.snapshot(); s.Update != nil {
			t.Errorf("it still shows %+v", s.Update)
		}
	})
	t.Run("keeps nothing from opening where the build is wrong about the feed", func(t *testing.T) {
		w := newWorld(t)
		w.must(w.Close())
		for _, feed := range []config.Feed{{URL: "https://kontent.example", Key: "short"}, {URL: "http://kontent.example", Key: newPublisher(t, "1.0.0").feed().Key}} {
			w.settings.Feed = feed
			w.open()
			if s := w.snapshot(); s.Updates {
				t.Errorf("%+v is heard", feed)
			}
			w.must(w.Close())
		}
	})
}
