package command

import (
	"errors"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// misuse is one of the parser's sentences, which it has in English alone, and
// ours for it: cli.misuse. and key, with the groups of the pattern for its
// places.
type misuse struct {
	pattern *regexp.Regexp
	key     string
}

// misuses are tried in their order, the special before the general. What the
// parser suggests is cut off before.
func misuses() []misuse {
	var all []misuse
	for _, one := range []struct{ pattern, key string }{
		{`unexpected argument (?P<what>.+)`, "unexpected"},
		{`unknown flag (?P<what>.+)`, "unknown_flag"},
		{`missing flags: (?P<what>.+)`, "missing"},
		{`missing positional arguments (?P<what>.+)`, "missing"},
		{`expected one of (?P<what>.+)`, "which_command"},
		{`expected (?P<what>["<].+)`, "missing"},
		{`(?P<what>\S+) must be one of (?P<values>.+) but got "(?P<value>.*)"`, "one_of"},
		{`(?P<what>\S+): (expected \S+ value but got "EOL"|missing value,) .*`, "no_value"},
		{`(?P<what>\S+): expected duration but got "(?P<value>.*?)".*`, "no_duration"},
		{`(?P<what>\S+): expected an? (valid \d+ bit )?u?int but got "(?P<value>.*?)".*`, "no_number"},
		{`(?P<what>\S+): .* but got "(?P<value>.*?)".*`, "bad_value"},
		{`(?P<what>--\S+) and (?P<other>--\S+) can't be used together`, "not_together"},
	} {
		all = append(all, misuse{regexp.MustCompile("^" + one.pattern + "$"), one.key})
	}
	return all
}

// suggestion is what the parser adds where it knows something alike.
var suggestion = regexp.MustCompile(`^(.*), did you mean (?:one of )?(.*)\?$`)

// correct puts an error of the parser into the user's language, with the
// command whose help says more.
func (s *session) correct(err error) string {
	said := strings.Join(strings.Fields(err.Error()), " ")
	var perhaps string
	if found := suggestion.FindStringSubmatch(said); found != nil {
		said, perhaps = found[1], " "+s.say("misuse.perhaps", "what", bare(found[2]))
	}
	return s.misused(said) + perhaps + "\n" + s.say("misuse.help", "command", strings.TrimSpace("kontent "+misusedCommand(err)))
}

func (s *session) misused(said string) string {
	for _, m := range misuses() {
		found := m.pattern.FindStringSubmatch(said)
		if found == nil {
			continue
		}
		var places []string
		for i, name := range m.pattern.SubexpNames() {
			if name != "" {
				places = append(places, name, bare(found[i]))
			}
		}
		return s.say("misuse."+m.key, places...)
	}
	return s.say("misuse.other", "what", said)
}

// bare is what the parser lists, without its quotes.
func bare(list string) string {
	return strings.NewReplacer(`","`, ", ", `"`, "", "...", "…").Replace(list)
}

// misusedCommand is how far the parser understood the commands; "" for not at
// all.
func misusedCommand(err error) string {
	var parse *kong.ParseError
	if !errors.As(err, &parse) || parse.Context == nil {
		return ""
	}
	if node := parse.Context.Selected(); node != nil {
		return commandPath(node)
	}
	return ""
}
