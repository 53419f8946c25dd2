package sandbox

import "net/http"

func (g *graphCall) permissionList() []map[string]string {
	list := []map[string]string{}
	for _, s := range g.bearer.grant.Granted {
		list = append(list, map[string]string{"permission": s, "status": "granted"})
	}
	for _, s := range g.bearer.grant.Declined {
		list = append(list, map[string]string{"permission": s, "status": "declined"})
	}
	for _, s := range g.bearer.grant.Expired {
		list = append(list, map[string]string{"permission": s, "status": "expired"})
	}
	return list
}

// permissions reads or withdraws what a person has granted (meta.md 6).
func (g *graphCall) permissions(id, scope string) *graphError {
	switch {
	case g.r.Method == http.MethodGet && scope == "":
		return g.edge(id, "permissions")
	case g.r.Method == http.MethodDelete:
		return g.withdraw(id, scope)
	}
	return unknownPath(g.r.URL.Path)
}

// withdraw takes one permission, or the whole consent: then every token of
// that person for this app dies, the Pages' included.
func (g *graphCall) withdraw(id, scope string) *graphError {
	client, person, err := g.whose(id)
	if err != nil {
		return err
	}
	if _, ok := g.ledger.live(Meta, client, person.Key); !ok {
		return endedToken(endedRevoked, client)
	}
	g.entry.Person, g.entry.Target = person.Key, scope
	failed := g.ledger.update(func(s *state) {
		key := grantKey(Meta, client, person.Key)
		gr := s.Grants[key]
		if scope == "" {
			gr.revoke()
		} else {
			gr.withdraw(scope)
		}
		s.Grants[key] = gr
	})
	if failed != nil {
		return &graphError{Status: http.StatusInternalServerError, Code: 2, Transient: true, Message: "Service temporarily unavailable"}
	}
	if scope == "" {
		g.event("revoked")
	} else {
		g.event("permission_revoked")
	}
	g.json(http.StatusOK, map[string]bool{"success": true})
	return nil
}

// whose finds the person meant. To a Page's token "me" is the Page, which has
// no permissions: nothing is withdrawn, although the call looks right.
func (g *graphCall) whose(id string) (client string, p Person, err *graphError) {
	b := g.bearer
	unsupported := noSuchObject(id)
	unsupported.Message = "Unsupported delete request." + unsupported.Message[len("Unsupported get request."):]
	switch {
	case b.isPage():
		return "", p, unsupported
	case b.isUser() && (id == "me" || id == b.person.MetaID):
		return b.app.ID, b.person, nil
	case b.isApp && id != "me":
		for _, p := range g.Everyone() {
			if p.MetaID == id {
				return b.app.ID, p, nil
			}
		}
	}
	return "", p, unsupported
}
