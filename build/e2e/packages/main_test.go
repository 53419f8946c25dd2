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
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"go.uber.org/goleak"
)

// inside names the folder of what is written, to the process among the mounts.
const inside = "KONTENT_TEST_WRITTEN"

// TestMain starts itself once more, among mounts of its own.
func TestMain(m *testing.M) {
	switch written := os.Getenv(inside); {
	case written != "":
		if err := overlay(written); err != nil {
			fmt.Fprintln(os.Stderr, "mounts of its own:", err)
			os.Exit(1)
		}
		goleak.VerifyTestMain(m)
	case os.Getuid() != 0:
		os.Exit(m.Run()) // the test says why it is skipped
	default:
		os.Exit(again())
	}
}

// again runs this program where mounts are its own, and returns its exit code.
func again() int {
	written, err := os.MkdirTemp("", "kontent-packages-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(written) //nolint:errcheck // an empty folder: the mount in it is gone
	cmd := exec.Command(os.Args[0], os.Args[1:]...)
	cmd.Env = append(os.Environ(), inside+"="+written)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	if err := cmd.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// systemFolders are those that packages write to.
func systemFolders() []string { return []string{"usr", "etc", "var"} }

// overlay lays memory over the system's folders.
func overlay(written string) error {
	if err := syscall.Mount("memory", written, "tmpfs", 0, ""); err != nil {
		return err
	}
	for _, name := range systemFolders() {
		upper, work := filepath.Join(written, name), filepath.Join(written, name+".work")
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
		err := filepath.WalkDir(filepath.Join(os.Getenv(inside), name), func(path string, entry os.DirEntry, err error) error {
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
