package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/command"
	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
)

const (
	// quitPatience is how long an agent may take to finish what it does.
	quitPatience = 20 * time.Second
	// lockPatience is how long it may hold the lock once its socket has gone.
	lockPatience = 10 * time.Second
	leavingPoll  = 100 * time.Millisecond
)

// quitAgent ends the running agent and returns when it is gone. Where there is
// none, that is what was wanted.
func quitAgent(ctx context.Context, g command.Globals) error {
	settings, err := load(g)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, quitPatience)
	defer cancel()
	client := control.NewClient(settings.Paths.Socket)
	defer client.Close()
	err = client.Leave(ctx)
	for !control.NotSent(err) {
		select {
		case <-ctx.Done():
			return problem.New(problem.AgentBusy, err)
		case <-time.After(leavingPoll):
		}
		err = client.Hello(ctx)
	}
	return nil
}

// forget removes what is kept on this computer. An agent that was asked to
// leave may hold the lock for a moment after its socket has gone.
func forget(ctx context.Context, g command.Globals, keepAccess bool) (command.Forgotten, error) {
	settings, err := load(g)
	if err != nil {
		return command.Forgotten{}, err
	}
	patience, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	for {
		done, err := agent.Forget(ctx, settings, slog.New(slog.DiscardHandler), keepAccess)
		if !errors.Is(err, problem.New(problem.AgentBusy, nil)) {
			return done, err
		}
		select {
		case <-patience.Done():
			return done, err
		case <-time.After(leavingPoll):
		}
	}
}
