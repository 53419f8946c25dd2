//go:build e2e

package cleanroom_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/kontent/kontent-connect/build/e2e/mounts"
)

const (
	module = "../.."
	// made is where "make packages" leaves the packages, seen from the module, and
	// brought is where the clean system has them.
	made    = "build/out/packages"
	brought = "/mnt"
)

// root is the folder of a clean Debian.
type root string

// newRoot makes the smallest Debian of a suite that has apt: not one library,
// font or program of a desktop. It shares with the machine what a desktop and
// its programs meet in: processes, devices, and the folder for sockets.
func newRoot(t *testing.T, suite string) root {
	t.Helper()
	r := root(filepath.Join(mounts.Memory(), suite))
	out, err := exec.CommandContext(t.Context(), "mmdebstrap", "--variant=minbase", suite, string(r)).CombinedOutput()
	if err != nil {
		t.Fatalf("mmdebstrap %s: %v; run \"make test-clean-debian\", which brings it\n%s", suite, err, out)
	}
	for _, folder := range []string{"/proc", "/dev", "/dev/pts", "/dev/shm", "/tmp"} {
		r.share(t, folder, folder)
	}
	packages, err := filepath.Abs(filepath.Join(module, made))
	ok(t, err)
	r.share(t, packages, brought)
	return r
}

// share shows the clean system a folder of the machine.
func (r root) share(t *testing.T, outside, inside string) {
	t.Helper()
	if err := syscall.Mount(outside, r.path(inside), "", syscall.MS_BIND, ""); err != nil {
		t.Fatalf("%s as %s in the clean system: %v", outside, inside, err)
	}
}

// path names from outside what the clean system knows as name.
func (r root) path(name string) string { return filepath.Join(string(r), name) }

// ways is where the clean system has its programs.
const ways = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"

// command prepares a line of the clean system's shell, for somebody who has
// neither a display nor a session bus, and whose home is at hand.
func (r root) command(t *testing.T, home, line string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "chroot", string(r), "sh", "-c", line)
	cmd.Env = []string{ways, "HOME=" + home, "LANG=en_US.UTF-8", "DEBIAN_FRONTEND=noninteractive"}
	return cmd
}

// run runs a line of the clean system's shell, and returns what it wrote.
func (r root) run(t *testing.T, line string) string {
	t.Helper()
	out, err := r.command(t, "/root", line).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
	return string(out)
}

// installed lists the clean system's packages.
func (r root) installed(t *testing.T) []string {
	t.Helper()
	return strings.Fields(r.run(t, "dpkg-query -W -f '${Package}\n'"))
}

// files lists all that is in the clean system, but for what apt and dpkg keep of
// their own, and what the fonts' library keeps of them.
func (r root) files(t *testing.T) (found []string) {
	t.Helper()
	own := []string{"/proc", "/dev", "/tmp", brought, "/var/log", "/var/cache", "/var/lib/apt", "/var/lib/dpkg"}
	err := filepath.WalkDir(string(r), func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(path, string(r))
		if slices.Contains(own, name) {
			return fs.SkipDir
		}
		found = append(found, name)
		return nil
	})
	ok(t, err)
	return found
}

// programs is a folder outside with the clean system's programs.
func (r root) programs() string { return string(r) + "-programs" }

// makePrograms fills it. Whoever starts one gets the installed one, with nothing
// of the machine around it.
func (r root) makePrograms(t *testing.T) {
	t.Helper()
	ok(t, os.Mkdir(r.programs(), 0o755))
	for _, name := range []string{"kontent", "kontent-connect"} {
		script(t, filepath.Join(r.programs(), name), ways+" exec chroot '"+string(r)+"' /usr/bin/"+name)
	}
}

// lendBrowser lets the clean system start the machine's browser, where it would
// be if it were installed.
func (r root) lendBrowser(t *testing.T) {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		browser, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		script(t, r.path(browser), fmt.Sprintf("exec chroot /proc/%d/root %s", os.Getpid(), browser))
		return
	}
	t.Fatal(`no browser; install it with "make setup"`)
}

// script writes a program that is one command, and hands on its arguments.
func script(t *testing.T, file, command string) {
	t.Helper()
	ok(t, os.WriteFile(file, []byte("#!/bin/sh\n"+command+` "$@"`+"\n"), 0o700))
}

// added lists what is in after and was not in before.
func added(before, after []string) []string {
	known := make(map[string]bool, len(before))
	for _, name := range before {
		known[name] = true
	}
	return slices.DeleteFunc(slices.Clone(after), func(name string) bool { return known[name] })
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
