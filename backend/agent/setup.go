package agent

import (
	"context"
	"sync"

	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// The project that a new data folder begins with.
const (
	firstProject     = "Meu projeto"
	firstDemoProject = "Café da Esquina"
)

// openDemo starts the providers of the demonstration on this computer. Where
// the environment names providers already, those serve.
func (a *Agent) openDemo(context.Context) error {
	if !a.settings.Demo || len(loopbacks(a.settings.Bases)) > 0 {
		return nil
	}
	server, err := sandbox.New(sandbox.Options{StatePath: a.settings.Paths.Sandbox})
	if err != nil {
		return err
	}
	if err := server.Listen("127.0.0.1:0"); err != nil { //nolint:contextcheck // it serves until the agent closes it
		return err
	}
	a.demo = server
	a.settings.Bases = config.Sandboxed(server.URL())
	return nil
}

// setUp gives a new data folder its first project.
func (a *Agent) setUp(ctx context.Context) error {
	projects, err := a.db.Projects(ctx)
	if err != nil || len(projects) > 0 {
		return err
	}
	name := firstProject
	if a.settings.Demo {
		name = firstDemoProject
	}
	_, err = a.manager.AddProject(ctx, name)
	return err
}

// setUpDemoApps registers the demonstration's provider apps, as an
// organisation would register its own.
func (a *Agent) setUpDemoApps(ctx context.Context) error {
	apps, err := a.db.ProviderApps(ctx)
	if err != nil || len(apps) > 0 || !a.settings.Demo {
		return err
	}
	for _, app := range []struct {
		provider     social.Provider
		id, password string
	}{
		{social.Meta, sandbox.MetaClientID, sandbox.MetaClientSecret},
		{social.LinkedIn, sandbox.LinkedInClientID, sandbox.LinkedInClientSecret},
	} {
		settings := social.ProviderApp{Provider: app.provider, ClientID: app.id}
		if _, err := a.manager.SetApp(ctx, settings, social.NewSecret(app.password)); err != nil {
			return err
		}
	}
	return nil
}

// openDemoApps sets the demonstration up before anybody can ask for something.
// Trouble with the keychain is remembered and shown; it keeps nothing else
// from opening.
func (a *Agent) openDemoApps(ctx context.Context) error {
	a.keychainTrouble.set(a.setUpDemoApps(ctx))
	return nil
}

// probeKeychain finds out whether the keychain can be used, and remembers why
// not.
func (a *Agent) probeKeychain(ctx context.Context) {
	err := a.vault.Probe(ctx)
	if ctx.Err() != nil {
		return
	}
	if a.keychainTrouble.set(err) {
		a.log.Info("keychain", "usable", err == nil, "code", string(problem.CodeOf(err)), "err", err)
		a.changed("")
	}
}

// troubleBox remembers the trouble with the keychain, if there is any.
type troubleBox struct {
	mu  sync.Mutex
	err error
}

// set notes err and reports whether that is news.
func (t *troubleBox) set(err error) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	news := problem.CodeOf(t.err) != problem.CodeOf(err)
	t.err = err
	return news
}

func (t *troubleBox) get() *view.Problem {
	t.mu.Lock()
	defer t.mu.Unlock()
	return view.ProblemFrom(t.err)
}
