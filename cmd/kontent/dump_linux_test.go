package main

import (
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// An agent that crashes, with the environment asking for an image of its
// memory, leaves none. Another program that is ended in the same way shows that
// one could have been written.
//
// Covers PL10, S7.
func TestACrashLeavesNoImageOfTheMemory(t *testing.T) {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &limit); err != nil {
		t.Fatal(err)
	}
	raised := unix.Rlimit{Cur: limit.Max, Max: limit.Max}
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &raised); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Setrlimit(unix.RLIMIT_CORE, &limit) })
	i := newInstallation(t)
	i.env = append(i.env, "GOTRACEBACK=crash")

	agent := i.program("agent")
	agent.Dir = t.TempDir()
	ended := i.start([]*program{agent})
	i.served()
	if dumped(t, agent, ended) {
		t.Error("there is an image of its memory")
	}

	other := i.program()
	other.Path, other.Args, other.Dir = "/bin/sleep", []string{"sleep", "60"}, t.TempDir()
	if !dumped(t, other, i.start([]*program{other})) {
		t.Skip("this system writes no image of any program")
	}
}

// dumped ends a program as a crash does and reports whether the system wrote
// its memory down.
func dumped(t *testing.T, p *program, ended <-chan *program) bool {
	t.Helper()
	if err := p.Process.Signal(syscall.SIGABRT); err != nil {
		t.Fatal(err)
	}
	<-ended
	status, ok := p.ProcessState.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() || status.Signal() != syscall.SIGABRT {
		t.Fatalf("it ended with %v, want the crash that was asked for", p.ProcessState)
	}
	return status.CoreDump()
}
