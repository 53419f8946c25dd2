package sandbox

import (
	"net/url"
	"strconv"
)

// endlessStart is far beyond the end of every list.
const endlessStart = 1 << 30

// leadAstray makes a list go on where none should be followed: back to its own
// start, to another host, or for ever.
func (g *graphCall) leadAstray(paging map[string]any, id string, f field, limit, start int) {
	after := ""
	switch g.faults.astray() {
	case pagingLoop:
		after = cursor(0)
	case pagingEndless:
		after = cursor(max(readCursor(f.args["after"]), endlessStart) + 1)
	case pagingElsewhere:
		q := url.Values{"limit": {strconv.Itoa(limit)}}
		if next, ok := paging["next"].(string); ok {
			u, err := url.Parse(next)
			if err == nil {
				q.Set("after", u.Query().Get("after"))
				paging["next"] = "https://graph.facebook.com.evil.example/collect?" + q.Encode()
			}
		}
		return
	default:
		return
	}
	paging["cursors"] = map[string]string{"before": cursor(start), "after": after}
	paging["next"] = g.next(id, f, limit, "after", after)
}
