package sandbox

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Action is something that happens at a provider, or a switch of the sandbox.
// Empty Provider and Person mean all of them.
type Action struct {
	Do       string `json:"do"`
	Provider string `json:"provider,omitempty"`
	Person   string `json:"person,omitempty"` // key, full name or id
	Target   string `json:"target,omitempty"` // a Page, organization, permission, part of a path or mode
	Count    int    `json:"count,omitempty"`
	Status   int    `json:"status,omitempty"`
	Code     int    `json:"code,omitempty"`
	Subcode  int    `json:"subcode,omitempty"`
	Millis   int64  `json:"millis,omitempty"`
	// Message is what a failure says, for errors that are told by words.
	Message string `json:"message,omitempty"`
}

// ErrNobody means that an action found no sign-in that it could touch.
var ErrNobody = errors.New("no such sign-in")

// Do performs the action, or says why it cannot. See Actions.
func (s *Server) Do(a Action) error {
	known, ok := actions()[a.Do]
	if !ok {
		return fmt.Errorf("act %q: no such action", a.Do)
	}
	if a.Provider != "" && a.Provider != Meta && a.Provider != LinkedIn {
		return fmt.Errorf("act %s: unknown provider %q", a.Do, a.Provider)
	}
	if a.Person != "" {
		p, ok := findPerson(s.Everyone(), a.Person)
		if !ok {
			return fmt.Errorf("act %s: unknown person %q", a.Do, a.Person)
		}
		a.Person = p.Key
	}
	if err := known.do(s, a); err != nil {
		return fmt.Errorf("act %s: %w", a.Do, err)
	}
	return nil
}

// Actions returns the name and meaning of every action.
func Actions() map[string]string {
	meanings := map[string]string{}
	for name, a := range actions() {
		meanings[name] = a.means
	}
	return meanings
}

type action struct {
	means string
	do    func(*Server, Action) error
}

// onGrants makes an action out of a change to each live grant it concerns.
func onGrants(change func(*grant, Action, time.Time)) func(*Server, Action) error {
	return func(s *Server, a Action) error {
		touched := 0
		now := s.now()
		err := s.ledger.update(func(st *state) {
			for key, g := range st.Grants {
				if g.Revoked || !concerns(a, g) {
					continue
				}
				change(&g, a, now)
				st.Grants[key] = g
				touched++
			}
		})
		if err == nil && touched == 0 {
			err = ErrNobody
		}
		return err
	}
}

func concerns(a Action, g grant) bool {
	return (a.Provider == "" || a.Provider == g.Provider) && (a.Person == "" || a.Person == g.Person)
}

func onFaults(change func(*faults, Action)) func(*Server, Action) error {
	return func(s *Server, a Action) error {
		s.faults.change(func(f *faults) { change(f, a) })
		return nil
	}
}

// setRole takes a role away or gives it back, whether signed in or not.
func setRole(lost bool) func(*Server, Action) error {
	return func(s *Server, a Action) error {
		touched, people := 0, s.Everyone()
		err := s.ledger.update(func(st *state) {
			for _, p := range people {
				if (a.Person != "" && a.Person != p.Key) || !s.holds(p, a.Target) {
					continue
				}
				touched++
				delete(st.LostRoles, roleKey(p.Key, a.Target))
				if lost {
					st.LostRoles[roleKey(p.Key, a.Target)] = true
				}
			}
		})
		if err == nil && touched == 0 {
			err = fmt.Errorf("nobody has a role on %q", a.Target)
		}
		return err
	}
}

func (s *Server) holds(p Person, target string) bool {
	_, page := p.page(target)
	return page || slices.ContainsFunc(s.organizationsOf(p), func(o Organization) bool { return o.ID == target })
}
