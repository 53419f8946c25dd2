package arrows_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/build/arrows"
)

const root = "../.."

// The files are read here rather than asked of "go list", which would see one
// system's files at a time; and what a test opens, the test cache knows of.
func TestEveryFileKeepsToTheArrows(t *testing.T) {
	t.Parallel()
	files := sources(t)
	if len(files) == 0 {
		t.Fatal("no Go files found")
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.ImportsOnly)
		if err != nil {
			t.Errorf("read imports: %v", err)
			continue
		}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Errorf("%s: import %s: %v", file, spec.Path.Value, err)
			}
			if broken := arrows.Judge(file, imported); broken != "" {
				t.Error(broken)
			}
		}
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	const module = arrows.Module + "/"
	tests := []struct {
		file, imports string
		allowed       bool
	}{
		{"backend/sqlite/open.go", "database/sql", true},
		{"backend/sqlite/open.go", module + "backend/social", true},
		{"backend/sqlite/open.go", module + "backend/keychain", false},
		{"backend/sqlite/open.go", module + "backend/sqlite/queries", true},
		{"backend/sqlite/queries/db.go", module + "backend/keychain", false},
		{"backend/agent/wire.go", module + "backend/provider/meta", true},
		{"backend/agent/wire.go", "github.com/wailsapp/wails/v2", false},
		{"backend/connection/select.go", module + "backend/provider/meta", false},
		{"backend/provider/client.go", module + "backend/provider/meta", false},
		{"backend/provider/meta/scopes.go", module + "backend/provider", true},
		{"app.go", "github.com/wailsapp/wails/v2/pkg/runtime", true},
		{"window.go", "github.com/wailsapp/wails/v2/pkg/runtime", false},
		{"app.go", module + "backend/connection", false},
		{"backend/nowhere/x.go", "fmt", false},
	}
	for _, tt := range tests {
		if broken := arrows.Judge(tt.file, tt.imports); (broken == "") != tt.allowed {
			t.Errorf("%s importing %s: %q, want allowed = %v", tt.file, tt.imports, broken, tt.allowed)
		}
	}
}

// sources lists the program's Go files by their path below the root.
func sources(t *testing.T) []string {
	t.Helper()
	var files []string
	skip := []string{"node_modules", "testdata", "tools", ".git", "out"} // "out" is what was built
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains(skip, entry.Name()) {
			return fs.SkipDir
		}
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
