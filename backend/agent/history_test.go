package agent_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

func (w *world) history(q view.HistoryQuery) []view.HistoryEntry {
	w.t.Helper()
	entries, err := w.History(w.t.Context(), q)
	w.must(err)
	return entries
}

func TestHistory(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t)
	w.setUpApps()
	w.connect(social.Meta, "João Prado", pageWithInstagram, itsInstagram)
	w.connect(social.Meta, "João Prado")
	first := w.snapshot().Projects[0].ID
	other, err := w.AddProject(t.Context(), "Outro projeto")
	w.must(err)

	all := w.history(view.HistoryQuery{})
	if len(all) != 3 || all[0].Kind != social.EventRenewed {
		t.Fatalf("the timeline: %+v", all)
	}
	// Line by line, below the last one seen, is the same as all at once.
	var walked []view.HistoryEntry
	for before := int64(0); ; before = walked[len(walked)-1].ID {
		page := w.history(view.HistoryQuery{BeforeID: before, Limit: 1})
		if len(page) == 0 {
			break
		}
		walked = append(walked, page...)
	}
	if len(walked) != len(all) || walked[2] != all[2] {
		t.Errorf("walked over %+v", walked)
	}
	for name, tc := range map[string]struct {
		query view.HistoryQuery
		want  int
	}{
		"a project has what its login did":     {view.HistoryQuery{ProjectID: first}, 3},
		"another project has nothing":          {view.HistoryQuery{ProjectID: other.ID}, 0},
		"an account has its own and the login": {view.HistoryQuery{AccountID: w.account(itsInstagram).ID}, 2},
		"a provider":                           {view.HistoryQuery{Provider: social.LinkedIn}, 0},
		"kinds":                                {view.HistoryQuery{Kinds: []social.EventKind{social.EventConnected}}, 2},
		"a name, without its accents":          {view.HistoryQuery{Text: "joao"}, 1},
	} {
		if got := len(w.history(tc.query)); got != tc.want {
			t.Errorf("%s: %d lines, want %d", name, got, tc.want)
		}
	}
}

func TestExportHistory(t *testing.T) { //nolint:paralleltest // see world
	w := newWorld(t, func(o *sandbox.Options) { o.Language = "pt-BR" })
	w.setUpApps()
	w.connect(social.Meta, "João Prado", pageWithInstagram, itsInstagram)

	table, err := w.ExportHistory(t.Context(), view.HistoryExport{Format: view.FormatCSV})
	w.must(err)
	body, marked := strings.CutPrefix(table.Body, "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	w.must(err)
	if !marked || len(rows) != 3 || rows[0][1] != "O que aconteceu" || !strings.Contains(body, "\r\n") {
		t.Errorf("the table: %q", table.Body)
	}
	// The handle begins with a character that begins a formula too.
	handle := w.account(itsInstagram).Username
	if !strings.Contains(body, "'@"+handle) || strings.Contains(body, ",@"+handle) {
		t.Errorf("a formula could run:\n%s", body)
	}
	if !strings.HasPrefix(table.Name, "kontent-historico-") || !strings.HasSuffix(table.Name, ".csv") {
		t.Errorf("called %s", table.Name)
	}

	file, err := w.ExportHistory(t.Context(), view.HistoryExport{
		Query: view.HistoryQuery{Text: handle, Limit: 1, BeforeID: 1}, Format: view.FormatJSON,
	})
	w.must(err)
	var read struct{ Events []view.HistoryEntry }
	w.must(json.Unmarshal([]byte(file.Body), &read))
	if len(read.Events) != 1 || read.Events[0].Subject != "@"+handle {
		t.Errorf("the file: %s", file.Body)
	}
	for _, secret := range []string{sandbox.MetaClientSecret, "EAA"} {
		if strings.Contains(table.Body+file.Body, secret) {
			t.Errorf("%q is in a file", secret)
		}
	}
	_, err = w.ExportHistory(t.Context(), view.HistoryExport{Format: "exe"})
	wantCode(t, err, problem.BadRequest)
}
