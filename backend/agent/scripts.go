package agent

import (
	"context"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/keychain"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

var _ control.Scripts = (*Agent)(nil)

// Token implements control.Scripts.
func (a *Agent) Token(ctx context.Context, id social.AccountID) (control.Token, error) {
	p, err := a.preferences(ctx)
	if err != nil {
		return control.Token{}, err
	}
	if !p.AllowToken {
		return control.Token{}, problem.New(problem.TokenNotAllowed, nil)
	}
	token, err := a.manager.Token(keychain.WithPerson(ctx), id)
	a.noteKeychain(err)
	return control.NewToken(token.Reveal()), err
}
