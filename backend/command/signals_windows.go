package command

import "os"

// forwarded lists the signals that a child is handed.
func forwarded() []os.Signal { return []os.Signal{os.Interrupt} }

// exitOf is the exit code of a child.
func exitOf(state *os.ProcessState) int { return state.ExitCode() }
