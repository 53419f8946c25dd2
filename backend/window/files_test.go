package window

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/control/controltest"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// askedFramework answers where to save a file.
type askedFramework struct {
	fakeFramework
	answer string
	err    error
	asked  *[]string
}

func (f askedFramework) AskWhere(name string) (string, error) {
	*f.asked = append(*f.asked, name)
	return f.answer, f.err
}

// saving returns a Window whose window answers path, and what it was asked.
func saving(t *testing.T, path string, err error) (*Window, *[]string) {
	t.Helper()
	socket := filepath.Join(t.TempDir(), "agent.sock")
	server := serve(t, socket, controltest.New(view.Snapshot{}))
	w := newWindow(control.NewClient(socket), nil)
	asked := &[]string{}
	w.framework = askedFramework{answer: path, err: err, asked: asked}
	t.Cleanup(func() {
		w.Close()
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return w, asked
}

func TestSaving(t *testing.T) {
	t.Parallel()
	t.Run("writes the timeline where the person said, and tells the name", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "minha história.csv")
		w, asked := saving(t, path, nil)
		name, err := w.SaveHistory(view.HistoryExport{Format: view.FormatCSV})
		body, _ := os.ReadFile(path)
		if err != nil || name != "minha história.csv" || string(body) != "the timeline\n" || (*asked)[0] != "history.csv" {
			t.Errorf("saved %q with %q (%v) after asking for %v", name, body, err, *asked)
		}
	})
	t.Run("writes the report", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "r.txt")
		w, _ := saving(t, path, nil)
		name, err := w.SaveReport()
		body, _ := os.ReadFile(path)
		if err != nil || name != "r.txt" || string(body) != "the report\n" {
			t.Errorf("saved %q with %q (%v)", name, body, err)
		}
	})
	t.Run("takes a dialog that was cancelled for an answer", func(t *testing.T) {
		t.Parallel()
		w, _ := saving(t, "", nil)
		if name, err := w.SaveReport(); name != "" || err != nil {
			t.Errorf("got %q, %v", name, err)
		}
	})
	t.Run("says what could not be written", func(t *testing.T) {
		t.Parallel()
		w, _ := saving(t, filepath.Join(t.TempDir(), "none", "x.csv"), nil)
		_, err := w.SaveHistory(view.HistoryExport{Format: view.FormatCSV})
		if problem.CodeOf(err) != problem.FileNotSaved || problem.From(err).Args["name"] != "x.csv" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("says that there is no dialog", func(t *testing.T) {
		t.Parallel()
		w, _ := saving(t, "", errors.New("no portal"))
		if _, err := w.SaveReport(); problem.CodeOf(err) != problem.FileNotSaved {
			t.Errorf("got %v", err)
		}
	})
}

func TestOpenDemoSaysWhyItCannot(t *testing.T) {
	t.Parallel()
	w, _ := saving(t, "", nil)
	w.Demo = func() error { return errors.New("no such program") }
	if err := w.OpenDemo(); problem.CodeOf(err) != problem.DemoStart {
		t.Errorf("got %v", err)
	}
}
