package controltest

import (
	"context"
	"fmt"

	"github.com/kontent/kontent-connect/backend/view"
)

// Snooze implements control.Service.
func (f *Fake) Snooze(ctx context.Context, id view.GrantID) error {
	return f.hold(ctx, "snooze", string(id))
}

// PauseNotices implements control.Service.
func (f *Fake) PauseNotices(ctx context.Context, minutes int) error {
	return f.hold(ctx, "pause_notices", minutes)
}

// TestNotice implements control.Service.
func (f *Fake) TestNotice(ctx context.Context) error { return f.hold(ctx, "test_notice", "") }

// SetStartAtLogin implements control.Service.
func (f *Fake) SetStartAtLogin(ctx context.Context, on bool) error {
	return f.hold(ctx, "set_start_at_login", on)
}

func (f *Fake) hold(ctx context.Context, method string, argument any) error {
	leave, err := f.enter(ctx, method)
	if err != nil {
		return err
	}
	defer leave()
	f.held = append(f.held, fmt.Sprintf("%s %v", method, argument))
	return nil
}
