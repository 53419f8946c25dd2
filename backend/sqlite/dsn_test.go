package sqlite

import (
	"net/url"
	"strings"
	"testing"
)

// TestDSN names files of the systems that this test may not run on: SQLite
// reads what stands between two slashes and the next as a host, and refuses
// any (security.md DB08).
//
// Covers DB08.
func TestDSN(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/home/ana/kontent.db":        "file:///home/ana/kontent.db?",
		"C:/Users/Ana Souza/100%.db":  "file:///C:/Users/Ana%20Souza/100%25.db?",
		"//server/share/kontent.db":   "file:////server/share/kontent.db?",
		"/home/ana/what?mode=ro#x.db": "file:///home/ana/what%3Fmode=ro%23x.db?",
	} {
		got := dsn(path)
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s is named %s, want %s…", path, got, want)
		}
		if _, query, _ := strings.Cut(got, "?"); query == "" {
			t.Errorf("%s carries no pragma", got)
		} else if values, err := url.ParseQuery(query); err != nil || values.Get("_txlock") != "immediate" {
			t.Errorf("%s carries %v, %v", got, values, err)
		}
	}
}
