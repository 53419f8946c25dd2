package sandbox

import "slices"

// pageObject renders a Page as the bearer sees it.
func (g *graphCall) pageObject(p Page) object {
	return object{kind: "Page", id: p.ID, defaults: plain("name"), field: func(f field) (any, bool, *graphError) {
		switch f.name {
		case "access_token":
			return g.pageToken(p), true, nil
		case string(LinkBusiness), string(LinkConnected):
			v, err := g.linkedAccount(p, f)
			return v, true, err
		case "business":
			return g.businessOf(p), true, nil
		}
		v, found := g.plainPageField(p, f.name)
		return v, found, nil
	}}
}

func (g *graphCall) plainPageField(p Page, name string) (any, bool) {
	switch name {
	case "name":
		return p.Name, true
	case "username":
		return orNil(p.Username), true
	case "category":
		return p.Category, true
	case "category_list":
		return []map[string]string{{"id": "2500", "name": p.Category}}, true
	case "picture":
		return g.pictureField(p.ID), true
	case "tasks":
		return g.tasks(p), true
	case "link":
		return "https://www.facebook.com/" + p.ID, true
	case "fan_count", "followers_count":
		return p.Followers, true
	case "is_published":
		return true, true
	}
	return nil, false
}

// tasks are the person's on this Page; a Page's own token has none to tell.
func (g *graphCall) tasks(p Page) any {
	if g.bearer.isPage() {
		return nil
	}
	return p.Tasks
}

// pageToken is absent for a Page that was not ticked: listed through the
// portfolio, but not granted (meta.md 1.5, 3.2).
func (g *graphCall) pageToken(p Page) any {
	b := g.bearer
	if b.isPage() {
		return b.secret
	}
	if !b.grant.ticked(p.ID) || !b.grant.has("pages_show_list") {
		return nil
	}
	cl := claims{
		Provider: Meta, Client: b.app.ID, Person: b.person.Key, Kind: kindPage, Page: p.ID,
		Issued: g.now().Unix(), Epoch: b.claims.Epoch, Serial: b.claims.Serial,
	}
	if b.claims.Kind == kindUser { // (meta.md 1.5) short-lived from a short-lived one
		cl.Expires = b.claims.Expires
	}
	return cl.seal()
}

// linkedAccount looks the same, absent, for all these causes: no account, no
// instagram_basic, not ticked, too few tasks, data access over (meta.md 3.3).
// A personal account shows its id and nothing else.
func (g *graphCall) linkedAccount(p Page, f field) (any, *graphError) {
	link := InstagramLink(f.name)
	if p.Instagram == nil || (p.Link != link && p.Link != LinkBoth) || !g.bearer.grant.has("instagram_basic") || !p.reachesInstagram() {
		return nil, nil
	}
	if p.Instagram.Personal {
		return map[string]any{"id": p.Instagram.ID}, nil
	}
	if !g.seesInstagram(p) {
		return nil, nil
	}
	sub := f.sub
	if sub == nil {
		sub = plain("id")
	}
	return g.instagramObject(*p.Instagram).render(sub)
}

func (g *graphCall) businessOf(p Page) any {
	b, ok := g.bearer.person.business(p.Business)
	if !ok || p.Client || !g.bearer.grant.has("business_management") {
		return nil
	}
	return map[string]string{"id": b.ID, "name": b.Name}
}

// seesInstagram: through the person's token, or through the token of the very
// Page that it is linked to. Instagram permissions are not exempt from the 90
// days of data access, Page permissions are (meta.md 1.6).
func (g *graphCall) seesInstagram(p Page) bool {
	b := g.bearer
	if !p.offersInstagram() || !p.reachesInstagram() || g.ledger.lostRole(b.person.Key, p.ID) {
		return false
	}
	if b.isPage() && b.claims.Page != p.ID {
		return false
	}
	return b.grant.has("instagram_basic") && b.grant.tickedInstagram(p.Instagram.ID) &&
		g.now().Before(b.grant.dataAccessUntil())
}

func (g *graphCall) instagramObject(a Instagram) object {
	return object{kind: "IGUser", id: a.ID, defaults: nil, field: func(f field) (any, bool, *graphError) {
		switch f.name {
		case "username":
			return a.Username, true, nil
		case "name":
			return a.Name, true, nil
		case "profile_picture_url":
			return g.pictureURL(a.ID), true, nil
		case "followers_count":
			return a.Followers, true, nil
		case "follows_count", "media_count":
			return a.Followers / 40, true, nil
		case "biography", "website":
			return nil, true, nil
		}
		return nil, false, nil
	}}
}

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// assigned are the Pages that a portfolio has given its system user.
func (g *graphCall) assigned() []Page {
	b := g.bearer
	return slices.DeleteFunc(slices.Clone(b.person.Pages), func(p Page) bool {
		return !b.grant.has("pages_show_list") || g.ledger.lostRole(b.person.Key, p.ID)
	})
}

// listed are the Pages of /me/accounts: ticked, with a role, and those of a
// portfolio only with business_management (meta.md 3.2).
func (g *graphCall) listed() []Page {
	b := g.bearer
	if !b.grant.has("pages_show_list") || b.person.System && g.faults.onlyAssigned() {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(b.person.Pages), func(p Page) bool {
		return !b.grant.ticked(p.ID) || g.ledger.lostRole(b.person.Key, p.ID) ||
			(p.Business != "" && !b.grant.has("business_management"))
	})
}
