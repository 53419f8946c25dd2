package sandbox

import (
	"slices"
	"strconv"
)

// mostOrganizations keeps a slip of the finger from filling the memory.
const mostOrganizations = 2000

// organizationsOf are the person's own, or those that somebody asked for
// instead, and those that more_organizations adds, so that a list can be made
// longer than one page.
func (s *Server) organizationsOf(p Person) []Organization {
	all := slices.Clone(p.Organizations)
	if size, asked := s.faults.organizationsAsked(p.Key); asked {
		all = mixedOrganizations(size)
	} else if n, asked := s.opts.LinkedInOrganizations[p.Key]; asked {
		all = mixedOrganizations(crowdSize{n: n})
	}
	if len(all) == 0 {
		return nil
	}
	for i := range s.faults.moreOrganizations() {
		n := strconv.Itoa(i + 1)
		all = append(all, Organization{
			ID: strconv.Itoa(80000001 + i), Name: "Filial " + n, Vanity: "filial-" + n, Role: "ADMINISTRATOR", State: "APPROVED",
		})
	}
	return all
}

// crowdSize is how many organizations are made up, and whether only with roles
// that let a person do something.
type crowdSize struct {
	n    int
	able bool
}

// mixedRoles are all of LinkedIn's roles, the short spelling of one that some of
// its tables use, and one that no client has heard of (linkedin.md 3.2).
func mixedRoles() []string {
	return []string{
		"ADMINISTRATOR", "CONTENT_ADMINISTRATOR", "ANALYST", "CURATOR", "DIRECT_SPONSORED_CONTENT_POSTER",
		"RECRUITING_POSTER", "LEAD_CAPTURE_ADMINISTRATOR", "LEAD_GEN_FORMS_MANAGER", "CONTENT_ADMIN", "CREATOR_IN_RESIDENCE",
	}
}

// mixedOrganizations returns that many organizations, always the same ones: their roles
// go round, and every tenth is a showcase page.
func mixedOrganizations(size crowdSize) []Organization {
	roles, n := mixedRoles(), size.n
	if size.able {
		roles = without(roles, []string{"RECRUITING_POSTER", "LEAD_CAPTURE_ADMINISTRATOR", "LEAD_GEN_FORMS_MANAGER"})
	}
	all := make([]Organization, 0, n)
	for i := range n {
		number := strconv.Itoa(i + 1)
		all = append(all, Organization{
			ID: strconv.Itoa(70000001 + i), Name: "Unidade " + number, Vanity: "unidade-" + number,
			Brand: i%10 == 9, Role: roles[(i+i/10)%len(roles)], State: "APPROVED",
		})
	}
	return all
}

func (f *faults) organizationsAsked(person string) (size crowdSize, asked bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	size, asked = f.organizations[person]
	return size, asked
}
