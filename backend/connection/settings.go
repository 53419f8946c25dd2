package connection

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// maxProjectName is the most characters of a project's name.
const maxProjectName = 80

// AddProject adds a project. problem.ProjectNameInvalid for an empty or too
// long name.
func (m *Manager) AddProject(ctx context.Context, name string) (social.Project, error) {
	name, err := projectName(name)
	if err != nil {
		return social.Project{}, err
	}
	p := social.Project{ID: social.ProjectID(newID()), Name: name, CreatedAt: m.Now().UTC()}
	if err := m.Store.AddProject(ctx, p); err != nil {
		return social.Project{}, err
	}
	m.Changed("")
	return p, nil
}

// RenameProject renames a project.
func (m *Manager) RenameProject(ctx context.Context, id social.ProjectID, name string) error {
	name, err := projectName(name)
	if err != nil {
		return err
	}
	defer m.Changed("")
	return m.Store.RenameProject(ctx, id, name)
}

// RemoveProject removes a project without connected accounts. The last one
// stays, because everything in the window belongs to one.
func (m *Manager) RemoveProject(ctx context.Context, id social.ProjectID) error {
	projects, err := m.Store.Projects(ctx)
	if err != nil {
		return err
	}
	if len(projects) == 1 && projects[0].ID == id {
		return problem.New(problem.ProjectLast, nil)
	}
	defer m.Changed("")
	return m.Store.RemoveProject(ctx, id)
}

func projectName(name string) (string, error) {
	name = social.CleanName(name)
	if name == "" || len([]rune(name)) > maxProjectName {
		return "", problem.New(problem.ProjectNameInvalid, nil)
	}
	return name, nil
}

// SetApp saves a provider app. An empty secret keeps the stored one. An app
// that logins were made with cannot be exchanged for another before they are
// disconnected: nobody could withdraw them any more.
func (m *Manager) SetApp(ctx context.Context, app social.ProviderApp, secret social.Secret) (social.ProviderApp, error) {
	app, err := checkApp(app)
	if err != nil {
		return app, err
	}
	done, err := m.begin()
	if err != nil {
		return app, err
	}
	defer done()
	defer m.locks.lock("app/" + string(app.Provider))()
	ctx, cancel := detached(ctx)
	defer cancel()
	former, err := m.formerApp(ctx, app.Provider)
	if err != nil {
		return app, err
	}
	if former.ClientID != "" && former.ClientID != app.ClientID {
		if err := m.appUnused(ctx, app.Provider); err != nil {
			return app, err
		}
	}
	app.SecretRef = former.SecretRef
	if secret.Empty() {
		err = m.Store.PutProviderApp(ctx, app, social.Intent{})
	} else {
		app.SecretRef, err = m.putSecret(ctx, app, secret)
	}
	if err != nil {
		return app, err
	}
	m.Changed("")
	return app, nil
}

// putSecret writes a new secret under a new entry and puts the app on it, in
// the order of the package comment.
func (m *Manager) putSecret(ctx context.Context, app social.ProviderApp, secret social.Secret) (social.TokenRef, error) {
	intent := social.Intent{ID: newID(), TokenRef: newRef(), StartedAt: m.Now().UTC()}
	if err := m.Store.Begin(ctx, intent); err != nil {
		return "", err
	}
	app.SecretRef = intent.TokenRef
	err := m.Vault.PutSecret(ctx, intent.TokenRef, secret)
	if err == nil {
		err = m.Store.PutProviderApp(ctx, app, intent)
	}
	if err != nil {
		err = errors.Join(err, m.Store.Abandon(ctx, intent, nil))
	}
	m.sweep(ctx)
	return app.SecretRef, err
}

// Permissions lists the scopes that an app must have at its provider for
// everything that can be asked for; nil for a provider that is not here.
func (m *Manager) Permissions(app social.ProviderApp) []social.Scope {
	adapter, err := m.provider(app.Provider)
	if err != nil {
		return nil
	}
	// The list is what a sign-in would ask for. With a configuration of Login
	// for Business that is kept at Meta, but must hold the same.
	app.LoginConfig, app.ClientID = "", "app"
	_, scopes, err := adapter.AuthorizeURL(app, social.SignInRequest{
		RedirectURI: "http://localhost", State: "none", Challenge: "none", Capabilities: social.AllCapabilities(),
	})
	if err != nil {
		return nil
	}
	return scopes
}

