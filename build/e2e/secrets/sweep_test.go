package secrets_test

import (
	"encoding/base64"
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

func TestSweepRefusesWhatIsFoundByChance(t *testing.T) {
	t.Parallel()
	if _, err := secrets.Sweep(map[string][]byte{"pin": []byte("1234")}, t.TempDir()); err == nil {
		t.Error("four bytes are in every file")
	}
}
