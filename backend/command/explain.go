package command

import (
	"strings"

	"github.com/kontent/kontent-connect/backend/view"
)

// declined writes which permissions were not granted, what does not work
// without them and, where they come with a product of the provider's, the way
// to it.
func (s *session) declined(a view.Attempt) {
	if len(a.Lacks) == 0 {
		return
	}
	s.note("%s", s.say("declined"))
	ofProducts := false
	for _, l := range a.Lacks {
		name := string(l.Scope)
		if l.Product != "" {
			ofProducts = true
			name = s.texts.Get("lacks.product", map[string]string{"name": name, "product": l.Product})
		}
		s.note("  %s", name)
		if uses := s.uses(l); uses != "" {
			s.note("    %s", s.say("without", "uses", uses))
		}
	}
	if ofProducts {
		s.note("%s", s.texts.Get("lacks.way."+string(a.Provider), nil))
	}
}

// uses names what needs a permission: "Publish (Company Page), ...".
func (s *session) uses(l view.Lack) string {
	var names []string
	for _, u := range l.Uses {
		names = append(names, s.say("use_of",
			"capability", s.texts.Get("capability."+string(u.Capability), nil), "kind", s.texts.Get("kind."+string(u.Kind), nil)))
	}
	return strings.Join(names, ", ")
}

// wall writes what to compare when no browser came back: a wrong address or id
// ends on the provider's own page, which tells nobody. Nothing for a sign-in that
// was waiting for something else.
func (s *session) wall(p view.Provider, args map[string]string) {
	address := args["redirect_uri"]
	if address == "" {
		return
	}
	text := func(key string) string { return s.texts.Get("wall."+key, nil) }
	provider := string(p)
	s.note("")
	s.note("%s", text("title"))
	s.note("%s", text("text."+provider))
	s.note("  %s: %s", text("address"), address)
	s.note("  %s: %s", text("client."+provider), args["client_id"])
	first := "address"
	if strings.HasPrefix(address, "http://127.0.0.1:") {
		first = "native" // only that flow comes back to a number; see design.md 5
	}
	for _, check := range []string{first, "client", "products", "person"} {
		s.note("  - %s", text("check."+provider+"."+check))
	}
}
