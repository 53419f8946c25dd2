package meta

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// businessSize is how many portfolios are asked for at a time, each with up to
// two hundred Pages.
const businessSize = 25

// businessNode is a portfolio with the Pages that it owns or manages.
type businessNode struct {
	ID     provider.ID    `json:"id"`
	Name   string         `json:"name"`
	Owned  edge[pageNode] `json:"owned_pages"`
	Client edge[pageNode] `json:"client_pages"`
}

func (n businessNode) key() provider.ID { return n.ID }

// Spare reads what can be read of its Pages.
func (n *businessNode) Spare(data []byte) error {
	var raw struct {
		ID     provider.ID     `json:"id"`
		Name   string          `json:"name"`
		Owned  json.RawMessage `json:"owned_pages"`
		Client json.RawMessage `json:"client_pages"`
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	*n = businessNode{ID: raw.ID, Name: raw.Name}
	return errors.Join(spare(raw.Owned, &n.Owned), spare(raw.Client, &n.Client))
}

// spare reads what can be read of Pages, where there are any.
func spare(data json.RawMessage, pages *edge[pageNode]) error {
	if data == nil {
		return nil
	}
	return pages.Spare(data)
}

// businesses lists the Pages of the person's portfolios, the unticked ones
// too: those come without a token (meta.md 3.2). Twenty-five portfolios cost
// one call.
func (l *listing) businesses(ctx context.Context) error {
	after, w := "", newWay()
	for {
		var list edge[businessNode]
		if err := l.call(ctx, func() provider.Request { return l.businessRequest(after) }, &list); err != nil {
			return l.tolerateBusiness(err)
		}
		if err := l.addBusinesses(ctx, list); err != nil || !goesOn(w, list) {
			return err
		}
		var ok bool
		if after, ok = w.next(list.Paging); !ok {
			l.broken = true
			return nil
		}
	}
}

func (l *listing) businessRequest(after string) provider.Request {
	r := l.p.as(l.s, l.token, "list portfolios", http.MethodGet, "me/businesses")
	pages := ".limit(" + strconv.Itoa(pageSize) + "){" + l.fields + "}"
	r.Query.Set("fields", "id,name,owned_pages"+pages+",client_pages"+pages)
	r.Query.Set("limit", strconv.Itoa(businessSize))
	if after != "" {
		r.Query.Set("after", after)
	}
	return r
}

func (l *listing) addBusinesses(ctx context.Context, businesses edge[businessNode]) error {
	l.broken = l.broken || businesses.lost
	for _, b := range businesses.Data {
		if !validID(string(b.ID)) {
			l.broken = true
			continue
		}
		name := social.CleanName(b.Name)
		for _, of := range []struct {
			path  string
			pages edge[pageNode]
		}{{"owned_pages", b.Owned}, {"client_pages", b.Client}} {
			l.addAll(of.pages, name)
			if err := l.follow(ctx, string(b.ID)+"/"+of.path, name, of.pages); err != nil {
				return err
			}
		}
	}
	return nil
}

// tolerateBusiness takes a plain no for an answer: what is granted of a
// portfolio is in the person's own listing as well, so that nothing is missing
// from it.
func (l *listing) tolerateBusiness(err error) error {
	var trouble *social.Trouble
	if errors.As(err, &trouble) {
		switch trouble.Cause {
		case social.CausePermissionMissing, social.CauseNotInGrant, social.CauseAppSetup:
			return nil
		default:
		}
	}
	return l.tolerate(err)
}
