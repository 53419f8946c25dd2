package command_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/command"
	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/control/controltest"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// allowing returns a world whose admin lets scripts have accesses.
func allowing(t *testing.T) *world {
	t.Helper()
	w := newWorld()
	if got := w.run(t.Context(), "settings", "set", "allow-token", "on"); got.code != 0 {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	return w
}

func TestToken(t *testing.T) {
	t.Parallel()
	const alone = controltest.LiveToken + "\n"
	for name, tc := range map[string]struct {
		args     []string
		terminal bool
		code     int
		out      string
	}{
		"alone on standard output":  {[]string{"token", "a1"}, false, 0, alone},
		"not on a terminal":         {[]string{"token", "a1"}, true, 1, ""},
		"on a terminal by force":    {[]string{"token", "a1", "--force"}, true, 0, alone},
		"for programs":              {[]string{"token", "a1", "--json"}, false, 0, `{"account_id":"a1","token":"` + controltest.LiveToken + `"}` + "\n"},
		"of an account that is not": {[]string{"token", "a9"}, false, 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := allowing(t)
			w.terminals.Out = tc.terminal
			got := w.run(t.Context(), tc.args...)
			if got.code != tc.code || got.out != tc.out || strings.Contains(got.err, controltest.LiveToken) || tc.code == 0 && got.err != "" {
				t.Errorf("exit %d, out %q, err %q", got.code, got.out, got.err)
			}
		})
	}
	t.Run("off until it is allowed", func(t *testing.T) {
		t.Parallel()
		got := newWorld().run(t.Context(), "token", "a1", "--json")
		if got.code != 1 || !strings.Contains(got.out, `"code":"token_not_allowed"`) || !strings.Contains(got.out, "allow-token on") {
			t.Errorf("exit %d: %s", got.code, got.out)
		}
	})
	t.Run("not of a service that has none", func(t *testing.T) {
		t.Parallel()
		w := newWorld()
		w.service = struct{ control.Service }{w.Fake}
		if got := w.run(t.Context(), "token", "a1", "--json"); got.code != 1 || !strings.Contains(got.out, "agent_version") {
			t.Errorf("exit %d: %s", got.code, got.out)
		}
	})
}

func TestExportAndImport(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "kontent.json")
	w := newWorld()
	got := w.run(t.Context(), "export", path)
	body, err := os.ReadFile(path)
	if err != nil || got.code != 0 || !strings.Contains(got.out, path) || !strings.HasSuffix(string(body), "\n}\n") {
		t.Fatalf("exit %d: %s%s%v", got.code, got.out, got.err, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can read it: %v, %v", info.Mode(), err)
	}
	if alone := w.run(t.Context(), "export", "-"); alone.out != string(body) || alone.err != "" {
		t.Errorf("on standard output: %q, %q", alone.out, alone.err)
	}
	other := newWorld()
	if got = other.run(t.Context(), "import", path); got.code != 0 || !strings.Contains(got.out, "1 projects") {
		t.Errorf("exit %d: %s%s", got.code, got.out, got.err)
	}
	other.in = string(body)
	if got = other.run(t.Context(), "import", "-", "--json"); got.out != `{"projects":1,"apps":0,"grants":0,"accounts":0,"known":0}`+"\n" {
		t.Errorf("from standard input: %s%s", got.out, got.err)
	}
	other.in = "BEGIN:VCALENDAR\n"
	if got = other.run(t.Context(), "import", "-"); got.code != 1 || !strings.Contains(got.err, "line 1") {
		t.Errorf("a calendar: exit %d: %s", got.code, got.err)
	}
	for _, args := range [][]string{{"export", "/nowhere/x.json"}, {"import", "/nowhere/x.json"}} {
		if got = other.run(t.Context(), args...); got.code != 1 || !strings.Contains(got.err, "/nowhere/x.json") {
			t.Errorf("%v: exit %d: %s", args, got.code, got.err)
		}
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	w := newWorld()
	for _, change := range [][]string{{"background", "on"}, {"notifications", "on"}, {"language", "es"}, {"allow-token", "on"}, {"background", "off"}} {
		if got := w.run(t.Context(), "settings", "set", change[0], change[1]); got.code != 0 {
			t.Errorf("%v: exit %d: %s", change, got.code, got.err)
		}
	}
	snapshot, err := w.Snapshot(t.Context())
	if p := snapshot.Preferences; err != nil || p.Background || !p.Notices.Desktop || p.Language != view.Spanish || !p.AllowToken {
		t.Errorf("preferences %+v, %v", p, err)
	}
	for _, wrong := range [][]string{{"allow-token", "maybe"}, {"language", "fr"}, {"theme", "pink"}, {"allow-token"}} {
		got := w.run(t.Context(), append([]string{"settings", "set"}, wrong...)...)
		if got.code != command.ExitUsage || got.out != "" {
			t.Errorf("%v: exit %d: %s", wrong, got.code, got.out)
		}
	}
}

// TestNoKeychainOnAServer says what to do (security.md KC01).
func TestNoKeychainOnAServer(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.Fail("set_app", problem.New(problem.KeychainAbsent, nil))
	w.in = "hunter2"
	got := w.run(t.Context(), "apps", "set", "meta", "--client-id", "1", "--secret-stdin")
	for _, said := range []string{"keychain is not available", "dbus-run-session", "--keychain memory"} {
		if !strings.Contains(got.err, said) {
			t.Errorf("says nothing of %q: %s", said, got.err)
		}
	}
}

// TestWaiting says once that another command is at work.
func TestWaiting(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.waits = true
	got := w.run(context.Background(), "projects", "--json")
	if got.code != 0 || strings.Count(got.err, "waiting for it to end") != 1 || !strings.HasPrefix(got.out, "{") {
		t.Errorf("exit %d, out %q, err %q", got.code, got.out, got.err)
	}
}
