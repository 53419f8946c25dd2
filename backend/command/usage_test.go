package command_test

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/command"
	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/text"
	"github.com/kontent/kontent-connect/backend/view"
)

// fixed is a service of which only the snapshot may be asked: the rest is a
// nil interface.
type fixed struct {
	control.Service
	snapshot view.Snapshot
}

func showing(s view.Snapshot) fixed { return fixed{snapshot: s} }

// Snapshot implements control.Service.
func (f fixed) Snapshot(context.Context) (view.Snapshot, error) { return f.snapshot, nil }

func TestWrongUsage(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{
		"no command":                         {},
		"an unknown command":                 {"frobnicate"},
		"an unknown option":                  {"accounts", "--frobnicate"},
		"a name that is missing":             {"projects", "add"},
		"an unknown provider":                {"apps", "set", "twitter"},
		"an unknown capability":              {"connect", "meta", "--list", "--capability", "fly"},
		"a sign-in without a choice":         {"connect", "meta", "--project", "p1"},
		"a sign-in with two choices":         {"connect", "meta", "--list", "--select", "all"},
		"a time that is none":                {"connect", "meta", "--list", "--timeout", "soon"},
		"no time at all":                     {"connect", "meta", "--list", "--timeout", "0s"},
		"less than no time":                  {"reconnect", "a1", "--timeout=-1s"},
		"a disconnection without --yes":      {"disconnect", "a1"},
		"a whole login without --yes":        {"disconnect", "a1", "--whole-login"},
		"a port that is none":                {"apps", "set", "meta", "--port", "http"},
		"a secret as an argument":            {"apps", "set", "meta", "--secret", "hunter2"},
		"a client secret as an argument":     {"apps", "set", "meta", "--client-secret=hunter2"},
		"a secret announced but not there":   {"apps", "set", "meta", "--secret-stdin"},
		"a secret longer than any":           {"apps", "set", "meta", "--secret-stdin"},
		"no project where there are none":    {"connect", "meta", "--list"},
		"no project where there are several": {"connect", "meta", "--list"},
	} {
		for form, flags := range map[string][]string{"": nil, " with --json": {"--json"}} {
			t.Run(name+form, func(t *testing.T) {
				t.Parallel()
				w := newWorld()
				switch name {
				case "a secret longer than any":
					w.in = strings.Repeat("x", 16<<10+1)
				case "no project where there are none":
					w.service = showing(view.Snapshot{})
				case "no project where there are several":
					w.service = showing(view.Snapshot{Frame: view.Frame{Projects: []view.Project{{ID: "p1"}, {ID: "p2"}}}})
				}
				got := w.run(t.Context(), append(flags, args...)...)
				if got.code != 2 || got.out != "" || !strings.HasPrefix(got.err, "kontent: ") {
					t.Errorf("exit %d, out %q, err %q", got.code, got.out, got.err)
				}
				if strings.Contains(got.err, "hunter2") || strings.Contains(got.err, "cli.") {
					t.Errorf("says %q", got.err)
				}
				if len(w.Secrets())+len(w.Requests()) != 0 {
					t.Error("it was done all the same")
				}
			})
		}
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--help"}, {"connect", "--help"}, {"apps", "set", "--help"}} {
		got := newWorld().run(t.Context(), args...)
		if got.code != 0 || !strings.Contains(got.out, "Usage: kontent") || got.err != "" {
			t.Errorf("%v: exit %d, out %q, err %q", args, got.code, got.out, got.err)
		}
	}
}

func TestGlobals(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"agent", "window"} {
		got := newWorld().run(t.Context(), command, "--demo", "--json", "--data-dir", "/data")
		if want := command + " {JSON:true DataDir:/data Demo:true Keychain:system}\n"; got.out != want || got.code != 0 {
			t.Errorf("%s got %q, want %q", command, got.out, want)
		}
	}
}

func TestSandboxFailure(t *testing.T) {
	t.Parallel()
	got := newWorld().run(t.Context(), "sandbox", "--addr", "0.0.0.0:80", "--json")
	if got.code != 1 || !strings.Contains(got.out, `"code":"internal"`) || strings.Contains(got.out, "loopback") {
		t.Errorf("exit %d: %s", got.code, got.out)
	}
}

// TestEverySentenceExists reads the source for the sentences that it says: a
// key without a text would be printed as it is.
func TestEverySentenceExists(t *testing.T) {
	t.Parallel()
	texts, err := text.New("en")
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, entry := range files {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), entry.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if name, ok := call.Fun.(*ast.SelectorExpr); ok && name.Sel.Name == "say" {
				if key, ok := call.Args[0].(*ast.BasicLit); ok {
					unquoted, _ := strconv.Unquote(key.Value)
					said = append(said, "cli."+unquoted)
				}
			}
			return true
		})
	}
	if len(said) < 10 {
		t.Fatalf("only %d sentences found", len(said))
	}
	for _, key := range said {
		if diff := cmp.Diff(key, texts.Get(key, nil)); diff == "" {
			t.Errorf("no text for %s", key)
		}
	}
}

func TestDoctorWritesItsReport(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "report.txt")
	w := newWorld()
	w.Find(view.Finding{Check: view.CheckTray, State: view.FindingOK, Code: "shown"})
	got := w.run(t.Context(), "doctor", "--report", path)
	body, err := os.ReadFile(path)
	if err != nil || string(body) != "the report\n" || got.code != command.ExitOK || !strings.Contains(got.out, path) {
		t.Errorf("wrote %q (%v), exit %d: %s", body, err, got.code, got.out)
	}
}
