package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTheWordThatWindowsAdds: with it the agent would end with wrong usage, and
// a click on a notification would come to nothing.
func TestTheWordThatWindowsAdds(t *testing.T) {
	t.Parallel()
	agent := []string{"agent", "--data-dir", `C:\Users\Ana Lúcia\data`}
	for _, c := range []struct{ all, want []string }{
		{append(agent[:len(agent):len(agent)], "-Embedding"), agent},
		{append(agent[:len(agent):len(agent)], "-embedding"), agent},
		{agent, agent},
		{[]string{"agent"}, []string{"agent"}},
		{[]string{"projects", "add", "-Embedding"}, []string{"projects", "add", "-Embedding"}},
		{[]string{"-Embedding"}, []string{"-Embedding"}},
		{nil, nil},
	} {
		if diff := cmp.Diff(c.want, arguments(c.all)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.all, diff)
		}
	}
}
