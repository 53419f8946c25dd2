package sandbox

import (
	"net/http"
	"slices"
)

// item is a row of a page: a person, a Page, an account or a permission.
type item struct {
	Value   string
	Label   string // the accessible name; tests and screen readers rely on it
	Note    string
	Name    string // a permission's technical name
	Picture string
	Count   int // what a person could connect
	Checked bool
}

// view is all that a template sees.
type view struct {
	Provider string // meta, linkedin or empty
	App      string
	Person   string
	Post     string
	Step     string
	At, Of   int // 0: no steps to count
	Field    string
	Items    []item
	Why      string
	Detail   string
}

func (c *call) showStep(f flow) {
	v := view{Provider: f.provider, App: f.app.Name, Post: flowPath(f.id), Step: f.step()}
	if p, ok := findPerson(c.Everyone(), f.person); ok {
		v.Person = p.Name()
	}
	if f.total > 1 {
		v.At, v.Of = f.total-len(f.steps)+1, f.total
	}
	switch f.step() {
	case stepSignIn:
		v.Items = c.peopleItems(f.provider)
		c.page(http.StatusOK, "signin", v)
	case stepPages:
		v.Field, v.Items = "page", c.pageItems(f)
		c.page(http.StatusOK, "choose", v)
	case stepInstagram:
		v.Field, v.Items = "instagram", c.instagramItems(f)
		c.page(http.StatusOK, "choose", v)
	case stepPermissions:
		v.Field = "permission"
		for _, s := range f.asked {
			v.Items = append(v.Items, item{Value: s, Name: s, Checked: true})
		}
		c.page(http.StatusOK, "permissions", v)
	case stepAgree:
		for _, s := range f.asked {
			v.Items = append(v.Items, item{Value: s, Name: s})
		}
		c.page(http.StatusOK, "agree", v)
	case stepReconnect:
		c.page(http.StatusOK, "reconnect", v)
	case stepConsent:
		for _, s := range f.scopes {
			v.Items = append(v.Items, item{Value: s, Name: s})
		}
		c.page(http.StatusOK, "consent", v)
	}
}

func (c *call) peopleItems(provider string) []item {
	var items []item
	for _, p := range c.Everyone() {
		if p.System {
			continue
		}
		has := len(p.Pages)
		if provider == LinkedIn {
			has = approvedOrganizations(c.organizationsOf(p))
		}
		items = append(items, item{
			Value: p.Key, Label: p.Name(), Picture: "/sandbox/picture/" + p.MetaID + ".svg",
			Note: p.Headline, Count: has,
		})
	}
	return items
}

func (c *call) pageItems(f flow) []item {
	var items []item
	p, _ := findPerson(c.Everyone(), f.person)
	for _, page := range c.offeredPages(f) {
		note := page.Category
		if b, ok := p.business(page.Business); ok {
			note += " · " + b.Name
		}
		items = append(items, item{
			Value: page.ID, Label: page.Name, Note: note, Picture: "/sandbox/picture/" + page.ID + ".svg",
			Checked: slices.Contains(f.pages, page.ID),
		})
	}
	return items
}

func (c *call) instagramItems(f flow) []item {
	var items []item
	for _, page := range c.offeredInstagram(f) {
		a := page.Instagram
		items = append(items, item{
			Value: a.ID, Label: "@" + a.Username, Note: a.Name, Picture: "/sandbox/picture/" + a.ID + ".svg",
			Checked: slices.Contains(f.instagram, a.ID),
		})
	}
	return items
}

// index says what this is to whoever opens the address.
func (c *call) index() {
	if !c.allow(http.MethodGet, http.MethodHead) {
		http.Error(c.w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	c.page(http.StatusOK, "index", view{Items: c.peopleItems(Meta)})
}

// errorPage is where a dialog ends that may not send the browser anywhere.
func (c *call) errorPage(status int, provider, why, detail string) {
	c.page(status, "error", view{Provider: provider, Why: why, Detail: detail})
}
