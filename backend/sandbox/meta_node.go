package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// maxIDs is how many objects one call may ask for.
const maxIDs = 50

// object renders itself field by field. The three results: a value; absent
// (found is true, value nil: the field is left out); unknown (found false),
// which fails the whole call (meta.md 3.2).
type object struct {
	kind     string
	id       string
	defaults []field
	field    func(field) (value any, found bool, err *graphError)
}

func (o object) render(fields []field) (map[string]any, *graphError) {
	if len(fields) == 0 {
		fields = o.defaults
	}
	out := map[string]any{"id": o.id}
	for _, f := range fields {
		if f.name == "id" {
			continue
		}
		value, found, err := o.field(f)
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, parameterError("Tried accessing nonexisting field (%s) on node type (%s)", safePath(f.name), o.kind)
		}
		if value != nil {
			out[f.name] = value
		}
	}
	return out, nil
}

func (g *graphCall) wanted() ([]field, *graphError) {
	if f := g.r.FormValue("fields"); f != "" {
		return parseFields(f)
	}
	return nil, nil
}

// one answers GET /{id}.
func (g *graphCall) one(id string) *graphError {
	fields, err := g.wanted()
	if err != nil {
		return err
	}
	answer, err := g.rendered(id, fields)
	if err != nil {
		return err
	}
	g.entry.Target = id
	g.json(http.StatusOK, answer)
	return nil
}

// many answers GET /?ids=a,b. One object out of reach fails the whole call.
func (g *graphCall) many() *graphError {
	ids := strings.FieldsFunc(g.r.FormValue("ids"), func(r rune) bool { return r == ',' })
	if len(ids) == 0 {
		return parameterError("The parameter ids is required")
	}
	if len(ids) > maxIDs {
		return parameterError("Too many IDs. Maximum: %d. Provided: %d.", maxIDs, len(ids))
	}
	fields, err := g.wanted()
	if err != nil {
		return err
	}
	answer := map[string]any{}
	for _, id := range ids {
		if answer[id], err = g.rendered(id, fields); err != nil {
			return err
		}
	}
	g.json(http.StatusOK, answer)
	return nil
}

func (g *graphCall) rendered(id string, fields []field) (map[string]any, *graphError) {
	o, err := g.find(id)
	if err != nil {
		return nil, err
	}
	return o.render(fields)
}

// find returns the object if the bearer may see it at all.
func (g *graphCall) find(id string) (object, *graphError) {
	b := g.bearer
	if id == "me" {
		return g.me()
	}
	if b.isApp {
		return object{}, noSuchObject(id)
	}
	if id == b.person.MetaID && b.isUser() {
		return g.userObject(), nil
	}
	if page, ok := b.person.page(id); ok && g.seesPage(page) {
		return g.pageObject(page), nil
	}
	if page, ok := b.person.instagram(id); ok && g.seesInstagram(page) {
		return g.instagramObject(*page.Instagram), nil
	}
	if business, ok := b.person.business(id); ok && b.isUser() && b.grant.has("business_management") {
		return g.businessObject(business), nil
	}
	return object{}, noSuchObject(id)
}

// me is the person, or the Page when its token speaks (meta.md 2.1).
func (g *graphCall) me() (object, *graphError) {
	switch {
	case g.bearer.isApp:
		return object{}, noToken()
	case g.bearer.isPage():
		page, _ := g.bearer.person.page(g.bearer.claims.Page)
		return g.pageObject(page), nil
	}
	return g.userObject(), nil
}

func (g *graphCall) userObject() object {
	p := g.bearer.person
	return object{kind: "User", id: p.MetaID, defaults: plain("name"), field: func(f field) (any, bool, *graphError) {
		switch f.name {
		case "name":
			return p.Name(), true, nil
		case "first_name":
			return p.First, true, nil
		case "last_name":
			return p.Last, true, nil
		case "picture":
			return g.pictureField(p.MetaID), true, nil
		case "accounts", "businesses", "permissions":
			list, err := g.edgeOf(p.MetaID, f)
			return list, true, err
		}
		return nil, false, nil
	}}
}

func (g *graphCall) businessObject(b Business) object {
	return object{kind: "Business", id: b.ID, defaults: plain("name"), field: func(f field) (any, bool, *graphError) {
		switch f.name {
		case "name":
			return b.Name, true, nil
		case "owned_pages", "client_pages":
			list, err := g.edgeOf(b.ID, f)
			return list, true, err
		}
		return nil, false, nil
	}}
}

func (g *graphCall) pictureField(id string) map[string]any {
	return map[string]any{"data": map[string]any{
		"url": g.pictureURL(id), "width": drawn, "height": drawn, "is_silhouette": g.faults.picture() == pictureNone,
	}}
}

// seesPage: ticked in the dialog, or reached through a portfolio, which shows
// also what was not ticked, without a token (meta.md 3.2).
func (g *graphCall) seesPage(page Page) bool {
	b := g.bearer
	if b.isPage() {
		return page.ID == b.claims.Page
	}
	if g.ledger.lostRole(b.person.Key, page.ID) {
		return false
	}
	if page.Business != "" && b.grant.has("business_management") {
		return true
	}
	return b.grant.ticked(page.ID) && slices.ContainsFunc(b.grant.Granted, asksForPages)
}
