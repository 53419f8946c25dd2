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
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/command"
	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/control"
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
		Out: os.Stdout, Err: os.Stderr, In: os.Stdin, Getenv: os.Getenv, Languages: text.System(), Terminal: isTerminal(os.Stderr),
		Open: open, Agent: runAgent, Quit: quitAgent, Forget: forget, Window: openWindow, Sandbox: runSandbox,
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

// isTerminal reports whether somebody watches the file as it is written.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func load(g command.Globals) (config.Config, error) {
	settings, err := config.Load(config.Options{DataDir: g.DataDir, Demo: g.Demo}, os.Getenv)
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

const (
	// openPatience is how long one command waits for another that works
	// without an agent.
	openPatience = 10 * time.Second
	openPoll     = 100 * time.Millisecond
)

// open returns the running agent, or does its work in this process under the
// same lock.
func open(ctx context.Context, g command.Globals) (control.Service, func(), error) {
	settings, err := load(g)
	if err != nil {
		return nil, nil, err
	}
	client := control.NewClient(settings.Paths.Socket)
	patience, cancel := context.WithTimeout(ctx, openPatience)
	defer cancel()
	for {
		_, err := client.Snapshot(patience)
		switch {
		case err == nil:
			return client, client.Close, nil
		case errors.Is(err, problem.New(problem.AgentVersion, nil)):
			// It may be gone before it has answered; the next round tells.
			_ = client.Leave(patience)
		case control.NotSent(err):
			var service control.Service
			var done func()
			if service, done, err = openHere(patience, settings); err == nil {
				return service, done, nil
			}
			if !errors.Is(err, problem.New(problem.AgentBusy, nil)) {
				return nil, nil, err
			}
		case control.Answered(err):
			return nil, nil, err
		}
		select {
		case <-patience.Done():
			return nil, nil, err
		case <-time.After(openPoll):
		}
	}
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

// openWindow starts the window's program, which raises the window that is
// open already, if one is.
func openWindow(_ context.Context, g command.Globals) error {
	name := "kontent-connect"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	program := name
	if own, err := os.Executable(); err == nil {
		program = filepath.Join(filepath.Dir(own), name)
	}
	if _, err := os.Stat(program); err != nil {
		found, err := exec.LookPath(name)
		if err != nil {
			return problem.New(problem.AgentStart, err)
		}
		program = found
	}
	var args []string
	if g.Demo {
		args = append(args, "--demo")
	}
	if g.DataDir != "" {
		args = append(args, "--data-dir", g.DataDir)
	}
	window := exec.Command(program, args...) //nolint:gosec,noctx // our own program, which outlives this one
	window.Stderr = os.Stderr
	if err := window.Start(); err != nil {
		return problem.New(problem.AgentStart, err)
	}
	return window.Process.Release()
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
