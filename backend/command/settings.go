package command

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/view"
)

type projectsCommand struct {
	List   projectsList   `cmd:"" default:"1" help:"List the projects."`
	Add    projectsAdd    `cmd:"" help:"Add a project."`
	Rename projectsRename `cmd:"" help:"Rename a project."`
	Remove projectsRemove `cmd:"" help:"Remove a project without accounts."`
}

type projectsList struct{}

// Run implements the command.
func (projectsList) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		snapshot, err := service.Snapshot(ctx)
		if err != nil {
			return err
		}
		return s.write(map[string]any{"projects": snapshot.Projects}, func() {
			var rows [][]string
			for _, p := range snapshot.Projects {
				rows = append(rows, []string{string(p.ID), p.Name})
			}
			s.table(rows)
		})
	})
}

type projectsAdd struct {
	Name string `arg:"" help:"Name of the project."`
}

// Run implements the command.
func (c projectsAdd) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		p, err := service.AddProject(ctx, c.Name)
		if err != nil {
			return err
		}
		return s.write(map[string]any{"project": p}, func() { s.print("%s  %s", p.ID, p.Name) })
	})
}

type projectsRename struct {
	ID   view.ProjectID `arg:"" help:"Id of the project."`
	Name string         `arg:"" help:"New name."`
}

// Run implements the command.
func (c projectsRename) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		if err := service.RenameProject(ctx, c.ID, c.Name); err != nil {
			return err
		}
		return s.write(map[string]any{"project": map[string]string{"id": string(c.ID), "name": c.Name}}, func() {
			s.print("%s  %s", c.ID, c.Name)
		})
	})
}

type projectsRemove struct {
	ID view.ProjectID `arg:"" help:"Id of the project."`
}

// Run implements the command.
func (c projectsRemove) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		if err := service.RemoveProject(ctx, c.ID); err != nil {
			return err
		}
		return s.write(map[string]any{"removed": c.ID}, func() { s.print("%s", c.ID) })
	})
}

type appsCommand struct {
	List   appsList   `cmd:"" default:"1" help:"List the provider apps."`
	Set    appsSet    `cmd:"" help:"Set up a provider app."`
	Test   appsTest   `cmd:"" help:"Ask the provider whether it takes the app."`
	Remove appsRemove `cmd:"" help:"Forget a provider app and its secret."`
}

type appsList struct{}

// Run implements the command.
func (appsList) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		snapshot, err := service.Snapshot(ctx)
		if err != nil {
			return err
		}
		return s.write(map[string]any{"apps": snapshot.Apps}, func() {
			for _, app := range snapshot.Apps {
				s.writeApp(app)
			}
		})
	})
}

func (s *session) writeApp(app view.ProviderApp) {
	name := s.texts.Get("provider."+string(app.Provider), nil)
	if !app.Configured {
		s.print("%s: %s", name, s.say("app_missing"))
		return
	}
	secret := s.say("secret_missing")
	if app.HasSecret {
		secret = s.say("secret_stored")
	}
	s.print("%s: %s (%s, %s)", name, app.ClientID, app.Redirect, secret)
	for _, uri := range app.RedirectURIs {
		s.print("  %s", uri)
	}
	s.print("  %s", s.say("permissions"))
	for _, scope := range app.Permissions {
		s.print("    %s", scope)
	}
}

type appsSet struct {
	Provider    view.Provider `arg:"" enum:"meta,linkedin" help:"meta or linkedin."`
	ClientID    string        `name:"client-id" env:"-" help:"App id, or client id. Left out, KONTENT_<PROVIDER>_CLIENT_ID or the stored one."`
	Redirect    view.Redirect `help:"localhost, native, relay or paste."`
	Ports       []int         `name:"port" help:"Loopback port to register; may be repeated."`
	RelayURL    string        `name:"relay-url" help:"Address of your relay page."`
	APIVersion  string        `name:"api-version" help:"Version of the provider's API."`
	LoginConfig string        `name:"login-config" help:"Configuration id of Facebook Login for Business."`
	Product     view.Product  `help:"What a LinkedIn app has: community_management or sign_in_share."`
	Tier        view.Tier     `help:"How much of it: development or standard."`
	SecretStdin bool          `name:"secret-stdin" help:"Read the app secret from standard input."`
}

