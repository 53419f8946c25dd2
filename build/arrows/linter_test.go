package arrows_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/build/arrows"
)

var write = flag.Bool("write", false, "write the arrows into .golangci.yml")

func TestLinterKnowsTheArrows(t *testing.T) {
	t.Parallel()
	const (
		begin = "# arrows: begin (written by \"make arrows\")\n"
		end   = "        # arrows: end\n"
	)
	name := filepath.Join(root, ".golangci.yml")
	config, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(config), begin)
	_, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatal("the marks of the arrows are gone from .golangci.yml")
	}
	want := before + begin + arrows.Linter() + end + after
	if string(config) == want {
		return
	}
	if !*write {
		t.Fatal(".golangci.yml has other arrows than build/arrows/arrows.go: run make arrows")
	}
	if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}
