package agent

import (
	"context"
	"errors"
	"time"

	"github.com/kontent/kontent-connect/backend/notify"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// longestPause is the most minutes for which notifications can be paused.
const longestPause = 7 * 24 * 60

// Snooze implements control.Service.
func (a *Agent) Snooze(ctx context.Context, id social.GrantID) error {
	return a.snooze(ctx, []social.GrantID{id})
}

// snooze puts off the notices of logins: a summary's thousands at once.
func (a *Agent) snooze(ctx context.Context, ids []social.GrantID) error {
	if a.teller == nil {
		return problem.New(problem.NoticesUnavailable, nil)
	}
	if err := a.teller.Snooze(ctx, ids...); err != nil {
		return err
	}
	a.changed("")
	return nil
}

// PauseNotices implements control.Service.
func (a *Agent) PauseNotices(ctx context.Context, minutes int) error {
	if minutes < 0 || minutes > longestPause {
		return problem.New(problem.BadRequest, errors.New("a pause is at most a week"))
	}
	until := ""
	if minutes > 0 {
		until = view.Time(a.now().Add(time.Duration(minutes) * time.Minute))
	}
	if err := a.db.PutSetting(ctx, pausedSetting, until); err != nil {
		return err
	}
	a.changed("")
	return nil
}

// TestNotice implements control.Service.
func (a *Agent) TestNotice(ctx context.Context) error {
	if a.voice == nil {
		return problem.New(problem.NoticesUnavailable, nil)
	}
	err := a.voice.try(ctx)
	a.lookAround(ctx)
	switch {
	case errors.Is(err, notify.ErrDenied):
		return problem.New(problem.NoticesDenied, err)
	case err != nil:
		return problem.New(problem.NoticesUnavailable, err)
	}
	return nil
}
