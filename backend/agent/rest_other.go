//go:build !linux

package agent

// forgetProgram: the other systems take back by themselves what is not used.
func forgetProgram() {}
