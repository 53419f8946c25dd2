package meta

import (
	"context"
	"errors"
	"strconv"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

const (
	pageSize = 100 // more is not known to work (meta.md 3.1)
	// mostPages ends a listing that never ends by itself, mostIdle one that
	// goes on and brings nothing new.
	mostPages = 200
	mostIdle  = 3
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

	progress social.Progress
	// linked are the Instagram accounts that were seen under a Page.
	linked map[string]bool
	// expected is how many accounts were ticked; 0 while that is unknown.
	expected int
}

func (p *Provider) newListing(s session, token social.Secret) *listing {
	return &listing{p: p, s: s, token: token, fields: fullFields, pages: map[string]*page{}, linked: map[string]bool{}}
}

// found is how many Pages and Instagram accounts were found so far.
func (l *listing) found() int { return len(l.pages) + len(l.linked) + len(l.orphans) }

// tell says how far the listing has come. More may be found than was ticked:
// a portfolio also shows the Pages that were not.
func (l *listing) tell() {
	expected := l.expected
	if expected > 0 {
		expected = max(expected, l.found())
	}
	l.progress(l.found(), expected)
}

// tellEnd says that there is nothing more to come.
func (l *listing) tellEnd() { l.progress(l.found(), l.found()) }

func (l *listing) add(found page) {
	for _, n := range []*instagramNode{found.business, found.connected} {
		if n != nil {
			l.linked[string(n.ID)] = true
		}
	}
	if known, ok := l.pages[found.id]; ok {
		known.merge(found)
		return
	}
	l.order = append(l.order, found.id)
	l.pages[found.id] = &found
}

// addAll takes in Pages; one that makes no sense is left out and said to be
// missing.
func (l *listing) addAll(pages edge[pageNode], portfolio string) {
	l.broken = l.broken || pages.lost
	for _, n := range pages.Data {
		found, ok := n.page(portfolio)
		if !ok {
			l.broken = true
			continue
		}
		l.add(found)
	}
	l.tell()
}

// request asks for Pages under path.
func (l *listing) request(act, path string) provider.Request {
	r := l.p.get(l.s, l.token, act, path)
	r.Query.Set("fields", l.fields)
	r.Query.Set("limit", strconv.Itoa(pageSize))
	return r
}

// call asks with build's request and, while Meta does not know a field, again
// with fewer fields.
func (l *listing) call(ctx context.Context, build func() provider.Request, into any) error {
	err := l.p.http.Call(ctx, build(), explain, into)
	for wrongParameter(err) {
		var ok bool
		if l.fields, ok = fewerFields(l.fields); !ok {
			break
		}
		err = l.p.http.Call(ctx, build(), explain, into)
	}
	return err
}

// accounts lists what the person's Pages are, to the end. It fails only when
// not even the first page could be read, or when the access is over.
func (l *listing) accounts(ctx context.Context) error {
	var first edge[pageNode]
	build := func() provider.Request { return l.request("list pages", "me/accounts") }
	if err := l.call(ctx, build, &first); err != nil {
		return err
	}
	l.addAll(first, "")
	return l.follow(ctx, "me/accounts", "", first)
}

// assigned lists the Pages that a business has assigned to its system user.
// The edge is in Meta's own SDK and in no product that was read (meta.md 3.2),
// so that a no to it costs nothing, and it is asked for only where the usual
// list is empty.
func (l *listing) assigned(ctx context.Context) error {
	const path = "me/assigned_pages"
	var first edge[pageNode]
	if err := l.call(ctx, func() provider.Request { return l.request("list assigned pages", path) }, &first); err != nil {
		if wrongParameter(err) {
			return nil
		}
		return l.tolerateBusiness(err)
	}
	l.addAll(first, "")
	return l.follow(ctx, path, "", first)
}

// follow reads the rest of a listing of Pages. A failure leaves it broken; a
// refusal or the caller's cancel is returned.
func (l *listing) follow(ctx context.Context, path, portfolio string, from edge[pageNode]) error {
	w := newWay()
	for goesOn(w, from) {
		cursor, ok := w.next(from.Paging)
		if !ok {
			l.broken = true
			return nil
		}
		r := l.request("list pages", path)
		r.Query.Set("after", cursor)
		from = edge[pageNode]{}
		if err := l.p.http.Call(ctx, r, explain, &from); err != nil {
			return l.tolerate(err)
		}
		l.addAll(from, portfolio)
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
