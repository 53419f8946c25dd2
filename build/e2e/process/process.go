// Package process starts the programs that a throw-away desktop consists of and
// sees to it that none of them outlives it.
package process

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// grace is what a program gets to end by itself before it is killed.
const grace = 5 * time.Second

// Process is a running child. Its output goes to a file, so that a failed test
// leaves something to read.
type Process struct {
	cmd  *exec.Cmd
	log  *os.File
	done chan struct{}
	err  error // of Wait; read after done
}

// Start runs a command with its output in the file called log. The context is
// not the child's: it lives until Stop.
func Start(cmd *exec.Cmd, log string) (*Process, error) {
	out, err := os.OpenFile(log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("log of %s: %w", cmd.Path, err)
	}
	if cmd.Stdout == nil {
		cmd.Stdout = out
	}
	if cmd.Stderr == nil {
		cmd.Stderr = out
	}
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start %s: %w", cmd.Path, err), out.Close())
	}
	p := &Process{cmd: cmd, log: out, done: make(chan struct{})}
	go func() {
		defer close(p.done)
		p.err = cmd.Wait()
	}()
	return p, nil
}

// PID is the child's process number.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Running is nil while the child runs, for use between questions to it.
func (p *Process) Running() error {
	select {
	case <-p.done:
		return fmt.Errorf("%s ended early (%w); see %s", p.cmd.Path, orSuccess(p.err), p.log.Name())
	default:
		return nil
	}
}

// Wait returns when the child has ended by itself, with its error.
func (p *Process) Wait(ctx context.Context) error {
	select {
	case <-p.done:
		return p.err
	case <-ctx.Done():
		return fmt.Errorf("wait for the end of %s: %w", p.cmd.Path, context.Cause(ctx))
	}
}

// Stop ends the child, politely first, and returns when it is gone.
func (p *Process) Stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // fails when it is gone, which is the aim
	select {
	case <-p.done:
	case <-time.After(grace):
		_ = p.cmd.Process.Kill()
		<-p.done
	}
	_ = p.log.Close()
}

var errSuccess = errors.New("exit status 0")

func orSuccess(err error) error {
	if err == nil {
		return errSuccess
	}
	return err
}
