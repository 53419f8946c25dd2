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
	"strings"
	"syscall"
	"time"

	"github.com/mattn/go-isatty"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/command"
	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/hygiene"
	"github.com/kontent/kontent-connect/backend/logging"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/text"
)

func main() {
	hygiene.AtStart()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := command.Run(ctx, arguments(os.Args[1:]), command.Deps{
		Out: os.Stdout, Err: os.Stderr, In: os.Stdin, Getenv: os.Getenv, Languages: text.System(), Now: time.Now,
		Terminals: command.Terminals{In: isTerminal(os.Stdin), Out: isTerminal(os.Stdout), Err: isTerminal(os.Stderr)},
		Open:      newQueue().open, Agent: runAgent, Quit: quitAgent, Forget: forget, Window: openWindow, Sandbox: runSandbox,
		Version: config.ThisBuild().String(),
	})
	stop()
	os.Exit(code)
}

// arguments are those that a person or we wrote. Windows adds a word of its own
// when it starts the agent because somebody clicked on a notification.
func arguments(all []string) []string {
	last := len(all) - 1
	if last > 0 && all[0] == "agent" && strings.EqualFold(all[last], "-Embedding") {
		return all[:last]
	}
	return all
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
	leaveConsole()
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
