package command

import (
	"context"
	"strconv"

	"github.com/kontent/kontent-connect/backend/view"
)

// Forgotten is what was removed from this computer.
type Forgotten = view.Forgotten

type forgetCommand struct {
	Everything bool
	Yes        bool
	KeepAccess bool `name:"keep-access"`
}

// Run implements the command. It withdraws no access, and says so before
// secrets are gone that withdrawing takes.
func (c forgetCommand) Run(ctx context.Context, s *session) error {
	if !c.Everything || !c.Yes {
		return usageError(s.say("forget_needs"))
	}
	if err := s.Quit(ctx, s.Globals); err != nil {
		return err
	}
	done, err := s.Forget(ctx, s.Globals, c.KeepAccess)
	if err != nil {
		return err
	}
	if done.Connected > 0 {
		return usageError(s.say("forget_connected", "count", strconv.Itoa(done.Connected)))
	}
	return s.write(done, func() {
		s.print("%s", s.say("forgotten", "folder", done.Folder, "secrets", strconv.Itoa(done.Secrets)))
	})
}

type quitCommand struct{}

// Run implements the command.
func (quitCommand) Run(ctx context.Context, s *session) error { return s.Quit(ctx, s.Globals) }
