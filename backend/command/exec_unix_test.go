//go:build unix

package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/control/controltest"
)

func TestExec(t *testing.T) {
	t.Parallel()
	sh := func(script string) []string { return []string{"exec", "a1", "--", "sh", "-c", script} }
	for name, tc := range map[string]struct {
		args []string
		code int
		out  string
	}{
		"has the access in its environment": {sh(`echo "<$KONTENT_TOKEN>"`), 0, "<" + controltest.LiveToken + ">\n"},
		"and not in its arguments":          {sh(`echo "$0 $*"`), 0, "sh \n"},
		"reads what we are given":           {sh("cat"), 0, "from outside"},
		"keeps its options to itself":       {[]string{"exec", "a1", "--", "echo", "--json", "--help"}, 0, "--json --help\n"},
		"passes its exit code on":           {sh("exit 7"), 7, ""},
		"ends as its signal says":           {sh("kill -TERM $$"), 143, ""},
		"cannot be started":                 {[]string{"exec", "a1", "--", "/nowhere/at/all"}, 1, ""},
		"is not there":                      {[]string{"exec", "a1", "--"}, 2, ""},
	} {
		t.Run("a child "+name, func(t *testing.T) {
			t.Parallel()
			w := allowing(t)
			w.in = "from outside"
			got := w.run(t.Context(), tc.args...)
			if got.code != tc.code || got.out != tc.out {
				t.Errorf("exit %d, out %q, err %q", got.code, got.out, got.err)
			}
			if strings.Contains(got.err, controltest.LiveToken) {
				t.Errorf("said %q", got.err)
			}
		})
	}
	t.Run("a child finds the lock free", func(t *testing.T) {
		t.Parallel()
		w := allowing(t)
		w.closed = 0
		got := w.run(t.Context(), sh("exit 0")...)
		if got.code != 0 || w.closed != 1 {
			t.Errorf("exit %d, closed %d times", got.code, w.closed)
		}
	})
	t.Run("nothing is started without an access", func(t *testing.T) {
		t.Parallel()
		mark := filepath.Join(t.TempDir(), "ran")
		got := newWorld().run(t.Context(), "exec", "a1", "--json", "--", "touch", mark)
		if _, err := os.Stat(mark); err == nil || got.code != 1 || !strings.Contains(got.out, "token_not_allowed") {
			t.Errorf("exit %d: %s", got.code, got.out)
		}
	})
}
