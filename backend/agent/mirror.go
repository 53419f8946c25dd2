package agent

import (
	"context"
	"reflect"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

const (
	// recent is how old a look may be for a face that asks for everything.
	// Whatever was done since has been published, and is looked at in any case;
	// what is left is what time alone changes.
	recent = 2 * time.Second
	// glance is how often the faces are looked after when nothing happens: a
	// date that draws near changes what is shown.
	glance = time.Minute
)

// mirror is what the faces show as it was last looked at. While a window is
// open it is kept, with the revision at which each part of it changed, so that
// a window is told what it lacks instead of everything.
//
// Revisions are given out here: one for each look that finds a difference.
type mirror struct {
	hub *hub
	// frame and lists read what is shown: the small part, and all of it.
	frame func(context.Context) (view.Frame, error)
	whole func(context.Context) (view.Snapshot, error)
	now   func() time.Time

	mu sync.Mutex // held while somebody looks: the others want what it sees
	// kept: the rest is filled.
	kept   bool
	seen   counts
	looked time.Time
	took   time.Duration
	shown  view.Snapshot
	// floor is the revision from which on the changes are known.
	floor, frameAt, noticesAt int64
	grants                    shelf[social.GrantID, view.Grant]
	accounts                  shelf[social.AccountID, view.Account]
}

// newMirror returns the mirror of a, whose hub tells the windows through it.
func newMirror(a *Agent) *mirror {
	m := &mirror{
		hub: a.hub, frame: a.frame, whole: a.everything, now: func() time.Time { return a.now() },
		grants: shelf[social.GrantID, view.Grant]{
			key:  func(g view.Grant) social.GrantID { return g.ID },
			same: func(a, b view.Grant) bool { return reflect.DeepEqual(a, b) },
		},
		accounts: shelf[social.AccountID, view.Account]{
			key: func(a view.Account) social.AccountID { return a.ID }, same: view.Account.Equal,
		},
	}
	a.hub.look, a.hub.rest = func(ctx context.Context) error { _, err := m.snapshot(ctx, glance); return err }, m.rest
	return m
}

// keep looks every now and then until ctx ends, for as long as a window is
// there: dates draw near without anything being done.
func (m *mirror) keep(ctx context.Context) {
	ticker := time.NewTicker(glance)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if _, windows := m.hub.published(); windows == 0 {
			m.mu.Lock()
			m.drop()
			m.mu.Unlock()
			continue
		}
		// Whoever asks learns why it cannot be read.
		_, _ = m.snapshot(ctx, glance/2)
	}
}

// snapshot returns everything, as it was at most maxAge ago.
func (m *mirror) snapshot(ctx context.Context, maxAge time.Duration) (view.Snapshot, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	present, windows := m.hub.published()
	if windows == 0 {
		m.drop()
		s, err := m.whole(ctx)
		s.Revision = m.hub.current()
		return s, err
	}
	err := m.look(ctx, present, maxAge)
	return m.shown, err
}

// changes returns what has changed since a revision.
func (m *mirror) changes(ctx context.Context, since int64) (view.Changes, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.kept || since < m.floor || since > m.shown.Revision {
		return view.Changes{
			Since: since, Revision: since, Lost: true, Grants: []view.Grant{}, GrantsGone: []social.GrantID{},
			Accounts: []view.Account{}, AccountsGone: []social.AccountID{},
		}, nil
	}
	present, _ := m.hub.published()
	if err := m.look(ctx, present, glance); err != nil {
		return view.Changes{}, err
	}
	c := view.Changes{Since: since, Revision: m.shown.Revision}
	if m.frameAt > since {
		frame := m.shown.Frame
		c.Frame = &frame
	}
	if m.noticesAt > since {
		notices := m.shown.Notices
		c.Notices = &notices
	}
	c.Grants, c.GrantsGone = m.grants.after(since)
	c.Accounts, c.AccountsGone = m.accounts.after(since)
	return c, nil
}

// look brings the mirror up to what was published, where it is not, or is older
// than maxAge. What is published while it looks is looked at next time. The
// caller holds mu.
func (m *mirror) look(ctx context.Context, present counts, maxAge time.Duration) error {
	begun := time.Now()
	switch {
	case !m.kept || m.seen.watched != present.watched || m.now().Sub(m.looked).Abs() >= maxAge:
		next, err := m.whole(ctx)
		if err != nil {
			return err
		}
		m.looked = m.now()
		m.take(next)
		m.took = time.Since(begun)
	case m.seen != present:
		// A sign-in alone: thousands of accounts are not read for that.
		frame, err := m.frame(ctx)
		if err != nil {
			return err
		}
		frame.Watch.CheckedAt, frame.Watch.NextAt = m.shown.Watch.CheckedAt, m.shown.Watch.NextAt
		next := m.shown
		next.Frame = frame
		m.take(next)
	}
	m.seen = present
	return nil
}

// take makes next what is shown. Where that is something else than before, it
// is at the next revision, and the windows are told.
func (m *mirror) take(next view.Snapshot) {
	revision := m.hub.current() + 1
	changed := !m.kept
	if !m.kept || !reflect.DeepEqual(m.shown.Frame, next.Frame) {
		m.frameAt, changed = revision, true
	}
	if !m.kept || !reflect.DeepEqual(m.shown.Notices, next.Notices) {
		m.noticesAt, changed = revision, true
	}
	grants, accounts := m.grants.put(next.Grants, revision), m.accounts.put(next.Accounts, revision)
	if !m.kept {
		m.floor, m.kept = revision, true
	}
	next.Revision = m.hub.current()
	if changed || grants || accounts {
		next.Revision = m.hub.advance()
	}
	m.shown = next
}

// drop forgets what was kept: no window is there to be told. The caller holds
// mu.
func (m *mirror) drop() {
	m.kept, m.shown = false, view.Snapshot{}
	m.grants.empty()
	m.accounts.empty()
}

// rest returns for how long a window that was just told something is left
// alone: a check of thousands is news all the time, and looking is not to cost
// more than checking.
func (m *mirror) rest() time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	return max(tellRest, tellShare*m.took)
}

const (
	tellRest  = 200 * time.Millisecond
	tellShare = 4
)
