package stage

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
)

// SignIn is a sign-in that the command line has started and waits for.
type SignIn struct {
	URL         string // of the network's page
	RedirectURI string // where the browser comes back to
	// Offered is what can be connected, once that has been told.
	Offered []Candidate

	cmd   *exec.Cmd
	lines *bufio.Scanner
}

// Candidate is something that a sign-in found, as the command line tells of it.
type Candidate struct {
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Usable bool   `json:"usable"`
	Reason string `json:"reason"`
}

// event is one line of what the command line tells about a sign-in.
type event struct {
	Event       string      `json:"event"`
	URL         string      `json:"url"`
	RedirectURI string      `json:"redirect_uri"`
	Accounts    []Account   `json:"accounts"`
	Candidates  []Candidate `json:"candidates"`
	Problem     *Problem    `json:"problem"`
}

// StartSignIn starts a sign-in and returns once the browser has somewhere to go.
func (s *Stage) StartSignIn(ctx context.Context, args ...string) (*SignIn, error) {
	return BeginSignIn(s.Command(ctx, append([]string{"connect"}, append(args, "--json")...)...))
}

// BeginSignIn is StartSignIn for a prepared command line.
func BeginSignIn(cmd *exec.Cmd) (*SignIn, error) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = io.Discard
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &SignIn{cmd: cmd, lines: bufio.NewScanner(out)}
	s.lines.Buffer(nil, 1<<20)
	first, err := s.next()
	if err == nil && first.Event != "authorize" {
		err = fmt.Errorf("it began with %q", first.Event)
	}
	if err != nil {
		return nil, errors.Join(err, cmd.Wait())
	}
	s.URL, s.RedirectURI = first.URL, first.RedirectURI
	return s, nil
}

// next reads the next event. A problem is an error.
func (s *SignIn) next() (event, error) {
	var e event
	if !s.lines.Scan() {
		return e, errors.Join(io.ErrUnexpectedEOF, s.lines.Err())
	}
	if err := json.Unmarshal(s.lines.Bytes(), &e); err != nil {
		return e, err
	}
	if e.Problem != nil {
		return e, e.Problem
	}
	if e.Event == "candidates" {
		s.Offered = e.Candidates
	}
	return e, nil
}

// End waits until the sign-in is over and returns the name of its last event,
// and for a problem that.
func (s *SignIn) End() (last string, err error) {
	for err == nil {
		var e event
		if e, err = s.next(); e.Event != "" {
			last = e.Event
		}
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil // it has told all
	}
	ended := s.cmd.Wait()
	if err == nil {
		err = ended
	}
	return last, err
}
