package controltest

import (
	"context"
	"slices"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// Check implements control.Service.
func (f *Fake) Check(ctx context.Context, ids []string) (view.CheckResult, error) {
	leave, err := f.enter(ctx, "check")
	if err != nil {
		return view.CheckResult{}, err
	}
	defer leave()
	result := view.CheckResult{Problems: []view.Problem{}}
	for _, a := range f.snapshot.Accounts {
		if len(ids) == 0 || slices.Contains(ids, string(a.ID)) || slices.Contains(ids, string(a.GrantID)) {
			result.Accounts++
		}
	}
	if result.Accounts == 0 && len(ids) > 0 {
		return result, problem.New(problem.NotFound, nil)
	}
	result.Grants = min(result.Accounts, len(f.snapshot.Grants))
	return result, nil
}

// Withdraw says how disconnections end from now on.
func (f *Fake) Withdraw(result view.DisconnectResult) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.outcome = result
}

// Disconnect implements control.Service.
func (f *Fake) Disconnect(ctx context.Context, id view.AccountID, wholeLogin bool) (view.DisconnectResult, error) {
	leave, err := f.enter(ctx, "disconnect")
	if err != nil {
		return view.DisconnectResult{}, err
	}
	defer leave()
	result := f.outcome
	result.WholeLogin, result.Closed = wholeLogin, []view.AccountID{}
	f.snapshot.Accounts = slices.Clone(f.snapshot.Accounts)
	for i, a := range f.snapshot.Accounts {
		if a.ID == id || wholeLogin {
			f.snapshot.Accounts[i].Health = view.Disconnected
			result.Closed = append(result.Closed, a.ID)
		}
	}
	if len(result.Closed) == 0 {
		return result, problem.New(problem.NotFound, nil)
	}
	return result, nil
}

// Remember makes entries the timeline.
func (f *Fake) Remember(entries ...view.HistoryEntry) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.history = entries
}

// History implements control.Service.
func (f *Fake) History(ctx context.Context, q view.HistoryQuery) ([]view.HistoryEntry, error) {
	leave, err := f.enter(ctx, "history")
	if err != nil {
		return nil, err
	}
	defer leave()
	found := []view.HistoryEntry{}
	for _, e := range f.history {
		if (q.AccountID == "" || e.AccountID == q.AccountID) && (q.BeforeID == 0 || e.ID < q.BeforeID) && len(found) < q.Limit {
			found = append(found, e)
		}
	}
	return found, nil
}

// Picture implements control.Service. Every account that has a picture has the
// same.
func (f *Fake) Picture(ctx context.Context, id view.AccountID) (view.Picture, error) {
	leave, err := f.enter(ctx, "picture")
	if err != nil {
		return view.Picture{}, err
	}
	defer leave()
	for _, a := range f.snapshot.Accounts {
		if a.ID == id && a.Picture != "" {
			return view.Picture{Version: a.Picture, Type: "image/png", Data: "iVBORw0KGgo="}, nil
		}
	}
	return view.Picture{}, problem.New(problem.NotFound, nil)
}

// CandidatePicture implements control.Service. Every candidate of every attempt
// that has a picture has the same.
func (f *Fake) CandidatePicture(ctx context.Context, attempt, ref string) (view.Picture, error) {
	leave, err := f.enter(ctx, "candidate_picture")
	if err != nil {
		return view.Picture{}, err
	}
	defer leave()
	for _, c := range f.attempts[attempt].Candidates {
		if c.Picture != "" && c.Picture == ref {
			return view.Picture{Version: "f00d", Type: "image/png", Data: "iVBORw0KGgo="}, nil
		}
	}
	return view.Picture{}, problem.New(problem.NotFound, nil)
}

// OpenPage implements control.Service.
func (f *Fake) OpenPage(ctx context.Context, name string) error {
	leave, err := f.enter(ctx, "open_page")
	if err != nil {
		return err
	}
	defer leave()
	f.opened = append(f.opened, name)
	return nil
}

// Publish tells the followers e, under a revision of its own.
func (f *Fake) Publish(e view.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.snapshot.Revision++
	e.Revision = f.snapshot.Revision
	for follower := range f.followers {
		follower <- e
	}
}

// Followers returns how many follow the events.
func (f *Fake) Followers() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.followers)
}

// manyEvents is more than a test publishes before a follower reads.
const manyEvents = 100

// Events implements control.Service.
func (f *Fake) Events(ctx context.Context, face view.Face, each func(view.Event) error) error {
	leave, err := f.enter(ctx, "events")
	if err != nil {
		return err
	}
	f.faces = append(f.faces, face)
	mine := make(chan view.Event, manyEvents)
	f.followers[mine] = struct{}{}
	mine <- view.Event{Revision: f.snapshot.Revision}
	leave()
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.followers, mine)
	}()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case e := <-mine:
			if err := each(e); err != nil {
				return err
			}
		}
	}
}
