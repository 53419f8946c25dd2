package linkedin

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/kontent/kontent-connect/backend/provider"
)

// batchSize is how many details one call brings. LinkedIn documents no limit;
// fifty numbers stay far below the 4 KB that a query may have (linkedin.md 3.4).
const batchSize = 50

// batches asks for many organizations in one call, which only the Standard tier
// may (linkedin.md 0.9), companies and showcase pages alike: they share their
// numbers. It returns those that have to be asked for one by one, because the
// app turns out not to be on that tier after all.
func (l look) batches(ctx context.Context, list []*organization, tell func()) (rest []*organization, err error) {
	for chunk := range slices.Chunk(list, batchSize) {
		var answer batch
		err := l.call(ctx, l.batchRequest(chunk), &answer)
		if forbidden(err) {
			return list, nil
		}
		if err := tolerate(err, true); err != nil {
			return nil, err
		}
		for _, of := range chunk {
			d, ok := answer.of(of.id)
			of.unread = !ok || !l.learn(of, d)
			tell()
		}
		list = list[len(chunk):]
		if limited(err) {
			markUnread(list, tell)
			return nil, nil
		}
	}
	return nil, nil
}

// markUnread gives up on list: its allowance is spent.
func markUnread(list []*organization, tell func()) {
	for _, of := range list {
		of.unread = true
		tell()
	}
}

// batchRequest writes the list of numbers into the address itself: the brackets
// and commas of List() must not be escaped (linkedin.md 3.4), as a query built
// of values would. The numbers are nothing but digits; see organizationID.
func (l look) batchRequest(list []*organization) provider.Request {
	ids := make([]string, len(list))
	for i, of := range list {
		ids[i] = of.id
	}
	return l.request("read organizations", "organizations?ids=List("+strings.Join(ids, ",")+")")
}

// batch is a success that may be one in part (linkedin.md 3.3).
type batch struct {
	Results  map[string]json.RawMessage `json:"results"`
	Statuses map[string]provider.Number `json:"statuses"`
	Errors   map[string]json.RawMessage `json:"errors"`
}

// of returns what the answer holds of organization id. A result beside an error
// or a status other than 200 is none; one that cannot be read spoils no other.
func (b batch) of(id string) (d detail, ok bool) {
	status, told := b.Statuses[id]
	if _, failed := b.Errors[id]; failed || told && status.N != http.StatusOK {
		return detail{}, false
	}
	return d, json.Unmarshal(b.Results[id], &d) == nil
}
