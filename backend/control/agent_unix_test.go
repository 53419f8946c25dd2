//go:build unix

package control_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
)

// TestStartAgent is not parallel: it puts a program of its own on PATH.
func TestStartAgent(t *testing.T) {
	for name, tc := range map[string]struct {
		says string
		code problem.Code
	}{
		"tells why the agent has ended":  {`echo '{"problem":{"code":"database_newer","message":"x"}}'; exit 1`, problem.DatabaseNewer},
		"tells that it ended in silence": {`exit 1`, problem.AgentStart},
		"tells that it ended in a crash": {`echo 'panic: index out of range'; exit 2`, problem.AgentStart},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			script := "#!/bin/sh\necho \"$@ $GIVEN$LEFT_OUT\" > " + filepath.Join(folder, "args") + "\n" + tc.says + "\n"
			must(t, os.WriteFile(filepath.Join(folder, "kontent"), []byte(script), 0o700))
			t.Setenv("PATH", folder)
			t.Setenv("LEFT_OUT", "ours")
			ended, err := control.StartAgent(t.Context(), []string{"GIVEN=given"}, "--demo")
			must(t, err)
			wantProblem(t, <-ended, tc.code)
			args, err := os.ReadFile(filepath.Join(folder, "args"))
			must(t, err)
			if string(args) != "agent --json --demo given\n" {
				t.Errorf("started with %q", args)
			}
		})
	}
	t.Run("fails where there is no such program", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		if _, err := control.StartAgent(t.Context(), nil); err == nil || errors.Is(err, problem.New(problem.AgentVersion, nil)) {
			t.Errorf("started nothing with %v", err)
		}
	})
}
