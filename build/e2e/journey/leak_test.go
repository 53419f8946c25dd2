//go:build e2e

package journey_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/kontent/kontent-connect/build/e2e/secrets"
)

// known is something that is no secret and must be found where secrets must
// not: a search that finds nothing would prove nothing.
const known = "Prado Comunicação"

// nothingLeaks looks for every token, app secret, code and state in every file
// of the desktop (database and its journal, logs, output of the programs, caches
// of the web view) and in the window itself. The browser's own profile is left
// out for codes and states, which pass through its address bar.
func (w *world) nothingLeaks(t *testing.T) {
	t.Helper()
	tokens := w.tokens(t)
	passing := map[string][]byte{}
	for i, value := range w.signIns {
		passing[fmt.Sprintf("code or state %d", i+1)] = []byte(value)
	}
	if len(tokens) < 3 || len(passing) < 4 {
		t.Errorf("there are %d tokens and secrets and %d codes and states to look for", len(tokens), len(passing))
	}
	window := w.source(t)
	leaks, err := secrets.Sweep(tokens, w.Desktop.Path())
	ok(t, err)
	passed, err := secrets.Sweep(passing, w.Data(), w.Desktop.Path("state"), w.Desktop.Path("cache"), w.Desktop.Path("run"), w.Desktop.Path("home"), w.Desktop.Path("config"), w.WindowLog())
	ok(t, err)
	leaks = append(leaks, passed...)
	leaks = append(leaks, secrets.Search(tokens, "the window", window)...)
	leaks = append(leaks, secrets.Search(passing, "the window", window)...)
	for _, leak := range leaks {
		t.Error(leak)
	}
	w.knownIsFound(t, window)
}

// tokens are the secrets in the keyring, without the structure around them.
func (w *world) tokens(t *testing.T) map[string][]byte {
	t.Helper()
	entries, err := secrets.Keyring(w.ctx, w.Desktop, service)
	ok(t, err)
	all := map[string][]byte{}
	for _, entry := range entries {
		for i, token := range entry.Tokens() {
			all[fmt.Sprintf("secret %d of %s", i+1, entry.Attributes["username"])] = []byte(token)
		}
	}
	return all
}

// source is the whole page as it stands, with what its fields hold.
func (w *world) source(t *testing.T) string {
	t.Helper()
	var page string
	ok(t, w.Window.Execute(w.ctx, `return document.documentElement.outerHTML + "\n" +
		Array.from(document.querySelectorAll("input,textarea,select"), e => e.value).join("\n")`, &page))
	return page
}

func (w *world) knownIsFound(t *testing.T, window string) {
	t.Helper()
	wanted := map[string][]byte{known: []byte(known)}
	found, err := secrets.Sweep(wanted, w.Data())
	ok(t, err)
	if len(found) == 0 {
		t.Errorf("the sweep does not even find %s in %s", known, w.Data())
	}
	if len(secrets.Search(wanted, "the window", window)) == 0 {
		t.Errorf("the sweep does not even find %s in the window", known)
	}
	logged, err := secrets.Sweep(map[string][]byte{"a word": []byte("level=INFO")}, filepath.Join(w.Data(), "logs"))
	ok(t, err)
	if len(logged) == 0 {
		t.Error("the sweep finds nothing in the logs")
	}
}
