package sandbox

import (
	"net/http"
	"time"
)

// flowPage shows the present step, or takes its answer.
func (c *call) flowPage(id string) {
	f, ok := c.flows.get(id, c.now())
	if !ok {
		c.errorPage(http.StatusGone, "", "gone", "")
		return
	}
	c.entry.Provider, c.entry.Person = f.provider, f.person
	switch c.r.Method {
	case http.MethodGet:
		c.showStep(f)
	case http.MethodPost:
		c.answerStep(f)
	default:
		c.allow(http.MethodGet, http.MethodPost)
		http.Error(c.w, "method not allowed", http.StatusMethodNotAllowed)
	}
}

// answerStep reads what the person chose. The step is part of the form: a
// page from before (Back, a second tab) must not answer for another step.
func (c *call) answerStep(f flow) {
	form, err := c.form()
	if err != nil {
		http.Error(c.w, "unreadable form", http.StatusBadRequest)
		return
	}
	if form.Get("step") != f.step() {
		c.seeOther(flowPath(f.id))
		return
	}
	if form.Get("do") == "cancel" {
		c.cancel(f)
		return
	}
	if f.step() == stepSignIn {
		c.signIn(f, form.Get("person"))
		return
	}
	if f.provider == Meta {
		c.metaAnswer(f, form)
		return
	}
	c.linkedInAllow(f)
}

func (c *call) signIn(f flow, key string) {
	p, ok := findPerson(c.Everyone(), key)
	if !ok || p.System {
		http.Error(c.w, "nobody of that name", http.StatusBadRequest)
		return
	}
	f.person, c.entry.Person = p.Key, p.Key
	c.event("signed_in")
	if f.provider == Meta {
		c.metaSignedIn(f)
		return
	}
	c.linkedInSignedIn(f)
}

func (c *call) cancel(f flow) {
	if !c.flows.end(f.id) {
		c.errorPage(http.StatusGone, f.provider, "gone", "")
		return
	}
	c.event("cancelled")
	if f.provider == Meta {
		c.metaCancelled(f)
		return
	}
	c.linkedInCancelled(f)
}

// goOn stores the flow and shows its next step.
func (c *call) goOn(f flow) {
	c.flows.put(f)
	c.seeOther(flowPath(f.id))
}

// issueCode ends the dialog with a code for the person's grant.
func (c *call) issueCode(f flow, epoch uint64, life time.Duration) string {
	now := c.now()
	c.event("code_issued")
	return c.codes.issue(code{
		provider: f.provider, client: f.app.ID, person: f.person, redirect: f.redirect,
		epoch: epoch, challenge: f.challenge, expires: now.Add(life),
	}, now)
}
