package agent

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// Configuration implements control.Scripts.
func (a *Agent) Configuration(ctx context.Context) (view.Configuration, error) {
	c, err := a.manager.Configuration(ctx)
	if err != nil {
		return view.Configuration{}, err
	}
	p, err := a.preferences(ctx)
	return view.ConfigurationFrom(c, p, a.now()), err
}

// Import implements control.Scripts. Whether scripts may be given accesses is
// each computer's own matter, and no file's.
func (a *Agent) Import(ctx context.Context, file string) (view.ImportResult, error) {
	c, lines, err := view.ReadConfiguration(file)
	if err != nil {
		return view.ImportResult{}, err
	}
	if !c.Preferences.Valid() {
		return view.ImportResult{}, lines.Damaged("preferences", 0, "language")
	}
	own, err := a.preferences(ctx)
	if err != nil {
		return view.ImportResult{}, err
	}
	p := c.Preferences
	p.AllowToken = own.AllowToken
	if !slices.ContainsFunc(c.Projects, func(project view.Project) bool { return project.ID == p.Project }) {
		p.Project = own.Project
	}
	stored, err := json.Marshal(p)
	if err != nil {
		return view.ImportResult{}, err
	}
	in, err := a.manager.Import(ctx, c.Social(), map[string]string{preferencesSetting: string(stored)})
	var misfit *connection.Misfit
	if errors.As(err, &misfit) {
		return view.ImportResult{}, lines.Damaged(misfit.List, misfit.Entry, misfit.Field)
	}
	if err != nil {
		return view.ImportResult{}, err
	}
	return imported(in, len(c.Accounts)), nil
}

func imported(in social.Import, accounts int) view.ImportResult {
	return view.ImportResult{
		Projects: len(in.Projects), Apps: len(in.Apps), Grants: len(in.Grants), Accounts: len(in.Accounts),
		Known: accounts - len(in.Accounts),
	}
}
