package monitor_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// What TestNinetyDays lives through.
const (
	soakLogins = 200
	soakDays   = 90
	// soakFailing is the part of questions to a provider that come to nothing.
	soakFailing = 0.2
)

// truth is what really is, whatever the computer's clock says.
type truth struct {
	ends    time.Time // the token's end
	revoked time.Time // zero: never
	broken  bool      // of this version an end was told
	counted bool      // among those that ended
	told    map[social.Rung]int
	version int
}

// soak is an office with thousands of accounts, its computer and its people,
// over a quarter of a year.
type soak struct {
	*home
	truthMu sync.Mutex // protects what follows
	rand    *rand.Rand
	logins  map[social.GrantID]*truth
	faults  []string
	ended   int // accesses that ended
	noticed int // of which the admin was told
	// late is the longest that an end went untold while the computer was on.
	late time.Duration
	// known is since when the computer could have known of an end.
	known map[social.GrantID]time.Duration
}

// TestNinetyDays is security.md G5: 10,000 accounts, 90 simulated days, nights
// asleep, clocks that jump both ways, restarts, and every fifth question to a
// provider in vain. No end goes untold, nothing is told twice, and nobody is
// told to reconnect what lives.
//
// Covers CK02, CK03, CK10, P3, P4, P5, G5.
func TestNinetyDays(t *testing.T) {
	t.Parallel()
	seeds := uint64(soakSeeds)
	if os.Getenv("KONTENT_SOAK") != "" {
		seeds = 40
	}
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed+1), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSoak(t, seed+1)
				for day := range soakDays {
					s.liveADay(day)
				}
				s.stop()
				for _, fault := range s.faults {
					t.Error(fault)
				}
				if s.ended < soakLogins/6 || s.noticed != s.ended {
					t.Errorf("%d accesses ended, %d were told of", s.ended, s.noticed)
				}
				t.Logf("%d accesses ended, all told of, the latest %s after the computer could know; %d notices on the desktop",
					s.ended, s.late.Truncate(time.Second), len(s.voice.told()))
			})
		})
	}
}

func newSoak(t *testing.T, seed uint64) *soak {
	t.Helper()
	s := &soak{
		home: newHome(t), rand: rand.New(rand.NewPCG(seed, 7)),
		logins: map[social.GrantID]*truth{}, known: map[social.GrantID]time.Duration{},
	}
	s.serverTime = func(context.Context) (time.Time, error) {
		if s.chance(soakFailing) {
			return time.Time{}, errSilent
		}
		return s.real(), nil
	}
	s.ledger.look = s.ask
	s.voice.hear = s.hear
	// The check of all logins is a matter of minutes, so that the test is one
	// of seconds.
	for i := range soakLogins {
		id := social.GrantID(fmt.Sprintf("g%03d", i))
		s.connect(id, s.days(5, 60))
		s.ledger.grants[id] = s.due(s.ledger.grants[id])
		for j := 1; j < soakAccounts; j++ {
			a := s.ledger.accounts[len(s.ledger.accounts)-1]
			a.ID = social.AccountID(fmt.Sprint("a", i, "-", j))
			s.ledger.accounts = append(s.ledger.accounts, a)
		}
		s.logins[id] = &truth{ends: s.ledger.grants[id].Clocks.Token.At, told: map[social.Rung]int{}, version: 1}
		if s.rand.Float64() < 0.15 {
			s.logins[id].revoked = s.real().Add(s.days(1, soakDays))
		}
	}
	s.start()
	return s
}

// real is the true time: the wall clock without the steps that were errors.
func (s *soak) real() time.Time { return s.wall.now().Add(-s.wall.errorNow()) }

// chance reports, in so many of all cases, that something happens.
func (s *soak) chance(part float64) bool {
	s.truthMu.Lock()
	defer s.truthMu.Unlock()
	return s.rand.Float64() < part
}

// dice returns a number below n.
func (s *soak) dice(n int) int {
	s.truthMu.Lock()
	defer s.truthMu.Unlock()
	return s.rand.IntN(n)
}

// dead reports whether a login's access is really over.
func (s *soak) dead(id social.GrantID) bool {
	s.truthMu.Lock()
	defer s.truthMu.Unlock()
	login := s.logins[id]
	return !login.revoked.IsZero() && !s.real().Before(login.revoked) || !s.real().Before(login.ends)
}

func (s *soak) days(from, to int) time.Duration {
	return time.Duration(from)*day + time.Duration(s.rand.Int64N(int64(time.Duration(to-from)*day)))
}

// due plans the next look at a login as the program does.
func (s *soak) due(g social.Grant) social.Grant {
	schedule := social.DefaultSchedule()
	schedule.Spread = 2 * time.Minute
	g.DueAt = schedule.Next(g)
	return g
}

