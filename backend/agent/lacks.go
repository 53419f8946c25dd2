package agent

import (
	"slices"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// explained adds to a login where the permissions that it was refused come
// from. Nobody can say that once its app is gone.
func (a *Agent) explained(g view.Grant, apps []social.ProviderApp) view.Grant {
	i := slices.IndexFunc(apps, func(app social.ProviderApp) bool { return app.Provider == g.Provider })
	if i >= 0 {
		g.Lacks = view.LacksFrom(a.manager.Lacks(apps[i], g.Declined))
	}
	return g
}
