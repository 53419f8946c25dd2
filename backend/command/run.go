package command

import "context"

type agentCommand struct{}

// Run implements the command.
func (agentCommand) Run(ctx context.Context, s *session) error { return s.Agent(ctx, s.Globals) }

type windowCommand struct{}

// Run implements the command.
func (windowCommand) Run(ctx context.Context, s *session) error { return s.Window(ctx, s.Globals) }

type sandboxCommand struct {
	Addr string `default:"127.0.0.1:0"`
}

// sandboxLine says where the stand-in listens.
type sandboxLine struct {
	URL string `json:"url"`
}

// Run implements the command.
func (c sandboxCommand) Run(ctx context.Context, s *session) error {
	return s.Sandbox(ctx, c.Addr, func(url string) {
		_ = s.write(sandboxLine{url}, func() { s.print("%s", url) })
	})
}
