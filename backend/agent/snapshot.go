package agent

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/monitor"
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
		Revision: a.hub.current(), Version: config.ThisBuild().Version, Demo: a.settings.Demo, DataFolder: a.settings.Paths.Data,
		Projects: []view.Project{}, Apps: []view.ProviderApp{}, Grants: []view.Grant{},
		Accounts: []view.Account{}, Attempts: []view.Attempt{}, Notices: []view.Notice{}, Keychain: a.keychainTrouble.get(),
	}
	for _, fill := range []func(context.Context, *view.Snapshot) error{
		a.fillPreferences, a.fillProjects, a.fillApps, a.fillAccounts, a.fillWatch, a.fillUpdate,
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

func (a *Agent) fillPreferences(ctx context.Context, s *view.Snapshot) (err error) {
	s.Preferences, err = a.preferences(ctx)
	return err
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
	a.changed("")
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

// fillAccounts lists logins, accounts and what they need of their admin.
func (a *Agent) fillAccounts(ctx context.Context, s *view.Snapshot) error {
	state, err := a.everything(ctx)
	if err != nil {
		return err
	}
	apps, err := a.db.ProviderApps(ctx)
	if err != nil {
		return err
	}
	policy, now := social.DefaultPolicy(), a.now()
	byID := make(map[social.GrantID]social.Grant, len(state.Grants))
	for _, g := range state.Grants {
		byID[g.ID] = g
		s.Grants = append(s.Grants, a.explained(view.GrantFrom(g, policy, now), apps))
		if due := view.Time(g.DueAt); due != "" && (s.Watch.NextAt == "" || due < s.Watch.NextAt) {
			s.Watch.NextAt = due
		}
		s.Watch.CheckedAt = max(s.Watch.CheckedAt, view.Time(g.Verdict.At))
	}
	for _, account := range state.Accounts {
		s.Accounts = append(s.Accounts, view.AccountFrom(account, byID[account.GrantID], policy, now))
	}
	needed, incidents := monitor.Attentions(state, policy, now)
	for _, n := range needed {
		s.Notices = append(s.Notices, view.NoticeFrom(n, incidents[n.Grant.ID], now))
	}
	return nil
}

// everything reads logins, all accounts that ever were, and what was told.
func (a *Agent) everything(ctx context.Context) (s monitor.State, err error) {
	if s.Grants, err = a.db.Grants(ctx); err != nil {
		return s, err
	}
	if s.Accounts, err = a.db.Accounts(ctx); err != nil {
		return s, err
	}
	s.Incidents, err = a.db.Incidents(ctx)
	return s, err
}

// fillWatch says what the watcher is doing.
func (a *Agent) fillWatch(ctx context.Context, s *view.Snapshot) error {
	s.Watch.Done, s.Watch.Total = a.manager.Checking()
	s.Watch.Checking = s.Watch.Total > 0
	s.Watch.Offline, s.Watch.ClockWrong = a.manager.Offline(), a.monitor.ClockWrong()
	s.System = a.around.get()
	paused, err := a.pausedUntil(ctx)
	s.Watch.PausedUntil = view.Time(paused)
	return err
}
