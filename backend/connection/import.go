package connection

import (
	"cmp"
	"context"
	"regexp"
	"slices"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Misfit is an entry of a configuration that cannot be: it names the list, the
// entry by its place in it, and the field.
type Misfit struct { //nolint:errname // the word of the domain; an error only because calls return it
	List  string
	Entry int
	Field string
}

// Error names the field.
func (m *Misfit) Error() string { return m.List + "." + m.Field + " cannot be" }

// Configuration returns what is set up and connected, without any secret.
func (m *Manager) Configuration(ctx context.Context) (c social.Configuration, err error) {
	if c.Projects, err = m.Store.Projects(ctx); err != nil {
		return c, err
	}
	if c.Apps, err = m.Store.ProviderApps(ctx); err != nil {
		return c, err
	}
	grants, err := m.Store.Grants(ctx)
	if err != nil {
		return c, err
	}
	accounts, err := m.Store.Accounts(ctx)
	if err != nil {
		return c, err
	}
	c.Grants = slices.DeleteFunc(grants, func(g social.Grant) bool { return g.State != social.GrantActive })
	c.Accounts = slices.DeleteFunc(accounts, func(a social.Account) bool { return a.State != social.AccountActive })
	return c, nil
}

// Import adds what a configuration has and this installation has not: projects
// and settings of apps by their ids, accounts with theirs. What is connected
// here stays as it is. Accounts arrive without an access and wait for their
// person; one sign-in brings back all of a login.
//
// Everything is stored, or nothing. A *Misfit names an entry that cannot be;
// problem.AppInUse is an app that would take the place of one in use.
func (m *Manager) Import(ctx context.Context, c social.Configuration, settings map[string]string) (social.Import, error) {
	done, err := m.begin()
	if err != nil {
		return social.Import{}, err
	}
	defer done()
	defer m.locks.lock("import")()
	here, err := m.here(ctx)
	if err != nil {
		return social.Import{}, err
	}
	plan := &importPlan{here: here, now: social.Verdict{}.After(neverSignedIn(), m.Now().UTC())}
	for _, step := range []func(social.Configuration) error{plan.projects, plan.apps, plan.grants, plan.accounts} {
		if err := step(c); err != nil {
			return social.Import{}, err
		}
	}
	plan.result.Settings = settings
	if err := m.Store.Import(ctx, plan.result); err != nil {
		return social.Import{}, err
	}
	m.sweep(ctx)
	m.Changed("")
	return plan.result, nil
}

// neverSignedIn is why an imported login needs its person.
func neverSignedIn() *social.Trouble {
	return &social.Trouble{Cause: social.CauseTokenMissing, Refused: true, Explicit: true}
}

// here is everything that an import has to fit to, disconnected accounts too.
func (m *Manager) here(ctx context.Context) (c social.Configuration, err error) {
	if c, err = m.Configuration(ctx); err != nil {
		return c, err
	}
	if c.Grants, err = m.Store.Grants(ctx); err != nil {
		return c, err
	}
	c.Accounts, err = m.Store.Accounts(ctx)
	return c, err
}

// importPlan works out what a configuration changes.
type importPlan struct {
	here   social.Configuration
	now    social.Verdict
	result social.Import
	// logins leads from the ids of the file to those here.
	logins map[social.GrantID]social.Grant
}

// ids of ours, and of the providers, as they can be: ids of a file end in
// addresses that are asked.
var (
	ownID    = regexp.MustCompile(`^[A-Za-z0-9-]{1,64}$`)
	remoteID = regexp.MustCompile(`^[A-Za-z0-9:_-]{1,200}$`)
	scope    = regexp.MustCompile(`^[A-Za-z0-9._:/-]{1,100}$`)
)

func (p *importPlan) projects(c social.Configuration) error {
	for i, project := range c.Projects {
		name, err := projectName(project.Name)
		switch {
		case !ownID.MatchString(string(project.ID)), duplicate(c.Projects, i, func(p social.Project) social.ProjectID { return p.ID }):
			return &Misfit{"projects", i, "id"}
		case err != nil:
			return &Misfit{"projects", i, "name"}
		case project.CreatedAt.IsZero():
			return &Misfit{"projects", i, "created_at"}
		}
		project.Name = name
		at := slices.IndexFunc(p.here.Projects, func(known social.Project) bool { return known.ID == project.ID })
		switch {
		case at < 0:
			p.result.Projects = append(p.result.Projects, project)
		case p.here.Projects[at].Name != name:
			p.result.Renamed = append(p.result.Renamed, project)
		}
	}
	p.result.Emptied = p.unused(c)
	return nil
}

// unused is the project that a new installation began with, where nothing was
// ever done with it: the projects of the file take its place.
func (p *importPlan) unused(c social.Configuration) social.ProjectID {
	if len(p.here.Projects) != 1 || len(p.here.Accounts) > 0 || len(p.result.Projects) == 0 {
		return ""
	}
	only := p.here.Projects[0].ID
	if slices.ContainsFunc(c.Projects, func(project social.Project) bool { return project.ID == only }) {
		return ""
	}
	return only
}

func (p *importPlan) apps(c social.Configuration) error {
	for i, app := range c.Apps {
		checked, err := checkApp(app)
		switch {
		case err != nil:
			return &Misfit{"apps", i, cmp.Or(problem.From(err).Args["field"], "provider")}
		case duplicate(c.Apps, i, func(a social.ProviderApp) social.Provider { return a.Provider }):
			return &Misfit{"apps", i, "provider"}
		}
		at := slices.IndexFunc(p.here.Apps, func(known social.ProviderApp) bool { return known.Provider == app.Provider })
		if at >= 0 && p.here.Apps[at].ClientID == checked.ClientID {
			checked.SecretRef = p.here.Apps[at].SecretRef
		} else if at >= 0 && slices.ContainsFunc(p.here.Grants, func(g social.Grant) bool { return g.Provider == app.Provider }) {
			return problem.New(problem.AppInUse, nil).With("provider", string(app.Provider))
		}
		p.result.Apps = append(p.result.Apps, checked)
	}
	return nil
}

func (p *importPlan) grants(c social.Configuration) error {
	p.logins = map[social.GrantID]social.Grant{}
	for i, g := range c.Grants {
		if field := wrongIn(g); field != "" {
			return &Misfit{"grants", i, field}
		}
		if _, twice := p.logins[g.ID]; twice || slices.ContainsFunc(c.Grants[:i], func(o social.Grant) bool { return samePerson(o, g) }) {
			return &Misfit{"grants", i, "id"}
		}
		at := slices.IndexFunc(p.here.Grants, func(known social.Grant) bool { return known.ID == g.ID || samePerson(known, g) })
		if at >= 0 {
			p.logins[g.ID] = p.here.Grants[at]
			if !samePerson(p.here.Grants[at], g) {
				return &Misfit{"grants", i, "id"}
			}
			continue
		}
		// Without a date it is not looked at: only its person can bring it back.
		p.logins[g.ID] = social.Grant{
			ID: g.ID, Provider: g.Provider, ClientID: g.ClientID, State: social.GrantActive, TokenVersion: 1, Verdict: p.now,
			Subject: social.Subject{ID: g.Subject.ID, Name: social.CleanName(g.Subject.Name)},
			Wanted:  g.Wanted, Requested: g.Requested, Granted: g.Granted, Declined: g.Declined, ConnectedAt: g.ConnectedAt,
		}
		p.result.Grants = append(p.result.Grants, p.logins[g.ID])
	}
	return nil
}

func samePerson(a, b social.Grant) bool {
	return a.Provider == b.Provider && a.ClientID == b.ClientID && a.Subject.ID == b.Subject.ID
}

// wrongIn names the field of a login that cannot be.
func wrongIn(g social.Grant) string {
	odd := func(s social.Scope) bool { return !scope.MatchString(string(s)) }
	switch {
	case !ownID.MatchString(string(g.ID)):
		return "id"
	case !g.Provider.Valid():
		return "provider"
	case !ownID.MatchString(g.ClientID) && !remoteID.MatchString(g.ClientID):
		return "client_id"
	case !remoteID.MatchString(g.Subject.ID):
		return "subject_id"
	case slices.ContainsFunc(g.Wanted, func(w social.Capability) bool { return !w.Valid() }):
		return "wanted"
	case slices.ContainsFunc(g.Requested, odd):
		return "requested"
	case slices.ContainsFunc(g.Granted, odd):
		return "granted"
	case slices.ContainsFunc(g.Declined, odd):
		return "declined"
	case g.ConnectedAt.IsZero():
		return "connected_at"
	}
	return ""
}

func (p *importPlan) accounts(c social.Configuration) error {
	connected := placesOf(p.here.Accounts)
	seen := map[any]bool{}
	for i, a := range c.Accounts {
		login, known := p.logins[a.GrantID]
		switch field := p.wrongWith(a); {
		case field != "":
			return &Misfit{"accounts", i, field}
		case !known:
			return &Misfit{"accounts", i, "grant_id"}
		case login.Provider != a.Provider:
			return &Misfit{"accounts", i, "kind"}
		case seen[a.ID], seen[placeOf(a)]:
			return &Misfit{"accounts", i, "id"}
		}
		seen[a.ID], seen[placeOf(a)] = true, true
		if connected[a.ID] || connected[placeOf(a)] || login.State != social.GrantActive {
			// A login that is being withdrawn takes nothing in any more.
			continue
		}
		a.GrantID, a.State, a.Standing, a.Clocks = login.ID, social.AccountActive, social.StandingPresent, social.Clocks{}
		a.Name, a.Username, a.Detail = social.CleanName(a.Name), social.CleanName(a.Username), social.CleanName(a.Detail)
		p.result.Accounts = append(p.result.Accounts, a)
	}
	return nil
}

// wrongWith names the field of an account that cannot be.
func (p *importPlan) wrongWith(a social.Account) string {
	project := func(known social.Project) bool { return known.ID == a.ProjectID && known.ID != p.result.Emptied }
	switch {
	case !ownID.MatchString(string(a.ID)):
		return "id"
	case a.Provider == "":
		return "kind"
	case !slices.ContainsFunc(p.here.Projects, project) && !slices.ContainsFunc(p.result.Projects, project):
		return "project_id"
	case !remoteID.MatchString(a.RemoteID):
		return "remote_id"
	case a.ParentRemoteID != "" && !remoteID.MatchString(a.ParentRemoteID):
		return "parent_id"
	case a.ConnectedAt.IsZero():
		return "connected_at"
	}
	for _, state := range a.Capabilities {
		if !slices.Contains([]social.CapabilityState{social.Granted, social.NotGranted, social.Unavailable, social.Unknown}, state) {
			return "capabilities"
		}
	}
	return ""
}

// place is where an account can be connected once.
type place struct {
	project social.ProjectID
	kind    social.AccountKind
	remote  string
}

func placeOf(a social.Account) place { return place{a.ProjectID, a.Kind, a.RemoteID} }

// placesOf notes the ids and the places of the accounts that are connected,
// whichever login they hang on.
func placesOf(accounts []social.Account) map[any]bool {
	taken := map[any]bool{}
	for _, a := range accounts {
		if a.State != social.AccountDisconnected {
			taken[a.ID], taken[placeOf(a)] = true, true
		}
	}
	return taken
}

// duplicate reports whether an earlier entry has the key of entry i.
func duplicate[T any, K comparable](list []T, i int, key func(T) K) bool {
	return slices.ContainsFunc(list[:i], func(other T) bool { return key(other) == key(list[i]) })
}
