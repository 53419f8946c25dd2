package command

import (
	"context"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/view"
)

type disconnectCommand struct {
	Account    view.AccountID `arg:""`
	WholeLogin bool           `name:"whole-login"`
	Yes        bool
}

// Run implements the command.
func (c disconnectCommand) Run(ctx context.Context, s *session) error {
	if !c.Yes {
		return usageError(s.say("needs_yes"))
	}
	return s.service(ctx, func(service control.Service) error {
		result, err := service.Disconnect(ctx, c.Account, c.WholeLogin)
		if err != nil {
			return err
		}
		s.explain(result.Problem)
		return s.write(result, func() {
			s.print("%s", s.texts.Get("withdrawal."+string(result.Outcome), nil))
			if result.Problem != nil {
				s.note("%s", result.Problem.Message)
			}
			if result.Outcome == view.StillListed {
				s.print("%s", result.Page)
			}
		})
	})
}
