// Package text holds the sentences of the faces that Go writes itself, in the
// three languages: the command line (cli.*) and its help (help.*), tray and notifications (desk.*), the
// diagnosis (doctor.*).
//
// The files are shared with the window, so that a problem has one sentence
// everywhere. Codes, not sentences, cross to the window.
package text

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/kontent/kontent-connect/backend/problem"
)

//go:embed pt-BR.json en.json es.json cli.pt-BR.json cli.en.json cli.es.json desk.pt-BR.json desk.en.json desk.es.json
//go:embed doctor.pt-BR.json doctor.en.json doctor.es.json help.pt-BR.json help.en.json help.es.json
var files embed.FS

// Texts speaks one language.
type Texts struct {
	localizer *i18n.Localizer
	language  string
}

// Languages lists the languages, the default first.
func Languages() []language.Tag {
	return []language.Tag{language.BrazilianPortuguese, language.English, language.Spanish}
}

// New returns the texts of the language that fits the preferred tags best;
// Brazilian Portuguese when none does.
func New(preferred ...string) (*Texts, error) {
	bundle := i18n.NewBundle(language.BrazilianPortuguese)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	names, err := files.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("list the texts: %w", err)
	}
	for _, entry := range names {
		file := entry.Name()
		if _, err := bundle.LoadMessageFileFS(files, file); err != nil {
			return nil, fmt.Errorf("read the texts %s: %w", file, err)
		}
	}
	tag, _ := language.MatchStrings(language.NewMatcher(Languages()), preferred...)
	base, _ := tag.Base()
	name := map[string]string{"en": "en", "es": "es"}[base.String()]
	if name == "" {
		name = "pt-BR"
	}
	return &Texts{localizer: i18n.NewLocalizer(bundle, name), language: name}, nil
}

// Language returns the language as a BCP 47 tag: pt-BR, en or es.
func (t *Texts) Language() string { return t.language }

// Get returns the text of key with its places filled from args, and the key
// itself when there is no such text.
func (t *Texts) Get(key string, args map[string]string) string {
	text, err := t.localizer.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: args})
	if err != nil {
		return key
	}
	return text
}

// Count returns the text of key in the form for n things; {{.Count}} in it is
// n. It is the key itself when there is no such text.
func (t *Texts) Count(key string, n int, args map[string]string) string {
	data := map[string]any{"Count": n}
	for name, value := range args {
		data[name] = value
	}
	text, err := t.localizer.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: n})
	if err != nil {
		return key
	}
	return text
}

// Problem returns the sentence and the next step of a problem. A permission that
// the app may not ask for has better ones where its product is known.
func (t *Texts) Problem(err error) (message, action string) {
	found := problem.From(err)
	key := "problem." + string(found.Code)
	if found.Code == problem.ScopeUnauthorized && found.Args["product"] != "" {
		key = "unauthorized"
	}
	places := t.dated(found.Args)
	return t.Get(key+".message", places), t.Get(key+".action", places)
}

// dated returns args with the moment in at, which is RFC 3339, as people write
// it who speak the language.
func (t *Texts) dated(args map[string]string) map[string]string {
	at, err := time.Parse(time.RFC3339, args["at"])
	if err != nil {
		return args
	}
	layout := "02/01/2006 15:04"
	if t.language == "en" {
		layout = "Jan 2, 2006, 15:04"
	}
	dated := maps.Clone(args)
	dated["at"] = at.Local().Format(layout)
	return dated
}

// System returns the languages that the environment asks for, as the POSIX
// rules order them.
func System() []string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		// language_COUNTRY.encoding@modifier
		value, _, _ := strings.Cut(os.Getenv(name), ".")
		value, _, _ = strings.Cut(value, "@")
		if value != "" && value != "C" && value != "POSIX" {
			return []string{strings.ReplaceAll(value, "_", "-")}
		}
	}
	return nil
}

// Finding returns what a check of the diagnosis found, and the cure where it
// has one. A check has sentences of its own; for the rest there are those of
// the problem.
func (t *Texts) Finding(check, code string, args map[string]string) (said, cure string) {
	// The two providers' checks share theirs.
	stem, provider, _ := strings.Cut(check, "_")
	places := map[string]string{"provider": t.Get("provider."+provider, nil)}
	for name, value := range args {
		places[name] = value
	}
	key := "doctor." + stem + "." + code
	if code == "timeout" {
		key = "doctor.timeout"
	}
	if said = t.Get(key, places); said == key {
		return t.Problem(withAll(code, args))
	}
	if cure = t.Get(key+".cure", places); cure == key+".cure" {
		cure = ""
	}
	return said, cure
}

func withAll(code string, args map[string]string) error {
	found := problem.New(problem.Code(code), nil)
	for name, value := range args {
		found = found.With(name, value)
	}
	return found
}
