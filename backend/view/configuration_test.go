package view_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// exported is a file as it is written.
func exported(t *testing.T) string {
	t.Helper()
	body, err := os.ReadFile("testdata/configuration.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestConfigurationIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	for form, text := range map[string]string{"plain": exported(t), "with a byte order mark": "\ufeff" + exported(t)} {
		c, lines, err := view.ReadConfiguration(text)
		if err != nil {
			t.Fatal(form, err)
		}
		want := view.ConfigurationFrom(configuration(), view.DefaultPreferences(), noon)
		if diff := cmp.Diff(want, c); diff != "" {
			t.Errorf("%s (-written +read):\n%s", form, diff)
		}
		// Back in the words of the domain, all but the secret is there.
		domain := configuration()
		domain.Apps[0].SecretRef, domain.Grants[0].TokenRef = "", ""
		if diff := cmp.Diff(view.ConfigurationFrom(domain, c.Preferences, noon), view.ConfigurationFrom(c.Social(), c.Preferences, noon)); diff != "" {
			t.Errorf("%s (-domain +read):\n%s", form, diff)
		}
		if got := problem.From(lines.Damaged("accounts", 0, "kind")).Args["line"]; got != lineOf(text, `"id": "a1"`, -1) {
			t.Errorf("the account begins on line %s", got)
		}
	}
}

// lineOf is the line on which text stands, and so many after it.
func lineOf(file, text string, after int) string {
	body, _ := json.Marshal(1 + strings.Count(file[:strings.Index(file, text)], "\n") + after)
	return string(body)
}

// TestConfigurationRefused names the line and what is wrong there.
func TestConfigurationRefused(t *testing.T) {
	t.Parallel()
	file := exported(t)
	for name, tc := range map[string]struct {
		text        string
		code        problem.Code
		line, field string
	}{
		"nothing":                  {"", problem.FileDamaged, "1", "JSON"},
		"no JSON":                  {"BEGIN:VCALENDAR\r\n", problem.FileDamaged, "1", "JSON"},
		"another program's":        {`{"kind":"settings","version":1}`, problem.FileForeign, "", ""},
		"a list":                   {`[1]`, problem.FileForeign, "", ""},
		"a kind that is no text":   {`{"kind":7}`, problem.FileForeign, "", ""},
		"a later form":             {strings.Replace(file, `"version": 1`, `"version": 2`, 1), problem.FileNewer, "", ""},
		"cut off":                  {file[:len(file)/2], problem.FileDamaged, lineOf(file, "", strings.Count(file[:len(file)/2], "\n")), "JSON"},
		"a comma too many":         {strings.Replace(file, `"redirect": "native",`, `"redirect": "native",,`, 1), problem.FileDamaged, lineOf(file, `"redirect"`, 0), "JSON"},
		"a number for a name":      {strings.Replace(file, `"name": "Ana Souza"`, `"name": 7`, 1), problem.FileDamaged, lineOf(file, `"name": "Ana Souza"`, 0), "accounts.name"},
		"a secret":                 {strings.Replace(file, `"redirect":`, `"client_secret": "x", "redirect":`, 1), problem.FileDamaged, lineOf(file, `"redirect"`, 0), "client_secret"},
		"a list twice":             {strings.Replace(file, `"accounts":`, `"grants": [], "accounts":`, 1), problem.FileDamaged, lineOf(file, `"accounts"`, 0), "grants"},
		"something behind its end": {file + "{}", problem.FileDamaged, lineOf(file, "", strings.Count(file, "\n")), "JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := view.ReadConfiguration(tc.text)
			found := problem.From(err)
			if found == nil || found.Code != tc.code || found.Args["line"] != tc.line || found.Args["field"] != tc.field {
				t.Errorf("got %+v", found)
			}
		})
	}
}

// FuzzReadConfiguration: whatever a file holds, it is read or refused.
func FuzzReadConfiguration(f *testing.F) {
	f.Add(`{"kind":"kontent-connect/configuration","version":1,"accounts":[{}],"grants":null}`)
	f.Add("{\n\"kind\":\"kontent-connect/configuration\",\"version\":1,\"x\":[[1],{\"a\":[]}]}")
	f.Fuzz(func(t *testing.T, text string) {
		c, lines, err := view.ReadConfiguration(text)
		if err != nil && problem.CodeOf(err) == problem.Internal {
			t.Errorf("no reason: %v", err)
		}
		_ = c.Social()
		if problem.From(lines.Damaged("accounts", 1, "x")).Args["line"] == "" {
			t.Error("no line")
		}
	})
}
