package meta

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/kontent/kontent-connect/backend/provider"
)

// load is how much of an allowance is used up: three percentages, of which the
// highest counts (meta.md 5).
type load struct {
	Calls float64 `json:"call_count"`
	Time  float64 `json:"total_time"`
	CPU   float64 `json:"total_cputime"`
	// Minutes is told by business use cases only.
	Minutes int64 `json:"estimated_time_to_regain_access"`
}

func (l load) usage() provider.Usage {
	return provider.Usage{Percent: max(l.Calls, l.Time, l.CPU), Regain: minutes(l.Minutes)}
}

// minutes is at most a day, so that no number of them overflows.
func minutes(n int64) time.Duration {
	return time.Duration(min(max(n, 0), 24*60)) * time.Minute
}

// readUsage finds the app's own usage, and that of the Page or the business
// that was asked about (meta.md 5). A header that makes no sense is none.
func readUsage(h http.Header) (app, part provider.Usage) {
	return readLoad(h.Get("X-App-Usage")), provider.WorstUsage(readLoad(h.Get("X-Page-Usage")), businessUsage(h))
}

func readLoad(header string) provider.Usage {
	var l load
	if json.Unmarshal([]byte(header), &l) != nil {
		return provider.Usage{}
	}
	return l.usage()
}

func businessUsage(h http.Header) provider.Usage {
	var businesses map[string][]load
	if json.Unmarshal([]byte(h.Get("X-Business-Use-Case-Usage")), &businesses) != nil {
		return provider.Usage{}
	}
	var worst provider.Usage
	for _, cases := range businesses {
		for _, l := range cases {
			worst = provider.WorstUsage(worst, l.usage())
		}
	}
	return worst
}

// regain is for how long a business use case is closed (meta.md 5); 0 when
// Meta does not say.
func regain(h http.Header) time.Duration {
	if wait := businessUsage(h).Regain; wait > 0 {
		return provider.BoundWait(wait)
	}
	return 0
}
