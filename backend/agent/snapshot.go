package agent

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// preferencesSetting is where the preferences stand in the settings.
const preferencesSetting = "preferences"

// Snapshot implements control.Service. The revision is read first: a change in
// between makes the snapshot look older than it is, never newer.
func (a *Agent) Snapshot(ctx context.Context) (view.Snapshot, error) {
	s := view.Snapshot{
		Revision: a.hub.current(), Version: Version, Demo: a.settings.Demo,
		Projects: []view.Project{}, Apps: []view.ProviderApp{}, Grants: []view.Grant{},
		Accounts: []view.Account{}, Attempts: []view.Attempt{}, Keychain: a.keychainTrouble.get(),
	}
	for _, fill := range []func(context.Context, *view.Snapshot) error{
		a.fillPreferences, a.fillProjects, a.fillApps, a.fillAccounts,
	} {
		if err := fill(ctx, &s); err != nil {
			return view.Snapshot{}, err
		}
	}
	for _, attempt := range a.manager.Attempts() {
		s.Attempts = append(s.Attempts, attemptFrom(attempt))
	}
	return s, nil
}

func (a *Agent) fillPreferences(ctx context.Context, s *view.Snapshot) error {
	s.Preferences = view.Preferences{Language: view.Portuguese, Theme: view.ThemeSystem}
	stored, err := a.db.Setting(ctx, preferencesSetting)
	if err != nil || stored == "" {
		return err
	}
	if err := json.Unmarshal([]byte(stored), &s.Preferences); err != nil {
		a.log.Warn("read the preferences", "err", err)
	}
	return nil
}

// SetPreferences implements control.Service.
func (a *Agent) SetPreferences(ctx context.Context, p view.Preferences) error {
	if !p.Valid() {
		return problem.New(problem.BadRequest, errors.New("unknown language or theme"))
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if err := a.db.PutSetting(ctx, preferencesSetting, string(body)); err != nil {
		return err
	}
	a.hub.publish("")
	return nil
}

func (a *Agent) fillProjects(ctx context.Context, s *view.Snapshot) error {
	projects, err := a.db.Projects(ctx)
	for _, p := range projects {
		s.Projects = append(s.Projects, view.ProjectFrom(p))
	}
	return err
}

// fillApps lists every provider, whether its app is set up or not.
func (a *Agent) fillApps(ctx context.Context, s *view.Snapshot) error {
	apps, err := a.db.ProviderApps(ctx)
	if err != nil {
		return err
	}
	known := map[social.Provider]social.ProviderApp{}
	for _, app := range apps {
		known[app.Provider] = app
	}
	for _, p := range social.Providers() {
		app, ok := known[p]
		if !ok {
			app = connection.NewApp(p)
		}
		s.Apps = append(s.Apps, view.AppFrom(app, a.manager.Permissions(app)))
	}
	return nil
}

func (a *Agent) fillAccounts(ctx context.Context, s *view.Snapshot) error {
	grants, err := a.db.Grants(ctx)
	if err != nil {
		return err
	}
	accounts, err := a.db.Accounts(ctx)
	if err != nil {
		return err
	}
	apps, err := a.db.ProviderApps(ctx)
	if err != nil {
		return err
	}
	policy, schedule, now := social.DefaultPolicy(), social.DefaultSchedule(), a.now()
	byID := make(map[social.GrantID]social.Grant, len(grants))
	for _, g := range grants {
		byID[g.ID] = g
		s.Grants = append(s.Grants, a.explained(view.GrantFrom(g, policy, now), apps))
		if at, ok := schedule.Next(g); ok && (s.Watch.NextAt == "" || view.Time(at) < s.Watch.NextAt) {
			s.Watch.NextAt = view.Time(at)
		}
		s.Watch.CheckedAt = max(s.Watch.CheckedAt, view.Time(g.Verdict.At))
	}
	for _, account := range accounts {
		s.Accounts = append(s.Accounts, view.AccountFrom(account, byID[account.GrantID], policy, now))
	}
	return nil
}
