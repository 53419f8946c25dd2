package linkedin

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// roleList gathers roles by organization.
type roleList struct {
	seen  map[string]bool
	order []string
	byURN map[string]*organization
}

func newRoles() *roleList {
	return &roleList{seen: map[string]bool{}, byURN: map[string]*organization{}}
}

// addAll adds a page of roles. fresh is false when all of it was known; whole
// is false when some of it made no sense.
func (l *roleList) addAll(elements []json.RawMessage) (fresh, whole bool) {
	whole = true
	for _, raw := range elements {
		if !l.seen[string(raw)] {
			l.seen[string(raw)], fresh = true, true
		}
		var a acl
		if json.Unmarshal(raw, &a) != nil {
			whole = false
			continue
		}
		urn := cmp.Or(a.Organization, a.Target)
		id, ok := organizationID(urn)
		if !ok {
			whole = false
			continue
		}
		if a.State == "APPROVED" {
			l.add(urn, id, canonical(a.Role))
		}
	}
	return fresh, whole
}

func (l *roleList) add(urn, id, role string) {
	of, known := l.byURN[urn]
	if !known {
		of = &organization{urn: urn, id: id}
		l.byURN[urn] = of
		l.order = append(l.order, urn)
	}
	if !slices.Contains(of.roles, role) {
		of.roles = append(of.roles, role)
	}
}

func (l *roleList) sorted() []*organization {
	list := make([]*organization, len(l.order))
	for i, urn := range l.order {
		of := l.byURN[urn]
		slices.SortStableFunc(of.roles, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
		list[i] = of
	}
	return list
}

// organizationID takes the number from the URN of a company or of a showcase
// page.
func organizationID(urn string) (id string, ok bool) {
	for _, prefix := range []string{"urn:li:organization:", "urn:li:organizationBrand:"} {
		if id, ok := strings.CutPrefix(urn, prefix); ok {
			return id, id != "" && len(id) <= 24 && strings.Trim(id, "0123456789") == ""
		}
	}
	return "", false
}
