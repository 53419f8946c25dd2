package agent

import (
	"context"
	"time"

	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/keychain"
	"github.com/kontent/kontent-connect/backend/notify"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// answerPatience bounds what a click on the desktop sets off. The keychain may
// ask for its password in between.
const answerPatience = 2 * time.Minute

// answered does what the admin chose on a notification. It returns at once.
// Whatever comes is checked: any program of the session can pretend to be the
// notification service.
func (a *Agent) answered(r notify.Response) {
	a.act(func(ctx context.Context) {
		ids := a.voice.logins(r.Key)
		switch {
		case r.Button == buttonSnooze && len(ids) > 0: // else a summary of an earlier run
			a.note("put off from the desktop", a.snooze(ctx, ids))
		case r.Button == buttonReconnect && len(ids) == 1:
			a.reconnect(ctx, ids[0])
		case len(ids) == 1:
			a.showLogin(ctx, ids[0])
		default:
			a.showWindow(ctx, view.Event{Show: true})
		}
	})
}

// openFromDesktop brings the window forward.
func (a *Agent) openFromDesktop() {
	a.act(func(ctx context.Context) { a.showWindow(ctx, view.Event{Show: true}) })
}

// openAccount brings the window forward on an account.
func (a *Agent) openAccount(id string) {
	a.act(func(ctx context.Context) { a.showWindow(ctx, view.Event{Show: true, Account: social.AccountID(id)}) })
}

// checkFromDesktop asks about every login.
func (a *Agent) checkFromDesktop() {
	a.act(func(ctx context.Context) {
		_, err := a.Check(ctx, nil)
		a.note("check from the desktop", err)
	})
}

// pauseFromDesktop pauses notices for a span of the tray's menu.
func (a *Agent) pauseFromDesktop(id string) {
	a.act(func(ctx context.Context) {
		a.note("pause from the desktop", a.PauseNotices(ctx, pauseMinutes(id, a.now())))
	})
}

// resumeFromDesktop ends a pause.
func (a *Agent) resumeFromDesktop() {
	a.act(func(ctx context.Context) { a.note("resume from the desktop", a.PauseNotices(ctx, 0)) })
}

// act runs what a click on the desktop asked for, beside whoever passed it on.
// A click on an agent that is closing does nothing.
func (a *Agent) act(do func(context.Context)) {
	a.actions.Lock()
	defer a.actions.Unlock()
	if a.living.Err() != nil {
		return
	}
	a.clicks.Go(func() {
		ctx, cancel := context.WithTimeout(a.living, answerPatience)
		defer cancel()
		do(ctx)
	})
}

func (a *Agent) note(act string, err error) {
	if err != nil {
		a.log.Info("asked for from the desktop", "op", act, "code", string(problem.CodeOf(err)), "err", err)
	}
}

// pauseMinutes turns a span of the tray's menu into minutes. Tomorrow begins
// at eight.
func pauseMinutes(id string, now time.Time) int {
	if id != pauseTomorrow {
		return 60
	}
	morning := time.Date(now.Year(), now.Month(), now.Day()+1, 8, 0, 0, 0, now.Location())
	return int(morning.Sub(now)/time.Minute) + 1
}

// reconnect starts the sign-in that mends a login, and shows it. Where it
// cannot be started the window shows the login, whose own button says why.
func (a *Agent) reconnect(ctx context.Context, id social.GrantID) {
	grant, account, need, err := a.login(ctx, id)
	if err != nil {
		a.note("reconnect from the desktop", err)
		return
	}
	attempt, err := a.manager.Connect(keychain.WithPerson(ctx), connection.ConnectRequest{
		ProjectID: account.ProjectID, Provider: grant.Provider, GrantID: id, Capabilities: grant.Wanted,
		ChooseAgain: need == social.Missing,
	})
	a.noteKeychain(err)
	a.note("reconnect from the desktop", err)
	if err != nil {
		a.showWindow(ctx, view.Event{Show: true, Account: account.ID})
		return
	}
	a.showWindow(ctx, view.Event{Show: true, Account: account.ID, Attempt: attempt.ID})
}

// showLogin brings the window forward on what a login needs.
func (a *Agent) showLogin(ctx context.Context, id social.GrantID) {
	_, account, _, err := a.login(ctx, id)
	if err != nil {
		a.note("show a login", err)
	}
	a.showWindow(ctx, view.Event{Show: true, Account: account.ID})
}

// login returns a living login with the account that stands for it, the one
// that needs something or its first, and what that needs.
func (a *Agent) login(ctx context.Context, id social.GrantID) (social.Grant, social.Account, social.Health, error) {
	g, err := a.db.Grant(ctx, id)
	if err != nil {
		return social.Grant{}, social.Account{}, "", err
	}
	own, err := a.db.AccountsOf(ctx, id)
	if err == nil && len(own) == 0 {
		err = problem.New(problem.NotFound, nil)
	}
	if err != nil {
		return social.Grant{}, social.Account{}, "", err
	}
	if found, ok := social.DefaultPolicy().Attend(g, own, a.now()); ok {
		return g, found.Account, found.Health, nil
	}
	return g, own[0], social.Healthy, nil
}

// showWindow brings the window forward, and starts one where there is none; it
// is then told as soon as it listens.
func (a *Agent) showWindow(ctx context.Context, e view.Event) {
	if a.hub.order(e) > 0 || a.desktop.OpenWindow == nil {
		return
	}
	a.note("open the window", a.desktop.OpenWindow(ctx))
}

// showAgain starts a window for an order that none has shown.
func (a *Agent) showAgain(e view.Event) {
	a.act(func(ctx context.Context) { a.showWindow(ctx, e) })
}
