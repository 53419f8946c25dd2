// Command kontent is the command line of Kontent Connect, and the agent that
// the window and the tray belong to. It links no web engine and runs where
// there is no display.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/mattn/go-isatty"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/command"
	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/logging"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/text"
)

func main() {
	// A core dump would hold every token in memory (security.md S7).
	noCoreDumps()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := command.Run(ctx, os.Args[1:], command.Deps{
		Out: os.Stdout, Err: os.Stderr, In: os.Stdin, Getenv: os.Getenv, Languages: text.System(), Now: time.Now,
		Terminals: command.Terminals{In: isTerminal(os.Stdin), Out: isTerminal(os.Stdout), Err: isTerminal(os.Stderr)},
		Open:      newQueue().open, Agent: runAgent, Window: openWindow, Sandbox: runSandbox,
	})
	stop()
	os.Exit(code)
}

// isTerminal reports whether a person is at the other end of the file.
func isTerminal(f *os.File) bool { return isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()) }

func load(g command.Globals) (config.Config, error) {
	settings, err := config.Load(config.Options{
		DataDir: g.DataDir, Demo: g.Demo, KeychainMemory: g.Keychain == "memory",
	}, os.Getenv)
	if err != nil {
		var address *config.AddressError
		if errors.As(err, &address) {
			return settings, problem.New(problem.BadEnvironment, err).With("variable", address.Variable)
		}
		return settings, problem.New(problem.DataFolder, err).With("path", g.DataDir)
	}
	return settings, nil
}

func runAgent(ctx context.Context, g command.Globals) error {
	settings, err := load(g)
	if err != nil {
		return err
	}
	log, closer, err := logging.Open(settings.Paths.Logs, slog.LevelInfo)
	if err != nil {
		return problem.New(problem.DataFolder, err).With("path", settings.Paths.Logs)
	}
	defer func() { _ = closer.Close() }()
	return agent.Run(ctx, settings, log, func(ctx context.Context) error { return openWindow(ctx, g) })
}

func runSandbox(ctx context.Context, addr string, started func(string)) error {
	server, err := sandbox.New(sandbox.Options{})
	if err != nil {
		return fmt.Errorf("start the sandbox: %w", err)
	}
	if err := server.Listen(addr); err != nil { //nolint:contextcheck // it serves until it is closed
		return problem.New(problem.BadRequest, err)
	}
	started(server.URL())
	<-ctx.Done()
	return server.Close() //nolint:contextcheck // ctx has ended; that is why
}
