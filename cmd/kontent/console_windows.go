package main

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// leaveConsole gives back the console that Windows opens for an agent that it
// starts itself, at login or for a click on a notification: whoever closes that
// window would end the agent. A console that others use as well is the person's,
// who typed the command.
func leaveConsole() {
	kernel := windows.NewLazySystemDLL("kernel32.dll")
	var first uint32
	users, _, _ := kernel.NewProc("GetConsoleProcessList").Call(uintptr(unsafe.Pointer(&first)), 1)
	if users == 1 {
		_, _, _ = kernel.NewProc("FreeConsole").Call()
	}
}
