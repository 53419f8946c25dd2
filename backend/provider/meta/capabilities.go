package meta

import (
	"slices"
	"strings"

	"github.com/kontent/kontent-connect/backend/social"
)

// has reports whether the person's tasks on the Page include one of those, in
// either spelling. Whoever manages a Page can do everything (meta.md 2).
func (p *page) has(tasks ...string) bool {
	return slices.ContainsFunc(p.tasks, func(task string) bool {
		task = strings.TrimPrefix(task, "PROFILE_PLUS_") // of the new Pages
		return task == "MANAGE" || task == "FULL_CONTROL" || slices.Contains(tasks, task)
	})
}

// tasksFor returns which tasks make c possible, and whether a person without
// them is known to be unable to: for some of Instagram's, no source says so
// (meta.md 2).
func tasksFor(k social.AccountKind, c social.Capability) (tasks []string, sure bool) {
	instagram := k == social.InstagramAccount
	switch c {
	case social.Publish:
		return []string{"CREATE_CONTENT"}, true
	case social.Messages:
		return []string{"MESSAGING", "MODERATE"}, true
	case social.Comments:
		return []string{"MODERATE"}, !instagram
	case social.Analytics:
		return []string{"ANALYZE"}, !instagram
	default:
		return nil, false
	}
}

// permitted reports whether all permissions for c were granted for the
// account. Those of Instagram are limited by the account's id, the others by
// that of its Page.
func (j judgement) permitted(k social.AccountKind, c social.Capability, p *page, id string) bool {
	for _, scope := range needs(k, c) {
		target := p.id
		if scope == igBasic || scope == igPublish || scope == igComments || scope == igMessages || scope == igInsights {
			target = id
		}
		if !j.reach.covers(scope, target) {
			return false
		}
	}
	return true
}

// capabilities says for each capability whether the account has it. A
// permission that was not granted is missing; a task that nobody told is
// unknown, which is not missing.
func (j judgement) capabilities(k social.AccountKind, p *page, id string) social.Capabilities {
	states := social.Capabilities{}
	for _, c := range social.AllCapabilities() {
		tasks, sure := tasksFor(k, c)
		switch {
		case !j.permitted(k, c, p, id):
			states[c] = social.NotGranted
		case p.has(tasks...):
			states[c] = social.Granted
		case len(p.tasks) == 0 || !sure:
			states[c] = social.Unknown
		default:
			states[c] = social.NotGranted
		}
	}
	return states
}

// standing says whether an account that has a token is of use, and what is
// worth knowing about it.
func (j judgement) standing(states social.Capabilities, k social.AccountKind, p *page, id string) (usable bool, remark social.Reason) {
	for _, state := range states {
		usable = usable || state != social.NotGranted
	}
	switch {
	case states.Get(social.Publish) == social.NotGranted && j.permitted(k, social.Publish, p, id):
		// Permitted, so it is the person's task that is missing: somebody with
		// full control of the Page must give it first (peers.md C3).
		return false, social.ReasonNoContentTask
	case !usable:
		return false, social.ReasonPermissionMissing
	default:
		return true, ""
	}
}
