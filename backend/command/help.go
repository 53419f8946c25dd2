package command

import (
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/kontent/kontent-connect/backend/text"
)

// helpWidth is how wide help is written at most.
const helpWidth = 100

// explainModel puts the sentences of the user's language, and the examples, to
// the model that help, completion and the manual page are made from.
func explainModel(app *kong.Application, texts *text.Texts) {
	app.Help = texts.Get("help.kontent", nil)
	if app.HelpFlag != nil {
		app.HelpFlag.Help = texts.Get("help.--help", nil)
	}
	explainNode(app.Node, "help", texts)
}

func explainNode(n *kong.Node, key string, texts *text.Texts) {
	for _, f := range n.Flags {
		f.Help = texts.Get(key+".--"+f.Name, nil)
	}
	for _, p := range n.Positional {
		p.Help = texts.Get(key+".<"+p.Name+">", nil)
	}
	if shown := examples()[commandPath(n)]; len(shown) > 0 {
		n.Detail = texts.Get("help.examples", nil) + "\n\n  " + strings.Join(shown, "\n  ")
	}
	for _, child := range n.Children {
		child.Help = texts.Get(key+"."+child.Name, nil)
		explainNode(child, key+"."+child.Name, texts)
	}
}

// inLanguage prints the parser's own help with its few words in the user's
// language. They stand at the start of a line, where nothing of ours begins.
func inLanguage(texts *text.Texts) kong.HelpPrinter {
	var words []string
	for english, key := range map[string]string{
		"Usage: ": "usage", "Arguments:\n": "arguments", "Flags:\n": "flags", "Commands:\n": "commands",
	} {
		words = append(words, "\n"+english, "\n"+texts.Get("help.word."+key, nil)+english[len(strings.TrimRight(english, " \n")):])
	}
	words = append(words, ` --help" for more information on a command.`, ` --help"`+texts.Get("help.word.more", nil), "\nRun \"", "\n"+texts.Get("help.word.run", nil)+" \"")
	return func(options kong.HelpOptions, ctx *kong.Context) error {
		var help strings.Builder
		out := ctx.Stdout
		ctx.Stdout = &help
		err := kong.DefaultHelpPrinter(options, ctx)
		ctx.Stdout = out
		if err == nil {
			_, err = io.WriteString(out, strings.TrimPrefix(strings.NewReplacer(words...).Replace("\n"+help.String()), "\n"))
		}
		return err
	}
}

// commandPath names a node by its commands: "apps set", "" for the program.
func commandPath(n *kong.Node) string {
	if n.Parent == nil {
		return ""
	}
	return strings.TrimSpace(commandPath(n.Parent) + " " + n.Name)
}

// examples lists what to type, by command; a test runs each through the
// grammar.
func examples() map[string][]string {
	return map[string][]string{
		"": {
			"kontent apps set linkedin --client-id 86abc --secret-stdin < secret.txt",
			"kontent connect linkedin",
			"kontent status --json",
		},
		"agent":           {"kontent agent", "kontent agent --keychain memory"},
		"window":          {"kontent window"},
		"projects":        {"kontent projects list --json"},
		"projects list":   {"kontent projects list --json"},
		"projects add":    {"kontent projects add 'Loja da Ana'"},
		"projects rename": {"kontent projects rename 0199-a1 'Loja da Ana'"},
		"projects remove": {"kontent projects remove 0199-a1"},
		"apps":            {"kontent apps list"},
		"apps list":       {"kontent apps list --json"},
		"apps set": {
			"kontent apps set meta --client-id 123 --secret-stdin < secret.txt",
			"kontent apps set linkedin --client-id 86abc --redirect native",
		},
		"apps test":   {"kontent apps test meta"},
		"apps remove": {"kontent apps remove meta"},
		"connect": {
			"kontent connect meta",
			"kontent connect meta --list",
			"kontent connect linkedin --select all --no-browser",
		},
		"accounts":      {"kontent accounts", "kontent accounts --project 0199-a1 --json"},
		"check":         {"kontent check", "kontent check 0199-b7"},
		"reconnect":     {"kontent reconnect 0199-b7"},
		"disconnect":    {"kontent disconnect 0199-b7 --yes", "kontent disconnect 0199-b7 --whole-login --yes"},
		"status":        {"kontent status", "kontent status --json"},
		"token":         {"kontent settings set allow-token on", "kontent token 0199-b7 | ./post.sh"},
		"exec":          {"kontent exec 0199-b7 -- ./post.sh"},
		"history":       {"kontent history --account 0199-b7 --limit 20"},
		"doctor":        {"kontent doctor", "kontent doctor --report report.txt"},
		"quit":          {"kontent quit"},
		"forget":        {"kontent forget --everything --yes", "kontent forget --everything --yes --demo"},
		"export":        {"kontent export kontent.json", "kontent export --format ics dates.ics"},
		"import":        {"kontent import kontent.json"},
		"settings list": {"kontent settings --json"},
		"settings":      {"kontent settings", "kontent settings set allow-token on"},
		"settings set":  {"kontent settings set allow-token on", "kontent settings set language en"},
		"sandbox":       {"kontent sandbox --addr 127.0.0.1:8080"},
		"completion":    {"source <(kontent completion bash)", "kontent completion fish | source"},
		"man":           {"kontent man > ~/.local/share/man/man1/kontent.1"},
	}
}
