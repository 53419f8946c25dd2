// Package docs_test holds the documentation to the program: links lead
// somewhere, both languages say the same, words in bold are those of the
// screen, and what can be taken from the program is written by it.
package docs_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

var write = flag.Bool("write", false, "write the parts of the documentation that the program knows")

// languages are the folders of the guide; the first is the main one.
func languages() []string { return []string{"pt-BR", "en"} }

// page is one file of the documentation, by its path below the root.
type page struct {
	path string
	text string
}

// pages reads the documentation: what lies in docs, and the two pages at the root.
func pages(t *testing.T) []page {
	t.Helper()
	paths := []string{"README.md", "CONTRIBUTING.md", "build/relay/README.md"}
	for _, pattern := range []string{"docs/*.md", "docs/*/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			rel, err := filepath.Rel(root, name)
			if err != nil {
				t.Fatal(err)
			}
			paths = append(paths, filepath.ToSlash(rel))
		}
	}
	all := make([]page, 0, len(paths))
	for _, path := range paths {
		all = append(all, page{path, read(t, path)})
	}
	return all
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// prose is the page without its code, which is quoted from elsewhere.
func (p page) prose() string {
	fences := regexp.MustCompile("(?ms)^```.*?^```$")
	inline := regexp.MustCompile("`[^`\n]*`")
	return inline.ReplaceAllString(fences.ReplaceAllString(p.text, ""), "`…`")
}

// headings lists the page's headings with their marks, such as "## Title".
func (p page) headings() []string {
	fences := regexp.MustCompile("(?ms)^```.*?^```$")
	return regexp.MustCompile(`(?m)^#{1,6} .*$`).FindAllString(fences.ReplaceAllString(p.text, ""), -1)
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	t.Parallel()
	marks := func(p page) (levels []string) {
		for _, h := range p.headings() {
			level, _, _ := strings.Cut(h, " ")
			levels = append(levels, level)
		}
		return levels
	}
	of := map[string]map[string][]string{}
	for _, p := range pages(t) {
		language := filepath.Base(filepath.Dir(p.path))
		if !slices.Contains(languages(), language) {
			continue
		}
		if of[language] == nil {
			of[language] = map[string][]string{}
		}
		of[language][filepath.Base(p.path)] = marks(p)
	}
	one, other := languages()[0], languages()[1]
	if len(of[one]) == 0 || len(of[one]) != len(of[other]) {
		t.Errorf("%d pages in %s, %d in %s", len(of[one]), one, len(of[other]), other)
	}
	for name, levels := range of[one] {
		if !slices.Equal(levels, of[other][name]) {
			t.Errorf("%s has other headings in %s (%v) than in %s (%v)", name, one, levels, other, of[other][name])
		}
	}
}
