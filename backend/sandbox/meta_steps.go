package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// metaSignedIn decides what is left to ask. Without rerequest a second login
// reuses the former grant and the former choice of Pages (meta.md 1.2).
func (c *call) metaSignedIn(f flow) {
	p, _ := findPerson(c.Everyone(), f.person)
	if !f.app.Live && !f.app.hasRole(p) {
		// Nothing comes back to the redirect (meta.md 1.3, 1.7).
		c.flows.end(f.id)
		c.event("dialog_refused")
		c.errorPage(http.StatusForbidden, Meta, "no_role", "")
		return
	}
	f.scopes = f.app.may(p, f.scopes)
	former, again := c.ledger.live(Meta, f.app.ID, f.person)
	if !again || f.rerequest {
		f.plan(f.fullSteps(), f.scopes)
	} else {
		f.plan(f.remainingSteps(former))
	}
	f.pages, f.instagram = pageIDs(c.offeredPages(f)), instagramIDs(c.offeredInstagram(f))
	asked := append(former.Granted, former.Declined...)
	if again && !former.AllPages && slices.ContainsFunc(asked, asksForPages) {
		f.pages = former.Pages
	}
	if again && !former.AllInstagram && slices.ContainsFunc(asked, asksForInstagram) {
		f.instagram = former.Instagram
	}
	c.goOn(f)
}

func (f flow) fullSteps() []string {
	scopes := f.scopes
	var steps []string
	if slices.ContainsFunc(scopes, asksForPages) {
		steps = append(steps, stepPages)
	}
	if slices.ContainsFunc(scopes, asksForInstagram) {
		steps = append(steps, stepInstagram)
	}
	return append(steps, f.lastStep())
}

// remainingSteps asks only for permissions never asked before: a declined one
// needs rerequest. Assets are asked for when their first permission comes.
func (f flow) remainingSteps(former grant) (steps, asked []string) {
	scopes := f.scopes
	before := append(slices.Clone(former.Granted), former.Declined...)
	for _, s := range scopes {
		if !slices.Contains(before, s) {
			asked = append(asked, s)
		}
	}
	if len(asked) == 0 {
		return []string{stepReconnect}, nil
	}
	if slices.ContainsFunc(asked, asksForPages) && !slices.ContainsFunc(before, asksForPages) {
		steps = append(steps, stepPages)
	}
	if slices.ContainsFunc(asked, asksForInstagram) && !slices.ContainsFunc(before, asksForInstagram) {
		steps = append(steps, stepInstagram)
	}
	return append(steps, f.lastStep()), asked
}

// metaAnswer takes one page's choice. Only what was offered counts: the form
// is the browser's, the offer is ours.
func (c *call) metaAnswer(f flow, form url.Values) {
	if f.step() == stepReconnect && form.Get("do") == "edit" {
		f.plan(f.fullSteps(), f.scopes)
		c.goOn(f)
		return
	}
	switch f.step() {
	case stepPages:
		f.pages = intersect(pageIDs(c.offeredPages(f)), form["page"])
	case stepInstagram:
		f.instagram = intersect(instagramIDs(c.offeredInstagram(f)), form["instagram"])
	case stepPermissions:
		f.granted = intersect(f.asked, form["permission"])
	case stepAgree:
		f.granted = f.asked // all or nothing; nothing is Cancel
	}
	if len(f.steps) > 1 {
		f.steps = f.steps[1:]
		c.goOn(f)
		return
	}
	c.metaConclude(f)
}

// offeredPages are the Pages on which the person still has a role.
func (c *call) offeredPages(f flow) []Page {
	p, _ := findPerson(c.Everyone(), f.person)
	return slices.DeleteFunc(slices.Clone(p.Pages), func(page Page) bool {
		return c.ledger.lostRole(p.Key, page.ID)
	})
}

// offeredInstagram is a list of its own: an account may be ticked without its
// Page (meta.md 2.1).
func (c *call) offeredInstagram(f flow) []Page {
	return slices.DeleteFunc(c.offeredPages(f), func(page Page) bool { return !page.offersInstagram() })
}

func pageIDs(pages []Page) []string {
	var ids []string
	for _, p := range pages {
		ids = append(ids, p.ID)
	}
	return ids
}

func instagramIDs(pages []Page) []string {
	var ids []string
	for _, p := range pages {
		ids = append(ids, p.Instagram.ID)
	}
	return ids
}

func intersect(all, some []string) []string {
	var both []string
	for _, s := range all {
		if slices.Contains(some, s) {
			both = append(both, s)
		}
	}
	return both
}

func without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(some, s) })
}

// metaConclude writes the grant and sends the code back.
func (c *call) metaConclude(f flow) {
	if !c.flows.end(f.id) {
		c.errorPage(410, Meta, "gone", "")
		return
	}
	g, err := c.saveMetaGrant(f)
	if err != nil {
		c.errorPage(500, Meta, "trouble", "")
		return
	}
	epoch := g.Epoch
	if f.config.SystemUser {
		// The token is the business's own (meta.md 1.2).
		if epoch, err = c.grantSystemUser(f.app, g.Granted); err != nil {
			c.errorPage(500, Meta, "trouble", "")
			return
		}
		f.person = systemUser().Key
	}
	answer := url.Values{"code": {c.issueCode(f, epoch, metaCodeLife)}, "state": {f.state}}
	if f.returnScopes {
		answer.Set("granted_scopes", strings.Join(append(intersect(f.scopes, g.Granted), "public_profile"), ","))
		answer.Set("denied_scopes", strings.Join(without(f.scopes, g.Granted), ","))
	}
	c.redirect(f.redirect, answer, "_=_")
}
