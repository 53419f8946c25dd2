package connection

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// What the watcher asks of the use cases.

// aheadAtMost is how far ahead a login can have been planned: a day and its
// part of the spread, or until a provider's midnight (linkedin.md 4).
const aheadAtMost = 49 * time.Hour

// Due lists the logins that are to be looked at by now, or were last asked
// about before asked, and when the next one is due; the zero time when none
// will be.
func (m *Manager) Due(ctx context.Context, now, asked time.Time) (ids []string, next time.Time, err error) {
	due, next, err := m.Store.Due(ctx, now, asked, now.Add(aheadAtMost))
	for _, id := range due {
		ids = append(ids, string(id))
	}
	return ids, next, err
}

// Look checks logins that are due. Of each provider one login goes first: where
// there is no way to the provider, the others are not asked about in vain, and
// are noted as not asked about for the same reason.
func (m *Manager) Look(ctx context.Context, ids []string) error {
	done, err := m.begin()
	if err != nil {
		return err
	}
	defer done()
	grants, err := m.stillThere(ctx, ids)
	if err != nil {
		return err
	}
	ended := m.progress.begin(len(grants))
	byProvider := map[social.Provider][]social.Grant{}
	for _, g := range grants {
		byProvider[g.Provider] = append(byProvider[g.Provider], g)
	}
	var mu sync.Mutex
	var results []CheckResult
	var failures []error
	var group sync.WaitGroup
	for _, grants := range byProvider {
		group.Go(func() {
			result, err := m.lookAt(ctx, grants)
			mu.Lock()
			defer mu.Unlock()
			results, failures = append(results, result), append(failures, err)
		})
	}
	group.Wait()
	ended()
	m.over(sum(results))
	return errors.Join(failures...)
}

// stillThere returns the logins of the given ids that are not closed by now,
// in their order.
func (m *Manager) stillThere(ctx context.Context, ids []string) ([]social.Grant, error) {
	all, err := m.Store.Grants(ctx)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]social.Grant, len(all))
	for _, g := range all {
		byID[string(g.ID)] = g
	}
	var grants []social.Grant
	for _, id := range ids {
		if g, ok := byID[id]; ok {
			grants = append(grants, g)
		}
	}
	return grants, nil
}

// lookAt looks at the logins of one provider, as far as its allowance goes.
func (m *Manager) lookAt(ctx context.Context, due []social.Grant) (CheckResult, error) {
	grants, later, err := m.affordable(ctx, due)
	if err != nil {
		return CheckResult{}, err
	}
	result, lookErr := m.lookAtAll(ctx, grants)
	return result, errors.Join(lookErr, m.putOff(ctx, later), m.noteCalls(ctx, due[0].Provider))
}

// lookAtAll looks at one login first, and at the others where that found a way
// to the provider.
func (m *Manager) lookAtAll(ctx context.Context, grants []social.Grant) (CheckResult, error) {
	if len(grants) == 0 {
		return CheckResult{}, nil
	}
	first, err := m.askAll(ctx, grants[:1])
	var rest CheckResult
	var restErr error
	if trouble := offlineIn(first.Problems); trouble != nil {
		rest, restErr = m.passOver(ctx, grants[1:], trouble)
	} else {
		rest, restErr = m.askAll(ctx, grants[1:])
	}
	return sum([]CheckResult{first, rest}), errors.Join(err, restErr)
}

// passOver notes that logins could not be asked about.
func (m *Manager) passOver(ctx context.Context, grants []social.Grant, trouble *social.Trouble) (CheckResult, error) {
	result, failures := CheckResult{}, make([]error, 0, len(grants))
	for _, g := range grants {
		failures = append(failures, m.passOverOne(ctx, g.ID, trouble))
		m.progressed()
		result.Grants++
		result.Unverified++
		result.Problems = append(result.Problems, trouble)
	}
	return result, errors.Join(failures...)
}

func (m *Manager) passOverOne(ctx context.Context, id social.GrantID, trouble *social.Trouble) error {
	defer m.locks.lock(string(id))()
	g, err := m.Store.Grant(ctx, id)
	if err != nil {
		return ignoreNotFound(err)
	}
	after := g
	after.Verdict = g.Verdict.After(trouble, m.Now().UTC())
	after.DueAt = m.Schedule.Next(after)
	if g.State == social.GrantRevoking {
		return m.Store.NoteWithdrawal(ctx, after)
	}
	return m.Store.SaveCheck(ctx, after, nil, nil)
}

// offlineIn returns the trouble that says that there is no way to a provider.
func offlineIn(problems []error) *social.Trouble {
	for _, err := range problems {
		var trouble *social.Trouble
		if errors.As(err, &trouble) && trouble.Cause == social.CauseOffline {
			return trouble
		}
	}
	return nil
}

// noteOffline remembers whether the last look found a way to anybody.
func (m *Manager) noteOffline(r CheckResult) {
	if r.Grants == 0 {
		return
	}
	offline := 0
	for _, err := range r.Problems {
		if offlineIn([]error{err}) != nil {
			offline++
		}
	}
	m.offline.Store(offline == r.Grants)
}

// Offline reports whether the last look found no way to any provider.
func (m *Manager) Offline() bool { return m.offline.Load() }

// Checking tells how many logins of a check under way have been asked about;
// total is 0 while there is none.
func (m *Manager) Checking() (done, total int) { return m.progress.current() }

// progress counts the logins of the checks under way.
type progress struct {
	mu          sync.Mutex
	done, total int
	running     int
	toldAt      time.Time
}

// begin counts in a check of so many logins and returns what counts it out.
func (p *progress) begin(logins int) (end func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running++
	p.total += logins
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.running--; p.running == 0 {
			p.done, p.total = 0, 0
		}
	}
}

func (p *progress) current() (done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.done, p.total
}

// tellEvery keeps the news of a long check from flooding the faces.
const tellEvery = 500 * time.Millisecond

// step counts one login, and reports whether the faces are to be told now.
func (p *progress) step(now time.Time) (tell bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if now.Sub(p.toldAt).Abs() < tellEvery {
		return false
	}
	p.toldAt = now
	return true
}

// progressed counts one login that was asked about.
func (m *Manager) progressed() {
	if m.progress.step(m.Now()) {
		m.Changed("")
	}
}
