// Package save writes a file for the person at this computer: an export, a
// report. It owns the manner of writing and knows nothing of what is written.
package save

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// File writes body to path in one step: whoever looks finds what was there
// before or the whole of the new. Only this user can read it. A folder at path
// is an error; a symlink is replaced and not followed.
func File(path, body string) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), ".kontent-*") // mode 0600
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name())
			err = fmt.Errorf("write %s: %w", filepath.Base(path), err)
		}
	}()
	_, err = file.WriteString(body)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
