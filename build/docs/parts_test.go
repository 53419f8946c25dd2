package docs_test

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/provider/linkedin"
	"github.com/kontent/kontent-connect/backend/provider/meta"
	"github.com/kontent/kontent-connect/backend/social"
)

// TestPartsAreThoseOfTheProgram holds what stands between two marks, such as
// <!-- problems: offline --> and <!-- end -->, to what the program says:
//
//   - quote FILE NAME…: declarations of a Go file;
//   - problems CODE…: a table of sentences; "rest" is every code that no other
//     table of the page has;
//   - reasons all: a table of why an account cannot be connected;
//   - permissions NETWORK [PRODUCT]: what a network is asked for, for each capability.
func TestPartsAreThoseOfTheProgram(t *testing.T) {
	t.Parallel()
	count := 0
	for _, p := range pages(t) {
		want := part.ReplaceAllStringFunc(p.text, func(found string) string {
			count++
			words := part.FindStringSubmatch(found)
			return words[1] + "\n" + p.made(t, words[2], strings.Fields(words[3])) + "\n<!-- end -->"
		})
		switch {
		case want == p.text:
		case !*write:
			t.Errorf("%s is not what the program says: run make docs", p.path)
		default:
			if err := os.WriteFile(filepath.Join(root, p.path), []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if count == 0 {
		t.Error("no page has a part of the program")
	}
}

var part = regexp.MustCompile(`(?s)(<!-- (quote|problems|reasons|permissions): ([^>]*?) -->)\n.*?<!-- end -->`)

func (p page) made(t *testing.T, what string, words []string) string {
	t.Helper()
	language := filepath.Base(filepath.Dir(p.path))
	switch what {
	case "quote":
		return quote(t, words[0], words[1:])
	case "problems":
		return p.problems(t, texts(t, language), words)
	case "reasons":
		return p.reasons(texts(t, language))
	default:
		return permissions(t, texts(t, language), words)
	}
}

// quote prints declarations of a file, in the order of names.
func quote(t *testing.T, file string, names []string) string {
	t.Helper()
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, filepath.Join(root, file), nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var printed []string
	for _, name := range names {
		at := slices.IndexFunc(parsed.Decls, func(d ast.Decl) bool { return declares(d, name) })
		if at < 0 {
			t.Fatalf("%s declares no %s", file, name)
		}
		var text bytes.Buffer
		node := &printer.CommentedNode{Node: parsed.Decls[at], Comments: parsed.Comments}
		if err := (&printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}).Fprint(&text, set, node); err != nil {
			t.Fatal(err)
		}
		printed = append(printed, text.String())
	}
	return "```go\n" + strings.Join(printed, "\n\n") + "\n```"
}

func declares(d ast.Decl, name string) bool {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return d.Name.Name == name
	case *ast.GenDecl:
		return slices.ContainsFunc(d.Specs, func(s ast.Spec) bool {
			switch s := s.(type) {
			case *ast.TypeSpec:
				return s.Name.Name == name
			case *ast.ValueSpec:
				return slices.ContainsFunc(s.Names, func(n *ast.Ident) bool { return n.Name == name })
			default:
				return false
			}
		})
	default:
		return false
	}
}

// problems prints what the program says of problems, and what to do.
func (p page) problems(t *testing.T, say table, codes []string) string {
	t.Helper()
	if slices.Equal(codes, []string{"rest"}) {
		codes = p.untold(say)
	}
	lines := p.head()
	for _, code := range codes {
		message, ok := say["problem."+code+".message"]
		if !ok {
			t.Fatalf("%s: there is no problem %s", p.path, code)
		}
		lines = append(lines, "| "+filled(message)+" | "+filled(say["problem."+code+".action"])+" |")
	}
	return strings.Join(lines, "\n")
}

// head begins a table of what is said and what to do.
func (p page) head() []string {
	titles := map[string]string{"pt-BR": "| O que aparece | O que fazer |", "en": "| What it says | What to do |"}
	return []string{titles[filepath.Base(filepath.Dir(p.path))], "|---|---|"}
}

// reasons prints why an account cannot be connected, or not for everything.
func (p page) reasons(say table) string {
	lines := p.head()
	for _, r := range social.Reasons() {
		lines = append(lines, "| "+say["reason."+string(r)+".why"]+" | "+say["reason."+string(r)+".cure"]+" |")
	}
	return strings.Join(lines, "\n")
}

// untold lists the codes that no table of the page has.
func (p page) untold(say table) []string {
	told := map[string]bool{}
	for _, found := range part.FindAllStringSubmatch(p.text, -1) {
		for _, code := range strings.Fields(found[3]) {
			told[code] = true
		}
	}
	var rest []string
	for _, key := range slices.Sorted(maps.Keys(say)) {
		code, ok := strings.CutPrefix(key, "problem.")
		if code, message := strings.CutSuffix(code, ".message"); ok && message && !told[code] {
			rest = append(rest, code)
		}
	}
	return rest
}

// filled shows a blank to fill in as one.
func filled(text string) string {
	return regexp.MustCompile(`\{\{\.(\w+)\}\}`).ReplaceAllString(text, "…")
}

// permissions prints what an app must be allowed for each capability: what a
// sign-in for that one alone asks for.
func permissions(t *testing.T, say table, words []string) string {
	t.Helper()
	app := social.ProviderApp{Provider: social.Provider(words[0]), ClientID: "app"}
	if len(words) > 1 {
		app.Product = social.Product(words[1])
	}
	ask := meta.New(meta.Config{}).AuthorizeURL
	kinds := []social.AccountKind{social.FacebookPage, social.InstagramAccount}
	if app.Provider == social.LinkedIn {
		ask = linkedin.New(linkedin.Config{}).AuthorizeURL
		kinds = []social.AccountKind{social.LinkedInOrganization, social.LinkedInMember}
	}
	scopes := func(c social.Capability, k social.AccountKind) string {
		_, asked, err := ask(app, social.SignInRequest{Capabilities: []social.Capability{c}, Kinds: []social.AccountKind{k}})
		if err != nil {
			t.Fatal(err)
		}
		list := make([]string, len(asked))
		for i, s := range asked {
			list[i] = "`" + string(s) + "`"
		}
		return cmp.Or(strings.Join(list, ", "), "–")
	}
	if app.Product == social.ProductShare { // it has nothing but this
		return fmt.Sprintf("| | %s |\n|---|---|\n| %s | %s |", say["kind."+string(kinds[1])], say["capability.publish"], scopes(social.Publish, kinds[1]))
	}
	lines := []string{fmt.Sprintf("| | %s | %s |", say["kind."+string(kinds[0])], say["kind."+string(kinds[1])]), "|---|---|---|"}
	for _, c := range social.AllCapabilities() {
		if c == social.Messages && app.Provider == social.LinkedIn {
			never := say["capability_state.unavailable"]
			lines = append(lines, fmt.Sprintf("| %s | %s | %s |", say["capability."+string(c)], never, never))
			continue
		}
		lines = append(lines, fmt.Sprintf("| %s | %s | %s |", say["capability."+string(c)], scopes(c, kinds[0]), scopes(c, kinds[1])))
	}
	return strings.Join(lines, "\n")
}
