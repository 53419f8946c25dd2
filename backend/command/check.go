package command

import (
	"context"

	"github.com/kontent/kontent-connect/backend/control"
)

type checkCommand struct {
	IDs []string `arg:"" optional:"" name:"id"`
}

// Run implements the command.
func (c checkCommand) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		result, err := service.Check(ctx, c.IDs)
		if err != nil {
			return err
		}
		snapshot, err := service.Snapshot(ctx)
		if err != nil {
			return err
		}
		for i := range result.Problems {
			s.explain(&result.Problems[i])
		}
		accounts := connected(snapshot.Accounts, "", false)
		return s.write(map[string]any{"check": result, "accounts": accounts}, func() { s.writeAccounts(accounts) })
	})
}
