package monitor_test

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/monitor"
	"github.com/kontent/kontent-connect/backend/social"
)

// home is one admin's computer: logins in a ledger, a clock that can be set,
// and a voice that keeps what it said. The monitor over them can be restarted.
type home struct {
	t          *testing.T
	ledger     *ledger
	voice      *mouth
	wall       *wall
	serverTime func(context.Context) (time.Time, error)

	mu    sync.Mutex
	rules monitor.Rules

	teller  *monitor.Teller
	monitor *monitor.Monitor
}

func newHome(t *testing.T) *home {
	t.Helper()
	h := &home{t: t, ledger: newLedger(), voice: &mouth{}, wall: newWall(), rules: monitor.Rules{Desktop: true}}
	h.serverTime = func(context.Context) (time.Time, error) { return h.wall.now(), nil }
	t.Cleanup(h.stop)
	return h
}

func (h *home) newTeller() *monitor.Teller {
	return &monitor.Teller{
		Ledger: h.ledger, Voice: h.voice, Policy: social.DefaultPolicy(), Now: h.wall.now, Log: slog.New(slog.DiscardHandler),
		Rules: func(context.Context) (monitor.Rules, error) {
			h.mu.Lock()
			defer h.mu.Unlock()
			return h.rules, nil
		},
	}
}

func (h *home) start() {
	h.teller = h.newTeller()
	h.monitor = monitor.New(monitor.Options{
		Checker: h.ledger, Teller: h.teller, Now: h.wall.now, Elapsed: h.wall.elapsed, Log: h.teller.Log,
		ServerTime: func(ctx context.Context) (time.Time, error) { return h.serverTime(ctx) },
	})
	h.ledger.changed = h.monitor.Poke
	h.monitor.Start(context.Background())
}

func (h *home) stop() {
	if h.monitor != nil {
		h.monitor.Stop()
	}
}

func (h *home) choose(change func(*monitor.Rules)) {
	h.mu.Lock()
	change(&h.rules)
	h.mu.Unlock()
	h.ledger.changed()
}

// connect adds a login with one account, whose access ends in d.
func (h *home) connect(id social.GrantID, d time.Duration) {
	now := h.wall.now()
	h.ledger.mu.Lock()
	defer h.ledger.mu.Unlock()
	h.ledger.grants[id] = social.Grant{
		ID: id, Provider: social.Meta, Subject: social.Subject{ID: string(id), Name: "Ana " + string(id)}, State: social.GrantActive,
		TokenVersion: 1, Verdict: social.Verdict{}.Good(now), Clocks: social.Clocks{Token: social.ExpiresAt(now.Add(d), social.ToldByProvider)},
		DueAt: now.Add(100 * 365 * 24 * time.Hour),
	}
	h.ledger.accounts = append(h.ledger.accounts, social.Account{
		ID: social.AccountID("a-" + id), ProjectID: "p1", GrantID: id, Provider: social.Meta, Kind: social.FacebookPage,
		Name: "Café " + string(id), State: social.AccountActive, Clocks: social.Clocks{Token: social.Never(social.ToldByProvider)},
	})
}

// change changes a login, as a check or a sign-in does.
func (h *home) change(id social.GrantID, do func(*social.Grant)) {
	h.ledger.mu.Lock()
	g := h.ledger.grants[id]
	do(&g)
	h.ledger.grants[id] = g
	h.ledger.mu.Unlock()
	h.ledger.changed()
}

func (h *home) reconnect(id social.GrantID, d time.Duration) {
	end := h.wall.now().Add(d)
	h.change(id, func(g *social.Grant) {
		g.TokenVersion++
		g.Clocks.Token = social.ExpiresAt(end, social.ToldByProvider)
		g.Verdict = social.Verdict{}.Good(h.wall.now())
	})
}

// ledger keeps logins and what was told of them in memory, as the database
// does on disk; a test of the database holds it to the same.
type ledger struct {
	mu        sync.Mutex
	grants    map[social.GrantID]social.Grant
	accounts  []social.Account
	incidents map[social.GrantID]social.Incident
	events    []social.Event
	broken    error
	changed   func()
	// look, if set, is what looking at a login does.
	look func(*social.Grant)
}

