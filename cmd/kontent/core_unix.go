//go:build unix

package main

import "golang.org/x/sys/unix"

func noCoreDumps() { _ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }
