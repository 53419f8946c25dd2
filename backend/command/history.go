package command

import (
	"context"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/view"
)

type historyCommand struct {
	Account view.AccountID
	Limit   int `default:"100"`
}

// Run implements the command.
func (c historyCommand) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		entries, err := service.History(ctx, view.HistoryQuery{AccountID: c.Account, Limit: c.Limit})
		if err != nil {
			return err
		}
		return s.write(map[string]any{"events": entries}, func() {
			var rows [][]string
			for _, e := range entries {
				rows = append(rows, []string{e.At, s.texts.Get("event."+string(e.Kind), nil), e.Subject})
			}
			s.table(rows)
		})
	})
}
