// Package command is the command line: its grammar, what each command asks of
// the API, and how the answers are written for people and for programs.
//
// It knows the API and its shapes and nothing behind them; who serves the API
// is told to it.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/alecthomas/kong"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/text"
)

// The exit codes (design.md 6).
const (
	ExitOK        = 0
	ExitFailed    = 1
	ExitUsage     = 2
	ExitAttention = 3
	ExitReconnect = 4
)

// Globals are the options of every command.
type Globals struct {
	JSON    bool   `name:"json"`
	DataDir string `name:"data-dir" env:"KONTENT_DATA_DIR" type:"path"`
	Demo    bool   `name:"demo"`
	// Keychain is where secrets are kept: the system's, or memory for as long
	// as this process lives.
	Keychain string `name:"keychain" enum:"system,memory" default:"system" env:"KONTENT_KEYCHAIN"`
}

// grammar is the command line. Kong fills it and runs what was chosen.
type grammar struct {
	Globals
	Version kong.VersionFlag `name:"version"`

	Agent      agentCommand      `cmd:""`
	Window     windowCommand     `cmd:""`
	Projects   projectsCommand   `cmd:""`
	Apps       appsCommand       `cmd:""`
	Connect    connectCommand    `cmd:""`
	Accounts   accountsCommand   `cmd:""`
	Check      checkCommand      `cmd:""`
	Reconnect  reconnectCommand  `cmd:""`
	Disconnect disconnectCommand `cmd:""`
	Status     statusCommand     `cmd:""`
	Token      tokenCommand      `cmd:""`
	Exec       execCommand       `cmd:""`
	History    historyCommand    `cmd:""`
	Doctor     doctorCommand     `cmd:""`
	Quit       quitCommand       `cmd:""`
	Forget     forgetCommand     `cmd:""`
	Export     exportCommand     `cmd:""`
	Import     importCommand     `cmd:""`
	Settings   settingsCommand   `cmd:""`
	Sandbox    sandboxCommand    `cmd:""`
	Completion completionCommand `cmd:""`
	Man        manCommand        `cmd:""`
	Complete   completeCommand   `cmd:"" hidden:""`
}

// Deps are what the command line works with.
type Deps struct {
	Out, Err io.Writer
	In       io.Reader
	// Open finds an agent, or does its work in this process; done ends that.
	// waiting is called once when another process keeps it waiting for long.
	Open func(ctx context.Context, g Globals, waiting func()) (service control.Service, done func(), err error)
	// Agent runs the resident owner until ctx ends.
	Agent func(ctx context.Context, g Globals) error
	// Quit ends the running agent, if there is one, and waits for its end.
	Quit func(ctx context.Context, g Globals) error
	// Forget removes what is kept on this computer, unless logins are connected
	// and keepAccess is false. No agent may be running.
	Forget func(ctx context.Context, g Globals, keepAccess bool) (Forgotten, error)
	// Version says which build this is, for people.
	Version string
	// Window opens the window's program.
	Window func(ctx context.Context, g Globals) error
	// Sandbox serves the stand-in for the providers at addr until ctx ends.
	Sandbox func(ctx context.Context, addr string, started func(url string)) error
	// Getenv reads the environment.
	Getenv    func(string) string
	Terminals Terminals
	// Now tells the time.
	Now func() time.Time
	// Languages are those that the user prefers.
	Languages []string
}

// Terminals says which of the streams somebody watches as they are written, or
// types into.
type Terminals struct{ In, Out, Err bool }

// session is one run of the command line.
type session struct {
	Deps
	Globals
	texts *text.Texts
	model *kong.Application
}

// exit ends a command with a code that is no failure to report.
type exit int

// Error implements error.
func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// usageError is wrong usage that the grammar cannot express.
type usageError string

// Error returns what is wrong.
func (e usageError) Error() string { return string(e) }

// Run runs the command line with args and returns its exit code.
func Run(ctx context.Context, args []string, d Deps) int {
	texts, err := text.New(d.Languages...)
	if err != nil {
		_, _ = fmt.Fprintln(d.Err, "kontent:", err)
		return ExitFailed
	}
	var g grammar
	code, exited := ExitOK, false
	parser, err := kong.New(&g,
		kong.Name("kontent"),
		kong.Writers(d.Out, d.Err),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: helpWidth}),
		kong.Help(inLanguage(texts)),
		kong.Vars{"version": "kontent " + d.Version},
		kong.Exit(func(c int) { code, exited = c, true }),
	)
	if err != nil {
		_, _ = fmt.Fprintln(d.Err, "kontent:", err)
		return ExitFailed
	}
	explainModel(parser.Model, texts)
	chosen, err := parser.Parse(args)
	if exited {
		return code
	}
	s := &session{Deps: d, Globals: g.Globals, texts: texts, model: parser.Model}
	if err != nil {
		_, _ = fmt.Fprintln(d.Err, "kontent:", s.correct(err))
		return ExitUsage
	}
	chosen.BindTo(ctx, (*context.Context)(nil))
	return s.report(chosen.Run(s))
}

// report writes a failure and returns its exit code.
func (s *session) report(err error) int {
	var code exit
	var usage usageError
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &usage):
		_, _ = fmt.Fprintln(s.Err, "kontent:", usage)
		return ExitUsage
	}
	s.writeProblem("", err)
	return ExitFailed
}

// service opens the API for one command.
func (s *session) service(ctx context.Context, do func(control.Service) error) error {
	service, done, err := s.Open(ctx, s.Globals, func() { s.note("%s", s.say("waiting")) })
	if err != nil {
		return err
	}
	defer done()
	return do(service)
}

// notFound is what an id that fits nothing leads to.
func notFound() error { return problem.New(problem.NotFound, nil) }
