package linkedin

import (
	"slices"

	"github.com/kontent/kontent-connect/backend/social"
)

// The roles on a Company Page, from the most to the least (linkedin.md 3.2).
const (
	administrator   = "ADMINISTRATOR"
	contentAdmin    = "CONTENT_ADMINISTRATOR"
	sponsoredPoster = "DIRECT_SPONSORED_CONTENT_POSTER"
	curator         = "CURATOR"
	analyst         = "ANALYST"
	recruiting      = "RECRUITING_POSTER"
	leadCapture     = "LEAD_CAPTURE_ADMINISTRATOR"
	leadForms       = "LEAD_GEN_FORMS_MANAGER"
)

func ranking() []string {
	return []string{administrator, contentAdmin, sponsoredPoster, curator, analyst, recruiting, leadCapture, leadForms}
}

// canonical returns the one spelling of a role: some of LinkedIn's tables
// shorten it.
func canonical(role string) string {
	if role == "CONTENT_ADMIN" {
		return contentAdmin
	}
	return role
}

// rank orders roles from the best; one that this build does not know comes
// last.
func rank(role string) int {
	if at := slices.Index(ranking(), role); at >= 0 {
		return at
	}
	return len(ranking())
}

// allows says what a role lets a person do, in LinkedIn's own words
// (linkedin.md 3.2). Where those are silent, and for a role that this build
// does not know, the answer is unknown.
func allows(role string, c social.Capability) social.CapabilityState {
	const yes, no, open = social.Granted, social.NotGranted, social.Unknown
	table := map[string]map[social.Capability]social.CapabilityState{
		administrator:   {social.Publish: yes, social.Comments: yes, social.Analytics: yes},
		contentAdmin:    {social.Publish: yes, social.Comments: yes, social.Analytics: open},
		sponsoredPoster: {social.Publish: yes, social.Comments: open, social.Analytics: open},
		curator:         {social.Publish: no, social.Comments: open, social.Analytics: yes},
		analyst:         {social.Publish: no, social.Comments: no, social.Analytics: yes},
		recruiting:      {social.Publish: no, social.Comments: no, social.Analytics: no},
		leadCapture:     {social.Publish: no, social.Comments: no, social.Analytics: no},
		leadForms:       {social.Publish: no, social.Comments: no, social.Analytics: no},
	}
	if state, ok := table[role][c]; ok {
		return state
	}
	return open
}

// anyAllows is the best of what several roles of one person on one Page let
// them do.
func anyAllows(roles []string, c social.Capability) social.CapabilityState {
	best := social.NotGranted
	for _, role := range roles {
		switch allows(role, c) {
		case social.Granted:
			return social.Granted
		case social.Unknown:
			best = social.Unknown
		case social.NotGranted, social.Unavailable:
		}
	}
	return best
}
