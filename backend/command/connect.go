package command

import (
	"context"
	"slices"
	"time"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/view"
)

// signIn are the options of connect and reconnect.
type signIn struct {
	Timeout   time.Duration `default:"5m"`
	NoBrowser bool          `name:"no-browser"`
}

// seconds is the timeout, rounded up: none would be the default.
func (o signIn) seconds() int { return int((o.Timeout + time.Second - 1) / time.Second) }

// check refuses a time that has passed already.
func (o signIn) check(s *session) error {
	if o.Timeout <= 0 {
		return usageError(s.say("bad_timeout"))
	}
	return nil
}

type connectCommand struct {
	Provider     view.Provider `arg:"" enum:"meta,linkedin"`
	Project      view.ProjectID
	Capabilities []view.Capability  `name:"capability" enum:"publish,messages,comments,analytics"`
	Kinds        []view.AccountKind `name:"kind" enum:"facebook_page,instagram_account,linkedin_organization,linkedin_member"`
	Select       []string           `xor:"choice"`
	List         bool               `xor:"choice"`
	TokenStdin   bool               `name:"token-stdin"`
	ChooseAgain  bool               `name:"choose-again"`
	signIn       `embed:""`
}

// Run implements the command.
func (c connectCommand) Run(ctx context.Context, s *session) error {
	if err := c.check(s); err != nil {
		return err
	}
	asks := !c.List && len(c.Select) == 0
	if asks && (s.JSON || c.TokenStdin || !s.Terminals.In || !s.Terminals.Err) {
		return usageError(s.say("needs_choice"))
	}
	return s.service(ctx, func(service control.Service) error {
		project, err := s.chooseProject(ctx, service, c.Project)
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
			NoBrowser: c.NoBrowser, TimeoutSeconds: c.seconds(),
		}, func(ctx context.Context, a view.Attempt) ([]string, bool, error) {
			if asks {
				return s.ask(ctx, a)
			}
			return chosen(a, c.Select), !c.List, s.offer(a)
		})
	})
}

// choice shows candidates and says which to connect, and whether anything is
// to be saved at all.
type choice func(ctx context.Context, a view.Attempt) (remoteIDs []string, save bool, err error)

func (s *session) chooseProject(ctx context.Context, service control.Service, id view.ProjectID) (view.ProjectID, error) {
	if id != "" {
		return id, nil
	}
	snapshot, err := service.Snapshot(ctx)
	if err != nil {
		return "", err
	}
	if len(snapshot.Projects) != 1 {
		return "", usageError(s.say("needs_project"))
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
	ID string `arg:""`
	signIn
}

// Run implements the command.
func (c reconnectCommand) Run(ctx context.Context, s *session) error {
	if err := c.check(s); err != nil {
		return err
	}
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
			NoBrowser: c.NoBrowser, TimeoutSeconds: c.seconds(),
		}, func(_ context.Context, a view.Attempt) ([]string, bool, error) { return nil, true, s.offer(a) })
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
