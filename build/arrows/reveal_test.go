package arrows_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/build/arrows"
)

// Covers S1.
func TestOnlyTheEdgesUnwrapASecret(t *testing.T) {
	t.Parallel()
	revealing := 0
	for _, file := range sources(t) {
		at, err := reveals(filepath.Join(root, file), nil)
		if err != nil {
			t.Fatal(err)
		}
		revealing += len(at)
		allowed := slices.ContainsFunc(arrows.Unwrap(), func(place string) bool {
			return file == place || strings.HasPrefix(file, place+"/")
		})
		for _, line := range at {
			if !allowed {
				t.Errorf("%s:%d unwraps a secret: pass it on wrapped, or see arrows.Unwrap", file, line)
			}
		}
	}
	if revealing < 10 {
		t.Errorf("found %d places that unwrap a secret, which is fewer than there are", revealing)
	}
}

func TestRevealsAreSeen(t *testing.T) {
	t.Parallel()
	const code = "package x\nfunc f(s S) { use(s.Reveal()); g := s.Reveal; h(g); s.Conceal() }"
	at, err := reveals("x.go", code)
	if err != nil || fmt.Sprint(at) != "[2 2]" {
		t.Errorf("seen in lines %v, %v", at, err)
	}
}

// reveals lists the lines that mention the method, called or not.
func reveals(file string, code any) ([]int, error) {
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, file, code, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var lines []int
	ast.Inspect(parsed, func(node ast.Node) bool {
		if selector, ok := node.(*ast.SelectorExpr); ok && selector.Sel.Name == "Reveal" {
			lines = append(lines, set.Position(selector.Pos()).Line)
		}
		return true
	})
	return lines, nil
}
