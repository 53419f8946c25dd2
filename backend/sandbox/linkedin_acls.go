package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// Page sizes of the access-control list: ten unless asked (linkedin.md 3.2).
const (
	defaultCount = 10
	maxCount     = 100
)

func (m member) managesPages() bool {
	return m.grant.has("rw_organization_admin") || m.grant.has("r_organization_admin")
}

// acls lists the roles of the member, in every state. There is no total: the
// end is where fewer come than were asked for.
func (c *call) acls(m member) {
	if !m.managesPages() {
		c.liRefuse(denied("organizationAcls.FINDER-roleAssignee." + m.version + "01"))
		return
	}
	q := c.r.URL.Query()
	if q.Get("q") != "roleAssignee" {
		c.liRefuse(illegal("Unknown or missing finder"))
		return
	}
	start, count, err := c.offset(q)
	if err != nil {
		c.liRefuse(err)
		return
	}
	shape, name := c.faults.quirk().acls, "organization"
	if shape == aclsTarget {
		name = "organizationTarget"
	}
	elements := []map[string]any{}
	for _, o := range c.roles(m.person) {
		if (q.Has("role") && q.Get("role") != o.Role) || (q.Has("state") && q.Get("state") != o.State) {
			continue
		}
		elements = append(elements, map[string]any{
			"role": o.Role, "state": o.State, name: o.URN(), "roleAssignee": "urn:li:person:" + m.id,
		})
	}
	from := min(start, len(elements))
	to := min(from+count, len(elements))
	c.event("listed")
	paging := map[string]any{"start": start, "count": count, "links": []string{}}
	if shape == aclsTotal {
		paging["total"] = len(elements)
	}
	c.json(http.StatusOK, map[string]any{"elements": elements[from:to], "paging": paging})
}

func (c *call) offset(q url.Values) (start, count int, err *liError) {
	start, count = 0, defaultCount
	for name, into := range map[string]*int{"start": &start, "count": &count} {
		if !q.Has(name) {
			continue
		}
		n, bad := strconv.Atoi(q.Get(name))
		if bad != nil || n < 0 {
			return 0, 0, illegal("Invalid value of parameter %s", name)
		}
		*into = n
	}
	if count < 1 || count > maxCount {
		return 0, 0, illegal("The count must be between 1 and %d", maxCount)
	}
	return start, count, nil
}

// roles leaves out those that have been taken away.
func (c *call) roles(p Person) []Organization {
	return slices.DeleteFunc(c.organizationsOf(p), func(o Organization) bool {
		return c.ledger.lostRole(p.Key, o.ID)
	})
}
