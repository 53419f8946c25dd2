// Package mounts gives a test mounts of its own: what it mounts is nobody else's
// and is gone with its process, however that ends. So tests install packages for
// real, and change nothing of the machine.
package mounts

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"go.uber.org/goleak"
)

// inside names the folder in memory, to the process among the mounts.
const inside = "KONTENT_TEST_MOUNTS"

// Memory is a folder that is kept in memory, where the test's mounts have room.
func Memory() string { return os.Getenv(inside) }

// Main is a TestMain. It starts the test program once more, as root among mounts
// of its own, which prepare makes. Who is not root cannot mount: the tests run
// without, and say why they are skipped.
func Main(m *testing.M, prepare func() error) {
	switch {
	case Memory() != "":
		err := syscall.Mount("memory", Memory(), "tmpfs", 0, "")
		if err == nil {
			err = prepare()
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "mounts of its own:", err)
			os.Exit(1)
		}
		goleak.VerifyTestMain(m)
	case os.Getuid() != 0:
		os.Exit(m.Run())
	default:
		os.Exit(again())
	}
}

// again runs this program where mounts are its own, and returns its exit code.
func again() int {
	memory, err := os.MkdirTemp("", "kontent-mounts-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.Remove(memory)                         //nolint:errcheck // an empty folder: the mount in it is gone
	cmd := exec.Command(os.Args[0], os.Args[1:]...) //nolint:gosec,noctx // this very program, which has deadlines of its own
	cmd.Env = append(os.Environ(), inside+"="+memory)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	if err := cmd.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}
