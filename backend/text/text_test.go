package text_test

import (
	"encoding/json"
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/text"
)

var languages = []string{"pt-BR", "en", "es"}

// table reads a language's files, because a Texts falls back to Portuguese and
// would hide a sentence that is missing.
func table(t *testing.T, language string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range []string{language + ".json", "cli." + language + ".json", "desk." + language + ".json", "doctor." + language + ".json", "help." + language + ".json"} {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]any
		if err := json.Unmarshal(body, &texts); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key, sentence := range flat(texts) {
			if _, twice := all[key]; twice {
				t.Errorf("%s is in both files of %s", key, language)
			}
			all[key] = sentence
		}
	}
	return all
}

// flat gives each form of a text that is counted a key of its own.
func flat(texts map[string]any) map[string]string {
	all := map[string]string{}
	for key, value := range texts {
		switch value := value.(type) {
		case string:
			all[key] = value
		case map[string]any:
			for form, sentence := range value {
				all[key+"#"+form], _ = sentence.(string)
			}
		}
	}
	return all
}

// needed lists every key that a code of the domain leads to.
func needed() []string {
	var keys []string
	for _, code := range problem.Codes() {
		keys = append(keys, "problem."+string(code)+".message", "problem."+string(code)+".action")
	}
	for _, reason := range social.Reasons() {
		keys = append(keys, "reason."+string(reason)+".why", "reason."+string(reason)+".cure")
	}
	return slices.Concat(keys,
		prefixed("cause.", social.Causes()...), prefixed("health.", social.Healths()...),
		prefixed("event.", social.EventKinds()...), prefixed("said.", social.EventKinds()...), prefixed("provider.", social.Providers()...),
		prefixed("capability.", social.AllCapabilities()...),
		prefixed("capability_state.", social.Granted, social.NotGranted, social.Unavailable, social.Unknown),
		prefixed("withdrawal.", social.Withdrawn, social.StillListed, social.Unreachable),
		prefixed("kind.", social.FacebookPage, social.InstagramAccount, social.LinkedInOrganization, social.LinkedInMember),
	)
}

func prefixed[T ~string](prefix string, values ...T) []string {
	var keys []string
	for _, v := range values {
		keys = append(keys, prefix+string(v))
	}
	return keys
}

// Covers UI07, G20.
func TestEveryCodeHasASentence(t *testing.T) {
	t.Parallel()
	for _, language := range languages {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			sentences := table(t, language)
			for _, key := range needed() {
				if strings.TrimSpace(sentences[key]) == "" {
					t.Errorf("no sentence for %s", key)
				}
			}
		})
	}
}

// TestLanguagesAgree: each language has the same keys with the same places,
// so that no face ever shows a bare key or a name that was not filled in.
func TestLanguagesAgree(t *testing.T) {
	t.Parallel()
	place := regexp.MustCompile(`\{\{[^}]*\}\}`)
	first := table(t, languages[0])
	for _, language := range languages[1:] {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			other := table(t, language)
			if diff := cmp.Diff(keysOf(first), keysOf(other)); diff != "" {
				t.Errorf("keys (-%s +%s):\n%s", languages[0], language, diff)
			}
			for key, sentence := range first {
				want, got := place.FindAllString(sentence, -1), place.FindAllString(other[key], -1)
				slices.Sort(want)
				slices.Sort(got)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("places of %s (-%s +%s):\n%s", key, languages[0], language, diff)
				}
			}
		})
	}
}

func keysOf(texts map[string]string) []string {
	var keys []string
	for key := range texts {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func TestNew(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		preferred []string
		want      string
	}{
		"nothing preferred is Portuguese":        {nil, "pt-BR"},
		"Brazil":                                 {[]string{"pt-BR"}, "pt-BR"},
		"Portugal":                               {[]string{"pt-PT"}, "pt-BR"},
		"any English":                            {[]string{"en-GB"}, "en"},
		"any Spanish":                            {[]string{"es-419"}, "es"},
		"a tag in lower case":                    {[]string{"es-mx"}, "es"},
		"an unknown language is Portuguese":      {[]string{"de-DE"}, "pt-BR"},
		"the second choice, when that is spoken": {[]string{"de-DE", "en-US"}, "en"},
		"nonsense is Portuguese":                 {[]string{"not a tag!"}, "pt-BR"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			texts, err := text.New(tc.preferred...)
			if err != nil {
				t.Fatal(err)
			}
			if got := texts.Language(); got != tc.want {
				t.Errorf("speaks %s, want %s", got, tc.want)
			}
			// What it says must be what it claims to speak.
			if got, want := texts.Get("health.healthy", nil), table(t, tc.want)["health.healthy"]; got != want {
				t.Errorf("says %q, want %q", got, want)
			}
		})
	}
}

