//go:build e2e

// Package packages_test installs the Debian packages for real, with the system's
// own apt and dpkg, and sees them through a life: an older version, the upgrade,
// the menu entry, a demonstration, the end.
//
// Nothing of the machine is changed: the tests run among mounts of their own, in
// which what is written below /usr, /etc and /var goes to memory and is gone
// with the process. That memory is also where it is looked what was left behind.
package packages_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/kontent/kontent-connect/build/e2e/mounts"
)

func TestMain(m *testing.M) { mounts.Main(m, overlay) }

// systemFolders are those that packages write to.
func systemFolders() []string { return []string{"usr", "etc", "var"} }

// overlay lays memory over the system's folders.
func overlay() error {
	for _, name := range systemFolders() {
		upper, work := filepath.Join(mounts.Memory(), name), filepath.Join(mounts.Memory(), name+".work")
		for _, folder := range []string{upper, work} {
			if err := os.Mkdir(folder, 0o755); err != nil {
				return err
			}
		}
		options := fmt.Sprintf("lowerdir=/%s,upperdir=%s,workdir=%s", name, upper, work)
		if err := syscall.Mount("overlay", "/"+name, "overlay", 0, options); err != nil {
			return fmt.Errorf("over /%s: %w", name, err)
		}
	}
	return nil
}

// writtenBy lists what was written to the system's folders and is still there
// and speaks of the program.
func writtenBy(t *testing.T, program string) (found []string) {
	t.Helper()
	for _, name := range systemFolders() {
		err := filepath.WalkDir(filepath.Join(mounts.Memory(), name), func(path string, entry os.DirEntry, err error) error {
			if err == nil && strings.Contains(strings.ToLower(entry.Name()), program) {
				found = append(found, path)
			}
			return err
		})
		ok(t, err)
	}
	return found
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
