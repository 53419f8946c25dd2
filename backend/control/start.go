package control

import (
	"context"
	"errors"
	"io"
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
	startPoll     = 5 * time.Millisecond
	// busyPause is how long to leave alone a process that holds the lock and
	// does not serve: an agent that is leaving, or a command at work.
	busyPause = 250 * time.Millisecond
)

// Starter starts an agent. The channel tells why it has ended, should it end.
type Starter func(ctx context.Context) (ended <-chan error, err error)

// Ensure returns once an agent of this version serves client. Where there is
// none it calls start; one of another version is asked to leave first. It
// fails with problem.AgentStart when none serves in time, and with the agent's
// own problem when it has one, such as problem.DatabaseNewer.
func Ensure(ctx context.Context, client *Client, start Starter) error {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	var ended <-chan error
	started := false
	for {
		err := client.Hello(ctx)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, problem.New(problem.AgentVersion, nil)):
			// It may be gone before it has answered; the next round tells.
			_ = client.Leave(ctx)
			started = false
		case !started && NotSent(err):
			if ended, err = start(ctx); err != nil {
				return problem.New(problem.AgentStart, err)
			}
			started = true
		case Answered(err):
			return err
		}
		select {
		case <-ctx.Done():
			return problem.New(problem.AgentStart, err)
		case why := <-ended:
			// Somebody else has the lock: another agent that will serve, or one
			// that will let go of it.
			if !errors.Is(why, problem.New(problem.AgentBusy, nil)) {
				return why
			}
			ended, started = nil, false
			rest(ctx, busyPause)
		case <-time.After(startPoll):
		}
	}
}

// Answered reports whether err is a problem that an agent told, so that asking
// again would lead to the same.
func Answered(err error) bool {
	var told *problem.Error
	return errors.As(err, &told) && told.Code != problem.AgentUnreachable
}

// rest waits for d, or until ctx ends.
func rest(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// StartAgent starts `kontent agent` with args in an environment, as a process of
// its own that outlives this one, and listens to what it says should it end. The
// program is looked for beside this one, then on PATH.
func StartAgent(_ context.Context, environment []string, args ...string) (ended <-chan error, err error) {
	program, err := findProgram()
	if err != nil {
		return nil, err
	}
	// Not CommandContext: the agent must not end with the caller's context.
	command := exec.Command(program, append([]string{"agent", "--json"}, args...)...) //nolint:gosec,noctx // our own program; it outlives ctx by design
	command.Env = environment
	said, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	detach(command)
	if err := command.Start(); err != nil {
		return nil, err
	}
	why := make(chan error, 1) // has room: nobody may be waiting any more
	go func() {
		err := problemIn(io.LimitReader(said, maxBody))
		if errors.Is(err, problem.New(problem.AgentVersion, nil)) {
			// It said nothing that is a problem: it crashed.
			err = problem.New(problem.AgentStart, err)
		}
		_ = command.Wait()
		why <- err
	}()
	return why, nil
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
