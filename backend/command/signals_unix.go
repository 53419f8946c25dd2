//go:build unix

package command

import (
	"os"
	"syscall"
)

// forwarded lists the signals that a child is handed.
func forwarded() []os.Signal {
	return []os.Signal{
		os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGWINCH,
	}
}

// exitOf is the exit code of a child as shells have it: 128 and the number of
// the signal that ended it.
func exitOf(state *os.ProcessState) int {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return state.ExitCode()
}
