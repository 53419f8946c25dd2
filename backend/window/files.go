package window

import (
	"context"
	"path/filepath"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/save"
	"github.com/kontent/kontent-connect/backend/view"
)

// savedFile asks the person where a file goes and writes it there. It returns
// the name of the file, "" when the person would rather not.
func (w *Window) savedFile(document view.Document) (name string, err error) {
	path, err := w.framework.AskWhere(document.Name)
	if err != nil {
		return "", problem.New(problem.FileNotSaved, err).With("name", document.Name)
	}
	if path == "" {
		return "", nil
	}
	name = filepath.Base(path)
	if err := save.File(path, document.Body); err != nil {
		return "", problem.New(problem.FileNotSaved, err).With("name", name)
	}
	return name, nil
}

// SaveHistory saves the lines of the timeline that e wants where the person
// says. It returns the file's name, "" when the person said nowhere.
func (w *Window) SaveHistory(e view.HistoryExport) (string, error) {
	document, err := Call(w, func(ctx context.Context, s control.Service) (view.Document, error) {
		return s.ExportHistory(ctx, e)
	})
	if err != nil {
		return "", err
	}
	return w.savedFile(document)
}

// Diagnose looks at what the program stands on; no checks means all.
func (w *Window) Diagnose(checks []view.Check) (view.Diagnosis, error) {
	return Call(w, func(ctx context.Context, s control.Service) (view.Diagnosis, error) {
		return s.Diagnose(ctx, view.DiagnosisRequest{Checks: checks})
	})
}

// SaveReport makes the whole diagnosis anew and saves its report where the
// person says. It returns like SaveHistory.
func (w *Window) SaveReport() (string, error) {
	found, err := w.Diagnose([]view.Check{})
	if err != nil {
		return "", err
	}
	return w.savedFile(found.Report)
}
