package meta

import (
	"encoding/json"
	"net/url"

	"github.com/kontent/kontent-connect/backend/provider"
)

// edge is one page of a listing.
type edge[N any] struct {
	Data   []N    `json:"data"`
	Paging paging `json:"paging"`
	// lost says that there was more in it, which made no sense.
	lost bool
}

type paging struct {
	Cursors struct {
		After string `json:"after"`
	} `json:"cursors"`
	// Next is a whole address with the token in it. It only tells that there
	// is more.
	Next string `json:"next"`
}

// Spare reads the page node by node: one that cannot be read does not cost the
// others.
func (e *edge[N]) Spare(data []byte) error {
	var raw edge[json.RawMessage]
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	*e = edge[N]{Paging: raw.Paging}
	for _, one := range raw.Data {
		var n N
		if provider.Unmarshal(one, &n) != nil {
			e.lost = true
			continue
		}
		e.Data = append(e.Data, n)
	}
	return nil
}

// after returns the cursor of the next page. The address in next is never
// called: it may lead to another host (security.md GR10).
func (p paging) after() string {
	if p.Next == "" || p.Cursors.After != "" {
		return p.Cursors.After
	}
	next, err := url.Parse(p.Next)
	if err != nil {
		return ""
	}
	return next.Query().Get("after")
}

// more reports whether the provider says that the listing goes on.
func (p paging) more() bool { return p.Next != "" }
