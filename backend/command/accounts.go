package command

import (
	"context"
	"time"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/view"
)

type accountsCommand struct {
	Project view.ProjectID `help:"Only the accounts of this project."`
	All     bool           `help:"Disconnected accounts too."`
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

func (s *session) writeAccounts(accounts []view.Account) {
	if len(accounts) == 0 {
		s.print("%s", s.say("no_accounts"))
		return
	}
	var rows [][]string
	for _, a := range accounts {
		cause := ""
		if a.Cause != "" {
			cause = s.texts.Get("cause."+string(a.Cause), nil)
		}
		rows = append(rows, []string{
			string(a.ID), s.texts.Get("kind."+string(a.Kind), nil), a.Name,
			s.texts.Get("health."+string(a.Health), nil), s.date(a), cause,
		})
	}
	s.table(rows)
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

type checkCommand struct {
	IDs []string `arg:"" optional:"" name:"id" help:"Accounts or logins; none means all."`
}

// Run implements the command.
func (c checkCommand) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		result, err := service.Check(ctx, c.IDs)
		if err != nil {
			return err
		}
		snapshot, err := service.Snapshot(ctx)
		if err != nil {
			return err
		}
		for i := range result.Problems {
			s.explain(&result.Problems[i])
		}
		accounts := connected(snapshot.Accounts, "", false)
		return s.write(map[string]any{"check": result, "accounts": accounts}, func() { s.writeAccounts(accounts) })
	})
}

type disconnectCommand struct {
	Account    view.AccountID `arg:"" help:"Id of the account."`
	WholeLogin bool           `name:"whole-login" help:"The whole login, with all of its accounts."`
	Yes        bool           `help:"Do it without asking."`
}

// Run implements the command.
func (c disconnectCommand) Run(ctx context.Context, s *session) error {
	if !c.Yes {
		return usageError(s.say("needs_yes"))
	}
	return s.service(ctx, func(service control.Service) error {
		result, err := service.Disconnect(ctx, c.Account, c.WholeLogin)
		if err != nil {
			return err
		}
		s.explain(result.Problem)
		return s.write(result, func() {
			s.print("%s", s.texts.Get("withdrawal."+string(result.Outcome), nil))
			if result.Problem != nil {
				s.note("%s", result.Problem.Message)
			}
			if result.Outcome == view.StillListed {
				s.print("%s", result.Page)
			}
		})
	})
}

type statusCommand struct{}

// status is the worst health of all logins and accounts.
type status struct {
	Health   view.Health         `json:"health"`
	ExitCode int                 `json:"exit_code"`
	Accounts int                 `json:"accounts"`
	Counts   map[view.Health]int `json:"counts"`
}

// Run implements the command.
func (statusCommand) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		snapshot, err := service.Snapshot(ctx)
		if err != nil {
			return err
		}
		found := worst(snapshot)
		if err := s.write(found, func() { s.print("%s", s.texts.Get("health."+string(found.Health), nil)) }); err != nil {
			return err
		}
		if found.ExitCode != ExitOK {
			return exit(found.ExitCode)
		}
		return nil
	})
}

func worst(snapshot view.Snapshot) status {
	found := status{Health: view.Healthy, Counts: map[view.Health]int{}}
	for _, a := range connected(snapshot.Accounts, "", false) {
		found.Accounts++
		found.Counts[a.Health]++
		if a.Health.Worse(found.Health) {
			found.Health = a.Health
		}
	}
	for _, g := range snapshot.Grants {
		if g.Health.Worse(found.Health) {
			found.Health = g.Health
		}
	}
	found.ExitCode = exitCodeOf(found.Health)
	return found
}

// exitCodeOf is the table of design.md 6.
func exitCodeOf(h view.Health) int {
	switch h {
	case view.Healthy, view.Disconnected:
		return ExitOK
	case view.Expiring, view.Limited, view.Unverified, view.Keychain:
		return ExitAttention
	case view.Reconnect, view.Missing, view.Checkpoint:
		return ExitReconnect
	default:
		return ExitAttention
	}
}

type historyCommand struct {
	Account view.AccountID `help:"Only this account."`
	Limit   int            `default:"100" help:"How many lines."`
}

// Run implements the command.
func (c historyCommand) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		entries, err := service.History(ctx, view.HistoryQuery{AccountID: c.Account, Limit: c.Limit})
		if err != nil {
			return err
		}
		return s.write(map[string]any{"events": entries}, func() {
			var rows [][]string
			for _, e := range entries {
				rows = append(rows, []string{e.At, s.texts.Get("event."+string(e.Kind), nil), e.Subject})
			}
			s.table(rows)
		})
	})
}
