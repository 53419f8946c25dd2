package controltest

import (
	"context"

	"github.com/kontent/kontent-connect/backend/view"
)

// Find makes findings what every diagnosis comes to.
func (f *Fake) Find(findings ...view.Finding) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.findings = findings
}

// Diagnose implements control.Service.
func (f *Fake) Diagnose(ctx context.Context, _ view.DiagnosisRequest) (view.Diagnosis, error) {
	leave, err := f.enter(ctx, "diagnose")
	if err != nil {
		return view.Diagnosis{}, err
	}
	defer leave()
	return view.Diagnosis{
		Findings: append([]view.Finding{}, f.findings...), Report: view.Document{Name: "report.txt", Body: "the report\n"},
	}, nil
}

// ExportHistory implements control.Service.
func (f *Fake) ExportHistory(ctx context.Context, e view.HistoryExport) (view.Document, error) {
	leave, err := f.enter(ctx, "export_history")
	if err != nil {
		return view.Document{}, err
	}
	defer leave()
	return view.Document{Name: "history." + string(e.Format), Body: "the timeline\n"}, nil
}
