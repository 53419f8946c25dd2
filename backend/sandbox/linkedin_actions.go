package sandbox

import (
	"errors"
	"fmt"
)

// linkedInActions change what LinkedIn's answers look like.
func linkedInActions() map[string]action {
	return map[string]action{
		"organizations": {"the person has exactly count LinkedIn organizations, with all roles in turn and one that is new, or only those that allow something when target is \"able\" (negative: the own ones again)", func(s *Server, a Action) error {
			if a.Person == "" || a.Count > mostOrganizations {
				return errors.New("wants a person, and not too many")
			}
			s.faults.change(func(f *faults) {
				delete(f.organizations, a.Person)
				if a.Count >= 0 {
					f.organizations[a.Person] = crowdSize{a.Count, a.Target == "able"}
				}
			})
			return nil
		}},
		"partial_batch": {"every count-th organization of LinkedIn's batches fails inside the success with status (403) (0: none)", onFaults(func(f *faults, a Action) {
			f.partial, f.partialStatus = max(a.Count, 0), 403
			if a.Status != 0 {
				f.partialStatus = a.Status
			}
		})},
		"userinfo_locale": {"LinkedIn's userinfo tells the locale as target: object (as live answers do) or string (as documented)", func(s *Server, a Action) error {
			if a.Target != localeObject && a.Target != localeString {
				return fmt.Errorf("unknown locale %q", a.Target)
			}
			s.faults.change(func(f *faults) { f.locale = a.Target })
			return nil
		}},
	}
}

// localeKind says how userinfo spells the locale (linkedin.md 3.1).
func (f *faults) localeKind() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.locale
}

// failsInBatch returns the status of the element at index at of a batch, where
// somebody asked for it to fail.
func (f *faults) failsInBatch(at int) (status int, fails bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.partialStatus, f.partial > 0 && (at+1)%f.partial == 0
}
