package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"github.com/kontent/kontent-connect/backend/command"
	"github.com/kontent/kontent-connect/backend/problem"
)

// openWindow starts the window's program, which raises the window that is
// open already, if one is.
func openWindow(_ context.Context, g command.Globals) error {
	name := "kontent-connect"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	program := name
	if own, err := os.Executable(); err == nil {
		program = filepath.Join(filepath.Dir(own), name)
	}
	if _, err := os.Stat(program); err != nil {
		found, err := exec.LookPath(name)
		if err != nil {
			return problem.New(problem.WindowAbsent, err)
		}
		program = found
	}
	var args []string
	if g.Demo {
		args = append(args, "--demo")
	}
	if g.DataDir != "" {
		args = append(args, "--data-dir", g.DataDir)
	}
	window := exec.Command(program, args...) //nolint:gosec,noctx // our own program, which outlives this one
	window.Stderr = os.Stderr
	if err := window.Start(); err != nil {
		return problem.New(problem.AgentStart, err)
	}
	return window.Process.Release()
}