func TestGet(t *testing.T) {
	t.Parallel()
	texts, err := text.New("en")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("fills in names as they are", func(t *testing.T) {
		t.Parallel()
		err := problem.New(problem.CandidateUnusable, errors.New("x")).With("name", `<b>{{.path}}</b> & "Café"`)
		message, action := texts.Problem(err)
		if message != `<b>{{.path}}</b> & "Café" cannot be connected.` || action != "Untick it, or follow the advice beside it." {
			t.Errorf("says %q, %q", message, action)
		}
	})
	t.Run("says something about an error without a code", func(t *testing.T) {
		t.Parallel()
		message, action := texts.Problem(errors.New("nil pointer"))
		if strings.Contains(message+action, "problem.") || strings.Contains(message+action, "pointer") {
			t.Errorf("says %q, %q", message, action)
		}
	})
	t.Run("says a moment as people write it", func(t *testing.T) {
		t.Parallel()
		err := problem.New(problem.DatabaseRestored, nil).With("at", time.Date(2026, 11, 24, 18, 5, 0, 0, time.Local).UTC().Format(time.RFC3339))
		for language, want := range map[string]string{"pt-BR": ", de 24/11/2026 18:05 (", "en": ", of Nov 24, 2026, 18:05 (", "es": ", del 24/11/2026 18:05 ("} {
			texts, newErr := text.New(language)
			if message, _ := texts.Problem(err); newErr != nil || !strings.Contains(message, want) {
				t.Errorf("%s: %q, %v", language, message, newErr)
			}
		}
	})
	t.Run("shows the key where there is no text", func(t *testing.T) {
		t.Parallel()
		if got := texts.Get("no.such.text", nil); got != "no.such.text" {
			t.Errorf("says %q", got)
		}
	})
}

// TestSystem is not parallel: it sets the process's environment.
func TestSystem(t *testing.T) {
	for name, tc := range map[string]struct {
		all, messages, lang string
		want                []string
	}{
		"LC_ALL wins":                           {"es_ES.UTF-8", "en_US.UTF-8", "pt_BR.UTF-8", []string{"es-ES"}},
		"then LC_MESSAGES":                      {"", "en_US.UTF-8", "pt_BR.UTF-8", []string{"en-US"}},
		"then LANG":                             {"", "", "pt_BR.UTF-8", []string{"pt-BR"}},
		"a language alone":                      {"", "", "es", []string{"es"}},
		"a modifier is no part of the language": {"", "", "es_ES@euro", []string{"es-ES"}},
		"nor after an encoding":                 {"", "", "es_ES.ISO8859-15@euro", []string{"es-ES"}},
		"C says nothing":                        {"C.UTF-8", "POSIX", "en_US.UTF-8", []string{"en-US"}},
		"nobody says anything":                  {"", "", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("LC_ALL", tc.all)
			t.Setenv("LC_MESSAGES", tc.messages)
			t.Setenv("LANG", tc.lang)
			if diff := cmp.Diff(tc.want, text.System()); diff != "" {
				t.Errorf("languages (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	for language, want := range map[string][3]string{
		"pt-BR": {"0 conta precisa de reconexão", "1 conta precisa de reconexão", "2 contas precisam de reconexão"},
		"en":    {"0 accounts need reconnecting", "1 account needs reconnecting", "2 accounts need reconnecting"},
		"es":    {"0 cuentas necesitan reconexión", "1 cuenta necesita reconexión", "2 cuentas necesitan reconexión"},
	} {
		texts, err := text.New(language)
		if err != nil {
			t.Fatal(err)
		}
		for n, sentence := range want {
			if got := texts.Count("tray.broken", n, nil); got != sentence {
				t.Errorf("%s, %d: %q, want %q", language, n, got, sentence)
			}
		}
	}
	texts, _ := text.New("en")
	if got := texts.Count("no.such.text", 1, nil); got != "no.such.text" {
		t.Errorf("a key without a text: %q", got)
	}
}
