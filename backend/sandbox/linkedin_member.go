package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
)

// member is the person whose access token speaks.
type member struct {
	app     App
	person  Person
	grant   grant
	id      string
	version string
}

// member authenticates the call and hands it on.
func (c *call) member(do func(member)) {
	m, err := c.authenticateMember()
	if err == nil && !c.allow(http.MethodGet) {
		err = &liError{Status: http.StatusMethodNotAllowed, Message: "Method not allowed"}
	}
	if err != nil {
		c.liRefuse(err)
		return
	}
	c.entry.Person = m.person.Key
	do(m)
}

func (c *call) authenticateMember() (member, *liError) {
	scheme, token, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	if scheme == "" {
		return member{}, &liError{Status: 401, Service: 401, Message: "Empty oauth2_access_token"}
	}
	if !strings.EqualFold(scheme, "Bearer") {
		return member{}, &liError{Status: 401, Service: 401, Message: "Unknown authentication schema"}
	}
	cl, ok := unseal(LinkedIn, strings.TrimSpace(token))
	app, known := findApp(c.opts.LinkedInApps, cl.Client)
	person, exists := findPerson(c.Everyone(), cl.Person)
	if !ok || !known || !exists || cl.Kind != kindAccess {
		return member{}, invalidToken()
	}
	g, _ := c.ledger.grant(LinkedIn, cl.Client, cl.Person)
	switch linkedInStatus(g, cl, c.now().Unix()) {
	case "revoked":
		return member{}, revokedToken()
	case "expired":
		return member{}, expiredAccess()
	}
	if c.faults.flaky(cl.key()) {
		c.event("flake")
		return member{}, revokedToken()
	}
	return member{app: app, person: person, grant: g, id: person.memberID(app)}, nil
}

// memberID is pairwise: another app knows the same person under another id
// (linkedin.md 3.1).
func (p Person) memberID(app App) string {
	if app.ID == LinkedInClientID {
		return p.LinkedInID
	}
	h := hmac.New(sha256.New, []byte(app.ID))
	h.Write([]byte(p.Key))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))[:10]
}

// userinfo needs openid and profile. locale is the object that live answers
// have, or the string of the documentation (linkedin.md 3.1).
func (c *call) userinfo(m member) {
	if !m.grant.has("openid") || !m.grant.has("profile") {
		c.liRefuse(denied("userinfo.GET.NO_VERSION"))
		return
	}
	answer := map[string]any{
		"sub": m.id, "name": m.person.Name(), "given_name": m.person.First, "family_name": m.person.Last,
		"picture": c.pictureURL(m.person.MetaID),
		"locale":  map[string]string{"country": "BR", "language": "pt"},
	}
	if c.faults.localeKind() == localeString {
		answer["locale"] = "pt-BR"
	}
	if m.grant.has("email") {
		answer["email"], answer["email_verified"] = m.person.Key+"@exemplo.example", true
	}
	c.json(http.StatusOK, answer)
}

func (c *call) linkedInMe(m member) {
	if !m.grant.has("r_basicprofile") {
		c.liRefuse(denied("me.GET.NO_VERSION"))
		return
	}
	c.json(http.StatusOK, map[string]any{
		"id": m.id, "localizedFirstName": m.person.First, "localizedLastName": m.person.Last,
		"localizedHeadline": m.person.Headline, "vanityName": m.person.Vanity,
		"firstName": localized(m.person.First), "lastName": localized(m.person.Last), "headline": localized(m.person.Headline),
	})
}

func localized(s string) map[string]any {
	return map[string]any{
		"localized":       map[string]string{"pt_BR": s},
		"preferredLocale": map[string]string{"country": "BR", "language": "pt"},
	}
}
