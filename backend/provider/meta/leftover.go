package meta

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

const (
	batchSize = 50
	// mostSplits bounds the search for the id that spoils a batch.
	mostSplits = 16
)

// leftovers reads the Pages that were granted by id and are in no listing:
// those of a portfolio when business_management was not granted (meta.md 3.2).
func (l *listing) leftovers(ctx context.Context, r reach) error {
	ids := []string{}
	for scope, targets := range r.targets {
		if !strings.HasPrefix(string(scope), "pages_") && scope != readInsights {
			continue
		}
		for _, id := range targets {
			if _, known := l.pages[id]; !known && validID(id) && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	splits := mostSplits
	for batch := range slices.Chunk(ids, batchSize) {
		if err := l.batch(ctx, batch, &splits); err != nil {
			return err
		}
	}
	return nil
}

// batch reads up to fifty Pages at once. One id that is gone makes Meta refuse
// all of them, so a refused batch is halved, for a bounded number of times;
// what stays unread is told as such.
func (l *listing) batch(ctx context.Context, ids []string, splits *int) error {
	var nodes map[string]json.RawMessage
	build := func() provider.Request {
		r := l.p.as(l.s, l.token, "read granted pages", http.MethodGet, "")
		r.Query.Set("ids", strings.Join(ids, ","))
		r.Query.Set("fields", l.fields)
		return r
	}
	err := l.call(ctx, build, &nodes)
	if err == nil {
		l.addBatch(ids, nodes)
		return nil
	}
	if !aboutObjects(err) {
		return l.tolerate(err)
	}
	if len(ids) == 1 || *splits < 2 {
		l.addBatch(ids, nil)
		return nil
	}
	*splits -= 2
	half := len(ids) / 2
	if err := l.batch(ctx, ids[:half], splits); err != nil {
		return err
	}
	return l.batch(ctx, ids[half:], splits)
}

func (l *listing) addBatch(ids []string, nodes map[string]json.RawMessage) {
	for _, id := range ids {
		var n pageNode
		if raw, ok := nodes[id]; ok && provider.Unmarshal(raw, &n) == nil && string(n.ID) == id {
			if found, ok := n.page(""); ok {
				l.add(found)
				continue
			}
		}
		l.add(page{id: id, name: id, unread: true})
	}
	l.tell()
}

// orphan is a granted Instagram account whose Page is in no listing. It has no
// username when it could not be read, and refused says that Meta refused it.
type orphan struct {
	instagramNode
	refused bool
}

// leftoverAccounts reads the Instagram accounts that were granted by id and are
// linked to no Page that was found. readable is false once data access has
// ended: then Meta shows none of them (meta.md 1.6).
func (l *listing) leftoverAccounts(ctx context.Context, r reach, readable bool) error {
	ids := slices.DeleteFunc(slices.Clone(r.targets[igBasic]), func(id string) bool { return l.linked[id] || !validID(id) })
	slices.Sort(ids)
	splits := mostSplits
	for batch := range slices.Chunk(slices.Compact(ids), batchSize) {
		if !readable {
			l.addOrphans(batch, nil, false)
			continue
		}
		if err := l.accountBatch(ctx, batch, &splits); err != nil {
			return err
		}
	}
	return nil
}

// accountBatch is batch for Instagram accounts.
func (l *listing) accountBatch(ctx context.Context, ids []string, splits *int) error {
	var nodes map[string]instagramNode
	r := l.p.get(l.s, l.token, "read granted instagram accounts", "")
	r.Query.Set("ids", strings.Join(ids, ","))
	r.Query.Set("fields", "id,username,name")
	err := l.p.http.Call(ctx, r, explain, &nodes)
	switch refused := aboutObjects(err); {
	case refused && len(ids) > 1 && *splits >= 2:
		*splits -= 2
		half := len(ids) / 2
		if err := l.accountBatch(ctx, ids[:half], splits); err != nil {
			return err
		}
		return l.accountBatch(ctx, ids[half:], splits)
	case err != nil && !refused:
		l.addOrphans(ids, nil, false)
		return l.tolerate(err)
	default:
		l.addOrphans(ids, nodes, refused && len(ids) == 1)
		return nil
	}
}

func (l *listing) addOrphans(ids []string, nodes map[string]instagramNode, refused bool) {
	for _, id := range ids {
		n := nodes[id]
		n.ID = provider.ID(id)
		l.orphans = append(l.orphans, orphan{n, refused})
	}
	l.tell()
}

// aboutObjects reports whether err is a no to one of the objects asked for.
func aboutObjects(err error) bool {
	var trouble *social.Trouble
	return errors.As(err, &trouble) && !trouble.Refused &&
		(trouble.Cause == social.CausePermissionMissing || trouble.Cause == social.CauseNotInGrant)
}
