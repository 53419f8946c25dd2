package monitor

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Reader is where logins stand, and what was told of them.
type Reader interface {
	Grants(ctx context.Context) ([]social.Grant, error)
	// ActiveAccounts lists the connected accounts, those of one login together.
	ActiveAccounts(ctx context.Context) ([]social.Account, error)
	Incidents(ctx context.Context) ([]social.Incident, error)
}

// ledger is where it is kept who has been told what.
type ledger interface {
	Reader
	// SaveIncidents stores and drops incidents and adds lines to the timeline,
	// all of it or nothing.
	SaveIncidents(ctx context.Context, put []social.Incident, over []social.GrantID, events []social.Event) error
}

// voice speaks to the admin outside of the window.
type voice interface {
	// Tell shows what logins need: one in full, several as a summary. An error
	// says that nothing was shown.
	Tell(ctx context.Context, needed []social.Attention) error
	// Recovered shows that logins are well again.
	Recovered(ctx context.Context, well []social.Attention) error
	// Withdraw takes back what is still shown about logins.
	Withdraw(ctx context.Context, ids []social.GrantID)
	// Ready reports whether something would be shown now.
	Ready(ctx context.Context) bool
}

const (
	// offerAgain is how often the desktop is asked whether it takes by now what
	// it would not take before.
	offerAgain = 5 * time.Minute
	// notePatience bounds noting what was shown while the program ends.
	notePatience = 5 * time.Second
)

// Teller tells the admin what the logins need: once for each step, and in one
// summary where it is several at once.
type Teller struct {
	Ledger ledger
	Voice  voice
	// Rules returns what the admin chose.
	Rules func(ctx context.Context) (Rules, error)
	// Policy says when an access counts as ending.
	Policy social.Policy
	Now    func() time.Time
	Log    *slog.Logger

	telling sync.Mutex // one telling at a time

	// mu is held from reading the ledger to writing what follows from it, and
	// never while somebody else is waited for: a click on a notice must not
	// wait for a slow network or a desktop that hangs.
	mu sync.Mutex
}

// Tell tells what is due at now, and returns when there may be more. sure says
// whether now can be believed; it is asked only where something depends on it.
//
// A notice is claimed in the ledger before it is shown: a program that is
// killed in between has shown it at most once (security.md P5).
func (t *Teller) Tell(ctx context.Context, now time.Time, sure func(context.Context) bool) (next time.Time, err error) {
	t.telling.Lock()
	defer t.telling.Unlock()
	rules, err := t.Rules(ctx)
	if err != nil {
		return time.Time{}, err
	}
	p, err := t.look(ctx, now)
	if err != nil {
		return time.Time{}, err
	}
	if len(p.gone) > 0 {
		t.Voice.Withdraw(ctx, p.gone)
	}
	if until := rules.held(now); !until.IsZero() {
		return soonest(p.turn, until), nil
	}
	if len(p.due)+len(p.mended) > 0 {
		if !sure(ctx) {
			return soonest(p.turn, now.Add(askAgain)), nil
		}
		if p, err = t.claim(ctx, rules, now); err != nil {
			return time.Time{}, err
		}
	}
	return t.nextAfter(p, now), t.tell(ctx, p, rules, now)
}

// look works out what there is to tell, and drops what was told of logins that
// are none any more.
func (t *Teller) look(ctx context.Context, now time.Time) (plan, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p, err := t.plan(ctx, now)
	if err != nil || len(p.gone) == 0 {
		return p, err
	}
	return p, t.Ledger.SaveIncidents(ctx, nil, p.gone, nil)
}

// claim works out anew what there is to tell, because much may have happened
// while a provider was asked for the time, and claims it.
func (t *Teller) claim(ctx context.Context, rules Rules, now time.Time) (plan, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p, err := t.plan(ctx, now)
	if err != nil {
		return p, err
	}
	claimed, over, events := claims(p, rules, now)
	if len(claimed)+len(over) == 0 {
		return p, nil
	}
	return p, t.Ledger.SaveIncidents(ctx, claimed, over, events)
}

