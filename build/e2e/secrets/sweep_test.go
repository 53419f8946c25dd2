package secrets_test

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/build/e2e/secrets"
)

func TestSweepFindsASecretInWhateverForm(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	token := "EAAB/token+1234567"
	files := map[string]string{
		"clean.log":     "nothing to see",
		"plain.db":      "\x00\x01" + token,
		"url.log":       "GET /me?access_token=EAAB%2Ftoken%2B1234567",
		"nested/b64.db": base64.StdEncoding.EncodeToString([]byte(token)),
		"nested/in.db":  base64.StdEncoding.EncodeToString([]byte(`{"v1":"` + token + `"}`)),
	}
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	leaks, err := secrets.Sweep(map[string][]byte{"token": []byte(token)}, folder)
	if err != nil {
		t.Fatal(err)
	}
	want := []secrets.Leak{
		{filepath.Join(folder, "nested/b64.db"), "token", "base64 after 0", 0},
		{filepath.Join(folder, "nested/in.db"), "token", "base64 after 1", 12},
		{filepath.Join(folder, "plain.db"), "token", "plain", 2},
		{filepath.Join(folder, "url.log"), "token", "url", 21},
	}
	if diff := cmp.Diff(want, leaks); diff != "" {
		t.Errorf("leaks (-want +got):\n%s", diff)
	}
}

// A secret that was turned into something else is a secret still.
//
// Covers S5, G6.
func TestSearchKnowsEveryForm(t *testing.T) {
	t.Parallel()
	const token = "Canario7Amarelo7"
	for name, text := range map[string]string{
		"plain":               "x" + token + "y",
		"base64 after 0":      base64.StdEncoding.EncodeToString([]byte(token)),
		"base64 after 1":      base64.StdEncoding.EncodeToString([]byte("a" + token)),
		"base64 after 2":      base64.RawURLEncoding.EncodeToString([]byte("ab" + token + "c")),
		"hex":                 fmt.Sprintf("%x %d", token, 1),
		"hex in capitals":     fmt.Sprintf("%X", token),
		"hex with blanks":     fmt.Sprintf("% x", token),
		"numbers":             "[67 97 110 97 114 105 111 55 65 109 97 114 101 108 111 55]",
		"numbers in JSON":     "[67,97,110,97,114,105,111,55,65,109,97,114,101,108,111,55]",
		"percent signs":       "%43%61%6e%61%72%69%6f%37%41%6d%61%72%65%6c%6f%37",
		"percent in capitals": "%43%61%6E%61%72%69%6F%37%41%6D%61%72%65%6C%6F%37",
		"JSON":                `\u0043\u0061\u006e\u0061\u0072\u0069\u006f\u0037\u0041\u006d\u0061\u0072\u0065\u006c\u006f\u0037`,
		"UTF-16":              "C\x00a\x00n\x00a\x00r\x00i\x00o\x007\x00A\x00m\x00a\x00r\x00e\x00l\x00o\x007\x00",
		"the first half":      "Canario7\n",
		"the second half":     "...Amarelo7",
		"backwards":           "7oleramA7oiranaC",
		"halves backwards":    "7oiranaC 7oleramA",
	} {
		if len(secrets.Search(map[string][]byte{"token": []byte(token)}, name, text)) == 0 {
			t.Errorf("%s: not found in %q", name, text)
		}
	}
	if leaks := secrets.Search(map[string][]byte{"token": []byte(token)}, "another bird", "Canario8Amarelo8 canario amarelo"); len(leaks) > 0 {
		t.Errorf("found where it is not: %v", leaks)
	}
}

func TestSweepRefusesWhatIsFoundByChance(t *testing.T) {
	t.Parallel()
	if _, err := secrets.Sweep(map[string][]byte{"pin": []byte("1234")}, t.TempDir()); err == nil {
		t.Error("four bytes are in every file")
	}
}
