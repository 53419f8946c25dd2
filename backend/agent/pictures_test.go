package agent_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"image/png"
	"log/slog"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

const pradoPage, pradoInstagram = "104728391056214", "17841401234500011"

// shows waits, as a face does, until the account of a remote id has a picture
// of another version than the given one, and returns it as it crosses.
func (w *world) shows(remoteID, other string) view.Picture {
	w.t.Helper()
	ctx, found := context.WithCancel(w.t.Context())
	defer found()
	_ = w.Events(ctx, view.FaceWindow, func(view.Event) error {
		if w.account(remoteID).Picture != other {
			found()
		}
		return nil
	})
	if w.account(remoteID).Picture == "" {
		return view.Picture{}
	}
	p, err := w.Picture(w.t.Context(), w.account(remoteID).ID)
	w.must(err)
	return p
}

// fetched counts what the networks' servers were asked for.
func (w *world) fetched() (count int) {
	for _, entry := range w.sandbox.Log() {
		for _, event := range entry.Events {
			if event == "picture" {
				count++
			}
		}
	}
	return count
}

func TestPicturesOfCandidates(t *testing.T) {
	w := newWorld(t)
	w.setUpApps()
	attempt := w.signIn(social.Meta, "João Prado")
	before := w.fetched()
	var ref string
	for _, c := range attempt.Candidates {
		if c.RemoteID == pradoPage {
			ref = c.Picture
		}
	}
	face, err := w.CandidatePicture(t.Context(), attempt.ID, ref)
	w.must(err)
	file, err := base64.StdEncoding.DecodeString(face.Data)
	w.must(err)
	small, err := png.Decode(bytes.NewReader(file))
	w.must(err)
	if small.Bounds().Dx() != 96 || before != 0 || w.fetched() != 1 {
		t.Errorf("the picture is %v; %d were fetched before it was asked for, %d after", small.Bounds(), before, w.fetched())
	}
	w.must(w.Cancel(t.Context(), attempt.ID))
	if _, err := w.CandidatePicture(t.Context(), attempt.ID, ref); problem.CodeOf(err) != problem.NotFound {
		t.Errorf("the picture of a sign-in that was left: %v", err)
	}
}

func TestPictures(t *testing.T) {
	t.Run("appear after connecting, and go with their account", func(t *testing.T) {
		w := newWorld(t)
		w.setUpApps()
		w.connect(social.Meta, "João Prado", pradoPage, pradoInstagram)
		face := w.shows(pradoPage, "")
		file, err := base64.StdEncoding.DecodeString(face.Data)
		w.must(err)
		small, err := png.Decode(bytes.NewReader(file))
		w.must(err)
		if face.Type != "image/png" || small.Bounds().Dx() != 96 || face.Version != w.account(pradoPage).Picture {
			t.Errorf("%s of %v, version %s", face.Type, small.Bounds(), face.Version)
		}
		if other := w.shows(pradoInstagram, ""); other.Version == face.Version {
			t.Error("the Page and its Instagram account look the same")
		}
		id := w.account(pradoPage).ID
		_, err = w.Disconnect(t.Context(), id, false)
		w.must(err)
		_, err = w.Picture(t.Context(), id)
		wantCode(t, err, problem.NotFound)
		if left := w.account(pradoPage).Picture; left != "" {
			t.Errorf("the account still has picture %s", left)
		}
	})
	t.Run("of LinkedIn come with the profile", func(t *testing.T) {
		w := newWorld(t)
		_, err := w.SetApp(t.Context(), view.AppSettings{
			Provider: social.LinkedIn, ClientID: sandbox.LinkedInShareClientID, ClientSecret: sandbox.LinkedInShareSecret, Product: social.ProductShare,
		})
		w.must(err)
		attempt := w.signIn(social.LinkedIn, "João Prado")
		_, err = w.Select(t.Context(), attempt.ID, []string{attempt.Candidates[0].RemoteID})
		w.must(err)
		if face := w.shows(attempt.Candidates[0].RemoteID, ""); face.Data == "" {
			t.Error("there is no picture")
		}
	})
	t.Run("are not asked for again at the start, nor by a check on the same day", func(t *testing.T) {
		w := newWorld(t)
		w.setUpApps()
		w.connect(social.Meta, "João Prado", pradoPage)
		version := w.shows(pradoPage, "").Version
		before := w.fetched()
		w.must(w.Close())
		w.open()
		if now := w.account(pradoPage).Picture; now != version {
			t.Errorf("after the start it is %q", now)
		}
		_, err := w.Check(t.Context(), nil)
		w.must(err)
		w.must(w.Close())
		if more := w.fetched() - before; more != 0 {
			t.Errorf("%d were asked for", more)
		}
		w.open()
	})
	for _, trouble := range []string{"missing", "huge", "endless", "wrong", "elsewhere"} {
		t.Run("that are "+trouble+" leave initials, and the account well", func(t *testing.T) {
			w, log := newWorld(t), newLines()
			w.must(w.Close())
			w.log = slog.NewTextHandler(log, nil)
			w.open()
			w.setUpApps()
			w.act(sandbox.Action{Do: "picture", Target: trouble})
			w.connect(social.Meta, "João Prado", pradoPage)
			line := log.wait(t, "fetched pictures")
			if !strings.Contains(line, "fetched=0 failed=1") || strings.Contains(line, "127.0.0.1") || strings.Contains(line, "http") {
				t.Errorf("the log says %s", line)
			}
			if a := w.account(pradoPage); a.Picture != "" || a.Health != social.Healthy {
				t.Errorf("it is %s with picture %q", a.Health, a.Picture)
			}
		})
	}
}

// lines passes on what is logged, a line at a time.
type lines chan string

func newLines() lines { return make(lines, 1000) }

func (l lines) Write(line []byte) (int, error) {
	l <- string(line)
	return len(line), nil
}

// wait returns the next line with text in it.
func (l lines) wait(t *testing.T, text string) string {
	t.Helper()
	for {
		select {
		case line := <-l:
			if strings.Contains(line, text) {
				return line
			}
		case <-t.Context().Done():
			t.Fatalf("nobody logged %q", text)
		}
	}
}
