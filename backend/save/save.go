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
// is an error; a symlink is replaced and not followed. What is no file, such as
// a pipe or /dev/null, is written to and stays what it is.
func File(path, body string) (err error) {
	if info, err := os.Stat(path); err == nil && info.Mode()&(os.ModeDevice|os.ModeNamedPipe) != 0 {
		return into(path, body)
	}
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

// into writes body to a device or a pipe.
func into(path, body string) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	_, err = file.WriteString(body)
	return errors.Join(err, file.Close())
}
