//go:build unix

package control

import (
	"os/exec"
	"syscall"
)

// detach puts the agent into a session of its own, so that closing a terminal
// or a window does not end it.
func detach(command *exec.Cmd) { command.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
