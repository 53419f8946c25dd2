package connection

import (
	"context"
	"slices"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// explainer is a Provider that knows where an app has its permissions from.
type explainer interface {
	// Explain says which product of the provider gives app a permission, and
	// what does not work without it.
	Explain(app social.ProviderApp, s social.Scope) social.Lack
}

// kept lists the permissions that a sign-in must not lose: where a consent
// replaces the former one, those of the login that is renewed. Who signs in is
// not known beforehand where no login is named, so those of all count.
func (m *Manager) kept(ctx context.Context, r ConnectRequest) ([]social.Scope, error) {
	if !r.Provider.ReplacesConsent() {
		return nil, nil
	}
	grants, err := m.Store.Grants(ctx)
	if err != nil {
		return nil, err
	}
	var keep []social.Scope
	for _, g := range grants {
		if g.Provider != r.Provider || g.State != social.GrantActive || r.GrantID != "" && g.ID != r.GrantID {
			continue
		}
		for _, s := range g.Requested {
			// What was not granted is asked for again when it is wanted; here
			// it would only make the next sign-in fail as well.
			if slices.Contains(g.Granted, s) && !slices.Contains(keep, s) {
				keep = append(keep, s)
			}
		}
	}
	return keep, nil
}

// sameAgain fills in what a renewal leaves open with what its login has: the same
// request again is what LinkedIn lets through without a question
// (linkedin.md 1.7).
func (m *Manager) sameAgain(ctx context.Context, r ConnectRequest) (ConnectRequest, error) {
	if r.GrantID == "" || !r.Provider.ReplacesConsent() {
		return r, nil
	}
	g, err := m.Store.Grant(ctx, r.GrantID)
	if err != nil {
		return r, err
	}
	if len(r.Capabilities) == 0 {
		r.Capabilities = g.Wanted
	}
	if len(r.Kinds) > 0 {
		return r, nil
	}
	accounts, err := m.Store.AccountsOf(ctx, r.GrantID)
	for _, a := range accounts {
		if a.Provider == r.Provider && !slices.Contains(r.Kinds, a.Kind) {
			r.Kinds = append(r.Kinds, a.Kind)
		}
	}
	return r, err
}

// Lacks explains permissions that were not granted to a login of app.
func (m *Manager) Lacks(app social.ProviderApp, declined []social.Scope) []social.Lack {
	adapter, err := m.provider(app.Provider)
	if err != nil {
		return nil
	}
	return lacks(adapter, app, declined)
}

func lacks(adapter Provider, app social.ProviderApp, declined []social.Scope) []social.Lack {
	explains, can := adapter.(explainer)
	all := make([]social.Lack, 0, len(declined))
	for _, s := range declined {
		lack := social.Lack{Scope: s}
		if can {
			lack = explains.Explain(app, s)
		}
		all = append(all, lack)
	}
	return all
}

// namingProduct adds to a sign-in that failed for a permission which the app may
// not ask for the product that would give it.
func namingProduct(adapter Provider, app social.ProviderApp, err error) error {
	explains, can := adapter.(explainer)
	if !can || problem.CodeOf(err) != problem.ScopeUnauthorized {
		return err
	}
	found := problem.From(err)
	lack := explains.Explain(app, social.Scope(found.Args["scope"]))
	if lack.Product == "" {
		return err
	}
	return found.With("permission", string(lack.Scope)).With("product", lack.Product)
}
