package command_test

import (
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/command"
)

func TestForget(t *testing.T) {
	t.Parallel()
	t.Run("does nothing without both words", func(t *testing.T) {
		t.Parallel()
		for _, args := range [][]string{{"forget"}, {"forget", "--yes"}, {"forget", "--everything"}} {
			w := newWorld()
			got := w.run(t.Context(), args...)
			if got.code != command.ExitUsage || w.quits > 0 || !strings.Contains(got.err, "--everything --yes") {
				t.Errorf("%v ends with %+v after %d agents were ended", args, got, w.quits)
			}
		}
	})
	t.Run("ends the agent, and tells what it removed", func(t *testing.T) {
		t.Parallel()
		w := newWorld()
		got := w.run(t.Context(), "forget", "--everything", "--yes")
		if got.code != command.ExitOK || w.quits != 1 || !strings.Contains(got.out, "/data, 4 entries") {
			t.Errorf("it ends with %+v after %d agents were ended", got, w.quits)
		}
	})
	t.Run("has connected logins disconnected first", func(t *testing.T) {
		t.Parallel()
		w := newWorld()
		w.connected = 2
		got := w.run(t.Context(), "forget", "--everything", "--yes")
		if got.code != command.ExitUsage || !strings.Contains(got.err, "2 logins are still connected") || !strings.Contains(got.err, "--keep-access") {
			t.Errorf("it ends with %+v", got)
		}
		if got = w.run(t.Context(), "forget", "--everything", "--yes", "--keep-access"); got.code != command.ExitOK {
			t.Errorf("told to leave them it ends with %+v", got)
		}
	})
}

func TestVersion(t *testing.T) {
	t.Parallel()
	got := newWorld().run(t.Context(), "--version")
	if got.code != command.ExitOK || got.out != "kontent 0.1.0 (4f2a9c1, 2026-11-22T10:00:00Z)\n" {
		t.Errorf("it ends with %+v", got)
	}
}
