package sandbox

import "net/http"

// debugToken inspects a token. An invalid one is a 200 that says so; only a
// bad access_token is a refusal (meta.md 4).
func (g *graphCall) debugToken() {
	viewer, err := g.authenticate(g.presented())
	if err == nil && !g.allow(http.MethodGet) {
		err = parameterError("Unsupported request method.")
	}
	input := g.r.FormValue("input_token")
	if err == nil && input == "" {
		err = parameterError("The parameter input_token is required")
	}
	if err != nil {
		g.graphRefuse(err)
		return
	}
	g.event("inspected")
	g.json(http.StatusOK, map[string]any{"data": g.inspect(input, viewer.app)})
}

func (g *graphCall) inspect(token string, viewer App) map[string]any {
	b, err := g.identify(token)
	if err == nil && b.app.ID != viewer.ID {
		err = parameterError("The App_id in the input_token did not match the Viewing App")
	}
	if err != nil {
		return map[string]any{"is_valid": false, "scopes": []string{}, "error": debugError(err)}
	}
	if b.isApp {
		return map[string]any{
			"app_id": b.app.ID, "application": b.app.Name, "type": "APP", "is_valid": true, "scopes": []string{},
		}
	}
	g.entry.Person = b.person.Key
	data := g.describe(b)
	if err := g.alive(b); err != nil {
		data["is_valid"], data["error"], data["scopes"] = false, debugError(err), []string{}
		return data
	}
	data["scopes"], data["granular_scopes"] = b.grant.Granted, granular(b.grant)
	return data
}

// debugError spells the subcode differently from every other error (meta.md 4).
func debugError(e *graphError) map[string]any {
	out := map[string]any{"code": e.Code, "message": e.Message}
	if e.Subcode != 0 {
		out["subcode"] = e.Subcode
	}
	return out
}

func (g *graphCall) describe(b bearer) map[string]any {
	data := map[string]any{
		"app_id": b.app.ID, "application": b.app.Name, "type": "USER", "user_id": b.person.MetaID,
		"is_valid": true, "expires_at": b.grant.expiry(b.claims),
		"data_access_expires_at": b.grant.dataAccessUntil().Unix(),
	}
	if b.isPage() {
		data["type"], data["profile_id"] = "PAGE", b.claims.Page
	}
	if b.claims.Kind == kindSystem {
		data["type"], data["data_access_expires_at"] = "SYSTEM_USER", 0
	}
	if b.claims.Kind != kindUser {
		data["issued_at"] = b.claims.Issued // of long-lived tokens only
	}
	return data
}

// granular lists the assets per permission: Page ids for Page permissions,
// Instagram ids for Instagram's; no target_ids means all of them (meta.md 2.1).
func granular(g grant) []map[string]any {
	list := []map[string]any{}
	for _, scope := range g.Granted {
		entry := map[string]any{"scope": scope}
		switch {
		case asksForPages(scope) && !g.AllPages:
			entry["target_ids"] = orEmpty(g.Pages)
		case asksForInstagram(scope) && !g.AllInstagram:
			entry["target_ids"] = orEmpty(g.Instagram)
		}
		list = append(list, entry)
	}
	return list
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