// ask asks the provider about a login.
func (s *soak) ask(g *social.Grant) {
	now := s.wall.now()
	switch {
	case s.chance(soakFailing):
		g.Verdict = g.Verdict.After(&social.Trouble{Cause: social.CauseProviderTrouble}, now)
	case s.dead(g.ID):
		g.Verdict = g.Verdict.After(&social.Trouble{Cause: social.CauseRevoked, Refused: true, Explicit: s.chance(0.5)}, now)
	default:
		g.Verdict = g.Verdict.Good(now)
	}
	*g = s.due(*g)
}

// hear checks what is told against what is.
func (s *soak) hear(needed []social.Attention) {
	for _, a := range needed {
		dead, rung := s.dead(a.Grant.ID), s.ledger.incident(a.Grant.ID).Rung
		s.heard(a, dead, rung)
	}
}

func (s *soak) heard(a social.Attention, dead bool, rung social.Rung) {
	s.truthMu.Lock()
	defer s.truthMu.Unlock()
	login := s.logins[a.Grant.ID]
	if a.Health == social.Reconnect && !dead {
		s.faults = append(s.faults, fmt.Sprintf("%s: told to reconnect what lives until %s, at %s", a.Grant.ID, login.ends, s.real()))
	}
	if login.told[rung]++; login.told[rung] > 1 {
		s.faults = append(s.faults, fmt.Sprintf("%s: rung %d of version %d was told %d times", a.Grant.ID, rung, login.version, login.told[rung]))
	}
	if a.Health == social.Reconnect && !login.broken {
		login.broken = true
		s.count(login)
		s.noticed++
	}
}

// count counts an access that ended, once.
func (s *soak) count(login *truth) {
	if !login.counted {
		login.counted = true
		s.ended++
	}
}

// liveADay lets a day pass: eight hours of it asleep, the rest with whatever
// happens to a computer.
func (s *soak) liveADay(day int) {
	for range 16 {
		time.Sleep(time.Hour)
		synctest.Wait()
		s.watchTheEnds()
	}
	switch s.dice(6) {
	case 0:
		s.stop()
		s.start()
	case 1:
		s.jump(time.Duration(s.dice(72)-36) * time.Hour)
	case 2:
		s.jump([]time.Duration{-10 * 365, 10 * 365}[s.dice(2)] * 24 * time.Hour)
	}
	s.peopleReconnect()
	s.wall.step(8 * time.Hour)
	if day%30 == 29 {
		s.stop()
		s.wall.step(2 * 24 * time.Hour)
		s.start()
	}
}

// jump sets the clock wrong for some hours, and right again.
func (s *soak) jump(d time.Duration) {
	s.wall.err(d)
	time.Sleep(time.Duration(1+s.dice(5)) * time.Hour)
	synctest.Wait()
	s.wall.err(-d)
	time.Sleep(time.Hour)
	synctest.Wait()
	s.watchTheEnds()
}

// watchTheEnds notes how long ends have gone untold. A revocation can only be
// found by asking: daily, and again when that was in vain.
func (s *soak) watchTheEnds() {
	s.truthMu.Lock()
	defer s.truthMu.Unlock()
	for id, login := range s.logins {
		could := login.ends
		if !login.revoked.IsZero() && login.revoked.Add(36*time.Hour).Before(could) {
			could = login.revoked.Add(36 * time.Hour)
		}
		if login.broken || s.real().Before(could) {
			continue
		}
		if _, known := s.known[id]; !known {
			s.known[id] = s.wall.elapsed()
			s.count(login)
		}
		late := s.wall.elapsed() - s.known[id]
		if s.late = max(s.late, late); late > 3*time.Hour {
			s.faults = append(s.faults, fmt.Sprintf("%s ended at %s and at %s nobody was told", id, could, s.real()))
			login.broken = true
			s.noticed++
		}
	}
}

// peopleReconnect has some admins mend what they were told of.
func (s *soak) peopleReconnect() {
	for _, id := range s.willing() {
		s.reconnect(id, 60*day)
		s.change(id, func(g *social.Grant) {
			*g = s.due(*g)
			s.truthMu.Lock()
			defer s.truthMu.Unlock()
			*s.logins[id] = truth{ends: g.Clocks.Token.At, told: map[social.Rung]int{}, version: s.logins[id].version + 1}
			delete(s.known, id)
		})
	}
}

// willing lists the logins whose admins see to them today.
func (s *soak) willing() []social.GrantID {
	s.truthMu.Lock()
	defer s.truthMu.Unlock()
	var ids []social.GrantID
	for id, login := range s.logins {
		if len(login.told) > 0 && s.rand.Float64() < 0.08 {
			ids = append(ids, id)
		}
	}
	return ids
}
