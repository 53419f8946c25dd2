package connection

import (
	"context"

	"github.com/kontent/kontent-connect/backend/social"
)

// day is how the days are told apart on which calls are counted.
const day = "2006-01-02"

// noteCalls adds the calls to p since the last time to those of the day, by
// UTC: that is the day of the providers' allowances.
func (m *Manager) noteCalls(ctx context.Context, p social.Provider) error {
	m.calls.Lock()
	defer m.calls.Unlock()
	made := m.Requests(p)
	if made == m.counted[p] {
		return nil
	}
	if err := m.Store.AddCalls(ctx, p, m.Now().UTC().Format(day), int(made-m.counted[p])); err != nil {
		return err
	}
	m.counted[p] = made
	return nil
}

// affordable splits the due logins of one provider into those that today's
// allowance has room for and those that wait until tomorrow. Where the provider
// publishes no allowance there is room for all.
func (m *Manager) affordable(ctx context.Context, grants []social.Grant) (now, later []social.Grant, err error) {
	room, fresh, limited, err := m.room(ctx, grants[0].Provider)
	if err != nil || !limited {
		return grants, nil, err
	}
	for _, g := range grants {
		accounts, err := m.Store.AccountsOf(ctx, g.ID)
		if err != nil {
			return nil, nil, err
		}
		cost := social.CallsToCheck(len(accounts))
		// A login that is larger than the whole share has the day's first turn.
		if fits := cost <= room || fresh && len(now) == 0; fits {
			room -= cost
			now = append(now, g)
		} else {
			later = append(later, g)
		}
	}
	return now, later, nil
}

// room returns how many calls to p are left today for looking without being
// asked; fresh says that none was made yet.
func (m *Manager) room(ctx context.Context, p social.Provider) (calls int, fresh, limited bool, err error) {
	apps, err := m.Store.ProviderApps(ctx)
	if err != nil {
		return 0, false, false, err
	}
	for _, app := range apps {
		if app.Provider != p || app.WatchCalls() == 0 {
			continue
		}
		if err := m.noteCalls(ctx, p); err != nil {
			return 0, false, true, err
		}
		used, err := m.Store.Calls(ctx, p, m.Now().UTC().Format(day))
		return app.WatchCalls() - used, used == 0, true, err
	}
	return 0, false, false, nil
}

// putOff has logins looked at tomorrow. Nothing was asked, so nothing that is
// known of them changes.
func (m *Manager) putOff(ctx context.Context, grants []social.Grant) error {
	for _, g := range grants {
		if err := m.putOffOne(ctx, g.ID); err != nil {
			return err
		}
		m.progressed()
	}
	if len(grants) > 0 {
		m.Log.Info("the day's calls are used up", "provider", string(grants[0].Provider), "logins", len(grants))
	}
	return nil
}

func (m *Manager) putOffOne(ctx context.Context, id social.GrantID) error {
	defer m.locks.lock(string(id))()
	g, err := m.Store.Grant(ctx, id)
	if err != nil {
		return ignoreNotFound(err)
	}
	g.DueAt = m.Schedule.TomorrowFor(g, m.Now())
	if g.State == social.GrantRevoking {
		return m.Store.NoteWithdrawal(ctx, g)
	}
	return m.Store.SaveCheck(ctx, g, nil, nil)
}