// maxSecret bounds what is read as a secret.
const maxSecret = 16 << 10

// readSecret reads a secret from standard input, the only way in: arguments
// and environment can be seen by other programs.
func (s *session) readSecret() (string, error) {
	body, err := io.ReadAll(io.LimitReader(s.In, maxSecret+1))
	if err != nil {
		return "", fmt.Errorf("read the secret: %w", err)
	}
	// Half of a secret would be stored and refused later, somewhere else.
	if len(body) > maxSecret {
		return "", usageError(s.say("long_secret"))
	}
	secret := strings.TrimSpace(string(body))
	if secret == "" {
		return "", usageError(s.say("no_secret"))
	}
	return secret, nil
}

// Run implements the command.
func (c appsSet) Run(ctx context.Context, s *session) error {
	var secret string
	if c.SecretStdin {
		var err error
		if secret, err = s.readSecret(); err != nil {
			return err
		}
	}
	return s.service(ctx, func(service control.Service) error {
		settings, err := c.settings(ctx, s, service)
		if err != nil {
			return err
		}
		settings.ClientSecret = secret
		app, err := service.SetApp(ctx, settings)
		if err != nil {
			return err
		}
		return s.write(map[string]any{"app": app}, func() { s.writeApp(app) })
	})
}

// settings starts from what is stored, so that one option can be changed.
func (c appsSet) settings(ctx context.Context, s *session, service control.Service) (view.AppSettings, error) {
	snapshot, err := service.Snapshot(ctx)
	if err != nil {
		return view.AppSettings{}, err
	}
	settings := view.AppSettings{Provider: c.Provider, Ports: []int{}}
	for _, app := range snapshot.Apps {
		if app.Provider == c.Provider && app.Configured {
			settings.ClientID, settings.Redirect, settings.Ports = app.ClientID, app.Redirect, app.Ports
			settings.RelayURL, settings.APIVersion, settings.LoginConfig = app.RelayURL, app.APIVersion, app.LoginConfig
			settings.Product, settings.Tier = app.Product, app.Tier
		}
	}
	if fromEnvironment := s.Getenv("KONTENT_" + strings.ToUpper(string(c.Provider)) + "_CLIENT_ID"); fromEnvironment != "" {
		settings.ClientID = fromEnvironment
	}
	for _, option := range []struct {
		given  string
		target *string
	}{
		{c.ClientID, &settings.ClientID}, {c.RelayURL, &settings.RelayURL},
		{c.APIVersion, &settings.APIVersion}, {c.LoginConfig, &settings.LoginConfig},
	} {
		if option.given != "" {
			*option.target = option.given
		}
	}
	settings.Redirect = cmp.Or(c.Redirect, settings.Redirect)
	if len(c.Ports) > 0 {
		settings.Ports = c.Ports
	}
	settings.Product, settings.Tier = cmp.Or(c.Product, settings.Product), cmp.Or(c.Tier, settings.Tier)
	return settings, nil
}

type appsTest struct {
	Provider view.Provider `arg:"" enum:"meta,linkedin" help:"meta or linkedin."`
}

// Run implements the command.
func (c appsTest) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		if err := service.TestApp(ctx, c.Provider); err != nil {
			return err
		}
		return s.write(map[string]any{"tested": c.Provider}, func() { s.print("%s", s.say("app_works")) })
	})
}

type appsRemove struct {
	Provider view.Provider `arg:"" enum:"meta,linkedin" help:"meta or linkedin."`
}

// Run implements the command.
func (c appsRemove) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		if err := service.RemoveApp(ctx, c.Provider); err != nil {
			return err
		}
		return s.write(map[string]any{"removed": c.Provider}, func() { s.print("%s", c.Provider) })
	})
}
