package sandbox

import (
	"net/http"
	"regexp"
	"strings"
)

// mostInBatch is our own guess: LinkedIn documents no limit.
const mostInBatch = 100

// organizationBatch answers several organizations at once: closed to the
// Development tier (linkedin.md 0.9), and partly a failure inside its success
// (linkedin.md 3.3).
func (c *call) organizationBatch(m member, resource string) {
	if c.faults.quirk().tierOf(m.app) != TierStandard || !m.managesPages() {
		c.liRefuse(denied(resource + ".BATCH_GET." + m.version + "01"))
		return
	}
	ids, ok := restliList(c.r.URL.RawQuery)
	if !ok || len(ids) > mostInBatch {
		c.liRefuse(illegal("Invalid value of parameter ids"))
		return
	}
	q := c.r.URL.Query()
	results, statuses, failures := map[string]any{}, map[string]int{}, map[string]*liError{}
	for at, id := range ids {
		answer, err := c.organizationBody(m, resource, id, q)
		if status, fails := c.faults.failsInBatch(at); fails {
			err = &liError{Status: status, Message: "Failure asked for by the sandbox"}
		}
		if err != nil {
			statuses[id], failures[id] = err.Status, err
			continue
		}
		results[id], statuses[id] = answer, http.StatusOK
	}
	c.event("batch")
	c.entry.Target = ""
	c.json(http.StatusOK, map[string]any{"results": results, "statuses": statuses, "errors": failures})
}

// restliList reads ids=List(1,2) as Rest.li 2.0 has it: brackets and commas
// stand as they are, and escaped ones are part of a word (linkedin.md 3.4).
func restliList(query string) (ids []string, ok bool) {
	list := regexp.MustCompile(`^ids=List\((\d{1,19}(?:,\d{1,19})*)\)$`)
	for part := range strings.SplitSeq(query, "&") {
		if found := list.FindStringSubmatch(part); found != nil {
			return strings.Split(found[1], ","), true
		}
	}
	return nil, false
}
