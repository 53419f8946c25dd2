package meta

import (
	"slices"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// judgement turns the Pages that were found into candidates.
type judgement struct {
	reach reach
	// clocks are those of a Page, login those of the person's token.
	clocks   social.Clocks
	login    social.Clocks
	declined []social.Scope
}

// pageClocks returns the dates of a Page. Its token has no end when it comes
// from a long-lived login; Meta says so in general and not of this token, so
// it is assumed (meta.md 1.5). The permissions of Pages are exempt from the
// end of data access (meta.md 1.6).
func pageClocks(f facts, now time.Time) social.Clocks {
	if f.longLived(now) {
		return social.Clocks{Token: social.Never(social.Assumed)}
	}
	return social.Clocks{Token: social.UnknownClock()}
}

func (j judgement) candidates(l *listing) []social.Candidate {
	all := make([]social.Candidate, 0, l.found())
	place := map[string]int{}
	for _, id := range l.order {
		p := l.pages[id]
		of := j.page(p)
		all = append(all, of)
		for _, child := range j.instagram(p, of) {
			// An account under two Pages is one account: where it can be
			// used decides.
			if at, twice := place[child.RemoteID]; !twice {
				place[child.RemoteID] = len(all)
				all = append(all, child)
			} else if child.Usable && !all[at].Usable {
				all[at] = child
			}
		}
	}
	for _, n := range l.orphans {
		all = append(all, j.orphan(n))
	}
	return all
}

// orphan judges an Instagram account whose Page was not found. Where it can be
// read, it was ticked without its Page, and what Instagram needs of the Page
// was not granted (meta.md 2.1); where Meta refuses it, the person's role on
// the Page is gone or too small.
func (j judgement) orphan(n orphan) social.Candidate {
	c := social.Candidate{
		Kind: social.InstagramAccount, RemoteID: string(n.ID),
		Name: social.CleanName(n.Name), Username: social.CleanName(n.Username),
		Capabilities: j.capabilities(social.InstagramAccount, &page{}, string(n.ID)),
		Clocks:       social.Clocks{Token: j.clocks.Token, DataAccess: j.login.DataAccess},
		Reason:       social.ReasonNoToken,
	}
	switch {
	case n.refused:
		c.Reason = social.ReasonRoleInsufficient
	case n.Username == "":
		c.Reason = social.ReasonInstagramUnreadable
	}
	c.Name = firstOf(c.Name, c.Username, c.RemoteID)
	return c
}

func (j judgement) page(p *page) social.Candidate {
	c := social.Candidate{
		Kind: social.FacebookPage, RemoteID: p.id, Name: p.name, Username: p.username, Detail: p.portfolio, Picture: p.picture,
		Capabilities: j.capabilities(social.FacebookPage, p, p.id), Clocks: j.clocks,
	}
	if c.Name == "" {
		c.Name = p.id
	}
	switch {
	case p.unread:
		// Granted and out of reach: the person lost the role, or the Page is
		// gone (meta.md 5, 33).
		c.Reason = social.ReasonRoleInsufficient
	case p.token.Empty() && !j.reach.covers(showList, p.id):
		c.Reason = social.ReasonNotTicked
	case p.token.Empty():
		c.Reason = social.ReasonNoToken
	default:
		c.Usable, c.Reason = j.standing(c.Capabilities, social.FacebookPage, p, p.id)
	}
	if c.Usable && c.Reason == "" && p.business == nil && p.connected == nil {
		c.Reason = j.whyNoInstagram(p)
	}
	return c
}

// whyNoInstagram tells causes apart that look the same: the field is absent
// (meta.md 3.3).
func (j judgement) whyNoInstagram(p *page) social.Reason {
	switch {
	case slices.Contains(j.declined, igBasic):
		return social.ReasonPermissionMissing
	case !j.reach.granted[igBasic]:
		return social.ReasonInstagramUnreadable
	case len(p.tasks) > 0 && !p.has("CREATE_CONTENT", "MODERATE"):
		return social.ReasonNoContentTask
	default:
		return social.ReasonNoInstagram
	}
}

// instagram returns the accounts linked to a Page under either of the two
// fields (meta.md 3.3).
func (j judgement) instagram(p *page, parent social.Candidate) []social.Candidate {
	var found []social.Candidate
	if p.business != nil {
		found = append(found, j.account(p, parent, p.business, true))
	}
	if p.connected != nil && (p.business == nil || p.business.ID != p.connected.ID) {
		found = append(found, j.account(p, parent, p.connected, false))
	}
	return found
}

func (j judgement) account(p *page, parent social.Candidate, n *instagramNode, professional bool) social.Candidate {
	id := string(n.ID)
	c := social.Candidate{
		Kind: social.InstagramAccount, RemoteID: id, ParentRemoteID: p.id,
		Name: social.CleanName(n.Name), Username: social.CleanName(n.Username), Detail: p.portfolio,
		Picture:      social.PictureAt(string(n.Picture)),
		Capabilities: j.capabilities(social.InstagramAccount, p, id),
		// The Page's token acts for the account, and the instagram_
		// permissions are not exempt from the end of data access.
		Clocks: social.Clocks{Token: j.clocks.Token, DataAccess: j.login.DataAccess},
	}
	c.Name = firstOf(c.Name, c.Username, p.name, id)
	switch {
	case !professional && n.Username == "":
		// The link of the Page's settings may lead to a personal account,
		// whose node tells nothing.
		c.Reason = social.ReasonInstagramPersonal
	case !j.reach.covers(igBasic, id):
		c.Reason = social.ReasonInstagramNotTicked
	case p.token.Empty():
		c.Reason = parent.Reason
	default:
		c.Usable, c.Reason = j.standing(c.Capabilities, social.InstagramAccount, p, id)
	}
	return c
}

func firstOf(names ...string) string {
	for _, name := range names {
		if name != "" {
			return name
		}
	}
	return ""
}