func newLedger() *ledger {
	return &ledger{grants: map[social.GrantID]social.Grant{}, incidents: map[social.GrantID]social.Incident{}, changed: func() {}}
}

func (l *ledger) breakWith(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.broken = err
}

func (l *ledger) lines() []social.Event {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.events)
}

func (l *ledger) incident(id social.GrantID) social.Incident {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.incidents[id]
}

func (l *ledger) Grants(context.Context) ([]social.Grant, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	grants := make([]social.Grant, 0, len(l.grants))
	for _, g := range l.grants {
		grants = append(grants, g)
	}
	return grants, l.broken
}

func (l *ledger) ActiveAccounts(context.Context) ([]social.Account, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.accounts[:len(l.accounts):len(l.accounts)], l.broken
}

func (l *ledger) Incidents(context.Context) ([]social.Incident, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	incidents := make([]social.Incident, 0, len(l.incidents))
	for _, i := range l.incidents {
		incidents = append(incidents, i)
	}
	return incidents, l.broken
}

func (l *ledger) SaveIncidents(ctx context.Context, put []social.Incident, over []social.GrantID, events []social.Event) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := cmp.Or(l.broken, ctx.Err()); err != nil {
		return err
	}
	for _, i := range put {
		l.incidents[i.GrantID] = i
	}
	for _, id := range over {
		delete(l.incidents, id)
	}
	l.events = append(l.events, events...)
	return nil
}

func (l *ledger) Due(_ context.Context, now, asked time.Time) (ids []string, next time.Time, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	horizon := now.Add(49 * time.Hour)
	for id, g := range l.grants {
		switch {
		case g.DueAt.IsZero():
		case !g.DueAt.After(now), l.look != nil && g.DueAt.After(horizon), l.look != nil && g.Verdict.At.Before(asked):
			ids = append(ids, string(id))
		case next.IsZero() || g.DueAt.Before(next):
			next = g.DueAt
		}
	}
	slices.Sort(ids)
	return ids, next, l.broken
}

func (l *ledger) Look(_ context.Context, ids []string) error {
	l.mu.Lock()
	for _, id := range ids {
		g := l.grants[social.GrantID(id)]
		l.look(&g)
		l.grants[g.ID] = g
	}
	l.mu.Unlock()
	l.changed()
	return nil
}

// said is one line of what the voice said.
type said struct {
	kind    string // tell, recovered or withdraw
	ids     []social.GrantID
	at      time.Time
	health  social.Health
	account string
}

// mouth keeps what is said. It can be told to refuse.
type mouth struct {
	mu      sync.Mutex
	lines   []said
	refuses bool
	hear    func([]social.Attention)
}

var errSilent = errors.New("nothing shows notifications")

func (m *mouth) say(kind string, needed []social.Attention) error {
	m.mu.Lock()
	if m.refuses {
		m.mu.Unlock()
		return errSilent
	}
	line := said{kind: kind, at: time.Now()}
	for _, a := range needed {
		line.ids = append(line.ids, a.Grant.ID)
	}
	line.health, line.account = needed[0].Health, needed[0].Account.Title()
	m.lines = append(m.lines, line)
	hear := m.hear
	m.mu.Unlock() // who hears it may take its time
	if hear != nil && kind == "tell" {
		hear(needed)
	}
	return nil
}

func (m *mouth) Tell(_ context.Context, needed []social.Attention) error {
	return m.say("tell", needed)
}

func (m *mouth) Recovered(_ context.Context, well []social.Attention) error {
	return m.say("recovered", well)
}

func (m *mouth) Withdraw(_ context.Context, ids []social.GrantID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lines = append(m.lines, said{kind: "withdraw", ids: ids, at: time.Now()})
}

func (m *mouth) Ready(context.Context) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return !m.refuses
}

func (m *mouth) refuse(on bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refuses = on
}

func (m *mouth) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lines = nil
}

// told lists the notices.
func (m *mouth) told() []said { return m.of("tell") }

func (m *mouth) of(kind string) []said {
	m.mu.Lock()
	defer m.mu.Unlock()
	var found []said
	for _, line := range m.lines {
		if line.kind == kind {
			found = append(found, line)
		}
	}
	return found
}
