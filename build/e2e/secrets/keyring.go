// Package secrets looks where secrets are and where they must never be: what the
// keyring holds, and what lies in files.
package secrets

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"unicode"

	"github.com/kontent/kontent-connect/build/e2e/desktop"
)

// Entry is one secret in the keyring.
type Entry struct {
	Label      string
	Secret     string
	Attributes map[string]string
}

// shortestToken is longer than any name or number of an account, which may lie
// about, and shorter than any token, which may not.
const shortestToken = 20

// Tokens are the parts of the secret that open something, without the structure
// around them, in which nobody who copied one by mistake would copy it.
func (e Entry) Tokens() []string {
	words := strings.FieldsFunc(e.Secret, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.~+/=|", r)
	})
	return slices.DeleteFunc(words, func(word string) bool { return len(word) < shortestToken })
}

// Keyring lists what a program keeps in the desktop's keyring under the name of
// a service. It asks another program for that, so that ours cannot hide a thing.
func Keyring(ctx context.Context, on *desktop.Desktop, service string) ([]Entry, error) {
	list := on.Command(ctx, "secret-tool", "search", "--all", "service", service)
	out, err := list.CombinedOutput() // it prints attributes to the standard error
	if err != nil && !foundNothing(err, out) {
		return nil, fmt.Errorf("secret-tool: %w: %s", err, out)
	}
	entries := parse(out)
	// The tool lists them in any order.
	slices.SortFunc(entries, func(a, b Entry) int {
		return strings.Compare(a.Attributes["username"], b.Attributes["username"])
	})
	return entries, nil
}

// foundNothing tells an empty keyring, for which the tool fails in silence, from
// a keyring that did not answer.
func foundNothing(err error, out []byte) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit) && len(bytes.TrimSpace(out)) == 0
}

// parse reads what secret-tool prints: a line "[path]" for each entry, then
// "key = value". A secret may be several lines long; it ends where the next key
// that the tool prints begins.
func parse(out []byte) []Entry {
	var entries []Entry
	var secret *string
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		line := lines.Text()
		key, value, known := field(line)
		switch {
		case strings.HasPrefix(line, "[/") && strings.HasSuffix(line, "]"):
			entries, secret = append(entries, Entry{Attributes: map[string]string{}}), nil
		case len(entries) == 0:
		case !known && secret != nil:
			*secret += "\n" + line
		case known:
			secret = entries[len(entries)-1].set(key, value)
		}
	}
	return entries
}

func field(line string) (key, value string, known bool) {
	key, value, found := strings.Cut(line, " = ")
	switch key {
	case "label", "secret", "created", "modified", "schema":
		return key, value, found
	}
	return key, value, found && strings.HasPrefix(key, "attribute.")
}

// set stores a field and, for the secret, says where its next line belongs.
func (e *Entry) set(key, value string) *string {
	switch key {
	case "label":
		e.Label = value
	case "secret":
		e.Secret = value
		return &e.Secret
	default:
		if attribute, ok := strings.CutPrefix(key, "attribute."); ok {
			e.Attributes[attribute] = value
		}
	}
	return nil
}
