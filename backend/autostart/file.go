//go:build !windows

package autostart

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// entryLimit is more than any entry of ours holds; a larger file is another's.
const entryLimit = 64 << 10

// write replaces what stands at path, whatever it is, in one step: a login in
// the middle finds the old entry or the new one. A symlink is replaced and not
// followed, or it could have us write elsewhere. Login entries hold nothing
// secret and are readable by all, as their readers expect.
func write(path, content string) (err error) {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil { // the mode that XDG asks for
		return fmt.Errorf("make the folder of login entries: %w", err)
	}
	file, err := os.CreateTemp(folder, ".kontent-*")
	if err != nil {
		return fmt.Errorf("write the login entry: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name())
			err = fmt.Errorf("write the login entry: %w", err)
		}
	}()
	_, err = file.WriteString(content)
	if err := errors.Join(err, file.Chmod(0o644), file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// read returns the text of a plain file at path, and "" for what is none:
// nothing, a symlink, a folder, something far too large.
func read(path string) (string, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("look for the login entry: %w", err)
	case !info.Mode().IsRegular():
		return "", nil
	}
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("read the login entry: %w", err)
	}
	defer func() { _ = file.Close() }()
	content, err := io.ReadAll(io.LimitReader(file, entryLimit+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("read the login entry: %w", err)
	case len(content) > entryLimit:
		return "", nil
	}
	return string(content), nil
}

// remove succeeds when there is nothing at path.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove the login entry: %w", err)
	}
	return nil
}
