package linkedin

import (
	"slices"

	"github.com/kontent/kontent-connect/backend/social"
)

// candidates returns the profile first, then the organizations in LinkedIn's
// order. All of them live by the login's token, and so share its clocks.
func candidates(app social.ProviderApp, login social.Login, me member, list []*organization) []social.Candidate {
	all := []social.Candidate{profileOf(app, login, me)}
	for _, of := range list {
		all = append(all, company(login, of))
	}
	return all
}

// scoped says whether the scopes for a thing were granted; unknown where
// LinkedIn never said.
func scoped(login social.Login, scopes ...social.Scope) social.CapabilityState {
	if login.Granted == nil {
		return social.Unknown
	}
	for _, s := range scopes {
		if !slices.Contains(login.Granted, s) {
			return social.NotGranted
		}
	}
	return social.Granted
}

// both is granted where scope and role are, missing where either is.
func both(a, b social.CapabilityState) social.CapabilityState {
	switch {
	case a == social.NotGranted || b == social.NotGranted:
		return social.NotGranted
	case a == social.Unknown || b == social.Unknown:
		return social.Unknown
	default:
		return social.Granted
	}
}

func company(login social.Login, of *organization) social.Candidate {
	scopes := social.Capabilities{
		social.Publish:   scoped(login, orgWrite),
		social.Comments:  scoped(login, orgFeedRead, orgFeedWrite),
		social.Analytics: scoped(login, orgAdmin, orgFollowers),
	}
	states := social.Capabilities{social.Messages: social.Unavailable}
	for c, state := range scopes {
		states[c] = both(state, anyAllows(of.roles, c))
	}
	c := social.Candidate{
		Kind: social.LinkedInOrganization, RemoteID: of.urn, Name: of.name, Username: of.vanity,
		Detail: social.CleanName(of.roles[0]), Capabilities: states, Clocks: login.Clocks, Usable: possible(states),
	}
	if c.Name == "" {
		c.Name = of.id
	}
	roleLacking := anyAllows(of.roles, social.Publish) == social.NotGranted
	switch {
	case roleLacking:
		c.Reason = social.ReasonRoleInsufficient
	case !c.Usable:
		c.Reason = social.ReasonPermissionMissing
	case of.unread:
		c.Reason = social.ReasonDetailsUnavailable
	}
	return c
}

// profileOf returns the person's own profile. LinkedIn offers apps no messages
// and no reading of comments there, and figures only with scopes of the
// Community Management API (linkedin.md 2.2): what is not granted of those is
// unavailable rather than missing, since no new sign-in would bring it.
func profileOf(app social.ProviderApp, login social.Login, me member) social.Candidate {
	states := social.Capabilities{
		social.Publish:   scoped(login, memberWrite),
		social.Messages:  social.Unavailable,
		social.Comments:  scoped(login, memberFeedWrite),
		social.Analytics: scoped(login, memberPosts),
	}
	if states[social.Analytics] == social.NotGranted {
		states[social.Analytics] = social.Unavailable
	}
	if shares(app, login) {
		// Nothing beside Sign In and Share would bring these (linkedin.md 0.5).
		for _, c := range []social.Capability{social.Comments, social.Analytics} {
			if states[c] != social.Granted {
				states[c] = social.Unavailable
			}
		}
	}
	c := social.Candidate{
		Kind: social.LinkedInMember, RemoteID: "urn:li:person:" + me.id, Name: me.name, Username: me.vanity, Picture: me.picture,
		Capabilities: states, Clocks: login.Clocks,
		Usable: possible(states), Reason: social.ReasonProfileLimits,
	}
	if c.Name == "" {
		c.Name = me.id
	}
	if !c.Usable {
		c.Reason = social.ReasonPermissionMissing
	}
	return c
}

// possible reports whether anything at all may be done with an account.
func possible(states social.Capabilities) bool {
	for _, state := range states {
		if state == social.Granted || state == social.Unknown {
			return true
		}
	}
	return false
}
