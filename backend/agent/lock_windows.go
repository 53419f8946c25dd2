package agent

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"

	"github.com/kontent/kontent-connect/backend/problem"
)

// lock is held by the one process that owns a data folder.
type lock struct{ file *os.File }

// takeLock takes the lock at path without waiting. problem.AgentBusy while
// another process has it.
func takeLock(path string) (*lock, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, problem.New(problem.DataFolder, err).With("path", path)
	}
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	if err := windows.LockFileEx(windows.Handle(file.Fd()), flags, 0, 1, 0, &windows.Overlapped{}); err != nil {
		code := problem.DataFolder
		if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
			code = problem.AgentBusy
		}
		return nil, errors.Join(problem.New(code, err).With("path", path), file.Close())
	}
	return &lock{file}, nil
}

// release lets go.
func (l *lock) release() error { return l.file.Close() }
