package command_test

import (
	"regexp"
	"strings"
	"testing"
)

func TestMisuseIsExplainedInTheUsersLanguage(t *testing.T) {
	t.Parallel()
	for want, args := range map[string]string{
		"“foo” não cabe aqui.\n“kontent --help”":                                           "foo",
		"“conect” não cabe aqui. Seria connect?\n“kontent --help”":                         "conect",
		"“sett” não cabe aqui. Seria set, test?\n“kontent apps --help”":                    "apps sett",
		"Não existe a opção --bad.\n“kontent accounts --help”":                             "accounts --bad",
		"Não existe a opção --jso. Seria --json?\n“kontent accounts --help”":               "accounts --jso",
		"Falta informar: <provider>.\n“kontent connect --help”":                            "connect",
		"Falta informar: <name> <value>.\n“kontent settings set --help”":                   "settings set",
		"Diga qual: agent, window, projects, apps, connect, …\n“kontent --help”":           "",
		"--format aceita um destes valores: json, ics, e não “pdf”.\n“kontent export":      "export --format pdf",
		"<provider> aceita um destes valores: meta, linkedin, e não “x”.\n“kontent apps s": "apps set x",
		"--limit precisa de um valor.\n“kontent history --help”":                           "history --limit",
		"--select precisa de um valor.\n“kontent connect --help”":                          "connect meta --select",
		"--timeout aceita um tempo como 90s ou 5m, e não “soon”.\n“kontent connect":        "connect meta --timeout soon",
		"--limit aceita um número inteiro, e não “x”.\n“kontent history --help”":           "history --limit x",
		"--port aceita um número inteiro, e não “99999999999999999999”.\n“kontent apps":    "apps set meta --port 99999999999999999999",
		"--json não aceita “maybe”.\n“kontent check --help”":                               "check --json=maybe",
	} {
		t.Run(args, func(t *testing.T) {
			t.Parallel()
			w := newWorld()
			w.language = "pt-BR"
			got := w.run(t.Context(), strings.Fields(args)...)
			if !strings.HasPrefix(got.err, "kontent: "+want) || !strings.HasSuffix(got.err, " mostra o que existe.\n") || got.code != 2 {
				t.Errorf("exit %d: %s", got.code, got.err)
			}
		})
	}
}

// Whatever a mistyped command line leads to, the parser's own words do not come
// through.
func TestNoMisuseIsLeftInTheParsersWords(t *testing.T) {
	t.Parallel()
	foreign := regexp.MustCompile(`foi entendido|cli\.|\bexpected\b|\bgot\b|must be`)
	for _, args := range misused() {
		w := newWorld()
		w.language = "pt-BR"
		if got := w.run(t.Context(), args...); got.code == 2 && foreign.MatchString(got.err) {
			t.Errorf("%q: %s", args, got.err)
		}
	}
}

// misused is every command with everything that is wrong at its end.
func misused() (all [][]string) {
	commands := [][]string{
		{}, {"agent"}, {"window"}, {"projects"}, {"projects", "list"}, {"projects", "add"}, {"projects", "rename"}, {"projects", "remove"}, {"apps"}, {"apps", "list"},
		{"apps", "set"}, {"apps", "set", "meta"}, {"apps", "test"}, {"apps", "remove"}, {"connect"}, {"connect", "meta"}, {"accounts"},
		{"check"}, {"reconnect"}, {"disconnect"}, {"status"}, {"token"}, {"exec"}, {"history"}, {"doctor"}, {"quit"}, {"forget"},
		{"export"}, {"import"}, {"settings"}, {"settings", "list"}, {"settings", "set"}, {"sandbox"}, {"completion"}, {"man"},
	}
	for _, command := range commands {
		for _, wrong := range [][]string{
			nil, {"--nothing"}, {"-x"}, {"--json=perhaps"}, {"--data-dir"}, {"--keychain", "paper"}, {"one", "two", "three", "four"},
			{"--limit", "many"}, {"--port", "-"}, {"--timeout", "1"}, {"--kind", "none"}, {"--select"}, {"--addr"}, {"--project"},
		} {
			all = append(all, append(append([]string{}, command...), wrong...))
		}
	}
	return all
}
