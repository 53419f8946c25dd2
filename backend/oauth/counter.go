package oauth

import (
	"maps"
	"sync"
)

// Reasons for which a request is turned away. They are the keys of
// RejectedRequests and hold nothing of the request.
const (
	badHost       = "host"
	badMethod     = "method"
	badPath       = "path"
	badOrigin     = "origin"
	badFetch      = "fetch_metadata"
	badPrefetch   = "prefetch"
	badQuery      = "query"
	badState      = "state"
	badParameters = "parameters"
	badIssuer     = "issuer"
)

// counter counts rejected requests by reason.
type counter struct {
	mu       sync.Mutex
	byReason map[string]int
}

func (c *counter) add(reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byReason == nil {
		c.byReason = map[string]int{}
	}
	c.byReason[reason]++
}

func (c *counter) counts() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	copied := make(map[string]int, len(c.byReason))
	maps.Copy(copied, c.byReason)
	return copied
}
