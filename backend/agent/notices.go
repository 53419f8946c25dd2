package agent

import (
	"context"
	"errors"

	"github.com/kontent/kontent-connect/backend/social"
)

// Snooze implements control.Service.
func (a *Agent) Snooze(context.Context, social.GrantID) error { return errors.ErrUnsupported }

// PauseNotices implements control.Service.
func (a *Agent) PauseNotices(context.Context, int) error { return errors.ErrUnsupported }

// TestNotice implements control.Service.
func (a *Agent) TestNotice(context.Context) error { return errors.ErrUnsupported }

// SetStartAtLogin implements control.Service.
func (a *Agent) SetStartAtLogin(context.Context, bool) error { return errors.ErrUnsupported }
