//go:build e2e

package trouble_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/process"
)

// shows waits until a part of the window reads so.
func shows(ctx context.Context, t *testing.T, w *world, selector string, words ...string) {
	t.Helper()
	ok(t, w.Reads(ctx, selector, words...))
}

// explains waits until a window without an agent says why there is none, in the
// language that it begins with wherever it runs.
func explains(ctx context.Context, t *testing.T, w *world, words string) {
	t.Helper()
	shows(ctx, t, w, "main", words, "Tentar de novo")
}

func newerDatabase(ctx context.Context, t *testing.T, w *world) {
	folder := filepath.Join(t.TempDir(), "newer")
	ok(t, os.Mkdir(folder+"-demo", 0o700))
	for _, name := range []string{"kontent-connect.db", "kontent-connect.db-wal"} {
		content, err := os.ReadFile(filepath.Join(w.Data(), name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		ok(t, os.WriteFile(filepath.Join(folder+"-demo", name), content, 0o600))
	}
	file := filepath.Join(folder+"-demo", "kontent-connect.db")
	handle, err := sql.Open("sqlite", file)
	ok(t, err)
	_, err = handle.ExecContext(ctx, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
	ok(t, err)
	ok(t, handle.Close())
	before, err := os.ReadFile(file)
	ok(t, err)

	told(t, w.Kontent(ctx, nil, "accounts", "--data-dir", folder), "database_newer",
		"Os dados foram gravados por uma versão mais nova do Kontent Connect.")
	ok(t, w.OpenWindowOf(ctx, programs, "KONTENT_DATA_DIR="+folder))
	explains(ctx, t, w, "versão mais nova do Kontent Connect. Atualize")
	after, err := os.ReadFile(file)
	ok(t, err)
	if !bytes.Equal(before, after) {
		t.Error("the newer database was written to")
	}
}

// noAgentProgram: the window alone, without the program that does the work.
func noAgentProgram(ctx context.Context, t *testing.T, w *world) {
	folder := t.TempDir()
	content, err := os.ReadFile(filepath.Join(programs, "kontent-connect"))
	ok(t, err)
	ok(t, os.WriteFile(filepath.Join(folder, "kontent-connect"), content, 0o700))
	ok(t, w.OpenWindowOf(ctx, folder, "PATH="+nowhere))
	explains(ctx, t, w, "não conseguiu iniciar. Tente de novo.")
	ok(t, w.EveryControlHasAName(ctx))
}

func badDataFolder(ctx context.Context, t *testing.T, w *world) {
	file := filepath.Join(t.TempDir(), "file")
	ok(t, os.WriteFile(file, nil, 0o600))
	folder := filepath.Join(file, "data")
	err := w.Kontent(ctx, nil, "accounts", "--data-dir", folder)
	told(t, err, "data_folder", "A pasta de dados não pode ser usada: "+folder)
	ok(t, w.OpenWindowOf(ctx, programs, "KONTENT_DATA_DIR="+folder))
	explains(ctx, t, w, "A pasta de dados não pode ser usada")
}

// twoWindows: the second start brings the first window forward and ends.
func twoWindows(ctx context.Context, t *testing.T, w *world) {
	ok(t, w.OpenWindow(ctx))
	shows(ctx, t, w, "main", "Prado Comunicação")
	windows := root(ctx, t, w, "_NET_CLIENT_LIST")
	ours := root(ctx, t, w, "_NET_ACTIVE_WINDOW")
	ok(t, w.Desktop.Open(ctx, w.networks.Origin)) // the browser comes forward
	await(ctx, t, "another active window", func() bool { return root(ctx, t, w, "_NET_ACTIVE_WINDOW") != ours })

	second := w.Command(ctx, "window")
	out, err := second.CombinedOutput()
	if err != nil {
		t.Fatalf("kontent window: %v: %s", err, out)
	}
	await(ctx, t, "the first window in front", func() bool { return root(ctx, t, w, "_NET_ACTIVE_WINDOW") == ours })
	await(ctx, t, "the end of the second start", func() bool {
		running, err := process.Find(w.Desktop.Path(), "kontent-connect")
		ok(t, err)
		return len(running) == 1
	})
	if after := root(ctx, t, w, "_NET_CLIENT_LIST"); after != windows {
		t.Errorf("windows before: %s after: %s", windows, after)
	}
}

// root reads a property of the screen.
func root(ctx context.Context, t *testing.T, w *world, property string) string {
	t.Helper()
	out, err := w.Desktop.Command(ctx, "xprop", "-root", property).Output()
	ok(t, err)
	return string(out)
}

func await(ctx context.Context, t *testing.T, what string, is func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	ok(t, poll.Until(ctx, what, func(context.Context) error {
		if !is() {
			return os.ErrNotExist
		}
		return nil
	}))
}

// twoCommands without an agent wait for each other.
func twoCommands(ctx context.Context, t *testing.T, w *world) {
	failed := make(chan error)
	for _, name := range []string{"Um", "Dois"} {
		go func() { failed <- w.Kontent(ctx, nil, "projects", "add", name) }()
	}
	for range 2 {
		ok(t, <-failed)
	}
	var answer struct {
		Projects []struct{ ID, Name string } `json:"projects"`
	}
	ok(t, w.Kontent(ctx, &answer, "projects", "list"))
	var names []string
	for _, project := range answer.Projects {
		names = append(names, project.Name)
	}
	if all := strings.Join(names, ","); !strings.Contains(all, "Um") || !strings.Contains(all, "Dois") {
		t.Errorf("projects are %s", all)
	}
}
