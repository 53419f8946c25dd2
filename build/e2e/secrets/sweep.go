package secrets

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Leak is a secret found in a file. The secret itself is not part of it, for a
// report must not become the next leak.
type Leak struct {
	File   string
	Name   string // of the secret
	Form   string // plain, base64, ...
	Offset int
}

func (l Leak) String() string {
	return fmt.Sprintf("%s: holds %s (%s) at byte %d", l.File, l.Name, l.Form, l.Offset)
}

// Sweep looks for secrets, given by name, in every file below the folders:
// database, its journal, logs, crash reports, whatever there is. It also looks
// for the forms in which a secret travels.
func Sweep(wanted map[string][]byte, folders ...string) ([]Leak, error) {
	for name, secret := range wanted {
		if len(secret) < shortest {
			return nil, fmt.Errorf("%s is too short to be told from chance", name)
		}
	}
	var leaks []Leak
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // a log that was turned over meanwhile
			}
			if err != nil || !entry.Type().IsRegular() {
				return err
			}
			content, err := os.ReadFile(path) //nolint:gosec // the folder is the test's own
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			leaks = append(leaks, search(path, content, wanted)...)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("sweep %s: %w", folder, err)
		}
	}
	slices.SortFunc(leaks, func(a, b Leak) int { return bytes.Compare([]byte(a.String()), []byte(b.String())) })
	return leaks, nil
}

// shortest is the length below which bytes are found by chance.
const shortest = 8

func search(path string, content []byte, wanted map[string][]byte) []Leak {
	var leaks []Leak
	for name, secret := range wanted {
		for _, form := range forms(secret) {
			if at := bytes.Index(content, []byte(form.text)); at >= 0 {
				leaks = append(leaks, Leak{path, name, form.name, at})
				break
			}
		}
	}
	return leaks
}

// Search looks for secrets in a text that lies in no file, such as a page. Name
// is what the text is called in the report.
func Search(wanted map[string][]byte, name, text string) []Leak {
	return search(name, []byte(text), wanted)
}
