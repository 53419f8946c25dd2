package command

import (
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish,powershell"`
}

// Run implements the command. The scripts only ask this program, so that what
// they offer is the grammar itself.
func (c completionCommand) Run(s *session) error {
	s.print("%s", strings.TrimSpace(map[string]string{
		"bash":       completeBash,
		"zsh":        completeZsh,
		"fish":       completeFish,
		"powershell": completePowerShell,
	}[c.Shell]))
	return nil
}

// completeCommand is what the scripts ask: the words after the program's name,
// the last of which is being typed.
type completeCommand struct {
	Words []string `arg:"" optional:"" passthrough:""`
}

// Run implements the command: one proposal a line, its meaning behind a tab.
func (c completeCommand) Run(s *session) error {
	words := c.Words
	if len(words) > 0 && words[0] == "--" {
		words = words[1:]
	}
	for _, p := range proposals(s.model, words) {
		s.print("%s\t%s", p.word, p.meaning)
	}
	return nil
}

// proposal is one word that could stand there.
type proposal struct{ word, meaning string }

// proposals lists what the last of words can become: commands, options and
// fixed values. A file name is the shell's own business.
func proposals(app *kong.Application, words []string) []proposal {
	if len(words) == 0 {
		words = []string{""}
	}
	typed, before := words[len(words)-1], words[:len(words)-1]
	at := standing{node: app.Node}
	for _, word := range before {
		at.take(word)
	}
	var fitting []proposal
	for _, p := range at.next(typed) {
		if strings.HasPrefix(p.word, typed) {
			fitting = append(fitting, p)
		}
	}
	return fitting
}

// standing is how far a command line has come.
type standing struct {
	node *kong.Node
	// wanting is the option whose value comes next.
	wanting *kong.Flag
	// filled counts the arguments that are there.
	filled int
	// foreign: what follows belongs to another program.
	foreign bool
}

func (s *standing) take(word string) {
	switch name, ok := strings.CutPrefix(word, "--"); {
	case s.foreign:
	case s.wanting != nil:
		s.wanting = nil
	case ok && name == "":
		s.foreign = true
	case ok:
		if f := s.flag(name); f != nil && !f.IsBool() {
			s.wanting = f
		}
	default:
		s.step(word)
	}
}

// step takes a word that is a command or else an argument.
func (s *standing) step(word string) {
	i := slices.IndexFunc(s.node.Children, func(n *kong.Node) bool { return n.Name == word })
	if i < 0 {
		s.filled++
		return
	}
	s.node, s.filled = s.node.Children[i], 0
}

// flag finds an option of the command or of those around it.
func (s *standing) flag(name string) *kong.Flag {
	for _, group := range s.node.AllFlags(false) {
		for _, f := range group {
			if f.Name == name {
				return f
			}
		}
	}
	return nil
}

// next lists what can stand at the next place.
func (s *standing) next(typed string) []proposal {
	switch {
	case s.foreign:
		return nil
	case s.wanting != nil:
		return values(s.wanting.Value)
	case strings.HasPrefix(typed, "-"):
		return s.options()
	}
	var all []proposal
	for _, child := range s.node.Children {
		if !child.Hidden {
			all = append(all, proposal{child.Name, child.Help})
		}
	}
	if s.filled < len(s.node.Positional) {
		all = append(all, values(s.node.Positional[s.filled])...)
	}
	return all
}

func (s *standing) options() []proposal {
	var all []proposal
	for _, group := range s.node.AllFlags(true) {
		for _, f := range group {
			all = append(all, proposal{"--" + f.Name, f.Help})
		}
	}
	return all
}

// values lists the values that an option or argument is limited to.
func values(v *kong.Value) []proposal {
	var all []proposal
	for _, word := range v.EnumSlice() {
		if word != "" {
			all = append(all, proposal{word, ""})
		}
	}
	return all
}
