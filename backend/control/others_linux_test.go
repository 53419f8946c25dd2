package control_test

import (
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/kontent/kontent-connect/backend/control"
)

const nobody = 65534

// as runs do on a thread that belongs to another user: the kernel tells the
// thread's user to whoever it connects to. The thread ends with it.
func as(t *testing.T, user uintptr, do func()) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can become another user")
	}
	done := make(chan syscall.Errno)
	go func() {
		runtime.LockOSThread() // and never unlocked
		_, _, errno := syscall.RawSyscall(unix.SYS_SETRESUID, user, user, user)
		if errno == 0 {
			do()
		}
		done <- errno
	}()
	if errno := <-done; errno != 0 {
		t.Fatalf("become user %d: %v", user, errno)
	}
}

// Covers P1.
func TestOtherUsersAreNotServed(t *testing.T) {
	t.Parallel()
	request := "POST /v1/snapshot HTTP/1.1\r\nHost: kontent\r\nKontent-Protocol: " + control.Protocol + "\r\nContent-Length: 2\r\n\r\n{}"
	t.Run("by the mode of the socket and its folder", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must(t, os.Chmod(filepath.Dir(filepath.Dir(w.path)), 0o711))
		var err error
		as(t, nobody, func() {
			var conn net.Conn
			if conn, err = net.Dial("unix", w.path); err == nil {
				_ = conn.Close()
			}
		})
		if !errors.Is(err, os.ErrPermission) {
			t.Errorf("connecting ended with %v", err)
		}
	})
	t.Run("by the system's word for who is there, where the modes were opened", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		folder := filepath.Dir(w.path)
		must(t, os.Chmod(folder, 0o711))
		must(t, os.Chmod(filepath.Dir(folder), 0o711))
		must(t, os.Chmod(w.path, 0o666))
		ask := func() (string, error) {
			conn, err := net.Dial("unix", w.path)
			if err != nil {
				return "", err
			}
			defer func() { _ = conn.Close() }()
			_, _ = io.WriteString(conn, request) // may be cut off
			answer, _ := io.ReadAll(io.LimitReader(conn, 12))
			return string(answer), nil
		}
		var answer string
		var err error
		as(t, nobody, func() { answer, err = ask() })
		if err != nil || answer != "" {
			t.Errorf("another user got %q, %v", answer, err)
		}
		if own, err := ask(); err != nil || own != "HTTP/1.1 200" {
			t.Errorf("this user got %q, %v", own, err)
		}
	})
}
