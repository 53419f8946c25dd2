package sandbox

import (
	"fmt"
	"net/url"
	"slices"
	"sync"
)

// Configuration is one of Facebook Login for Business: a set of permissions
// that a person grants as a whole or not at all (meta.md 1.2).
type Configuration struct {
	ID          string
	Permissions []string
	// SystemUser makes its token that of a system user: without an end, and
	// only for those who force response_type=code.
	SystemUser bool
}

// console is what an app's admin changes while the sandbox runs, for all of
// Meta's apps at once.
type console struct {
	mu        sync.Mutex
	live      *bool
	native    *bool
	redirects []string
	// strangers have no role on the apps, whatever the apps say.
	strangers []string
}

func (c *console) change(do func(*console)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	do(c)
}

func (c *console) forget() {
	c.change(func(c *console) { c.live, c.native, c.redirects, c.strangers = nil, nil, nil, nil })
}

// applied returns app as the console has it.
func (c *console) applied(app App) App {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.live != nil {
		app.Live = *c.live
	}
	if c.native != nil {
		app.Native = *c.native
	}
	app.Redirects = append(slices.Clone(app.Redirects), c.redirects...)
	app.strangers = slices.Clone(c.strangers)
	return app
}

// metaApp finds an app of Meta's as it is now.
func (s *Server) metaApp(id string) (App, bool) {
	app, ok := findApp(s.opts.MetaApps, id)
	if !ok {
		return App{}, false
	}
	return s.console.applied(app), true
}

// hasRole tells whether the person is an admin, developer or tester of the app
// (meta.md 1.8).
func (a App) hasRole(p Person) bool {
	if slices.Contains(a.strangers, p.Key) {
		return false
	}
	return a.Roles == nil || slices.Contains(a.Roles, p.Key)
}

// may returns those of the permissions that the person can give the app at all.
// In Live mode what has no advanced access is dropped without a word, except
// for people with a role: "it works for the developer" (meta.md 1.8).
func (a App) may(p Person, scopes []string) []string {
	if !a.Live || a.hasRole(p) {
		return scopes
	}
	return intersect(scopes, a.Advanced)
}

func (a App) configuration(id string) (Configuration, bool) {
	i := slices.IndexFunc(a.Configurations, func(c Configuration) bool { return c.ID == id && id != "" })
	if i < 0 {
		return Configuration{}, false
	}
	return a.Configurations[i], true
}

func consoleActions() map[string]action {
	return map[string]action{
		"app_live": {"Meta's apps are published, or back in Development mode when target is \"off\"", onConsole(func(c *console, a Action) error {
			c.live = on(a)
			return nil
		})},
		"app_native": {"Meta's apps are of type Native/Desktop, or not when target is \"off\"", onConsole(func(c *console, a Action) error {
			c.native = on(a)
			return nil
		})},
		"register_redirect": {"the address in target, on loopback, becomes a valid OAuth redirect URI of Meta's apps", onConsole(func(c *console, a Action) error {
			u, err := url.Parse(a.Target)
			if err != nil || u.Scheme != "http" || !isLoopback(u.Hostname()) {
				return fmt.Errorf("%q is not on loopback", a.Target)
			}
			c.redirects = append(c.redirects, a.Target)
			return nil
		})},
		"remove_app_role": {"the person is no admin, developer or tester of Meta's apps", onConsole(func(c *console, a Action) error {
			c.strangers = append(c.strangers, a.Person)
			return nil
		})},
		"restore_app_role": {"the person is one again", onConsole(func(c *console, a Action) error {
			c.strangers = slices.DeleteFunc(c.strangers, func(key string) bool { return key == a.Person })
			return nil
		})},
	}
}

func on(a Action) *bool {
	yes := a.Target != "off"
	return &yes
}

func onConsole(do func(*console, Action) error) func(*Server, Action) error {
	return func(s *Server, a Action) (err error) {
		s.console.change(func(c *console) { err = do(c, a) })
		return err
	}
}
