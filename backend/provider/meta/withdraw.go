package meta

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// Release stops Meta from sending a Page's events to the app. There is no call
// that takes one Page out of a login (meta.md 6), and nothing to tell about an
// Instagram account. The Page is let go of here even when this fails.
func (p *Provider) Release(ctx context.Context, app social.ProviderApp, secret social.Secret, account social.Account, tokens social.TokenSet) error {
	if account.Kind != social.FacebookPage {
		return nil
	}
	if !validID(account.RemoteID) {
		return problem.New(problem.Internal, fmt.Errorf("unsubscribe page: id is not one"))
	}
	token, ok := tokens.Pages[account.RemoteID]
	if !ok || token.Empty() {
		return problem.New(problem.TokenMissing, fmt.Errorf("unsubscribe page: page has no token"))
	}
	r := p.as(session{app, secret}, token, "unsubscribe page", http.MethodDelete, account.RemoteID+"/subscribed_apps")
	r.Budget.Part = account.RemoteID // a Page's token has the Page's own allowance (meta.md 7)
	return p.http.Call(ctx, r, explain, nil)
}

// Withdraw de-authorises the app for the person: every token of this login
// dies, for every Page (meta.md 6). Meta's word that it was done is checked by
// asking about the token.
//
// The error says why a withdrawal is Unreachable; it is nil otherwise.
func (p *Provider) Withdraw(ctx context.Context, app social.ProviderApp, secret social.Secret, subject social.Subject, tokens social.TokenSet) (social.Withdrawal, error) {
	s := session{app, secret}
	if !validID(subject.ID) {
		return social.StillListed, nil
	}
	alive := !tokens.Access.Empty()
	if alive {
		err := p.deauthorise(ctx, p.as(s, tokens.Access, "withdraw access", http.MethodDelete, subject.ID+"/permissions"))
		switch trouble, refused := refusal(err); {
		case refused && trouble.Cause == social.CauseAppRemoved:
			return social.Withdrawn, nil
		case refused:
			alive = false
		case unreachable(err):
			return social.Unreachable, err
		}
	}
	if !alive {
		return p.withdrawByApp(ctx, s, subject)
	}
	return p.verify(ctx, s, tokens.Access)
}

// withdrawByApp is for a login whose own token is over: the consent may still
// stand, and the app may end it (meta.md 6). There is no token left to check
// with, so Meta's answer is all there is.
func (p *Provider) withdrawByApp(ctx context.Context, s session, subject social.Subject) (social.Withdrawal, error) {
	if s.secret.Empty() {
		return social.StillListed, nil
	}
	err := p.deauthorise(ctx, p.as(s, s.appToken(), "withdraw access as app", http.MethodDelete, subject.ID+"/permissions"))
	switch trouble, refused := refusal(err); {
	case err == nil, refused && trouble.Cause == social.CauseAppRemoved:
		return social.Withdrawn, nil
	case unreachable(err):
		return social.Unreachable, err
	default:
		return social.StillListed, nil
	}
}

// errNotDone is for an answer of success that says false.
var errNotDone = errors.New("withdraw access: answered that it was not done")

// deauthorise takes both answers of success: true, and {"success":true}.
func (p *Provider) deauthorise(ctx context.Context, r provider.Request) error {
	var answer any
	if err := p.http.Call(ctx, r, explain, &answer); err != nil {
		return err
	}
	if fields, ok := answer.(map[string]any); ok {
		answer = fields["success"]
	}
	if done, ok := answer.(bool); !ok || !done {
		return errNotDone
	}
	return nil
}

func (p *Provider) verify(ctx context.Context, s session, token social.Secret) (social.Withdrawal, error) {
	facts, err := p.debug(ctx, s, token)
	_, refused := refusal(err)
	switch {
	case refused, err == nil && !facts.Valid:
		return social.Withdrawn, nil
	case unreachable(err):
		return social.Unreachable, err
	default:
		return social.StillListed, nil
	}
}

func refusal(err error) (*social.Trouble, bool) {
	var trouble *social.Trouble
	return trouble, errors.As(err, &trouble) && trouble.Refused
}

// unreachable reports whether err means that Meta has not been told: trying
// again later may help.
func unreachable(err error) bool {
	if err == nil {
		return false
	}
	var trouble *social.Trouble
	if !errors.As(err, &trouble) {
		return errors.Is(err, context.Canceled)
	}
	if wrongParameter(err) {
		return false
	}
	switch trouble.Cause {
	case social.CauseOffline, social.CauseRateLimited, social.CauseProviderTrouble:
		return true
	default:
		return false
	}
}
