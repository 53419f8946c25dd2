package meta

import (
	"context"
	"fmt"
	"maps"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// Inspect asks who signed in, what was granted and until when, and finds every
// Page and Instagram account of the login, usable or not. A token that was
// pasted is inspected in the same way: login then holds nothing but it.
//
// For P Pages, B portfolios and L accounts that are granted but not listed it
// makes at most 5 + ceil(P/100) + ceil(B/25) + ceil(L/50) requests, provided
// that no portfolio has more than a hundred Pages of one kind, and that Meta
// answers for all of the L at once; what is not found costs more.
func (p *Provider) Inspect(ctx context.Context, app social.ProviderApp, secret social.Secret, login social.Login, progress social.Progress) (social.Inspection, error) {
	if secret.Empty() && app.Redirect != social.RedirectPaste {
		return social.Inspection{}, provider.NoSecret("inspect token")
	}
	token := login.Tokens.Access
	if token.Empty() {
		return social.Inspection{}, problem.New(problem.TokenMissing, fmt.Errorf("inspect token: there is none"))
	}
	s := session{app, secret}
	facts, err := p.debug(ctx, s, token)
	if err != nil {
		return social.Inspection{}, err
	}
	if err := facts.judge(app, p.now()); err != nil {
		return social.Inspection{}, err
	}
	subject, err := p.subject(ctx, s, token)
	if err != nil {
		return social.Inspection{}, err
	}
	declined, err := p.ungranted(ctx, s, token)
	if err != nil {
		return social.Inspection{}, err
	}
	reach := facts.reach()
	found, err := p.list(ctx, s, token, facts, reach, progress)
	if err != nil {
		return social.Inspection{}, err
	}
	judge := judgement{reach: reach, clocks: pageClocks(facts, p.now()), login: facts.clocks(), declined: declined}
	return social.Inspection{
		Subject:    subject,
		Granted:    provider.CleanScopes(facts.Scopes),
		Declined:   declined,
		Clocks:     facts.clocks(),
		Candidates: judge.candidates(found),
		Complete:   !found.broken,
		Tokens:     tokens(login.Tokens, found),
	}, nil
}

// list runs the listings of meta.md 3.2 in their order, the cheapest first.
func (p *Provider) list(ctx context.Context, s session, token social.Secret, f facts, r reach, progress social.Progress) (*listing, error) {
	l := p.newListing(s, token)
	l.progress, l.expected = progress, r.expected()
	if err := l.accounts(ctx); err != nil {
		return nil, err
	}
	if f.Type == systemUser && len(l.pages) == 0 {
		if err := l.assigned(ctx); err != nil {
			return nil, err
		}
	}
	if r.granted[business] {
		if err := l.businesses(ctx); err != nil {
			return nil, err
		}
	}
	if err := l.leftovers(ctx, r); err != nil {
		return nil, err
	}
	if err := l.leftoverAccounts(ctx, r, !f.clocks().DataAccess.Ended(p.now())); err != nil {
		return nil, err
	}
	l.tellEnd()
	return l, nil
}

// tokens returns what to keep. After an incomplete listing the former Page
// tokens stay, because a Page that was not read is not a Page that is gone.
func tokens(former social.TokenSet, found *listing) social.TokenSet {
	kept := social.TokenSet{Access: former.Access, Refresh: former.Refresh, Pages: map[string]social.Secret{}}
	if found.broken {
		maps.Copy(kept.Pages, former.Pages)
	}
	for id, page := range found.pages {
		if !page.token.Empty() {
			kept.Pages[id] = page.token
		}
	}
	return kept
}

func (p *Provider) subject(ctx context.Context, s session, token social.Secret) (social.Subject, error) {
	r := p.get(s, token, "read name of login", "me")
	r.Query.Set("fields", "id,name")
	var me struct {
		ID   provider.ID `json:"id"`
		Name string      `json:"name"`
	}
	if err := p.http.Call(ctx, r, explain, &me); err != nil {
		return social.Subject{}, err
	}
	if !validID(string(me.ID)) {
		return social.Subject{}, provider.Unexpected("read name of login", "no id")
	}
	return social.Subject{ID: string(me.ID), Name: social.CleanName(me.Name)}, nil
}

// ungranted lists what the person said no to, and what ended because the app
// did not use it for 90 days (meta.md 1.6, 2.1): either has to be asked for
// again. Tokens of system users may have no such list; that is no reason to
// call the access doubtful.
func (p *Provider) ungranted(ctx context.Context, s session, token social.Secret) ([]social.Scope, error) {
	var list struct {
		Data []struct {
			Permission social.Scope `json:"permission"`
			Status     string       `json:"status"`
		} `json:"data"`
	}
	r := p.get(s, token, "list permissions", "me/permissions")
	if err := p.http.Call(ctx, r, explain, &list); err != nil {
		if wrongParameter(err) || aboutObjects(err) {
			return nil, nil
		}
		return nil, err
	}
	var missing []social.Scope
	for _, entry := range list.Data {
		if entry.Status == "declined" || entry.Status == "expired" {
			missing = append(missing, entry.Permission)
		}
	}
	return provider.CleanScopes(missing), nil
}
