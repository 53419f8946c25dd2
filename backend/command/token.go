package command

import (
	"context"
	"fmt"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

type tokenCommand struct {
	Account view.AccountID `arg:""`
	Force   bool
}

// tokenResult is what --json makes of a token. It is written here and nowhere
// else: no shape of package view holds a secret.
type tokenResult struct {
	AccountID view.AccountID `json:"account_id"`
	Token     string         `json:"token"`
}

// Run implements the command. The token stands alone on standard output, and
// not on a terminal, whose lines others read and which remembers them.
func (c tokenCommand) Run(ctx context.Context, s *session) error {
	if s.Terminals.Out && !c.Force {
		return problem.New(problem.TokenToTerminal, nil)
	}
	token, err := s.token(ctx, c.Account)
	if err != nil {
		return err
	}
	if s.JSON {
		return s.line(tokenResult{c.Account, token.Reveal()})
	}
	_, err = fmt.Fprintln(s.Out, token.Reveal())
	return err
}

// token asks for the living access of an account.
func (s *session) token(ctx context.Context, id view.AccountID) (token control.Token, err error) {
	err = s.scripts(ctx, func(scripts control.Scripts) error {
		token, err = scripts.Token(ctx, id)
		return err
	})
	return token, err
}

// scripts opens the part of the API that is not the window's.
func (s *session) scripts(ctx context.Context, do func(control.Scripts) error) error {
	return s.service(ctx, func(service control.Service) error {
		scripts, ok := service.(control.Scripts)
		if !ok {
			return problem.New(problem.AgentVersion, nil)
		}
		return do(scripts)
	})
}
