package command

import (
	"context"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/view"
)

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
		if err := s.write(found, func() {
			s.print("%s", s.paint(colourOf(found.Health), s.texts.Get("health."+string(found.Health), nil)))
		}); err != nil {
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
