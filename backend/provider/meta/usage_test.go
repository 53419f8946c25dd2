package meta

import (
	"net/http"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/provider"
)

func TestUsageHeaders(t *testing.T) {
	t.Parallel()
	header := func(name, value string) http.Header { return http.Header{name: {value}} }
	const (
		ofApp      = "X-App-Usage"
		ofPage     = "X-Page-Usage"
		ofBusiness = "X-Business-Use-Case-Usage"
	)
	for name, tc := range map[string]struct {
		header    http.Header
		app, part provider.Usage
	}{
		"none":             {http.Header{}, provider.Usage{}, provider.Usage{}},
		"highest counts":   {header(ofApp, `{"call_count":28,"total_time":91,"total_cputime":25}`), provider.Usage{Percent: 91}, provider.Usage{}},
		"of the page":      {header(ofPage, `{"call_count":80.5}`), provider.Usage{}, provider.Usage{Percent: 80.5}},
		"of the business":  {header(ofBusiness, `{"1":[{"call_count":100,"estimated_time_to_regain_access":17},{"call_count":3}]}`), provider.Usage{}, provider.Usage{Percent: 100, Regain: 17 * time.Minute}},
		"nonsense":         {header(ofApp, canary), provider.Usage{}, provider.Usage{}},
		"a list":           {header(ofBusiness, `[]`), provider.Usage{}, provider.Usage{}},
		"minutes of ages":  {header(ofBusiness, `{"1":[{"estimated_time_to_regain_access":99999999999}]}`), provider.Usage{}, provider.Usage{Regain: 24 * time.Hour}},
		"negative minutes": {header(ofBusiness, `{"1":[{"estimated_time_to_regain_access":-3}]}`), provider.Usage{}, provider.Usage{}},
	} {
		if app, part := readUsage(tc.header); app != tc.app || part != tc.part {
			t.Errorf("%s: %+v and %+v", name, app, part)
		}
	}
}
