package stage

import (
	"context"
	"fmt"
	"syscall"

	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/process"
)

// Agent is the process number of the resident owner that the window has started.
// Two may have been started at once, of which one finds the other and leaves:
// it waits until there is one.
func (s *Stage) Agent(ctx context.Context) (int, error) { return s.anotherAgent(ctx, 0) }

// EndAgent ends the agent with a signal and returns when another one runs.
func (s *Stage) EndAgent(ctx context.Context, signal syscall.Signal) error {
	before, err := s.Agent(ctx)
	if err != nil {
		return err
	}
	if err := process.Send(before, signal); err != nil {
		return fmt.Errorf("end the agent: %w", err)
	}
	_, err = s.anotherAgent(ctx, before)
	return err
}

// anotherAgent waits for one agent, and that it is not the one before.
func (s *Stage) anotherAgent(ctx context.Context, before int) (agent int, err error) {
	err = poll.Until(ctx, "an agent", func(context.Context) error {
		found, err := process.Find(s.Desktop.Path(), "kontent", "agent")
		switch {
		case err != nil:
			return err
		case len(found) != 1:
			return fmt.Errorf("there are %d agents", len(found))
		case found[0] == before:
			return fmt.Errorf("agent %d is still there", before)
		}
		agent = found[0]
		return nil
	})
	return agent, err
}

// NoAgent waits until no agent runs, as when the last window has been closed for
// a while or somebody has asked it to leave.
func (s *Stage) NoAgent(ctx context.Context, signal syscall.Signal) error {
	return poll.Until(ctx, "the end of the agent", func(context.Context) error {
		found, err := process.Find(s.Desktop.Path(), "kontent", "agent")
		if err != nil {
			return err
		}
		for _, pid := range found {
			_ = process.Send(pid, signal) // fails when it is gone, which is the aim
		}
		if len(found) > 0 {
			return fmt.Errorf("agents %v are still there", found)
		}
		return nil
	})
}
