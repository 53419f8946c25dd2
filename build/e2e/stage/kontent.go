package stage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
)

// Problem is what a command says when it fails.
type Problem struct { //nolint:errname // the program's own word for it
	Code    string `json:"code"`
	Message string `json:"message"`
	Action  string `json:"action"`
}

// Account is an account as the command line tells of it. Only what the tests
// speak of is named.
type Account struct {
	ID        string `json:"id"`
	ProjectID string `json:"project_id"`
	GrantID   string `json:"grant_id"`
	Kind      string `json:"kind"`
	RemoteID  string `json:"remote_id"`
	Name      string `json:"name"`
	Username  string `json:"username"`
	State     string `json:"state"`
	Health    string `json:"health"`
	Cause     string `json:"cause"`
}

// Command prepares the command line to run on the stage.
func (s *Stage) Command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := s.Desktop.Command(ctx, filepath.Join(s.programs, "kontent"), append(args, s.flags...)...)
	cmd.Env = append(cmd.Env, s.env...)
	return cmd
}

// Kontent runs the command line and decodes the one object that it answers with.
// Where it fails with a problem, that is the error.
func (s *Stage) Kontent(ctx context.Context, answer any, args ...string) error {
	return Run(s.Command(ctx, append(args, "--json")...), answer)
}

// Run runs a prepared command line with --json among its arguments.
func Run(cmd *exec.Cmd, answer any) error {
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		var failure struct {
			Problem *Problem `json:"problem"`
		}
		if last := lastLine(out); json.Unmarshal(last, &failure) == nil && failure.Problem != nil {
			return failure.Problem
		}
		return fmt.Errorf("%v: %w: %s%s", cmd.Args, err, out, complaints.Bytes())
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(out, answer)
}

// Error makes a problem what a command failed with.
func (p *Problem) Error() string { return p.Code + ": " + p.Message + " " + p.Action }

// ProblemOf returns the problem that a command failed with, or one without a
// code that holds another error.
func ProblemOf(err error) Problem {
	var told *Problem
	if errors.As(err, &told) {
		return *told
	}
	return Problem{Message: fmt.Sprint(err)}
}

func lastLine(out []byte) []byte {
	out = bytes.TrimSpace(out)
	return out[bytes.LastIndexByte(out, '\n')+1:]
}

// Accounts lists the connected accounts.
func (s *Stage) Accounts(ctx context.Context) ([]Account, error) {
	var answer struct {
		Accounts []Account `json:"accounts"`
	}
	return answer.Accounts, s.Kontent(ctx, &answer, "accounts")
}
