package control

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
)

const (
	// startPatience is how long a new agent may take to serve: it opens the
	// database, and migrates it once after an update.
	startPatience = 10 * time.Second
	startPoll     = 25 * time.Millisecond
)

// Ensure returns once an agent of this version serves client. Where there is
// none it calls start; one of another version is asked to leave first. It
// fails with problem.AgentStart when none serves in time, and with the agent's
// own problem when it has one.
func Ensure(ctx context.Context, client *Client, start func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	started := false
	for {
		_, err := client.Snapshot(ctx)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, problem.New(problem.AgentVersion, nil)):
			// It may be gone before it has answered; the next round tells.
			_ = client.Leave(ctx)
			started = false
		case !started && NotSent(err):
			if err := start(ctx); err != nil {
				return problem.New(problem.AgentStart, err)
			}
			started = true
		case answered(err):
			return err
		}
		select {
		case <-ctx.Done():
			return problem.New(problem.AgentStart, err)
		case <-time.After(startPoll):
		}
	}
}

// answered reports whether err is a problem that an agent told.
func answered(err error) bool {
	var told *problem.Error
	return errors.As(err, &told) && told.Code != problem.AgentUnreachable
}

// StartAgent starts `kontent agent` with args as a process of its own that
// outlives this one. The program is looked for beside this one, then on PATH.
func StartAgent(ctx context.Context, args ...string) error {
	program, err := findProgram()
	if err != nil {
		return err
	}
	// Not CommandContext: the agent must not end with the caller's context.
	command := exec.Command(program, append([]string{"agent"}, args...)...) //nolint:gosec,noctx // our own program; it outlives ctx by design
	detach(command)
	if err := command.Start(); err != nil {
		return err
	}
	// Reap it, should it end while this process still runs.
	go func() { _ = command.Wait() }()
	return ctx.Err()
}

func findProgram() (string, error) {
	name := "kontent"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if own, err := os.Executable(); err == nil {
		beside := filepath.Join(filepath.Dir(own), name)
		if info, err := os.Stat(beside); err == nil && !info.IsDir() {
			return beside, nil
		}
	}
	return exec.LookPath(name)
}
