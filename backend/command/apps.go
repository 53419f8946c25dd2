package command

import (
	"cmp"
	"context"
	"strings"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/view"
)

type appsCommand struct {
	List   appsList   `cmd:"" default:"1"`
	Set    appsSet    `cmd:""`
	Test   appsTest   `cmd:""`
	Remove appsRemove `cmd:""`
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
	Provider    view.Provider `arg:"" enum:"meta,linkedin"`
	ClientID    string        `name:"client-id" env:"-"`
	Redirect    view.Redirect
	Ports       []int  `name:"port"`
	RelayURL    string `name:"relay-url"`
	APIVersion  string `name:"api-version"`
	LoginConfig string `name:"login-config"`
	Product     view.Product
	Tier        view.Tier
	SecretStdin bool `name:"secret-stdin"`
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
	Provider view.Provider `arg:"" enum:"meta,linkedin"`
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
	Provider view.Provider `arg:"" enum:"meta,linkedin"`
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
