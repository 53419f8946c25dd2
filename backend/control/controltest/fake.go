// Package controltest holds a control.Service that lives in memory, for tests
// of the faces and of the socket between them. It keeps state like the agent
// does: what one call changes, the next one sees.
package controltest

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"sync"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

var _ control.Service = (*Fake)(nil)

// Fake is the service. Its methods are safe for concurrent use.
type Fake struct {
	mu        sync.Mutex
	snapshot  view.Snapshot
	attempts  map[string]view.Attempt
	history   []view.HistoryEntry
	failures  map[string]error
	secrets   []string
	opened    []string
	cancelled []string
	requests  []view.ConnectRequest
	outcome   view.DisconnectResult
	followers map[chan view.Event]struct{}
	faces     []view.Face
	held      []string
	findings  []view.Finding
}

// New returns a service that stands at snapshot.
func New(snapshot view.Snapshot) *Fake {
	return &Fake{
		snapshot: snapshot, attempts: map[string]view.Attempt{}, failures: map[string]error{},
		followers: map[chan view.Event]struct{}{},
	}
}

// Fail makes a method, named as on the wire, fail with err from now on; nil
// ends that.
func (f *Fake) Fail(method string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failures[method] = err
}

// Secrets lists the app secrets that came in.
func (f *Fake) Secrets() []string { return copied(f, &f.secrets) }

// Opened lists the pages and sign-ins that were opened in the browser, and the
// addresses that were pasted.
func (f *Fake) Opened() []string { return copied(f, &f.opened) }

// Cancelled lists the sign-ins that were cancelled.
func (f *Fake) Cancelled() []string { return copied(f, &f.cancelled) }

// Requests lists the sign-ins that were asked for.
func (f *Fake) Requests() []view.ConnectRequest { return copied(f, &f.requests) }

// Faces lists the faces that have followed the events.
func (f *Fake) Faces() []view.Face { return copied(f, &f.faces) }

// Held lists what was asked about notifications and starting, in words.
func (f *Fake) Held() []string { return copied(f, &f.held) }

func copied[T any](f *Fake, list *[]T) []T {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(*list)
}

// enter takes the lock for method, and fails when that is to fail.
func (f *Fake) enter(ctx context.Context, method string) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f.mu.Lock()
	if err := f.failures[method]; err != nil {
		f.mu.Unlock()
		return nil, err
	}
	return f.mu.Unlock, nil
}

// Snapshot implements control.Service.
func (f *Fake) Snapshot(ctx context.Context) (view.Snapshot, error) {
	leave, err := f.enter(ctx, "snapshot")
	if err != nil {
		return view.Snapshot{}, err
	}
	defer leave()
	s := f.snapshot
	s.Projects, s.Apps, s.Grants, s.Accounts = slices.Clone(s.Projects), slices.Clone(s.Apps), slices.Clone(s.Grants), slices.Clone(s.Accounts)
	s.Accounts = slices.DeleteFunc(s.Accounts, func(a view.Account) bool { return a.Health == view.Disconnected })
	s.Attempts = slices.AppendSeq([]view.Attempt{}, maps.Values(f.attempts))
	return s, nil
}

// Opening implements control.Service.
func (f *Fake) Opening(ctx context.Context) (view.Snapshot, error) {
	leave, err := f.enter(ctx, "opening")
	if err != nil {
		return view.Snapshot{}, err
	}
	leave()
	s, err := f.Snapshot(ctx)
	return s.Opening(), err
}

// Changes implements control.Service. Whoever stands anywhere but at the present
// has lost what changed since.
func (f *Fake) Changes(ctx context.Context, since int64) (view.Changes, error) {
	leave, err := f.enter(ctx, "changes")
	if err != nil {
		return view.Changes{}, err
	}
	defer leave()
	return view.Changes{
		Since: since, Revision: f.snapshot.Revision, Lost: since != f.snapshot.Revision, Grants: []view.Grant{},
		GrantsGone: []view.GrantID{}, Accounts: []view.Account{}, AccountsGone: []view.AccountID{},
	}, nil
}

