package sandbox

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// How many elements one page of a list holds (meta.md 3.1).
const (
	defaultLimit = 25
	maxLimit     = 100
)

// edge answers GET /{id}/{edge}.
func (g *graphCall) edge(id, name string) *graphError {
	fields, err := g.wanted()
	if err != nil {
		return err
	}
	f := field{name: name, sub: fields, args: map[string]string{}}
	for _, arg := range []string{"limit", "after", "before"} {
		if v := g.r.FormValue(arg); v != "" {
			f.args[arg] = v
		}
	}
	answer, err := g.edgeOf(id, f)
	if err != nil {
		return err
	}
	g.event("listed")
	g.json(http.StatusOK, answer)
	return nil
}

// edgeOf renders one page of an edge, asked for directly or nested.
func (g *graphCall) edgeOf(id string, f field) (map[string]any, *graphError) {
	b := g.bearer
	self := id == "me" || id == b.person.MetaID
	if b.isApp && id == "me" {
		return nil, noToken()
	}
	if !b.isUser() {
		return nil, parameterError("Tried accessing nonexisting field (%s) on node type (Page)", safePath(f.name))
	}
	switch {
	case self && f.name == "accounts":
		return g.listOf(id, f, g.pageObjects(g.listed()), plain("access_token", "category", "category_list", "name", "tasks"))
	case self && f.name == "assigned_pages" && b.person.System:
		return g.listOf(id, f, g.pageObjects(g.assigned()), plain("name"))
	case self && f.name == "permissions":
		return map[string]any{"data": g.permissionList()}, nil
	case self && f.name == "businesses":
		return g.businesses(id, f)
	case f.name == "owned_pages" || f.name == "client_pages":
		return g.businessPages(id, f)
	}
	if _, err := g.find(id); err != nil {
		return nil, err
	}
	return nil, parameterError("Tried accessing nonexisting field (%s)", safePath(f.name))
}

func (g *graphCall) pageObjects(pages []Page) []object {
	var objects []object
	for _, p := range pages {
		objects = append(objects, g.pageObject(p))
	}
	return objects
}

func (g *graphCall) businesses(id string, f field) (map[string]any, *graphError) {
	if !g.bearer.grant.has("business_management") {
		return nil, permissionError("business_management")
	}
	var objects []object
	for _, b := range g.bearer.person.Businesses {
		objects = append(objects, g.businessObject(b))
	}
	return g.listOf(id, f, objects, plain("name"))
}

// businessPages shows also Pages that were not ticked; those come without an
// access_token (meta.md 3.2).
func (g *graphCall) businessPages(id string, f field) (map[string]any, *graphError) {
	b := g.bearer
	if _, ok := b.person.business(id); !ok {
		return nil, noSuchObject(id)
	}
	if !b.grant.has("business_management") {
		return nil, permissionError("business_management")
	}
	pages := slices.DeleteFunc(slices.Clone(b.person.Pages), func(p Page) bool {
		return p.Business != id || p.Client != (f.name == "client_pages") || g.ledger.lostRole(b.person.Key, p.ID)
	})
	return g.listOf(id, f, g.pageObjects(pages), plain("name"))
}

// listOf renders the page of the list that the cursor points at.
func (g *graphCall) listOf(id string, f field, all []object, defaults []field) (map[string]any, *graphError) {
	limit, start, err := g.window(f, len(all))
	if err != nil {
		return nil, err
	}
	end := min(start+limit, len(all))
	data := []map[string]any{}
	for _, o := range all[start:end] {
		o.defaults = defaults
		one, err := o.render(f.sub)
		if err != nil {
			return nil, err
		}
		data = append(data, one)
	}
	answer := map[string]any{"data": data}
	if len(data) == 0 && g.faults.astray() != pagingEndless {
		return answer, nil
	}
	paging := map[string]any{"cursors": map[string]string{"before": cursor(start), "after": cursor(end)}}
	if end < len(all) {
		paging["next"] = g.next(id, f, limit, "after", cursor(end))
	}
	g.leadAstray(paging, id, f, limit, start)
	if start > 0 {
		paging["previous"] = g.next(id, f, limit, "before", cursor(start))
	}
	answer["paging"] = paging
	return answer, nil
}

func (g *graphCall) window(f field, length int) (limit, start int, err *graphError) {
	limit = defaultLimit
	if l, ok := f.args["limit"]; ok {
		n, bad := strconv.Atoi(l)
		if bad != nil || n < 1 {
			return 0, 0, parameterError("Param limit must be a positive integer")
		}
		limit = min(n, maxLimit)
	}
	limit = g.faults.atMost(limit)
	after, before := readCursor(f.args["after"]), readCursor(f.args["before"])
	switch {
	case after < 0 || before < 0:
		return 0, 0, parameterError("Invalid cursors values were provided")
	case f.args["before"] != "":
		return limit, max(0, before-limit), nil
	}
	return limit, min(after, length), nil
}

func cursor(at int) string {
	return base64.RawURLEncoding.EncodeToString([]byte("sandbox:" + strconv.Itoa(at)))
}

// readCursor returns the position, 0 for none and -1 for nonsense.
func readCursor(s string) int {
	if s == "" {
		return 0
	}
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(raw) < len("sandbox:0") {
		return -1
	}
	n, err := strconv.Atoi(string(raw[len("sandbox:"):]))
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// next is a whole URL that carries the token, as Meta's does: whoever logs it
// has lost it (meta.md 3.1).
func (g *graphCall) next(id string, f field, limit int, side, at string) string {
	q := url.Values{"access_token": {g.bearer.secret}, "limit": {strconv.Itoa(limit)}, side: {at}}
	if fields := formatFields(f.sub); fields != "" {
		q.Set("fields", fields)
	}
	return g.origin() + "/" + g.version + "/" + g.realID(id) + "/" + f.name + "?" + q.Encode()
}

func (g *graphCall) realID(id string) string {
	if id == "me" {
		return g.bearer.person.MetaID
	}
	return id
}
