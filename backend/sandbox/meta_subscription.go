package sandbox

import (
	"net/http"
	"strings"
)

// subscribedApps tells, sets or ends an app's subscription to one Page. It
// wants the Page's own token; only ending it works with the app's (meta.md 6).
func (g *graphCall) subscribedApps(page string) *graphError {
	b := g.bearer
	if page == "me" && b.isPage() {
		page = b.claims.Page
	}
	g.entry.Target = page
	switch {
	case b.isApp && g.r.Method == http.MethodDelete:
		// The app ends its own subscription.
	case b.isPage() && page == b.claims.Page:
		if !b.grant.has("pages_manage_metadata") {
			return permissionError("pages_manage_metadata")
		}
	case b.isPage():
		return noSuchObject(page)
	default:
		return &graphError{Code: 210, Message: "(#210) A page access token is required to request this resource."}
	}
	switch g.r.Method {
	case http.MethodGet:
		return g.subscriptions(page)
	case http.MethodPost:
		return g.subscribe(page)
	case http.MethodDelete:
		return g.unsubscribe(page)
	}
	return unknownPath(g.r.URL.Path)
}

func subscriptionKey(client, page string) string { return client + "/" + page }

func (g *graphCall) subscriptions(page string) *graphError {
	data := []map[string]any{}
	app := g.bearer.app
	g.ledger.read(func(s state) {
		if fields, ok := s.Subscriptions[subscriptionKey(app.ID, page)]; ok {
			data = append(data, map[string]any{"id": app.ID, "name": app.Name, "subscribed_fields": fields})
		}
	})
	g.json(http.StatusOK, map[string]any{"data": data})
	return nil
}

// subscribe replaces the list of fields, it does not merge (meta.md 6).
func (g *graphCall) subscribe(page string) *graphError {
	fields := strings.FieldsFunc(g.r.FormValue("subscribed_fields"), func(r rune) bool { return r == ',' })
	if len(fields) == 0 {
		return parameterError("The parameter subscribed_fields is required")
	}
	return g.changeSubscription("page_subscribed", func(s *state) {
		s.Subscriptions[subscriptionKey(g.bearer.app.ID, page)] = fields
	})
}

func (g *graphCall) unsubscribe(page string) *graphError {
	return g.changeSubscription("page_unsubscribed", func(s *state) {
		delete(s.Subscriptions, subscriptionKey(g.bearer.app.ID, page))
	})
}

func (g *graphCall) changeSubscription(event string, change func(*state)) *graphError {
	if err := g.ledger.update(change); err != nil {
		return &graphError{Status: http.StatusInternalServerError, Code: 2, Transient: true, Message: "Service temporarily unavailable"}
	}
	g.event(event)
	g.json(http.StatusOK, map[string]bool{"success": true})
	return nil
}