// Former implements control.Service.
func (f *Fake) Former(ctx context.Context) (view.Former, error) {
	leave, err := f.enter(ctx, "former")
	if err != nil {
		return view.Former{}, err
	}
	defer leave()
	former := view.Former{Grants: []view.Grant{}, Accounts: []view.Account{}}
	for _, a := range f.snapshot.Accounts {
		if a.Health == view.Disconnected {
			former.Accounts = append(former.Accounts, a)
		}
	}
	return former, nil
}

// SetPreferences implements control.Service.
func (f *Fake) SetPreferences(ctx context.Context, p view.Preferences) error {
	leave, err := f.enter(ctx, "set_preferences")
	if err != nil {
		return err
	}
	defer leave()
	f.snapshot.Preferences = p
	return nil
}

// AddProject implements control.Service.
func (f *Fake) AddProject(ctx context.Context, name string) (view.Project, error) {
	leave, err := f.enter(ctx, "add_project")
	if err != nil {
		return view.Project{}, err
	}
	defer leave()
	p := view.Project{ID: view.ProjectID("p" + strconv.Itoa(len(f.snapshot.Projects)+1)), Name: name, CreatedAt: "2026-03-10T12:00:00Z"}
	f.snapshot.Projects = append(f.snapshot.Projects, p)
	return p, nil
}

// RenameProject implements control.Service.
func (f *Fake) RenameProject(ctx context.Context, id view.ProjectID, name string) error {
	leave, err := f.enter(ctx, "rename_project")
	if err != nil {
		return err
	}
	defer leave()
	i, err := f.project(id)
	if err == nil {
		f.snapshot.Projects[i].Name = name
	}
	return err
}

// RemoveProject implements control.Service.
func (f *Fake) RemoveProject(ctx context.Context, id view.ProjectID) error {
	leave, err := f.enter(ctx, "remove_project")
	if err != nil {
		return err
	}
	defer leave()
	i, err := f.project(id)
	if err == nil {
		f.snapshot.Projects = slices.Delete(slices.Clone(f.snapshot.Projects), i, i+1)
	}
	return err
}

func (f *Fake) project(id view.ProjectID) (int, error) {
	i := slices.IndexFunc(f.snapshot.Projects, func(p view.Project) bool { return p.ID == id })
	if i < 0 {
		return i, problem.New(problem.NotFound, nil)
	}
	return i, nil
}

// SetApp implements control.Service.
func (f *Fake) SetApp(ctx context.Context, s view.AppSettings) (view.ProviderApp, error) {
	leave, err := f.enter(ctx, "set_app")
	if err != nil {
		return view.ProviderApp{}, err
	}
	defer leave()
	if s.ClientSecret != "" {
		f.secrets = append(f.secrets, s.ClientSecret)
	}
	app := view.ProviderApp{
		Provider: s.Provider, Configured: true, ClientID: s.ClientID, HasSecret: s.ClientSecret != "", Redirect: s.Redirect,
		Ports: s.Ports, RelayURL: s.RelayURL, APIVersion: s.APIVersion, LoginConfig: s.LoginConfig, RedirectURIs: []string{},
	}
	for i, known := range f.snapshot.Apps {
		if known.Provider == s.Provider {
			app.HasSecret = app.HasSecret || known.HasSecret
			f.snapshot.Apps[i] = app
			return app, nil
		}
	}
	f.snapshot.Apps = append(f.snapshot.Apps, app)
	return app, nil
}

// RemoveApp implements control.Service.
func (f *Fake) RemoveApp(ctx context.Context, p view.Provider) error {
	leave, err := f.enter(ctx, "remove_app")
	if err != nil {
		return err
	}
	defer leave()
	f.snapshot.Apps = slices.DeleteFunc(slices.Clone(f.snapshot.Apps), func(a view.ProviderApp) bool { return a.Provider == p })
	return nil
}

// TestApp implements control.Service.
func (f *Fake) TestApp(ctx context.Context, p view.Provider) error {
	leave, err := f.enter(ctx, "test_app")
	if err != nil {
		return err
	}
	defer leave()
	if !slices.ContainsFunc(f.snapshot.Apps, func(a view.ProviderApp) bool { return a.Provider == p && a.Configured }) {
		return problem.New(problem.AppMissing, nil)
	}
	return nil
}
