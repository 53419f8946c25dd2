package command_test

import (
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/command"
)

// commands lists every command that help names.
func commands(t *testing.T) []string {
	t.Helper()
	got := newWorld().run(t.Context(), "--help")
	_, list, _ := strings.Cut(got.out, "\nCommands:\n")
	var names []string
	for line := range strings.Lines(list) {
		if found := regexp.MustCompile(`^  ([a-z]+(?: [a-z]+)?)(?:  |$)`).FindStringSubmatch(strings.TrimRight(line, "\n")); found != nil {
			names = append(names, found[1])
		}
	}
	if len(names) < 25 {
		t.Fatalf("help names %q only", names)
	}
	return names
}

// bareKey is the key of a sentence that is not there.
var bareKey = regexp.MustCompile(`help\\?\.[a-z<-]`)

// TestHelpSpeaksEveryLanguage: no command, option or argument shows the key of
// a sentence that is not there, and each command has an example.
func TestHelpSpeaksEveryLanguage(t *testing.T) {
	t.Parallel()
	words := map[string][]string{
		"en":    {"Usage: kontent", "Flags:", "Show this help."},
		"pt-BR": {"Uso: kontent", "Opções:", "Mostra esta ajuda."},
		"es":    {"Uso: kontent", "Opciones:", "Muestra esta ayuda."},
	}
	for language, expected := range words {
		for _, name := range append(commands(t), "") {
			w := newWorld()
			w.language = language
			got := w.run(t.Context(), append(strings.Fields(name), "--help")...)
			if got.code != 0 || bareKey.MatchString(got.out) || !containsAll(got.out, expected) ||
				language != "en" && strings.Contains(got.out, "for more") {
				t.Errorf("%s in %s: exit %d\n%s", name, language, got.code, got.out)
			}
			if !strings.Contains(got.out, "\n    kontent ") && !strings.Contains(got.out, "(kontent ") {
				t.Errorf("%s has no example:\n%s", name, got.out)
			}
		}
	}
}

// TestExamplesAreRight: what help says to type is taken by the grammar.
func TestExamplesAreRight(t *testing.T) {
	t.Parallel()
	tried := 0
	for _, name := range append(commands(t), "") {
		help := newWorld().run(t.Context(), append(strings.Fields(name), "--help")...).out
		for line := range strings.Lines(help) {
			example := strings.TrimSpace(line)
			if !strings.HasPrefix(example, "kontent ") {
				continue
			}
			words, _, _ := strings.Cut(example, " <")
			words, _, _ = strings.Cut(words, " |")
			words, _, _ = strings.Cut(words, " >")
			var args []string
			for _, quoted := range regexp.MustCompile(`'[^']*'|\S+`).FindAllString(words, -1) {
				args = append(args, strings.Trim(quoted, "'"))
			}
			if slices.Contains(args, "./post.sh") || slices.Contains(args, "export") || slices.Contains(args, "--report") {
				continue // runs or writes something
			}
			tried++
			w := newWorld()
			w.in = "secret"
			w.terminals = command.Terminals{In: true, Err: true}
			w.Fail("connect", errFarEnough)
			if got := w.run(t.Context(), args[1:]...); got.code == command.ExitUsage {
				t.Errorf("%s: %s", example, got.err)
			}
		}
	}
	if tried < 30 {
		t.Errorf("only %d examples were tried", tried)
	}
}

// TestManualPage is complete in every language, and a formatter takes it.
func TestManualPage(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"en", "pt-BR", "es"} {
		w := newWorld()
		w.language = language
		page := w.run(t.Context(), "man")
		if page.code != 0 || bareKey.MatchString(page.out) || strings.ContainsFunc(page.out, func(r rune) bool { return r > 127 }) {
			t.Errorf("%s: exit %d\n%s", language, page.code, page.out)
		}
		for _, name := range commands(t) {
			if !strings.Contains(page.out, `.SS "kontent `+name) {
				t.Errorf("the page in %s has no %s", language, name)
			}
		}
		if _, err := exec.LookPath("groff"); err != nil {
			continue // the rest needs a formatter
		}
		format := exec.CommandContext(t.Context(), "groff", "-man", "-Tutf8", "-ww", "-z")
		format.Stdin = strings.NewReader(page.out)
		if said, err := format.CombinedOutput(); err != nil || len(said) > 0 {
			t.Errorf("%s: %v\n%s", language, err, said)
		}
	}
}

