package linkedin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// Inspect asks who signed in, what was granted and until when, and finds the
// profile and every Company Page on which the person has an approved role.
//
// What the app's setting says of its product is a guess; what was granted
// corrects it (linkedin.md 3.1).
//
// It makes one request to introspect (where there is a secret), one for the
// name, one for each hundred roles, and for the organizations whose name was
// not asked for within a day one each, or one for fifty where the app may.
// LinkedIn's smallest allowance is a hundred calls a day (linkedin.md 2.1).
func (p *Provider) Inspect(ctx context.Context, app social.ProviderApp, secret social.Secret, login social.Login, progress social.Progress) (social.Inspection, error) {
	if secret.Empty() && !native(app) {
		return social.Inspection{}, provider.NoSecret("inspect token")
	}
	if login.Tokens.Access.Empty() {
		return social.Inspection{}, problem.New(problem.TokenMissing, fmt.Errorf("inspect token: there is none"))
	}
	age, err := p.refresh(ctx, app, secret, &login)
	if err != nil {
		return social.Inspection{}, err
	}
	me, err := p.identity(ctx, app, login, age)
	if err != nil {
		return social.Inspection{}, age.doubt(err)
	}
	found, err := p.organizations(ctx, app, login, age, progress)
	if err != nil {
		return social.Inspection{}, age.doubt(err)
	}
	progress(1+len(found.list), 1+len(found.list))
	return social.Inspection{
		Subject:    social.Subject{ID: me.id, Name: me.name},
		Granted:    login.Granted,
		Clocks:     login.Clocks,
		Candidates: candidates(app, login, me, found.list),
		Complete:   found.complete,
		Tokens:     login.Tokens,
	}, nil
}

// refresh brings login up to date by introspection. Without a secret there is
// none, and what was told at the exchange has to do (linkedin.md 1.8).
func (p *Provider) refresh(ctx context.Context, app social.ProviderApp, secret social.Secret, login *social.Login) (age, error) {
	if secret.Empty() || native(app) {
		return ageByClock(login.Clocks.Token, p.now()), nil
	}
	f, err := p.introspect(ctx, app, secret, login.Tokens.Access)
	var of *codeError
	if errors.As(err, &of) && of.Status == http.StatusBadRequest {
		// A bad client id or a bad token, LinkedIn does not say which. The
		// next call tells.
		return age{}, nil
	}
	if err != nil {
		return age{}, err
	}
	if err := f.judge(app); err != nil {
		return age{}, err
	}
	f.apply(login)
	return f.age(p.now()), nil
}

// granted reports whether any of scopes was granted. Where LinkedIn never said
// what it granted, everything may have been.
func granted(login social.Login, scopes ...social.Scope) bool {
	if login.Granted == nil {
		return true
	}
	return slices.ContainsFunc(scopes, func(s social.Scope) bool { return slices.Contains(login.Granted, s) })
}
