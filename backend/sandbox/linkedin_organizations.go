package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// organization answers one organization, or the batch that is asked for.
func (c *call) organization(m member, resource, id string) {
	q := c.r.URL.Query()
	if id == "" && q.Has("ids") {
		c.organizationBatch(m, resource)
		return
	}
	answer, err := c.organizationBody(m, resource, id, q)
	if err != nil {
		c.liRefuse(err)
		return
	}
	c.json(http.StatusOK, answer)
}

// organizationBody is what the member may see of one organization.
func (c *call) organizationBody(m member, resource, id string, q url.Values) (map[string]any, *liError) {
	if !m.managesPages() {
		return nil, denied(resource + ".GET." + m.version + "01")
	}
	if _, err := strconv.ParseUint(id, 10, 63); err != nil {
		return nil, noResource()
	}
	o, role, found := c.findOrganization(m.person, id)
	if !found || resource == "organizationBrands" && !o.Brand {
		return nil, &liError{Status: http.StatusNotFound, Code: "NOT_FOUND", Message: "Could not find organization"}
	}
	c.entry.Target = id
	if c.ledger.lostRole(m.person.Key, id) { // the token is well, the role is gone (linkedin.md 3.2)
		return nil, denied(resource + ".GET." + m.version + "01")
	}
	answer, hidden := describeOrganization(o, role == "ADMINISTRATOR"), ""
	if q.Has("fields") {
		answer, hidden = pick(answer, strings.Split(q.Get("fields"), ","))
	}
	if hidden != "" && slices.Contains(adminOnly(), hidden) {
		return nil, &liError{Status: 403, Service: 100, Code: "ACCESS_DENIED", Message: "Viewer don't have permission to the ADMIN_ONLY VisibilityReduction for " + o.URN()}
	}
	return answer, nil
}

// findOrganization looks at everybody's, and for the member's own best role:
// ADMINISTRATOR if there is one and it is approved.
func (c *call) findOrganization(p Person, id string) (found Organization, role string, ok bool) {
	for _, other := range append([]Person{p}, c.Everyone()...) {
		for _, o := range c.organizationsOf(other) {
			if o.ID != id {
				continue
			}
			if !ok {
				found, ok = o, true
			}
			if other.Key == p.Key && o.State == "APPROVED" && (role == "" || o.Role == "ADMINISTRATOR") {
				role = o.Role
			}
		}
	}
	return found, role, ok
}

func adminOnly() []string {
	return []string{"localizedDescription", "industries", "organizationType", "versionTag", "defaultLocale", "vanityNameHistory"}
}

// describeOrganization shows strangers and lesser roles only the public part
// (linkedin.md 3.3).
func describeOrganization(o Organization, admin bool) map[string]any {
	number, _ := strconv.ParseInt(o.ID, 10, 64) // the one id that LinkedIn sends as a number
	out := map[string]any{
		"id": number, "localizedName": o.Name, "vanityName": o.Vanity, "name": localized(o.Name),
		"primaryOrganizationType": "NONE", "locations": []string{},
	}
	if o.Brand {
		out["primaryOrganizationType"] = "BRAND"
	}
	if o.Website != "" {
		out["localizedWebsite"] = o.Website
	}
	if admin {
		out["organizationType"], out["versionTag"] = "PRIVATELY_HELD", "1"
		out["defaultLocale"] = map[string]string{"country": "BR", "language": "pt"}
		out["industries"] = []string{"urn:li:industry:80"}
	}
	return out
}

// pick keeps the named fields and returns one that is not there, if any.
func pick(all map[string]any, names []string) (kept map[string]any, missing string) {
	kept = map[string]any{}
	for _, name := range names {
		if v, ok := all[name]; ok {
			kept[name] = v
		} else if missing == "" || slices.Contains(adminOnly(), name) {
			missing = name
		}
	}
	return kept, missing
}
