package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/control/controltest"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// askedWindow answers where to save a file.
type askedWindow struct {
	fakeWindow
	answer string
	err    error
	asked  *[]string
}

func (w askedWindow) AskWhere(name string) (string, error) {
	*w.asked = append(*w.asked, name)
	return w.answer, w.err
}

// saving returns an App whose window answers path, and what it was asked.
func saving(t *testing.T, path string, err error) (*App, *[]string) {
	t.Helper()
	socket := filepath.Join(t.TempDir(), "agent.sock")
	server := serve(t, socket, controltest.New(view.Snapshot{}))
	app := newApp(control.NewClient(socket), nil, slog.New(slog.DiscardHandler))
	asked := &[]string{}
	app.window = askedWindow{answer: path, err: err, asked: asked}
	t.Cleanup(func() {
		app.close()
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return app, asked
}

func TestSaving(t *testing.T) {
	t.Parallel()
	t.Run("writes the timeline where the person said, and tells the name", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "minha história.csv")
		app, asked := saving(t, path, nil)
		name, err := app.SaveHistory(view.HistoryExport{Format: view.FormatCSV})
		body, _ := os.ReadFile(path)
		if err != nil || name != "minha história.csv" || string(body) != "the timeline\n" || (*asked)[0] != "history.csv" {
			t.Errorf("saved %q with %q (%v) after asking for %v", name, body, err, *asked)
		}
	})
	t.Run("writes the report", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "r.txt")
		app, _ := saving(t, path, nil)
		name, err := app.SaveReport()
		body, _ := os.ReadFile(path)
		if err != nil || name != "r.txt" || string(body) != "the report\n" {
			t.Errorf("saved %q with %q (%v)", name, body, err)
		}
	})
	t.Run("takes a dialog that was cancelled for an answer", func(t *testing.T) {
		t.Parallel()
		app, _ := saving(t, "", nil)
		if name, err := app.SaveReport(); name != "" || err != nil {
			t.Errorf("got %q, %v", name, err)
		}
	})
	t.Run("says what could not be written", func(t *testing.T) {
		t.Parallel()
		app, _ := saving(t, filepath.Join(t.TempDir(), "none", "x.csv"), nil)
		_, err := app.SaveHistory(view.HistoryExport{Format: view.FormatCSV})
		if problem.CodeOf(err) != problem.FileNotSaved || problem.From(err).Args["name"] != "x.csv" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("says that there is no dialog", func(t *testing.T) {
		t.Parallel()
		app, _ := saving(t, "", errors.New("no portal"))
		if _, err := app.SaveReport(); problem.CodeOf(err) != problem.FileNotSaved {
			t.Errorf("got %v", err)
		}
	})
}

func TestOpenDemoSaysWhyItCannot(t *testing.T) {
	t.Parallel()
	app, _ := saving(t, "", nil)
	app.demo = func() error { return errors.New("no such program") }
	if err := app.OpenDemo(); problem.CodeOf(err) != problem.DemoStart {
		t.Errorf("got %v", err)
	}
}
