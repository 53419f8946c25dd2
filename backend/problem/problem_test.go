package problem_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/problem"
)

func TestFrom(t *testing.T) {
	t.Parallel()
	below := errors.New("disk full")
	known := problem.New(problem.DatabaseFailed, below)

	t.Run("finds the problem in a chain", func(t *testing.T) {
		t.Parallel()
		wrapped := fmt.Errorf("save a check: %w", errors.Join(errors.New("rollback"), known))
		if got := problem.From(wrapped); got != known || problem.CodeOf(wrapped) != problem.DatabaseFailed {
			t.Errorf("found %v", got)
		}
		if !errors.Is(wrapped, below) {
			t.Error("the chain below the problem is cut")
		}
	})
	t.Run("makes an error without a code internal and keeps it", func(t *testing.T) {
		t.Parallel()
		if got := problem.From(below); got.Code != problem.Internal || !errors.Is(got, below) {
			t.Errorf("made %v", got)
		}
	})
	t.Run("leaves nil as it is", func(t *testing.T) {
		t.Parallel()
		if problem.From(nil) != nil || problem.CodeOf(nil) != "" {
			t.Error("nil became a problem")
		}
	})
}

func TestError(t *testing.T) {
	t.Parallel()
	t.Run("is the same problem when its code is the same", func(t *testing.T) {
		t.Parallel()
		err := fmt.Errorf("x: %w", problem.New(problem.NotFound, errors.New("no row")).With("id", "1"))
		if !errors.Is(err, problem.New(problem.NotFound, nil)) || errors.Is(err, problem.New(problem.BadRequest, nil)) {
			t.Error("problems are not compared by code")
		}
		if errors.Is(err, errors.New("not_found")) {
			t.Error("an error without a code equals a problem")
		}
	})
	t.Run("says its code and the chain below to the log", func(t *testing.T) {
		t.Parallel()
		if got := problem.New(problem.NotFound, errors.New("no row")).Error(); got != "not_found: no row" {
			t.Errorf("says %q", got)
		}
		if got := problem.New(problem.NotFound, nil).Error(); got != "not_found" {
			t.Errorf("says %q", got)
		}
	})
	t.Run("With adds to a copy", func(t *testing.T) {
		t.Parallel()
		one := problem.New(problem.WrongPerson, errors.New("x")).With("expected", "Ana")
		two := one.With("received", "Bia")
		if diff := cmp.Diff(map[string]string{"expected": "Ana"}, one.Args); diff != "" {
			t.Errorf("the first changed (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(map[string]string{"expected": "Ana", "received": "Bia"}, two.Args); diff != "" {
			t.Errorf("the second (-want +got):\n%s", diff)
		}
		if two.Error() != one.Error() {
			t.Error("the copy lost the chain")
		}
	})
}

// TestCodesIsComplete compares the list with the constants in the source: a
// code that the list misses would have no sentence in any language.
func TestCodesIsComplete(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "code.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var declared []string
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			declared = append(declared, value)
		}
		return true
	})
	var listed []string
	for _, code := range problem.Codes() {
		listed = append(listed, string(code))
		if !regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`).MatchString(string(code)) {
			t.Errorf("%q is not in snake_case", code)
		}
	}
	slices.Sort(declared)
	slices.Sort(listed)
	if diff := cmp.Diff(declared, listed); diff != "" {
		t.Errorf("codes (-constants +list):\n%s", diff)
	}
}
