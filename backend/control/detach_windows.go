package control

import (
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

// detach keeps the agent out of this process's console and group.
func detach(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{
		HideWindow:    true,
		CreationFlags: windows.CREATE_NEW_PROCESS_GROUP | windows.DETACHED_PROCESS,
	}
}
