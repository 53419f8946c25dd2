package agent

import (
	"context"
	"slices"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/text"
	"github.com/kontent/kontent-connect/backend/view"
)

const (
	// maxHistory is the most lines of the timeline that are returned at once.
	maxHistory = 1000
	// maxExport bounds a file: more lines than a spreadsheet has rows are of
	// no use to anybody.
	maxExport = 1_000_000
)

// History implements control.Service.
func (a *Agent) History(ctx context.Context, q view.HistoryQuery) ([]view.HistoryEntry, error) {
	limit := q.Limit
	if limit <= 0 || limit > maxHistory {
		limit = maxHistory
	}
	events, err := a.events(ctx, q, q.BeforeID, limit)
	if err != nil {
		return nil, err
	}
	return view.HistoryFrom(events), nil
}

// ExportHistory implements control.Service. problem.BadRequest for a format
// that there is not.
func (a *Agent) ExportHistory(ctx context.Context, e view.HistoryExport) (view.Document, error) {
	write := map[view.Format]func(timeline) (string, error){view.FormatCSV: timeline.csv, view.FormatJSON: timeline.json}[e.Format]
	if write == nil {
		return view.Document{}, problem.New(problem.BadRequest, nil)
	}
	events, err := a.events(ctx, e.Query, 0, maxExport)
	if err != nil {
		return view.Document{}, err
	}
	texts, err := a.chosenTexts(ctx)
	if err != nil {
		return view.Document{}, err
	}
	projects, err := a.db.Projects(ctx)
	if err != nil {
		return view.Document{}, err
	}
	body, err := write(timeline{events, projects, texts})
	name := "kontent-" + texts.Get("file.history", nil) + "-" + a.now().Format("2006-01-02") + "." + string(e.Format)
	return view.Document{Name: name, Body: body}, err
}

// chosenTexts speaks the language that the admin chose.
func (a *Agent) chosenTexts(ctx context.Context) (*text.Texts, error) {
	p, err := a.preferences(ctx)
	if err != nil {
		return nil, err
	}
	return a.texts.in(p.Language)
}

func (a *Agent) events(ctx context.Context, q view.HistoryQuery, before int64, limit int) ([]social.Event, error) {
	filter := social.EventFilter{Account: q.AccountID, Project: q.ProjectID, Provider: q.Provider, Kinds: q.Kinds, Text: q.Text}
	if q.AccountID != "" || q.ProjectID != "" {
		accounts, err := a.db.Accounts(ctx)
		if err != nil {
			return nil, err
		}
		filter.Logins = loginsOf(accounts, q)
	}
	return a.db.Events(ctx, filter.Admits, before, limit)
}

// loginsOf lists the logins of the account that is asked for, or else of the
// project's accounts.
func loginsOf(accounts []social.Account, q view.HistoryQuery) []social.GrantID {
	var logins []social.GrantID
	for _, account := range accounts {
		wanted := account.ID == q.AccountID || q.AccountID == "" && account.ProjectID == q.ProjectID
		if wanted && !slices.Contains(logins, account.GrantID) {
			logins = append(logins, account.GrantID)
		}
	}
	return logins
}
