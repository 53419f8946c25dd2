//go:build !linux && !windows

package notify

import "context"

// plainDesktop is a system of which beeep is all we know: no buttons, no
// answers, nothing to replace or take back, nobody to ask.
type plainDesktop struct{ beeper *beeper }

func newSystem(o Options) system { return plainDesktop{newBeeper(o)} }

func (p plainDesktop) show(ctx context.Context, m Message) error {
	return p.beeper.show(ctx, m.bounded())
}

func (p plainDesktop) attend(context.Context) error { return nil }

func (p plainDesktop) withdraw(context.Context, string) error { return nil }

func (p plainDesktop) there(context.Context, string) bool { return false }

func (p plainDesktop) status(context.Context) Status { return Status{State: Unknown} }

func (p plainDesktop) close() error { return p.beeper.close() }
