package controltest

import (
	"context"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

var _ control.Scripts = (*Fake)(nil)

// LiveToken is what Token gives for account a1.
const LiveToken = "live-access-of-a1"

// Token implements control.Scripts.
func (f *Fake) Token(ctx context.Context, id view.AccountID) (control.Token, error) {
	leave, err := f.enter(ctx, "token")
	if err != nil {
		return control.Token{}, err
	}
	defer leave()
	switch {
	case !f.snapshot.Preferences.AllowToken:
		return control.Token{}, problem.New(problem.TokenNotAllowed, nil)
	case id != "a1":
		return control.Token{}, problem.New(problem.NotFound, nil)
	}
	return control.NewToken(LiveToken), nil
}

// Configuration implements control.Scripts: the projects, and nothing else.
func (f *Fake) Configuration(ctx context.Context) (view.Configuration, error) {
	leave, err := f.enter(ctx, "configuration")
	if err != nil {
		return view.Configuration{}, err
	}
	defer leave()
	return view.Configuration{
		Kind: view.ConfigurationKind, Version: view.ConfigurationVersion, ExportedAt: "2026-03-10T12:00:00Z",
		Projects: append([]view.Project{}, f.snapshot.Projects...), Apps: []view.AppConfiguration{},
		Grants: []view.GrantConfiguration{}, Accounts: []view.AccountConfiguration{}, Preferences: f.snapshot.Preferences,
	}, nil
}

// Import implements control.Scripts: it takes the projects.
func (f *Fake) Import(ctx context.Context, file string) (view.ImportResult, error) {
	leave, err := f.enter(ctx, "import")
	if err != nil {
		return view.ImportResult{}, err
	}
	defer leave()
	c, _, err := view.ReadConfiguration(file)
	if err != nil {
		return view.ImportResult{}, err
	}
	f.snapshot.Projects = append(f.snapshot.Projects, c.Projects...)
	return view.ImportResult{Projects: len(c.Projects), Accounts: len(c.Accounts)}, nil
}
