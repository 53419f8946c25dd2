package command

import (
	"encoding/json"
	"fmt"
	"runtime"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// write writes a result: as JSON when that was asked for, else by human.
func (s *session) write(result any, human func()) error {
	if s.JSON {
		return s.line(result)
	}
	human()
	return nil
}

// line writes one JSON object on a line of its own. Addresses stay readable:
// the output is for programs, not for a page.
func (s *session) line(value any) error {
	encoder := json.NewEncoder(s.Out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// problemLine is a failure in JSON.
type problemLine struct {
	Event   string       `json:"event,omitempty"`
	Problem view.Problem `json:"problem"`
}

// writeProblem writes a failure; event names the line in a stream of events.
func (s *session) writeProblem(event string, err error) {
	p := *view.ProblemFrom(err)
	s.explain(&p)
	if s.JSON {
		_ = s.line(problemLine{Event: event, Problem: p})
		return
	}
	s.note("%s", p.Message)
	s.note("%s", p.Action)
}

// explain puts the sentences to a problem that is part of a result.
func (s *session) explain(p *view.Problem) {
	if p == nil {
		return
	}
	p.Message, p.Action = s.texts.Problem(p.Error())
	// The sentences are the window's too; these are what it has no need of.
	switch {
	case p.Code == string(problem.KeychainAbsent) && runtime.GOOS == "linux":
		p.Action += " " + s.say("keychain_server")
	case p.Code == string(problem.TokenNotAllowed):
		p.Action += " " + s.say("allow_token")
	}
}

// note writes a line for people beside the result.
func (s *session) note(format string, args ...any) { _, _ = fmt.Fprintf(s.Err, format+"\n", args...) }

// print writes a line of the result for people.
func (s *session) print(format string, args ...any) { _, _ = fmt.Fprintf(s.Out, format+"\n", args...) }

// say returns a sentence of the command line; args are pairs of name and value.
func (s *session) say(key string, args ...string) string {
	places := make(map[string]string, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		places[args[i]] = args[i+1]
	}
	return s.texts.Get("cli."+key, places)
}