func TestCompletion(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		words []string
		want  []string
	}{
		"a command":                       {[]string{"acc"}, []string{"accounts"}},
		"one of several":                  {[]string{"re"}, []string{"reconnect"}},
		"a command below one":             {[]string{"apps", ""}, []string{"list", "set", "test", "remove"}},
		"a value of an argument":          {[]string{"connect", ""}, []string{"meta", "linkedin"}},
		"nothing behind the last":         {[]string{"connect", "meta", ""}, nil},
		"an option":                       {[]string{"connect", "meta", "--no"}, []string{"--no-browser"}},
		"an option of every command":      {[]string{"status", "--js"}, []string{"--json"}},
		"a value of an option":            {[]string{"connect", "meta", "--capability", "p"}, []string{"publish"}},
		"an option behind a value":        {[]string{"connect", "--capability", "publish", "--li"}, []string{"--list"}},
		"a word behind a switch":          {[]string{"--json", "stat"}, []string{"status"}},
		"nothing for another's words":     {[]string{"exec", "a1", "--", "--he"}, nil},
		"nothing for what nobody knows":   {[]string{"frobnicate", "--frob"}, nil},
		"nothing that is hidden":          {[]string{"compl"}, []string{"completion"}},
		"a setting":                       {[]string{"settings", "set", "al"}, []string{"allow-token"}},
		"everything where nothing stands": {nil, commandsOnly(t)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := newWorld().run(t.Context(), append([]string{"complete", "--"}, tc.words...)...)
			var words []string
			for line := range strings.Lines(got.out) {
				word, meaning, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
				words = append(words, word)
				if strings.HasPrefix(meaning, "help.") {
					t.Errorf("%s means %q", word, meaning)
				}
			}
			if !slices.Equal(words, tc.want) || got.code != 0 || got.err != "" {
				t.Errorf("proposes %q, want %q (exit %d, %s)", words, tc.want, got.code, got.err)
			}
		})
	}
}

// commandsOnly lists the first words of the commands, in their order.
func commandsOnly(t *testing.T) []string {
	t.Helper()
	var first []string
	for _, name := range commands(t) {
		word, _, _ := strings.Cut(name, " ")
		if !slices.Contains(first, word) {
			first = append(first, word)
		}
	}
	return first
}

// TestCompletionScripts are read by the shells that they are for, as far as
// those are here.
func TestCompletionScripts(t *testing.T) {
	t.Parallel()
	for shell, check := range map[string][]string{
		"bash": {"bash", "-n", "/dev/stdin"}, "zsh": {"zsh", "-n", "/dev/stdin"}, "fish": {"fish", "--no-execute", "/dev/stdin"}, "powershell": nil,
	} {
		got := newWorld().run(t.Context(), "completion", shell)
		if got.code != 0 || !strings.Contains(got.out, "complete") || got.err != "" {
			t.Errorf("%s: exit %d: %s", shell, got.code, got.out+got.err)
		}
		if check == nil {
			continue
		}
		if _, err := exec.LookPath(check[0]); err != nil {
			continue
		}
		read := exec.CommandContext(t.Context(), check[0], check[1:]...)
		read.Stdin = strings.NewReader(got.out)
		if said, err := read.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", shell, err, said)
		}
	}
	if got := newWorld().run(t.Context(), "completion", "tcsh"); got.code != command.ExitUsage {
		t.Errorf("tcsh: exit %d", got.code)
	}
}

func containsAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