func (t *Teller) plan(ctx context.Context, now time.Time) (plan, error) {
	state, err := Read(ctx, t.Ledger)
	if err != nil {
		return plan{}, err
	}
	return planFor(state, t.Policy, now), nil
}

// nextAfter returns when to think again after p was told.
func (t *Teller) nextAfter(p plan, now time.Time) time.Time {
	if len(p.due)+len(p.undelivered) > 0 {
		return soonest(p.turn, now.Add(offerAgain))
	}
	return p.turn
}

func soonest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// tell shows what was claimed.
func (t *Teller) tell(ctx context.Context, p plan, rules Rules, now time.Time) error {
	if len(p.mended) > 0 {
		t.Voice.Withdraw(ctx, logins(p.mended))
	}
	if !rules.Desktop {
		return nil
	}
	t.sayMended(ctx, p.mended)
	due := p.due
	if len(p.undelivered) > 0 && t.Voice.Ready(ctx) {
		due = append(due, p.undelivered...)
	}
	return t.show(ctx, due, now)
}

func logins(all []news) (ids []social.GrantID) {
	for _, n := range all {
		ids = append(ids, n.Grant.ID)
	}
	return ids
}

// claims is what goes into the ledger before anything is shown.
func claims(p plan, rules Rules, now time.Time) (claimed []social.Incident, over []social.GrantID, events []social.Event) {
	for _, n := range p.due {
		claimed = append(claimed, n.incident)
		if rules.Desktop {
			events = append(events, social.Event{
				At: now.UTC(), Kind: social.EventNotified, Provider: n.Grant.Provider, ProjectID: n.Account.ProjectID,
				GrantID: n.Grant.ID, Subject: n.Account.Title(), Cause: n.Cause,
			})
		}
	}
	return claimed, logins(p.mended), events
}

// sayMended says that logins are well again, where the desktop had said that
// they are not.
func (t *Teller) sayMended(ctx context.Context, mended []news) {
	var told []social.Attention
	for _, n := range mended {
		if !n.incident.ToldAt.IsZero() {
			told = append(told, n.Attention)
		}
	}
	if len(told) == 0 {
		return
	}
	if err := t.Voice.Recovered(ctx, told); err != nil {
		t.Log.Info("say that logins are well again", "code", string(problem.CodeOf(err)), "err", err)
	}
}

// show shows what was claimed and notes whether the desktop took it. A notice
// that it did not take is offered again later; so is one that the program's end
// cut off, which must still be noted.
func (t *Teller) show(ctx context.Context, due []news, now time.Time) error {
	if len(due) == 0 {
		return nil
	}
	needed := make([]social.Attention, 0, len(due))
	for _, n := range due {
		needed = append(needed, n.Attention)
	}
	err := t.Voice.Tell(ctx, needed)
	if err != nil {
		t.Log.Info("show a notice", "logins", len(needed), "code", string(problem.CodeOf(err)), "err", err)
	}
	return t.note(ctx, due, err == nil, now)
}

// note notes of claims whether the desktop took them. What was put off while it
// was shown stays so, and is not left on the screen.
func (t *Teller) note(ctx context.Context, shown []news, taken bool, now time.Time) error {
	saving, cancel := context.WithTimeout(context.WithoutCancel(ctx), notePatience)
	defer cancel()
	off, err := t.noteClaims(saving, shown, taken, now)
	if len(off) > 0 && taken {
		t.Voice.Withdraw(ctx, off)
	}
	return err
}

func (t *Teller) noteClaims(ctx context.Context, shown []news, taken bool, now time.Time) (off []social.GrantID, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	stored, err := t.Ledger.Incidents(ctx)
	if err != nil {
		return nil, err
	}
	incidents := incidentsOf(State{Incidents: stored})
	noted := make([]social.Incident, 0, len(shown))
	for _, n := range shown {
		incident, there := incidents[n.Grant.ID]
		if !there || !incident.SnoozedUntil.IsZero() {
			off = append(off, n.Grant.ID)
			continue
		}
		if incident.Undelivered = !taken; taken {
			incident.ToldAt = now
		}
		noted = append(noted, incident)
	}
	return off, t.Ledger.SaveIncidents(ctx, noted, nil, nil)
}
