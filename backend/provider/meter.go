package provider

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// patience is the longest that a call is held back. A longer pause is an
// answer to its caller, "limited until then", and not a wait that nobody sees.
const patience = 10 * time.Second

// account names one allowance.
type account struct{ app, part string }

// reading is what was last told about an allowance.
type reading struct {
	usage Usage
	at    time.Time
	// next is when the next call may leave, while calls keep apart.
	next time.Time
}

// turn returns how long a call that wants to leave at now has to wait. paused
// says that nothing is let through before then.
func (r reading) turn(now time.Time) (wait time.Duration, paused bool) {
	if until := r.at.Add(r.usage.Pause()); now.Before(until) {
		return until.Sub(now), true
	}
	if now.Sub(r.at) >= forgetAfter {
		return 0, false
	}
	return max(r.next.Sub(now), 0), false
}

// meter keeps the readings of all allowances that a client draws on.
type meter struct {
	mu       sync.Mutex
	readings map[account]reading
}

func newMeter() *meter { return &meter{readings: map[account]reading{}} }

func (b Budget) accounts() []account {
	switch {
	case b.Read == nil:
		return nil
	case b.Part == "":
		return []account{{b.App, ""}}
	default:
		return []account{{b.App, ""}, {b.App, b.Part}}
	}
}

// reserve books the next turn of a call that waits for it at most until
// limit; ok is false, and nothing booked, when that is not enough.
func (m *meter) reserve(b Budget, now time.Time, limit time.Duration) (wait time.Duration, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	held := false
	for _, a := range b.accounts() {
		d, paused := m.readings[a].turn(now)
		wait, held = max(wait, d), held || paused
	}
	if wait > limit || held && wait > patience {
		return wait, false
	}
	for _, a := range b.accounts() {
		if r, known := m.readings[a]; known {
			r.next = now.Add(wait + r.usage.Spacing())
			m.readings[a] = r
		}
	}
	return wait, true
}

// note remembers what a reply says about its allowances. Providers tell only
// once enough is used (meta.md 5); a reply that tells nothing changes nothing.
func (m *meter) note(b Budget, h http.Header, now time.Time) {
	if b.Read == nil {
		return
	}
	app, part := b.Read(h)
	told := map[account]Usage{{b.App, ""}: WorstUsage(app, part)}
	if b.Part != "" {
		told = map[account]Usage{{b.App, ""}: app, {b.App, b.Part}: part}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for a, u := range told {
		if u == (Usage{}) {
			continue
		}
		m.readings[a] = reading{usage: u, at: now, next: now.Add(u.Spacing())}
	}
}

// hold lets a call wait for its turn. It never waits longer than its caller
// does: what would take longer is refused at once, with how long it would.
func (c *Client) hold(ctx context.Context, r Request) error {
	if r.Once || r.Budget.Read == nil {
		return nil // a code does not live as long as a pause
	}
	now, limit := time.Now(), longestWait
	if at, ok := ctx.Deadline(); ok {
		limit = at.Sub(now)
	}
	wait, ok := c.meter.reserve(r.Budget, now, limit)
	if !ok {
		t := Fault{Cause: social.CauseRateLimited, Code: problem.RateLimited}.
			Trouble(fmt.Errorf("%s: allowance is used up", r.Act))
		t.RetryAfter = BoundWait(wait)
		return t
	}
	if wait == 0 {
		return nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return limiterTrouble(ctx, r.Act)
	}
}
