package agent

import (
	"context"
	"time"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/keychain"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// The agent is what the faces talk to: each method turns shapes of package
// view into words of the domain and back.
var _ control.Service = (*Agent)(nil)

// Events implements control.Service.
func (a *Agent) Events(ctx context.Context, face view.Face, each func(view.Event) error) error {
	return a.hub.follow(ctx, face, each)
}

// AddProject implements control.Service.
func (a *Agent) AddProject(ctx context.Context, name string) (view.Project, error) {
	p, err := a.manager.AddProject(ctx, name)
	return view.ProjectFrom(p), err
}

// RenameProject implements control.Service.
func (a *Agent) RenameProject(ctx context.Context, id social.ProjectID, name string) error {
	return a.manager.RenameProject(ctx, id, name)
}

// RemoveProject implements control.Service.
func (a *Agent) RemoveProject(ctx context.Context, id social.ProjectID) error {
	return a.manager.RemoveProject(ctx, id)
}

// SetApp implements control.Service.
func (a *Agent) SetApp(ctx context.Context, s view.AppSettings) (view.ProviderApp, error) {
	app, err := a.manager.SetApp(keychain.WithPerson(ctx), social.ProviderApp{
		Provider: s.Provider, ClientID: s.ClientID, Redirect: s.Redirect, Ports: s.Ports, RelayURL: s.RelayURL,
		APIVersion: s.APIVersion, LoginConfig: s.LoginConfig, Product: s.Product, Tier: s.Tier,
	}, social.NewSecret(s.ClientSecret))
	a.noteKeychain(err)
	return view.AppFrom(app, a.manager.Permissions(app)), err
}

// RemoveApp implements control.Service.
func (a *Agent) RemoveApp(ctx context.Context, p social.Provider) error {
	return a.manager.RemoveApp(keychain.WithPerson(ctx), p)
}

// TestApp implements control.Service.
func (a *Agent) TestApp(ctx context.Context, p social.Provider) error {
	err := a.manager.TestApp(keychain.WithPerson(ctx), p)
	a.noteKeychain(err)
	return err
}

// Connect implements control.Service.
func (a *Agent) Connect(ctx context.Context, r view.ConnectRequest) (view.Attempt, error) {
	// A demonstration that found its keychain locked is set up once somebody
	// is there to unlock it.
	if err := a.setUpDemoApps(keychain.WithPerson(ctx)); err != nil {
		a.noteKeychain(err)
		return view.Attempt{}, err
	}
	attempt, err := a.manager.Connect(keychain.WithPerson(ctx), connection.ConnectRequest{
		ProjectID: r.ProjectID, Provider: r.Provider, Capabilities: r.Capabilities, Kinds: r.Kinds,
		GrantID: r.GrantID, ChooseAgain: r.ChooseAgain, NoBrowser: r.NoBrowser, Token: social.NewSecret(r.Token),
		Timeout: time.Duration(r.TimeoutSeconds) * time.Second,
	})
	a.noteKeychain(err)
	if err != nil {
		return view.Attempt{}, err
	}
	return a.attemptView(ctx, attempt)
}

// Attempt implements control.Service.
func (a *Agent) Attempt(ctx context.Context, id string) (view.Attempt, error) {
	attempt, err := a.manager.Attempt(id)
	if err != nil {
		return view.Attempt{}, err
	}
	return a.attemptView(ctx, attempt)
}

// OpenBrowser implements control.Service.
func (a *Agent) OpenBrowser(ctx context.Context, id string) error {
	return a.manager.OpenBrowser(ctx, id)
}

// PasteAddress implements control.Service.
func (a *Agent) PasteAddress(_ context.Context, id, address string) error {
	return a.manager.PasteAddress(id, address)
}

// Select implements control.Service.
func (a *Agent) Select(ctx context.Context, id string, remoteIDs []string) (view.Attempt, error) {
	attempt, err := a.manager.Select(keychain.WithPerson(ctx), id, remoteIDs)
	a.noteKeychain(err)
	if err != nil {
		return view.Attempt{}, err
	}
	return a.attemptView(ctx, attempt)
}

// Cancel implements control.Service.
func (a *Agent) Cancel(_ context.Context, id string) error { return a.manager.Cancel(id) }

// CandidatePicture implements control.Service.
func (a *Agent) CandidatePicture(ctx context.Context, attempt, ref string) (view.Picture, error) {
	p, err := a.manager.CandidatePicture(ctx, attempt, ref)
	return view.PictureFrom(p), err
}

// Check implements control.Service.
func (a *Agent) Check(ctx context.Context, ids []string) (view.CheckResult, error) {
	a.probeKeychain(keychain.WithPerson(ctx))
	if err := a.setUpDemoApps(keychain.WithPerson(ctx)); err != nil {
		return view.CheckResult{}, err
	}
	found, err := a.manager.Check(keychain.WithPerson(ctx), ids)
	if err != nil {
		return view.CheckResult{}, err
	}
	result := view.CheckResult{Grants: found.Grants, Accounts: found.Accounts, Unverified: found.Unverified, Problems: []view.Problem{}}
	for _, trouble := range found.Problems {
		result.Problems = append(result.Problems, *view.ProblemFrom(trouble))
	}
	return result, nil
}

// Disconnect implements control.Service.
func (a *Agent) Disconnect(ctx context.Context, id social.AccountID, wholeLogin bool) (view.DisconnectResult, error) {
	ended, err := a.manager.Disconnect(keychain.WithPerson(ctx), id, wholeLogin)
	a.noteKeychain(err)
	if err != nil {
		return view.DisconnectResult{}, err
	}
	return view.DisconnectResult{
		Outcome: ended.Outcome, Closed: ended.Closed, WholeLogin: ended.WholeLogin,
		Provider: ended.Grant.Provider, Subject: ended.Grant.Subject.Name,
		Page: pages()[appsPage(ended.Grant.Provider)], Problem: view.ProblemFrom(ended.Problem),
	}, nil
}

// Picture implements control.Service.
func (a *Agent) Picture(ctx context.Context, id social.AccountID) (view.Picture, error) {
	p, err := a.db.Picture(ctx, id)
	return view.PictureFrom(p), err
}

// noteKeychain remembers trouble that a person has just run into, so that the
// window says it before the next try.
func (a *Agent) noteKeychain(err error) {
	switch problem.CodeOf(err) { //nolint:exhaustive // the rest is not the keychain's
	case problem.KeychainAbsent, problem.KeychainLocked, problem.KeychainTimeout, problem.KeychainDismissed:
		if a.keychainTrouble.set(err) {
			a.changed("")
		}
	case "":
		if a.keychainTrouble.set(nil) {
			a.changed("")
		}
	}
}
