//go:build unix

package agent

import (
	"errors"
	"os"
	"strconv"

	"golang.org/x/sys/unix"

	"github.com/kontent/kontent-connect/backend/problem"
)

// lock is held by the one process that owns a data folder. The system lets go
// of it when the process ends, however it ends.
type lock struct{ file *os.File }

// takeLock takes the lock at path without waiting. problem.AgentBusy while
// another process has it.
func takeLock(path string) (*lock, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|unix.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, problem.New(problem.DataFolder, err).With("path", path)
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		code := problem.DataFolder
		if errors.Is(err, unix.EWOULDBLOCK) {
			code = problem.AgentBusy
		}
		return nil, errors.Join(problem.New(code, err).With("path", path), file.Close())
	}
	// For whoever looks; nothing reads it.
	_ = file.Truncate(0)
	_, _ = file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return &lock{file}, nil
}

// release lets go. The file stays: removing it would let two processes lock
// two files of one name.
func (l *lock) release() error { return l.file.Close() }
