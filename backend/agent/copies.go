package agent

import (
	"context"
	"strconv"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// copyPause is how long changes are gathered before a copy is made of them: a
// sign-in makes several.
const copyPause = time.Second

// keepCopies keeps a good copy of what is stored, from now on and for each
// change of what is connected.
func (a *Agent) keepCopies(ctx context.Context) {
	for {
		a.keepCopy(ctx)
		select {
		case <-a.db.Changed():
		case <-ctx.Done():
			return
		}
		select {
		case <-time.After(copyPause):
		case <-ctx.Done():
			a.keepCopy(context.WithoutCancel(ctx))
			return
		}
	}
}

// keepCopy makes a copy. Where that fails the former one stays, and it is tried
// again with the next change.
func (a *Agent) keepCopy(ctx context.Context) {
	if err := a.db.Keep(ctx); err != nil && ctx.Err() == nil {
		a.log.Warn("keep a copy of the data", "code", string(problem.CodeOf(err)), "err", err)
	}
}

// keepLastCopy makes a copy of what was changed while the agent was closing.
func (a *Agent) keepLastCopy() {
	select {
	case <-a.db.Changed():
		a.keepCopy(context.Background())
	default:
	}
}

// rescueNews is how long a rescue stays on show; the timeline tells for ever.
const rescueNews = 3 * 24 * time.Hour

// dataTrouble tells of a data file that was replaced some days ago; nil
// otherwise.
func (a *Agent) dataTrouble() *view.Problem {
	told := a.rescued
	if told.At.IsZero() || a.now().Sub(told.At) > rescueNews {
		return nil
	}
	if told.CopyOf.IsZero() {
		return view.ProblemFrom(problem.New(problem.DatabaseLost, nil))
	}
	return view.ProblemFrom(problem.New(problem.DatabaseRestored, nil).
		With("at", view.Time(told.CopyOf)).With("accounts", strconv.Itoa(told.Accounts)))
}
