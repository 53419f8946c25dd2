package stage

import (
	"context"
	"fmt"
	"syscall"

	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/process"
)

// Agent is the process number of the resident owner that the window has started.
func (s *Stage) Agent() (int, error) {
	found, err := process.Find(s.Desktop.Path(), "kontent", "agent")
	if err != nil {
		return 0, err
	}
	if len(found) != 1 {
		return 0, fmt.Errorf("there are %d agents", len(found))
	}
	return found[0], nil
}

// EndAgent ends the agent with a signal and returns when another one runs.
func (s *Stage) EndAgent(ctx context.Context, signal syscall.Signal) error {
	before, err := s.Agent()
	if err != nil {
		return err
	}
	if err := process.Send(before, signal); err != nil {
		return fmt.Errorf("end the agent: %w", err)
	}
	return poll.Until(ctx, "another agent", func(context.Context) error {
		now, err := s.Agent()
		if err == nil && now == before {
			err = fmt.Errorf("agent %d is still there", before)
		}
		return err
	})
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
