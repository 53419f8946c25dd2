package hygiene

import "golang.org/x/sys/unix"

// noDumps also keeps other programs of this user from reading the memory of
// this one. The limit alone would not do: where a program takes the dumps, as
// most distributions have it, the system does not ask the limit.
func noDumps() {
	_ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
}
