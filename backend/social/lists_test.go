package social_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/social"
)

// TestListsAreComplete compares every list function with the constants of its
// type in the source: the tables of texts and of the page's types are built
// from these lists, so a constant that one of them misses is shown as its bare
// code.
func TestListsAreComplete(t *testing.T) {
	t.Parallel()
	for typeName, listed := range map[string][]string{
		"Provider": spell(social.Providers()), "Capability": spell(social.AllCapabilities()),
		"Health": spell(social.Healths()), "Cause": spell(social.Causes()),
		"Reason": spell(social.Reasons()), "EventKind": spell(social.EventKinds()),
	} {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			declared := constants(t, typeName)
			slices.Sort(listed)
			if diff := cmp.Diff(declared, listed); diff != "" {
				t.Errorf("list of %s (-constants +list):\n%s", typeName, diff)
			}
		})
	}
}

func spell[T ~string](values []T) []string {
	var spelled []string
	for _, v := range values {
		spelled = append(spelled, string(v))
	}
	return spelled
}

// constants returns the values of the package's constants of a type, sorted.
func constants(t *testing.T, typeName string) []string {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for _, entry := range files {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), entry.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if name, ok := spec.Type.(*ast.Ident); !ok || name.Name != typeName {
				return true
			}
			for _, value := range spec.Values {
				if text, ok := value.(*ast.BasicLit); ok {
					unquoted, err := strconv.Unquote(text.Value)
					if err != nil {
						t.Fatal(err)
					}
					values = append(values, unquoted)
				}
			}
			return true
		})
	}
	if len(values) == 0 {
		t.Fatalf("no constant of type %s found", typeName)
	}
	slices.Sort(values)
	return values
}
