package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// errReported ends a sign-in whose failure is on the output already.
const errReported = exit(ExitFailed)

// signIn runs a sign-in: it writes the address, waits, and hands the
// candidates to choose, which shows them and says what to connect, or false to
// save nothing.
func (s *session) signIn(ctx context.Context, service control.Service, r view.ConnectRequest, choose choice) error {
	attempt, err := service.Connect(ctx, r)
	if err == nil {
		err = s.follow(ctx, service, attempt, choose)
	}
	if err != nil && s.JSON {
		s.writeProblem("problem", err)
		return errReported
	}
	if problem.CodeOf(err) == problem.SignInTimeout {
		s.writeProblem("", err)
		s.wall(r.Provider, problem.From(err).Args)
		return errReported
	}
	return err
}

func (s *session) follow(ctx context.Context, service control.Service, attempt view.Attempt, choose choice) error {
	// However this ends, nothing is left behind. Cancelling what is done
	// already changes nothing.
	id := attempt.ID
	defer func() {
		cancelling, done := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer done()
		_ = service.Cancel(cancelling, id)
	}()
	if err := s.announce(attempt); err != nil {
		return err
	}
	attempt, err := await(ctx, service, id, s.progress)
	if err != nil {
		return err
	}
	ids, save, err := choose(ctx, attempt)
	if err != nil || !save {
		return err
	}
	attempt, err = service.Select(ctx, id, ids)
	if err != nil {
		return err
	}
	return s.connected(ctx, service, attempt)
}

type authorizeLine struct {
	Event       string `json:"event"`
	URL         string `json:"url"`
	RedirectURI string `json:"redirect_uri"`
	ExpiresAt   string `json:"expires_at"`
}

// announce tells where to sign in. A token that was pasted needs no sign-in.
func (s *session) announce(a view.Attempt) error {
	if a.AuthorizeURL == "" {
		return nil
	}
	if s.JSON {
		return s.line(authorizeLine{"authorize", a.AuthorizeURL, a.RedirectURI, a.ExpiresAt})
	}
	s.note("%s", s.say("open_address"))
	s.note("%s", a.AuthorizeURL)
	return nil
}

// await follows the events until the attempt offers candidates or is over: it
// may have failed, or been finished in the window.
func await(ctx context.Context, service control.Service, id string, progress func(view.Attempt)) (view.Attempt, error) {
	var attempt view.Attempt
	errSettled := errors.New("settled")
	err := service.Events(ctx, view.FaceCommand, func(view.Event) error {
		var err error
		if attempt, err = service.Attempt(ctx, id); err != nil {
			return err
		}
		progress(attempt)
		switch attempt.State { //nolint:exhaustive // in the others it goes on
		case view.AttemptChoosing, view.AttemptFailed, view.AttemptDone:
			return errSettled
		}
		return nil
	})
	switch {
	case ctx.Err() != nil:
		return attempt, problem.New(problem.SignInCancelled, ctx.Err())
	case !errors.Is(err, errSettled):
		return attempt, err
	case attempt.Problem != nil:
		return attempt, attempt.Problem.Error()
	case attempt.State != view.AttemptChoosing:
		return attempt, problem.New(problem.SignInEnded, nil)
	default:
		return attempt, nil
	}
}

// barWidth is how many characters the bar of a reading has.
const barWidth = 30

// progress draws how far the reading of a login has come: over itself on a
// terminal, and not at all where it would only fill a log.
func (s *session) progress(a view.Attempt) {
	if s.JSON || !s.Terminals.Err || a.State != view.AttemptReading || a.Expected == 0 {
		return
	}
	done := min(a.Found, a.Expected) * barWidth / a.Expected
	_, _ = fmt.Fprintf(s.Err, "\r[%s%s] %s", strings.Repeat("#", done), strings.Repeat(".", barWidth-done),
		s.say("read_so_far", "found", strconv.Itoa(a.Found), "expected", strconv.Itoa(a.Expected)))
	if a.Found >= a.Expected {
		_, _ = fmt.Fprintln(s.Err)
	}
}

type candidatesLine struct {
	Event       string           `json:"event"`
	SubjectName string           `json:"subject_name"`
	Complete    bool             `json:"complete"`
	Candidates  []view.Candidate `json:"candidates"`
	Lacks       []view.Lack      `json:"lacks"`
}

func (s *session) offer(a view.Attempt) error {
	if s.JSON {
		return s.line(candidatesLine{"candidates", a.SubjectName, a.Complete, a.Candidates, append([]view.Lack{}, a.Lacks...)})
	}
	var rows [][]string
	for _, c := range a.Candidates {
		rows = append(rows, []string{c.RemoteID, s.texts.Get("kind."+string(c.Kind), nil), c.Name, s.remark(c)})
	}
	s.table(rows)
	if !a.Complete {
		s.note("%s", s.say("list_incomplete"))
	}
	s.declined(a)
	return nil
}

// remark says why a candidate cannot be chosen.
func (s *session) remark(c view.Candidate) string {
	switch {
	case c.Connected:
		return s.say("connected_already")
	case c.Reason != "":
		return s.texts.Get("reason."+string(c.Reason)+".why", nil)
	}
	return ""
}

type connectedLine struct {
	Event    string         `json:"event"`
	Accounts []view.Account `json:"accounts"`
}

// connected writes the accounts that were chosen, or for a renewal those of
// the login.
func (s *session) connected(ctx context.Context, service control.Service, a view.Attempt) error {
	snapshot, err := service.Snapshot(ctx)
	if err != nil {
		return err
	}
	accounts := []view.Account{}
	for _, account := range connected(snapshot.Accounts, "", false) {
		if slices.Contains(a.Connected, account.ID) || (a.GrantID != "" && account.GrantID == a.GrantID) {
			accounts = append(accounts, account)
		}
	}
	if s.JSON {
		return s.line(connectedLine{"connected", accounts})
	}
	s.note("%s", s.say("connected"))
	s.writeAccounts(accounts)
	return nil
}
