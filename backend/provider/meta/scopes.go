package meta

import (
	"slices"

	"github.com/kontent/kontent-connect/backend/social"
)

// The permissions of this product (meta.md 2).
const (
	showList        social.Scope = "pages_show_list"
	business        social.Scope = "business_management"
	readEngagement  social.Scope = "pages_read_engagement"
	readUserContent social.Scope = "pages_read_user_content"
	managePosts     social.Scope = "pages_manage_posts"
	manageEngage    social.Scope = "pages_manage_engagement"
	manageMetadata  social.Scope = "pages_manage_metadata"
	messaging       social.Scope = "pages_messaging"
	readInsights    social.Scope = "read_insights"
	igBasic         social.Scope = "instagram_basic"
	igPublish       social.Scope = "instagram_content_publish"
	igComments      social.Scope = "instagram_manage_comments"
	igMessages      social.Scope = "instagram_manage_messages"
	igInsights      social.Scope = "instagram_manage_insights"
)

// union lists every permission in the order in which they are asked for.
func union() []social.Scope {
	return []social.Scope{
		showList, business, readEngagement, readUserContent, managePosts, manageEngage, manageMetadata,
		messaging, readInsights, igBasic, igPublish, igComments, igMessages, igInsights,
	}
}

// needs returns the permissions without which an account of kind k cannot do c
// (meta.md 2). It is asked four times for each account, and has no table, which
// would be made anew each time.
func needs(k social.AccountKind, c social.Capability) []social.Scope {
	if k == social.InstagramAccount {
		return instagramNeeds(c)
	}
	return pageNeeds(c)
}

func pageNeeds(c social.Capability) []social.Scope {
	switch c {
	case social.Publish:
		return []social.Scope{showList, readEngagement, managePosts}
	case social.Messages:
		return []social.Scope{readEngagement, manageMetadata, messaging}
	case social.Comments:
		return []social.Scope{readEngagement, readUserContent, manageEngage}
	case social.Analytics:
		return []social.Scope{readEngagement, readInsights}
	default:
		return nil
	}
}

func instagramNeeds(c social.Capability) []social.Scope {
	switch c {
	case social.Publish:
		return []social.Scope{readEngagement, igBasic, igPublish}
	case social.Messages:
		return []social.Scope{manageMetadata, igBasic, igMessages}
	case social.Comments:
		return []social.Scope{readEngagement, igBasic, igComments}
	case social.Analytics:
		return []social.Scope{readEngagement, igBasic, igInsights}
	default:
		return nil
	}
}

// scopesFor returns what to ask for. No capabilities means all of them, no
// kinds means both. business_management is always among them: without it the
// Pages of a portfolio are not listed (meta.md 3.2).
func scopesFor(capabilities []social.Capability, kinds []social.AccountKind) []social.Scope {
	if len(capabilities) == 0 {
		capabilities = social.AllCapabilities()
	}
	kinds = slices.DeleteFunc(slices.Clone(kinds), func(k social.AccountKind) bool { return k.Provider() != social.Meta })
	if len(kinds) == 0 {
		kinds = []social.AccountKind{social.FacebookPage, social.InstagramAccount}
	}
	wanted := map[social.Scope]bool{showList: true, business: true, readEngagement: true}
	for _, k := range kinds {
		if k == social.InstagramAccount {
			wanted[igBasic] = true
		}
		for _, c := range capabilities {
			for _, scope := range needs(k, c) {
				wanted[scope] = true
			}
		}
	}
	return slices.DeleteFunc(union(), func(s social.Scope) bool { return !wanted[s] })
}
