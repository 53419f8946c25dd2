package meta

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

const (
	pageSize = 100 // more is not known to work (meta.md 3.1)
	// mostPages ends a listing that never ends by itself.
	mostPages = 200
)

// listing collects the Pages of one login.
type listing struct {
	p     *Provider
	s     session
	token social.Secret
	// fields shrinks for good once Meta did not know one of them.
	fields string
	order  []string
	pages  map[string]*page
	// orphans are granted Instagram accounts whose Page is in no listing.
	orphans []orphan
	// broken says that something could not be read to its end.
	broken bool
}

func (p *Provider) newListing(s session, token social.Secret) *listing {
	return &listing{p: p, s: s, token: token, fields: fullFields, pages: map[string]*page{}}
}

func (l *listing) add(found page) {
	if known, ok := l.pages[found.id]; ok {
		known.merge(found)
		return
	}
	l.order = append(l.order, found.id)
	l.pages[found.id] = &found
}

// addAll reads nodes; one that makes no sense is left out and said to be
// missing.
func (l *listing) addAll(nodes []json.RawMessage, portfolio string) {
	for _, raw := range nodes {
		var n pageNode
		if json.Unmarshal(raw, &n) != nil {
			l.broken = true
			continue
		}
		found, ok := n.page(portfolio)
		if !ok {
			l.broken = true
			continue
		}
		l.add(found)
	}
}

// request asks for Pages under path.
func (l *listing) request(act, path string) provider.Request {
	r := l.p.get(l.s, l.token, act, path)
	r.Query.Set("fields", l.fields)
	r.Query.Set("limit", strconv.Itoa(pageSize))
	return r
}

// call asks with build's request and, when Meta does not know a field, once
// more with fewer fields.
func (l *listing) call(ctx context.Context, build func() provider.Request, into any) error {
	err := l.p.http.Call(ctx, build(), explain, into)
	if wrongParameter(err) && l.fields != narrowFields {
		l.fields = narrowFields
		return l.p.http.Call(ctx, build(), explain, into)
	}
	return err
}

// accounts lists what the person's Pages are, to the end. It fails only when
// not even the first page could be read, or when the access is over.
func (l *listing) accounts(ctx context.Context) error {
	var first edge
	build := func() provider.Request { return l.request("list pages", "me/accounts") }
	if err := l.call(ctx, build, &first); err != nil {
		return err
	}
	l.addAll(first.Data, "")
	return l.follow(ctx, "me/accounts", "", first)
}

// follow reads the rest of a listing of Pages. A failure leaves it broken; a
// refusal or the caller's cancel is returned.
func (l *listing) follow(ctx context.Context, path, portfolio string, from edge) error {
	seen := map[string]bool{}
	for from.more() {
		cursor := from.after()
		if cursor == "" || seen[cursor] || len(seen) >= mostPages {
			l.broken = true
			return nil
		}
		seen[cursor] = true
		r := l.request("list pages", path)
		r.Query.Set("after", cursor)
		from = edge{}
		if err := l.p.http.Call(ctx, r, explain, &from); err != nil {
			return l.tolerate(err)
		}
		l.addAll(from.Data, portfolio)
	}
	return nil
}

// tolerate keeps what was read so far: only the end of the access and the
// caller's cancel end an inspection half-way.
func (l *listing) tolerate(err error) error {
	var trouble *social.Trouble
	if errors.As(err, &trouble) && !trouble.Refused {
		l.broken = true
		return nil
	}
	return err
}
