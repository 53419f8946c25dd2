package command

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"strings"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// tokenVariable is where the child finds the access.
const tokenVariable = "KONTENT_TOKEN" //nolint:gosec // a name, and no credential

type execCommand struct {
	Account view.AccountID `arg:""`
	Command []string       `arg:"" passthrough:""`
}

// Run implements the command. Nothing is held while the child runs, so that it
// can use this program itself; its exit code becomes ours.
func (c execCommand) Run(ctx context.Context, s *session) error {
	command := c.Command
	if len(command) > 0 && command[0] == "--" {
		command = command[1:]
	}
	if len(command) == 0 {
		return usageError(s.say("needs_command"))
	}
	token, err := s.token(ctx, c.Account)
	if err != nil {
		return err
	}
	// Not CommandContext: a signal ends the child, and that ends us.
	child := exec.Command(command[0], command[1:]...) //nolint:gosec,noctx // it is what the caller asked to run
	child.Stdin, child.Stdout, child.Stderr = s.In, s.Out, s.Err
	child.Env = append(without(os.Environ(), tokenVariable), tokenVariable+"="+token.Reveal())
	err = s.passOn(child)
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		return exit(exitOf(ended.ProcessState))
	case err != nil:
		return problem.New(problem.CommandFailed, err).With("name", command[0])
	}
	return nil
}

// passOn runs the child and hands it the signals that this process gets. On a
// terminal Ctrl-C reaches both at once, so there it is not handed on.
func (s *session) passOn(child *exec.Cmd) error {
	caught := make(chan os.Signal, 8)
	signal.Notify(caught, forwarded()...)
	defer signal.Stop(caught)
	if err := child.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- child.Wait() }()
	for {
		select {
		case err := <-ended:
			return err
		case sent := <-caught:
			if sent != os.Interrupt || !s.Terminals.In {
				_ = child.Process.Signal(sent)
			}
		}
	}
}

// without returns the environment without one variable.
func without(environment []string, name string) []string {
	var kept []string
	for _, entry := range environment {
		if !strings.HasPrefix(entry, name+"=") {
			kept = append(kept, entry)
		}
	}
	return kept
}
