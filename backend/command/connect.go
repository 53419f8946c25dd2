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

// signIn are the options of connect and reconnect.
type signIn struct {
	Timeout   time.Duration `default:"5m" help:"How long to wait for the browser."`
	NoBrowser bool          `name:"no-browser" help:"Print the address instead of opening the browser."`
}

type connectCommand struct {
	Provider     view.Provider      `arg:"" enum:"meta,linkedin" help:"meta or linkedin."`
	Project      view.ProjectID     `help:"Project that gets the accounts; may be left out when there is only one."`
	Capabilities []view.Capability  `name:"capability" enum:"publish,messages,comments,analytics" help:"What to ask for; may be repeated. All by default."`
	Kinds        []view.AccountKind `name:"kind" enum:"facebook_page,instagram_account,linkedin_organization,linkedin_member" help:"Which kinds of account to ask for; may be repeated. All by default."`
	Select       []string           `xor:"choice" help:"Remote ids to connect, or all."`
	List         bool               `xor:"choice" help:"Show what could be connected and save nothing."`
	TokenStdin   bool               `name:"token-stdin" help:"Read a system user's token from standard input instead of signing in; for an app whose redirect is paste."`
	ChooseAgain  bool               `name:"choose-again" help:"Open the provider's own choice of accounts again."`
	signIn       `embed:""`
}

// Run implements the command.
func (c connectCommand) Run(ctx context.Context, s *session) error {
	if !c.List && len(c.Select) == 0 {
		return usageError(s.say("needs_choice"))
	}
	return s.service(ctx, func(service control.Service) error {
		project, err := chooseProject(ctx, service, c.Project)
		if err != nil {
			return err
		}
		var token string
		if c.TokenStdin {
			if token, err = s.readSecret(); err != nil {
				return err
			}
		}
		return s.signIn(ctx, service, view.ConnectRequest{
			ProjectID: project, Provider: c.Provider, Token: token, Capabilities: c.Capabilities, Kinds: c.Kinds, ChooseAgain: c.ChooseAgain,
			NoBrowser: c.NoBrowser, TimeoutSeconds: int(c.Timeout.Seconds()),
		}, func(a view.Attempt) ([]string, bool) {
			if c.List {
				return nil, false
			}
			return chosen(a, c.Select), true
		})
	})
}

func chooseProject(ctx context.Context, service control.Service, id view.ProjectID) (view.ProjectID, error) {
	if id != "" {
		return id, nil
	}
	snapshot, err := service.Snapshot(ctx)
	if err != nil {
		return "", err
	}
	if len(snapshot.Projects) != 1 {
		return "", usageError("--project is needed: there is more than one")
	}
	return snapshot.Projects[0].ID, nil
}

// chosen turns --select into remote ids: "all" is everything that is usable
// and not connected yet.
func chosen(a view.Attempt, selected []string) []string {
	if !slices.Equal(selected, []string{"all"}) {
		return selected
	}
	var ids []string
	for _, c := range a.Candidates {
		if c.Usable && !c.Connected {
			ids = append(ids, c.RemoteID)
		}
	}
	return ids
}

type reconnectCommand struct {
	ID string `arg:"" help:"Id of an account or login."`
	signIn
}

// Run implements the command.
func (c reconnectCommand) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		snapshot, err := service.Snapshot(ctx)
		if err != nil {
			return err
		}
		grant, project, err := loginOf(snapshot, c.ID)
		if err != nil {
			return err
		}
		return s.signIn(ctx, service, view.ConnectRequest{
			ProjectID: project, Provider: grant.Provider, GrantID: grant.ID,
			NoBrowser: c.NoBrowser, TimeoutSeconds: int(c.Timeout.Seconds()),
		}, func(view.Attempt) ([]string, bool) { return nil, true })
	})
}

// loginOf finds a login by its id or by that of one of its accounts.
func loginOf(snapshot view.Snapshot, id string) (view.Grant, view.ProjectID, error) {
	var project view.ProjectID
	for _, a := range snapshot.Accounts {
		if string(a.ID) == id || string(a.GrantID) == id {
			id, project = string(a.GrantID), a.ProjectID
			break
		}
	}
	for _, g := range snapshot.Grants {
		if string(g.ID) == id && project != "" {
			return g, project, nil
		}
	}
	return view.Grant{}, "", notFound()
}

// errReported ends a sign-in whose failure is on the output already.
const errReported = exit(ExitFailed)

// signIn runs a sign-in: it writes the address, waits, and hands the
// candidates to choose, which says what to connect, or false to save nothing.
func (s *session) signIn(ctx context.Context, service control.Service, r view.ConnectRequest, choose func(view.Attempt) ([]string, bool)) error {
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

func (s *session) follow(ctx context.Context, service control.Service, attempt view.Attempt, choose func(view.Attempt) ([]string, bool)) error {
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
	if err := s.offer(attempt); err != nil {
		return err
	}
	ids, save := choose(attempt)
	if !save {
		return nil
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
	if s.JSON || !s.Terminal || a.State != view.AttemptReading || a.Expected == 0 {
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
		remark := ""
		switch {
		case c.Connected:
			remark = s.say("connected_already")
		case c.Reason != "":
			remark = s.texts.Get("reason."+string(c.Reason)+".why", nil)
		}
		rows = append(rows, []string{c.RemoteID, s.texts.Get("kind."+string(c.Kind), nil), c.Name, remark})
	}
	s.table(rows)
	if !a.Complete {
		s.note("%s", s.say("list_incomplete"))
	}
	s.declined(a)
	return nil
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
