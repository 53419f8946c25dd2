package sandbox

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// actions is a function, not a variable: the package keeps no global state.
func actions() map[string]action {
	all := grantActions()
	maps.Copy(all, switchActions())
	maps.Copy(all, listActions())
	maps.Copy(all, linkedInActions())
	maps.Copy(all, quirkActions())
	maps.Copy(all, consoleActions())
	maps.Copy(all, pictureActions())
	return all
}

func grantActions() map[string]action {
	return map[string]action{
		"expire": {"tokens issued so far end in millis (0: now); Page tokens without an end live on", onGrants(cut)},
		"revoke": {"the provider ends the sessions: Meta 190/467, LinkedIn 65601", onGrants(func(g *grant, _ Action, _ time.Time) {
			g.end(endedSession)
		})},
		"change_password": {"the person changes the password: Meta 190/460, LinkedIn 65601", onGrants(func(g *grant, _ Action, _ time.Time) {
			g.end(endedPassword)
		})},
		"remove_app": {"the person removes the app: Meta 190/458, LinkedIn 65601; consent is asked anew", onGrants(func(g *grant, _ Action, _ time.Time) {
			g.revoke()
		})},
		"end_data_access": {"Meta's 90 days end in millis (0: now)", onGrants(func(g *grant, a Action, now time.Time) {
			g.DataAccessUntil = now.Add(time.Duration(a.Millis) * time.Millisecond)
		})},
		"checkpoint": {"every Meta call answers 190/459 (or subcode) until lift_checkpoint", onGrants(func(g *grant, a Action, _ time.Time) {
			g.Checkpoint = max(a.Subcode, 459)
		})},
		"lift_checkpoint": {"the person has logged in at the provider", onGrants(func(g *grant, _ Action, _ time.Time) {
			g.Checkpoint = 0
		})},
		"expire_permission": {"the permission in target was not used for 90 days", onGrants(func(g *grant, a Action, _ time.Time) {
			if g.has(a.Target) {
				g.Granted = without(g.Granted, []string{a.Target})
				g.Expired = append(g.Expired, a.Target)
			}
		})},
		"remove_permission": {"the permission in target is withdrawn", onGrants(func(g *grant, a Action, _ time.Time) {
			g.withdraw(a.Target)
		})},
		"untick": {"the Page or Instagram account in target leaves the grant", onGrants(untick)},
		"all_targets": {"the grant covers all present and future Pages and Instagram accounts: no target_ids", onGrants(func(g *grant, _ Action, _ time.Time) {
			g.AllPages, g.AllInstagram = true, true
		})},
		"remove_role":  {"the person loses the role on the Page or organization in target", setRole(true)},
		"restore_role": {"the role is given back", setRole(false)},
	}
}

func switchActions() map[string]action {
	return map[string]action{
		"fail": {"the next count calls (default 1, negative: all) whose path contains target fail with status, code, subcode and message (LinkedIn: the code in words)", failing(func(a Action) fault {
			return fault{status: max(a.Status, 400), code: a.Code, subcode: a.Subcode, message: a.Message}
		})},
		"drop": {"the next count calls lose their connection", failing(func(Action) fault { return fault{} })},
		"slow": {"every API call takes millis longer (0: stop)", onFaults(func(f *faults, a Action) {
			f.slow[a.Provider] = time.Duration(a.Millis) * time.Millisecond
		})},
		"heal": {"no more failing, dropping, slowness, flakes, usage, or lists that are small or lead astray", func(s *Server, _ Action) error {
			s.faults.reset(s.faults.revokeMode())
			return nil
		}},
		"flake":              {"each LinkedIn token issued from now on gets 65601 for its first count calls", onFaults(func(f *faults, a Action) { f.flakes = a.Count })},
		"more_organizations": {"everyone with a LinkedIn organization administers count more", onFaults(func(f *faults, a Action) { f.moreOrgs = max(a.Count, 0) })},
		"require_proof":      {"Meta's 'Require App Secret': on, or off when target is \"off\"", onFaults(func(f *faults, a Action) { f.requireProof = a.Target != "off" })},
		"revoke_mode": {"LinkedIn's revoke: target is works, missing, ignored or hangs", func(s *Server, a Action) error {
			mode := RevokeMode(a.Target)
			if !mode.valid() {
				return fmt.Errorf("unknown mode %q", a.Target)
			}
			s.faults.change(func(f *faults) { f.revoke = mode })
			return nil
		}},
	}
}

// listActions change what Meta's lists and headers look like.
func listActions() map[string]action {
	return map[string]action{
		"giant": {"target is the size of the portfolio of \"Rede Gigante\": Pages/businesses/Instagram accounts, such as 500/7/300", (*Server).grow},
		"page_size": {"no Meta list answers more than count elements at once (0: the provider's own limit)", onFaults(func(f *faults, a Action) {
			f.pageSize = a.Count
		})},
		"paging": {"Meta's lists lead astray: target is loop (in circles), elsewhere (next is on another host), endless, or off", func(s *Server, a Action) error {
			if !slices.Contains([]string{pagingLoop, pagingElsewhere, pagingEndless, "off"}, a.Target) {
				return fmt.Errorf("unknown paging %q", a.Target)
			}
			s.faults.change(func(f *faults) { f.paging = a.Target })
			return nil
		}},
		"usage": {"Meta's usage headers tell count percent; target is app, page or business, which also tells the millis until access is regained", func(s *Server, a Action) error {
			if !slices.Contains([]string{usageApp, usagePage, usageBusiness}, a.Target) {
				return fmt.Errorf("unknown usage %q", a.Target)
			}
			s.faults.change(func(f *faults) {
				f.usage[a.Target] = usage{percent: a.Count, regain: time.Duration(a.Millis) * time.Millisecond}
			})
			return nil
		}},
		"assigned_only": {"/me/accounts shows a system user nothing, only /me/assigned_pages does, or both when target is \"off\"", onFaults(func(f *faults, a Action) {
			f.assignedOnly = *on(a)
		})},
	}
}

func failing(make func(Action) fault) func(*Server, Action) error {
	return onFaults(func(f *faults, a Action) {
		next := make(a)
		next.provider, next.target, next.left = a.Provider, a.Target, a.Count
		if a.Count == 0 {
			next.left = 1
		}
		f.queue = slices.DeleteFunc(f.queue, func(old fault) bool { return old.left == 0 })
		f.queue = append(f.queue, next)
	})
}

func cut(g *grant, a Action, now time.Time) {
	g.CutSerial = g.Serial
	g.CutAt = now.Add(time.Duration(a.Millis) * time.Millisecond)
	g.LiveUntil = g.CutAt
}

func untick(g *grant, a Action, _ time.Time) {
	other := func(id string) bool { return id == a.Target }
	g.Pages = slices.DeleteFunc(g.Pages, other)
	g.Instagram = slices.DeleteFunc(g.Instagram, other)
}

func (g *grant) withdraw(scope string) {
	if i := slices.Index(g.Granted, scope); i >= 0 {
		g.Granted = slices.Delete(g.Granted, i, i+1)
		g.Declined = append(g.Declined, scope)
	}
}
