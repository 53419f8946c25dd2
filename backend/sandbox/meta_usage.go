package sandbox

import (
	"fmt"
	"time"
)

// usageHeaders are percentages of the allowances (meta.md 5). The app's is
// always told; those of a Page and of a business once somebody has asked for
// them.
func (c *call) usageHeaders() {
	app, asked := c.faults.used(usageApp)
	if !asked {
		app.percent = 3
	}
	h := c.w.Header()
	h.Set("X-App-Usage", fmt.Sprintf(`{"call_count":%d,"total_time":2,"total_cputime":1}`, app.percent))
	if page, asked := c.faults.used(usagePage); asked {
		h.Set("X-Page-Usage", fmt.Sprintf(`{"call_count":%d,"total_time":2,"total_cputime":1}`, page.percent))
	}
	if business, asked := c.faults.used(usageBusiness); asked {
		c.businessUsage("pages", business.percent, business.regain)
	}
	h.Set("Facebook-Api-Version", "v26.0")
}

func (c *call) businessUsage(kind string, percent int, regain time.Duration) {
	c.w.Header().Set("X-Business-Use-Case-Usage", fmt.Sprintf(
		`{%q:[{"type":%q,"call_count":%d,"total_cputime":40,"total_time":35,"estimated_time_to_regain_access":%d}]}`,
		serraAzul().ID, kind, percent, int(regain.Minutes())))
}
