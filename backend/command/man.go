package command

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/alecthomas/kong"
)

type manCommand struct{}

// Run implements the command: the manual page in the man macros of roff, from
// the model that help is made from.
func (manCommand) Run(s *session) error {
	p := &page{word: func(key string) string { return s.texts.Get("help.man."+key, nil) }}
	p.program(s.model)
	s.print("%s", strings.TrimSuffix(p.String(), "\n"))
	return nil
}

// page is a manual page as it is being written.
type page struct {
	strings.Builder
	word func(key string) string
}

func (p *page) program(app *kong.Application) {
	p.macro("TH", "KONTENT", "1", "", "Kontent Connect", "")
	p.macro("SH", p.word("name"))
	p.line("kontent \\- " + roff(app.Help))
	p.macro("SH", p.word("synopsis"))
	p.line("\\fBkontent\\fR \\fI" + roff(p.word("command")) + "\\fR [" + roff(p.word("option")) + "...]")
	p.macro("SH", p.word("options"))
	p.flags(app.Flags)
	p.macro("SH", p.word("commands"))
	p.commands(app.Node)
	p.macro("SH", p.word("examples"))
	p.examples(app.Node)
	for _, section := range []string{"exit", "environment", "files"} {
		p.macro("SH", p.word(section))
		p.line(roff(p.word(section + ".text")))
	}
}

// commands writes every command that can be run, with what it takes.
func (p *page) commands(n *kong.Node) {
	for _, child := range n.Children {
		if child.Hidden {
			continue
		}
		if len(child.Children) == 0 {
			p.macro("SS", summary(child))
			p.line(roff(child.Help))
			for _, arg := range child.Positional {
				p.entry("\\fI"+roff(arg.Name)+"\\fR", arg.Help)
			}
			p.flags(child.Flags)
			p.examples(child)
		}
		p.commands(child)
	}
}

func summary(n *kong.Node) string {
	words := []string{"kontent", commandPath(n)}
	for _, arg := range n.Positional {
		words = append(words, arg.Summary())
	}
	return strings.Join(words, " ")
}

func (p *page) flags(flags []*kong.Flag) {
	for _, f := range flags {
		if !f.Hidden {
			p.entry("\\fB"+roff(f.String())+"\\fR", f.Help)
		}
	}
}

func (p *page) examples(n *kong.Node) {
	shown := examples()[commandPath(n)]
	if len(shown) == 0 {
		return
	}
	p.macro("PP")
	p.macro("EX")
	for _, example := range shown {
		p.line("    " + roff(example))
	}
	p.macro("EE")
}

func (p *page) entry(term, meaning string) {
	p.macro("TP")
	p.line(term)
	p.line(roff(meaning))
}

func (p *page) line(text string) { _, _ = fmt.Fprintln(p, text) }

// macro writes a request with its arguments quoted.
func (p *page) macro(name string, arguments ...string) {
	words := []string{"." + name}
	for _, a := range arguments {
		words = append(words, `"`+strings.ReplaceAll(roff(a), `"`, `\(dq`)+`"`)
	}
	p.line(strings.Join(words, " "))
}

// roff writes text so that none of it is taken for a request or an escape, in
// ASCII, which every formatter reads.
func roff(text string) string {
	var b strings.Builder
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		b.WriteString(`\&`)
	}
	for _, r := range text {
		switch {
		case r == '\\':
			b.WriteString(`\e`)
		case r == '-':
			b.WriteString(`\-`)
		case r > unicode.MaxASCII:
			_, _ = fmt.Fprintf(&b, `\[u%04X]`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
