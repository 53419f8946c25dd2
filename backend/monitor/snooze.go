package monitor

import (
	"context"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Snooze puts off the notices of logins for a day. Those that need nothing are
// passed over; problem.NotFound where none of them does.
func (t *Teller) Snooze(ctx context.Context, ids ...social.GrantID) error {
	off, err := t.putOff(ctx, ids)
	if err != nil {
		return err
	}
	t.Voice.Withdraw(ctx, off)
	return nil
}

func (t *Teller) putOff(ctx context.Context, ids []social.GrantID) (off []social.GrantID, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	state, err := Read(ctx, t.Ledger)
	if err != nil {
		return nil, err
	}
	asked := make(map[social.GrantID]bool, len(ids))
	for _, id := range ids {
		asked[id] = true
	}
	now := t.Now()
	needed, incidents := Attentions(state, t.Policy, now)
	var put []social.Incident
	for _, a := range needed {
		if !asked[a.Grant.ID] {
			continue
		}
		// Who puts it off knows of it: it counts as told.
		incident, _, _ := incidents[a.Grant.ID].Next(a, now)
		incident.SnoozedUntil, incident.Undelivered = now.Add(social.LongestSnooze), false
		put, off = append(put, incident), append(off, a.Grant.ID)
	}
	if len(put) == 0 {
		return nil, problem.New(problem.NotFound, nil)
	}
	return off, t.Ledger.SaveIncidents(ctx, put, nil, nil)
}