// TestApp asks the provider whether it takes the app as it is stored.
func (m *Manager) TestApp(ctx context.Context, p social.Provider) error {
	adapter, err := m.provider(p)
	if err != nil {
		return err
	}
	app, secret, err := m.app(ctx, p)
	if err != nil {
		return err
	}
	return adapter.TestApp(ctx, app, secret)
}

// RemoveApp forgets a provider app and its secret. problem.AppInUse while
// logins were made with it.
func (m *Manager) RemoveApp(ctx context.Context, p social.Provider) error {
	defer m.locks.lock("app/" + string(p))()
	if err := m.appUnused(ctx, p); err != nil {
		return err
	}
	if err := m.Store.RemoveProviderApp(ctx, p); err != nil {
		return err
	}
	m.sweep(ctx)
	m.Changed("")
	return nil
}

func (m *Manager) formerApp(ctx context.Context, p social.Provider) (social.ProviderApp, error) {
	apps, err := m.Store.ProviderApps(ctx)
	for _, app := range apps {
		if app.Provider == p {
			return app, nil
		}
	}
	return social.ProviderApp{}, err
}

func (m *Manager) appUnused(ctx context.Context, p social.Provider) error {
	grants, err := m.Store.Grants(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(grants, func(g social.Grant) bool { return g.Provider == p }) {
		return problem.New(problem.AppInUse, nil).With("provider", string(p))
	}
	return nil
}

// NewApp returns the settings that an app at p begins with.
func NewApp(p social.Provider) social.ProviderApp {
	return withDefaults(social.ProviderApp{Provider: p})
}

// withDefaults fills in what settings leave open.
func withDefaults(app social.ProviderApp) social.ProviderApp {
	if app.Redirect == "" {
		app.Redirect = social.RedirectLocalhost
	}
	if len(app.Ports) == 0 {
		app.Ports = social.DefaultPorts()
	}
	if app.Provider == social.LinkedIn && app.Product == "" {
		app.Product = social.ProductCommunity
	}
	if app.Provider == social.LinkedIn && app.Tier == "" {
		app.Tier = social.TierDevelopment
	}
	return app
}

// checkApp refuses settings that could not work, naming the field.
func checkApp(app social.ProviderApp) (social.ProviderApp, error) {
	app.ClientID, app.RelayURL = strings.TrimSpace(app.ClientID), strings.TrimSpace(app.RelayURL)
	app.APIVersion, app.LoginConfig = strings.TrimSpace(app.APIVersion), strings.TrimSpace(app.LoginConfig)
	app = withDefaults(app)
	word := regexp.MustCompile(`^[A-Za-z0-9._-]{0,128}$`)
	invalid := func(field string) (social.ProviderApp, error) {
		return app, problem.New(problem.AppInvalid, nil).With("field", field)
	}
	switch {
	case !app.Provider.Valid():
		return invalid("provider")
	case app.ClientID == "" || !word.MatchString(app.ClientID):
		return invalid("client_id")
	case !app.Redirect.Valid(app.Provider):
		return invalid("redirect")
	case len(app.Ports) > 8 || slices.ContainsFunc(app.Ports, func(p int) bool { return p < 1024 || p > 65535 }):
		return invalid("ports")
	case !word.MatchString(app.APIVersion):
		return invalid("api_version")
	case !word.MatchString(app.LoginConfig):
		return invalid("login_config")
	case !app.Product.Valid(app.Provider):
		return invalid("product")
	case !app.Tier.Valid(app.Provider):
		return invalid("tier")
	case app.Redirect == social.RedirectRelay && !isHTTPS(app.RelayURL):
		return invalid("relay_url")
	}
	return app, nil
}

func isHTTPS(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && u.Fragment == ""
}
