package command

import (
	"context"
	"time"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/view"
)

type accountsCommand struct {
	Project view.ProjectID
	All     bool
}

// Run implements the command.
func (c accountsCommand) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		snapshot, err := service.Snapshot(ctx)
		if err != nil {
			return err
		}
		known := snapshot.Accounts
		if c.All {
			former, err := service.Former(ctx)
			if err != nil {
				return err
			}
			known = append(known, former.Accounts...)
		}
		accounts := connected(known, c.Project, c.All)
		return s.write(map[string]any{"accounts": accounts}, func() { s.writeAccounts(accounts) })
	})
}

// connected returns the accounts of a project, or of all; those that are
// disconnected only on request.
func connected(accounts []view.Account, project view.ProjectID, all bool) []view.Account {
	chosen := []view.Account{}
	for _, a := range accounts {
		if (project == "" || a.ProjectID == project) && (all || a.Health != view.Disconnected) {
			chosen = append(chosen, a)
		}
	}
	return chosen
}

// healthColumn is where the table of accounts says how each is.
const healthColumn = 3

func (s *session) writeAccounts(accounts []view.Account) {
	if len(accounts) == 0 {
		s.print("%s", s.say("no_accounts"))
		return
	}
	var rows [][]string
	var colours []string
	for _, a := range accounts {
		cause := ""
		if a.Cause != "" {
			cause = s.texts.Get("cause."+string(a.Cause), nil)
		}
		rows = append(rows, []string{
			string(a.ID), s.texts.Get("kind."+string(a.Kind), nil), a.Name,
			s.texts.Get("health."+string(a.Health), nil), s.date(a), cause,
		})
		colours = append(colours, colourOf(a.Health))
	}
	s.colouredTable(rows, healthColumn, colours)
}

// date tells when an access ends: the date that decides about the health, which
// may be the login's, or else the first of the account's own.
func (s *session) date(a view.Account) string {
	first, never, c := a.EndsAt, false, a.Clocks
	if first != "" {
		c = view.Clocks{}
	}
	for _, clock := range []*view.Clock{c.Token, c.Refresh, c.DataAccess} {
		switch {
		case clock == nil:
		case clock.Kind == view.ClockExpires && (first == "" || clock.At < first):
			first = clock.At
		case clock.Kind == view.ClockNever:
			never = true
		}
	}
	switch at, err := time.Parse(time.RFC3339, first); {
	case err == nil:
		return at.Local().Format(time.DateOnly)
	case never:
		return s.say("clock_never")
	default:
		return s.say("clock_unknown")
	}
}
