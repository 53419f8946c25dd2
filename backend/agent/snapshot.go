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

// Snapshot implements control.Service.
func (a *Agent) Snapshot(ctx context.Context) (view.Snapshot, error) {
	return a.mirror.snapshot(ctx, recent)
}

// Opening implements control.Service.
func (a *Agent) Opening(ctx context.Context) (view.Snapshot, error) {
	s, err := a.Snapshot(ctx)
	return s.Opening(), err
}

// Changes implements control.Service.
func (a *Agent) Changes(ctx context.Context, since int64) (view.Changes, error) {
	return a.mirror.changes(ctx, since)
}

// everything reads all that the faces show.
func (a *Agent) everything(ctx context.Context) (s view.Snapshot, err error) {
	if s.Frame, err = a.frame(ctx); err != nil {
		return s, err
	}
	return s, a.fillAccounts(ctx, &s)
}

// frame reads what the faces show around the accounts.
func (a *Agent) frame(ctx context.Context) (view.Frame, error) {
	f := view.Frame{
		Version: config.ThisBuild().Version, Demo: a.settings.Demo, DataFolder: a.settings.Paths.Data,
		Projects: []view.Project{}, Apps: []view.ProviderApp{}, Attempts: []view.Attempt{}, Keychain: a.keychainTrouble.get(),
		Data: a.dataTrouble(),
	}
	for _, fill := range []func(context.Context, *view.Frame) error{
		a.fillPreferences, a.fillProjects, a.fillApps, a.fillTimeline, a.fillWatch, a.fillUpdate,
	} {
		if err := fill(ctx, &f); err != nil {
			return f, err
		}
	}
	for _, attempt := range a.manager.Attempts() {
		f.Attempts = append(f.Attempts, attemptFrom(attempt))
	}
	return f, nil
}

func (a *Agent) fillPreferences(ctx context.Context, f *view.Frame) (err error) {
	f.Preferences, err = a.preferences(ctx)
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

func (a *Agent) fillProjects(ctx context.Context, f *view.Frame) error {
	projects, err := a.db.Projects(ctx)
	if err != nil {
		return err
	}
	former, err := a.db.CountFormer(ctx)
	for _, p := range projects {
		shown := view.ProjectFrom(p)
		shown.Former = former[p.ID]
		f.Projects = append(f.Projects, shown)
	}
	return err
}

// fillApps lists every provider, whether its app is set up or not.
func (a *Agent) fillApps(ctx context.Context, f *view.Frame) error {
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
		f.Apps = append(f.Apps, view.AppFrom(app, a.manager.Permissions(app)))
	}
	return nil
}

// fillAccounts lists logins, accounts and what they need of their admin.
func (a *Agent) fillAccounts(ctx context.Context, s *view.Snapshot) error {
	s.Grants, s.Accounts, s.Notices = []view.Grant{}, []view.Account{}, []view.Notice{}
	state, err := a.present(ctx)
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

// present reads logins, the accounts that they have or withdraw, and what was
// told.
func (a *Agent) present(ctx context.Context) (s monitor.State, err error) {
	if s.Grants, err = a.db.Grants(ctx); err != nil {
		return s, err
	}
	if s.Accounts, err = a.db.PresentAccounts(ctx); err != nil {
		return s, err
	}
	s.Incidents, err = a.db.Incidents(ctx)
	return s, err
}

func (a *Agent) fillTimeline(ctx context.Context, f *view.Frame) error {
	newest, err := a.db.Events(ctx, func(social.Event) bool { return true }, 0, 1)
	for _, e := range newest {
		f.LastLine = e.ID
	}
	return err
}

// fillWatch says what the watcher is doing.
func (a *Agent) fillWatch(ctx context.Context, f *view.Frame) error {
	f.Watch.Done, f.Watch.Total = a.manager.Checking()
	f.Watch.Checking = f.Watch.Total > 0
	f.Watch.Offline, f.Watch.ClockWrong = a.manager.Offline(), a.monitor.ClockWrong()
	f.System = a.around.get()
	paused, err := a.pausedUntil(ctx)
	f.Watch.PausedUntil = view.Time(paused)
	return err
}

// Former implements control.Service.
func (a *Agent) Former(ctx context.Context) (view.Former, error) {
	f := view.Former{Grants: []view.Grant{}, Accounts: []view.Account{}}
	closed, err := a.db.ClosedGrants(ctx)
	if err != nil {
		return f, err
	}
	present, err := a.db.Grants(ctx)
	if err != nil {
		return f, err
	}
	accounts, err := a.db.FormerAccounts(ctx)
	if err != nil {
		return f, err
	}
	policy, now := social.DefaultPolicy(), a.now()
	byID := map[social.GrantID]social.Grant{}
	for _, g := range closed {
		byID[g.ID] = g
		f.Grants = append(f.Grants, view.GrantFrom(g, policy, now))
	}
	for _, g := range present {
		byID[g.ID] = g
	}
	for _, account := range accounts {
		f.Accounts = append(f.Accounts, view.AccountFrom(account, byID[account.GrantID], policy, now))
	}
	return f, nil
}
