package docs_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// table is one language's texts, by their keys.
type table map[string]string

// texts reads all that the program can say in a language.
func texts(t *testing.T, language string) table {
	t.Helper()
	all := table{}
	for _, pattern := range []string{"backend/text/*" + language + ".json", "frontend/src/lib/text/*" + language + ".json"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("no texts at %s: %v", pattern, err)
		}
		for _, file := range files {
			rel, err := filepath.Rel(root, file)
			if err != nil {
				t.Fatal(err)
			}
			var tree map[string]any
			if err := json.Unmarshal([]byte(read(t, rel)), &tree); err != nil {
				t.Fatalf("%s: %v", rel, err)
			}
			all.add("", tree)
		}
	}
	return all
}

func (all table) add(key string, value any) {
	switch value := value.(type) {
	case string:
		all[key] = value
	case map[string]any:
		for name, below := range value {
			all.add(strings.TrimPrefix(key+"."+name, "."), below)
		}
	}
}

// says reports whether words are a text of the table; a blank to fill in fits
// whatever stands there, but a text is more than blanks.
func (all table) says(words string) bool {
	blank := regexp.MustCompile(`\\\{\\\{[^}]*\\\}\\\}`)
	for text := range maps.Values(all) {
		if text == words {
			return true
		}
		pattern := blank.ReplaceAllString(regexp.QuoteMeta(text), `.+`)
		if strings.Contains(text, "{{") && strings.Trim(pattern, ".+: ") != "" && regexp.MustCompile("^"+pattern+"$").MatchString(words) {
			return true
		}
	}
	return false
}

// TestBoldWordsAreOnTheScreen: in the guides bold is for what the window says,
// and nothing else.
func TestBoldWordsAreOnTheScreen(t *testing.T) {
	t.Parallel()
	said := map[string]table{}
	for _, language := range languages() {
		said[language] = texts(t, language)
	}
	bold := regexp.MustCompile(`\*\*([^*]+)\*\*`)
	count := 0
	for _, p := range pages(t) {
		spoken, ok := said[filepath.Base(filepath.Dir(p.path))]
		if !ok {
			continue
		}
		for _, found := range bold.FindAllStringSubmatch(p.prose(), -1) {
			count++
			if words := strings.Join(strings.Fields(found[1]), " "); !spoken.says(words) {
				t.Errorf("%s has %q in bold, which the program never says", p.path, words)
			}
		}
	}
	if count == 0 {
		t.Error("nothing is bold")
	}
}

func TestSays(t *testing.T) {
	t.Parallel()
	all := table{"a": "Desconectar…", "b": "Login de {{.name}}", "c": "{{.act}}: {{.name}}"}
	for words, want := range map[string]bool{
		"Desconectar…": true, "Desconectar": false, "Login de Maria": true, "Login de ": false, "o que: for": false,
	} {
		if got := all.says(words); got != want {
			t.Errorf("%q: %v", words, got)
		}
	}
	if keys := slices.Sorted(maps.Keys(texts(t, "en"))); !slices.Contains(keys, "problem.offline.message") {
		t.Error("the tables were not read")
	}
}
