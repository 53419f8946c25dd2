package controltest

import (
	"context"
	"slices"
	"strconv"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// Connect implements control.Service.
func (f *Fake) Connect(ctx context.Context, r view.ConnectRequest) (view.Attempt, error) {
	leave, err := f.enter(ctx, "connect")
	if err != nil {
		return view.Attempt{}, err
	}
	defer leave()
	f.requests = append(f.requests, r)
	a := view.Attempt{
		ID: "t" + strconv.Itoa(len(f.requests)), ProjectID: r.ProjectID, Provider: r.Provider, GrantID: r.GrantID, State: view.AttemptWaiting,
		AuthorizeURL: "https://provider.example/oauth?client_id=1&state=x", RedirectURI: "http://localhost:17653/callback/" + string(r.Provider),
		ExpiresAt: "2026-03-10T12:10:00Z", BrowserOpened: !r.NoBrowser, Candidates: []view.Candidate{}, Connected: []view.AccountID{},
	}
	f.attempts[a.ID] = a
	return a, nil
}

// Change changes a sign-in, as the provider's answer would, and tells the
// followers.
func (f *Fake) Change(id string, change func(*view.Attempt)) {
	f.mu.Lock()
	a := f.attempts[id]
	change(&a)
	f.attempts[id] = a
	f.mu.Unlock()
	f.Publish(view.Event{Attempt: id})
}

// Attempt implements control.Service.
func (f *Fake) Attempt(ctx context.Context, id string) (view.Attempt, error) {
	leave, err := f.enter(ctx, "attempt")
	if err != nil {
		return view.Attempt{}, err
	}
	defer leave()
	return f.attempt(id)
}

func (f *Fake) attempt(id string) (view.Attempt, error) {
	a, ok := f.attempts[id]
	if !ok {
		return a, problem.New(problem.NotFound, nil)
	}
	return a, nil
}

// OpenBrowser implements control.Service.
func (f *Fake) OpenBrowser(ctx context.Context, id string) error {
	leave, err := f.enter(ctx, "open_browser")
	if err != nil {
		return err
	}
	defer leave()
	f.opened = append(f.opened, id)
	return nil
}

// PasteAddress implements control.Service.
func (f *Fake) PasteAddress(ctx context.Context, id, address string) error {
	leave, err := f.enter(ctx, "paste_address")
	if err != nil {
		return err
	}
	defer leave()
	f.opened = append(f.opened, id+" "+address)
	return nil
}

// Select implements control.Service.
func (f *Fake) Select(ctx context.Context, id string, remoteIDs []string) (view.Attempt, error) {
	leave, err := f.enter(ctx, "select")
	if err != nil {
		return view.Attempt{}, err
	}
	defer leave()
	a, err := f.attempt(id)
	if err != nil {
		return a, err
	}
	for _, c := range a.Candidates {
		if slices.Contains(remoteIDs, c.RemoteID) {
			account := view.AccountID("a-" + c.RemoteID)
			f.snapshot.Accounts = append(slices.Clone(f.snapshot.Accounts), view.Account{
				ID: account, ProjectID: a.ProjectID, GrantID: "g1", Provider: a.Provider, Kind: c.Kind, RemoteID: c.RemoteID,
				Name: c.Name, State: "active", Health: view.Healthy, Capabilities: c.Capabilities, ConnectedAt: "2026-03-10T12:00:00Z",
			})
			a.Connected = append(a.Connected, account)
		}
	}
	if len(a.Connected) == 0 && a.GrantID == "" {
		return a, problem.New(problem.NothingSelected, nil)
	}
	a.State = view.AttemptDone
	f.attempts[id] = a
	return a, nil
}

// Cancel implements control.Service.
func (f *Fake) Cancel(ctx context.Context, id string) error {
	leave, err := f.enter(ctx, "cancel")
	if err != nil {
		return err
	}
	defer leave()
	f.cancelled = append(f.cancelled, id)
	delete(f.attempts, id)
	return nil
}
