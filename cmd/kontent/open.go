package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/command"
	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/logging"
	"github.com/kontent/kontent-connect/backend/problem"
)

const (
	// tellAfter is how long a command waits for another before it says so.
	tellAfter = 10 * time.Second
	// agentPatience is how long an agent may take to leave, or to serve.
	agentPatience = 10 * time.Second
	// queuePatience is how long a command waits for another that works without
	// an agent: longer than a sign-in takes.
	queuePatience = 15 * time.Minute
	openPoll      = 100 * time.Millisecond
)

// queue is where commands wait for each other.
type queue struct {
	now   func() time.Time
	pause func(ctx context.Context)
}

func newQueue() queue {
	return queue{now: time.Now, pause: func(ctx context.Context) {
		select {
		case <-ctx.Done():
		case <-time.After(openPoll):
		}
	}}
}

// open returns the running agent, or does its work in this process under the
// same lock. While another command has the lock it waits for its turn, and
// calls waiting once when that takes long.
func (q queue) open(ctx context.Context, g command.Globals, waiting func()) (control.Service, func(), error) {
	settings, err := load(g)
	if err != nil {
		return nil, nil, err
	}
	client := control.NewClient(settings.Paths.Socket)
	begun, told := q.now(), false
	for {
		service, done, err := q.try(ctx, client, settings)
		waited := q.now().Sub(begun)
		switch busy := errors.Is(err, problem.New(problem.AgentBusy, nil)); {
		case err == nil:
			return service, done, nil
		case ctx.Err() != nil, busy && waited > queuePatience, !busy && waited > agentPatience, final(err):
			client.Close()
			return nil, nil, err
		}
		if waited >= tellAfter && !told {
			told = true
			waiting()
		}
		q.pause(ctx)
	}
}

// try asks the agent once, and does its work here where there is none.
func (q queue) try(ctx context.Context, client *control.Client, settings config.Config) (control.Service, func(), error) {
	asking, cancel := context.WithTimeout(ctx, agentPatience)
	defer cancel()
	err := client.Hello(asking)
	switch {
	case err == nil:
		return client, client.Close, nil
	case errors.Is(err, problem.New(problem.AgentVersion, nil)):
		// It may be gone before it has answered; the next try tells.
		_ = client.Leave(asking)
	case control.NotSent(err):
		service, done, err := openHere(asking, settings)
		if problem.CodeOf(err) == problem.Internal {
			err = problem.New(problem.Internal, err) // which final knows
		}
		return service, done, err
	}
	return nil, nil, err
}

// final reports whether trying again would lead to the same.
func final(err error) bool {
	for _, passing := range []problem.Code{problem.AgentBusy, problem.AgentVersion, problem.AgentUnreachable} {
		if errors.Is(err, problem.New(passing, nil)) {
			return false
		}
	}
	return control.Answered(err)
}

// openHere is the agent without its socket, for the life of one command.
func openHere(ctx context.Context, settings config.Config) (control.Service, func(), error) {
	log, closer, err := logging.Open(settings.Paths.Logs, slog.LevelInfo)
	if err != nil {
		return nil, nil, problem.New(problem.DataFolder, err).With("path", settings.Paths.Logs)
	}
	a, err := agent.Open(ctx, settings, log)
	if err != nil {
		_ = closer.Close()
		return nil, nil, err
	}
	return a, func() { _ = a.Close(); _ = closer.Close() }, nil //nolint:contextcheck // closing must not end with ctx
}
