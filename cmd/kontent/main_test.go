package main

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/control"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"kontent": main}) }

// TestScripts runs the program as scripts do: as a process, with a data folder
// of its own, in English, and without a session bus.
//
// Covers PL05, PL09.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			plain(env)
			// Named, so that no library looks for one or starts one.
			env.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(env.WorkDir, "no-bus"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "newer": newer, "served": served, "mode": mode,
		},
	})
}

// plain gives a script a data folder of its own, in English.
func plain(env *testscript.Env) {
	env.Vars = slices.DeleteFunc(env.Vars, func(v string) bool { return v == "TMPDIR" })
	env.Setenv("KONTENT_DATA_DIR", filepath.Join(env.WorkDir, "data"))
	env.Setenv("HOME", env.WorkDir)
	env.Setenv("LANG", "en_US.UTF-8")
	// The race detector makes each process end a second later.
	env.Setenv("GORACE", "atexit_sleep_ms=0")
}

// exits runs a command and holds it to an exit code: exits 3 kontent status.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var failed *exec.ExitError
		if !errors.As(err, &failed) {
			ts.Fatalf("%v", err)
		}
		got = failed.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// newer makes the data of a later version of the program out of this one's.
func newer(ts *testscript.TestScript, _ bool, args []string) {
	handle, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = handle.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)")
	ts.Check(errors.Join(err, handle.Close()))
}

// served waits until an agent serves the data folder.
func served(ts *testscript.TestScript, _ bool, _ []string) {
	settings, err := config.Load(config.Options{DataDir: ts.Getenv("KONTENT_DATA_DIR")}, ts.Getenv)
	ts.Check(err)
	client := control.NewClient(settings.Paths.Socket)
	defer client.Close()
	ts.Check(control.Ensure(context.Background(), client, func(context.Context) (<-chan error, error) { return nil, nil }))
}

// mode holds a file to its mode: mode 600 data/kontent-connect.db.
func mode(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := strconv.FormatInt(int64(info.Mode().Perm()), 8); got != args[0] {
		ts.Fatalf("%s has mode %s, want %s", args[1], got, args[0])
	}
}
