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
	// snoozeFor is for how long a login's notices are put off.
	snoozeFor = 24 * time.Hour
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

	mu sync.Mutex // one decision at a time
}

// Tell tells what is due at now, and returns when there may be more. sure says
// whether now can be believed; it is asked only where something depends on it.
//
// A notice is claimed in the ledger before it is shown: a program that is
// killed in between has shown it at most once (security.md P5).
func (t *Teller) Tell(ctx context.Context, now time.Time, sure func(context.Context) bool) (next time.Time, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	state, err := Read(ctx, t.Ledger)
	if err != nil {
		return time.Time{}, err
	}
	rules, err := t.Rules(ctx)
	if err != nil {
		return time.Time{}, err
	}
	p := planFor(state, t.Policy, now)
	if err := t.forget(ctx, p.gone); err != nil {
		return time.Time{}, err
	}
	if until := rules.held(now); !until.IsZero() {
		return soonest(p.turn, until), nil
	}
	if len(p.due)+len(p.mended) > 0 && !sure(ctx) {
		return soonest(p.turn, now.Add(askAgain)), nil
	}
	if err := t.tell(ctx, p, rules, now); err != nil {
		return time.Time{}, err
	}
	return t.nextAfter(p, now), nil
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

// forget drops what was told of logins that are none any more.
func (t *Teller) forget(ctx context.Context, gone []social.GrantID) error {
	if len(gone) == 0 {
		return nil
	}
	if err := t.Ledger.SaveIncidents(ctx, nil, gone, nil); err != nil {
		return err
	}
	t.Voice.Withdraw(ctx, gone)
	return nil
}

// tell claims, shows, and notes what was shown.
func (t *Teller) tell(ctx context.Context, p plan, rules Rules, now time.Time) error {
	claimed, over, events := claims(p, rules, now)
	if len(claimed)+len(over) > 0 {
		if err := t.Ledger.SaveIncidents(ctx, claimed, over, events); err != nil {
			return err
		}
	}
	if len(over) > 0 {
		t.Voice.Withdraw(ctx, over)
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
	for _, n := range p.mended {
		over = append(over, n.Grant.ID)
	}
	return claimed, over, events
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
	noted := make([]social.Incident, 0, len(due))
	for _, n := range due {
		if n.incident.Undelivered = err != nil; err == nil {
			n.incident.ToldAt = now
		}
		noted = append(noted, n.incident)
	}
	saving, cancel := context.WithTimeout(context.WithoutCancel(ctx), notePatience)
	defer cancel()
	return t.Ledger.SaveIncidents(saving, noted, nil, nil)
}

// Snooze puts off the notices of logins for a day. Those that need nothing are
// passed over; problem.NotFound where none of them does.
func (t *Teller) Snooze(ctx context.Context, ids ...social.GrantID) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	state, err := Read(ctx, t.Ledger)
	if err != nil {
		return err
	}
	asked := make(map[social.GrantID]bool, len(ids))
	for _, id := range ids {
		asked[id] = true
	}
	now := t.Now()
	needed, incidents := Attentions(state, t.Policy, now)
	var put []social.Incident
	var off []social.GrantID
	for _, a := range needed {
		if !asked[a.Grant.ID] {
			continue
		}
		// Who puts it off knows of it: it counts as told.
		incident, _, _ := incidents[a.Grant.ID].Next(a, now)
		incident.SnoozedUntil, incident.Undelivered = now.Add(snoozeFor), false
		put, off = append(put, incident), append(off, a.Grant.ID)
	}
	if len(put) == 0 {
		return problem.New(problem.NotFound, nil)
	}
	if err := t.Ledger.SaveIncidents(ctx, put, nil, nil); err != nil {
		return err
	}
	t.Voice.Withdraw(ctx, off)
	return nil
}
