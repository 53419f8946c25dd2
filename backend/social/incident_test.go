package social_test

import (
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// admin is told of a login as time passes.
type admin struct {
	t        *testing.T
	grant    social.Grant
	accounts []social.Account
	incident social.Incident
	now      time.Time
	told     []social.Rung
}

// tell lets the admin be told what is due now.
func (a *admin) tell() {
	a.t.Helper()
	found, ok := social.DefaultPolicy().Attend(a.grant, a.accounts, a.now)
	if !ok {
		return
	}
	next, due, turn := a.incident.Next(found, a.now)
	if !turn.After(a.now) && !turn.IsZero() {
		a.t.Fatalf("at %s the next turn is %s", a.now, turn)
	}
	if due {
		a.told, a.incident = append(a.told, next.Rung), next
	}
}

// live lets days pass, with a look every hour.
func (a *admin) live(d time.Duration) {
	a.t.Helper()
	for end := a.now.Add(d); a.now.Before(end); a.now = a.now.Add(time.Hour) {
		a.tell()
	}
}

func (a *admin) wantTold(want ...social.Rung) {
	a.t.Helper()
	if len(a.told) != len(want) {
		a.t.Fatalf("told %v, want %v", a.told, want)
	}
	for i, rung := range want {
		if a.told[i] != rung {
			a.t.Fatalf("told %v, want %v", a.told, want)
		}
	}
	a.told = nil
}

func newAdmin(t *testing.T, endsIn time.Duration) *admin {
	t.Helper()
	return &admin{t: t, grant: ending(endsIn), accounts: []social.Account{named("a1")}, now: noon}
}

const ended = social.RungEnded

func TestIncident(t *testing.T) {
	t.Parallel()
	t.Run("each step is told once, from two weeks before to weekly after", func(t *testing.T) {
		t.Parallel()
		a := newAdmin(t, 20*day)
		a.live(46 * day)
		a.wantTold(social.RungIn14, social.RungIn7, social.RungIn3, social.RungIn1, social.RungToday,
			ended, ended+1, ended+2, ended+3, ended+4, ended+5)
	})
	t.Run("what was passed over is not told afterwards", func(t *testing.T) {
		t.Parallel()
		a := newAdmin(t, 5*day)
		a.live(4*day + time.Hour)
		a.wantTold(social.RungIn7, social.RungIn3, social.RungIn1)
	})
	t.Run("CK03 what was put off by a clock that ran ahead is put off for a day at most", func(t *testing.T) {
		t.Parallel()
		a := newAdmin(t, 6*day)
		a.tell()
		a.wantTold(social.RungIn7)
		a.incident.SnoozedUntil = a.now.Add(400 * day)
		a.live(day + time.Hour)
		a.wantTold(social.RungIn7)
		a.incident.SnoozedUntil = a.now.Add(social.LongestSnooze + time.Minute) // by a clock that was set back since
		a.live(day)
		a.wantTold()
	})
	t.Run("CK03 an end that was told by a clock that ran ahead is told again, and followed up", func(t *testing.T) {
		t.Parallel()
		a := newAdmin(t, -time.Hour)
		a.now = a.now.Add(400 * day)
		a.tell()
		a.live(20 * day) // the weekly ones too
		a.told = nil
		a.now = noon
		a.live(4 * day)
		a.wantTold(ended, ended+1, ended+2)
	})
	t.Run("CK02 a clock that goes back repeats nothing", func(t *testing.T) {
		t.Parallel()
		a := newAdmin(t, 4*day)
		a.live(2 * day)
		a.wantTold(social.RungIn7, social.RungIn3)
		a.now = a.now.Add(-10 * day)
		a.live(12 * day)
		a.wantTold(social.RungIn1, social.RungToday)
		a.live(day)
		a.wantTold(ended)
		a.now = a.now.Add(-20 * day)
		a.live(16 * day)
		a.wantTold()
	})
	t.Run("a new sign-in begins a new ladder", func(t *testing.T) {
		t.Parallel()
		a := newAdmin(t, 2*day)
		a.live(day)
		a.told = nil
		a.grant.TokenVersion++
		a.grant.Clocks.Token = social.ExpiresAt(a.now.Add(9*day), social.ToldByProvider)
		a.live(3 * day)
		a.wantTold(social.RungIn14, social.RungIn7)
	})
	t.Run("a renewal that does not move the fixed end goes on with the same ladder", func(t *testing.T) {
		t.Parallel()
		// LinkedIn's refresh ceiling (linkedin.md 1.7).
		a := newAdmin(t, 12*day)
		a.live(day)
		a.wantTold(social.RungIn14)
		a.grant.TokenVersion++
		a.grant.Clocks.Token.At = a.grant.Clocks.Token.At.Add(2 * time.Second)
		a.live(2 * day)
		a.wantTold()
	})
	t.Run("a refusal before the end is told at once", func(t *testing.T) {
		t.Parallel()
		a := newAdmin(t, 10*day)
		a.tell()
		a.wantTold(social.RungIn14)
		a.grant.Verdict = refused(social.CauseRevoked)
		a.live(2 * day)
		a.wantTold(ended, ended+1)
	})
	t.Run("an access that is missing as well begins a ladder of its own", func(t *testing.T) {
		t.Parallel()
		a := newAdmin(t, 100*day)
		a.accounts[0].Standing = social.StandingMissing
		a.live(2 * day)
		a.wantTold(ended, ended+1)
		a.grant.Verdict = refused(social.CauseRevoked)
		a.tell()
		a.wantTold(ended)
	})
	t.Run("after weeks away the step of today is all there is", func(t *testing.T) {
		t.Parallel()
		a := newAdmin(t, 20*day)
		a.now = a.now.Add(80 * day)
		a.live(2 * day)
		a.wantTold(ended, ended+1)
	})
}

func TestSnooze(t *testing.T) {
	t.Parallel()
	snooze := func(a *admin) { a.incident.SnoozedUntil = a.now.Add(day) }
	t.Run("a day later it is told once more", func(t *testing.T) {
		t.Parallel()
		a := newAdmin(t, 13*day)
		a.tell()
		a.told = nil
		snooze(a)
		a.live(day)
		a.wantTold()
		a.live(2 * day)
		a.wantTold(social.RungIn14)
	})
	t.Run("a step that comes in between is told with it", func(t *testing.T) {
		t.Parallel()
		a := newAdmin(t, 7*day+time.Hour)
		a.tell()
		a.told = nil
		snooze(a)
		a.live(2 * day)
		a.wantTold(social.RungIn7)
	})
	t.Run("the end is told all the same", func(t *testing.T) {
		t.Parallel()
		a := newAdmin(t, 5*time.Hour)
		a.tell()
		a.told = nil
		snooze(a)
		a.live(6 * time.Hour)
		a.wantTold(ended)
	})
}

func TestIncidentIsOver(t *testing.T) {
	t.Parallel()
	g, accounts := ending(5*day), []social.Account{named("a1")}
	found, _ := attend(g, accounts...)
	told, _, _ := social.Incident{}.Next(found, noon)
	later := g
	later.Clocks.Token = social.ExpiresAt(noon.Add(60*day), social.ToldByProvider)
	renewed := g
	renewed.TokenVersion++
	for name, tc := range map[string]struct {
		grant social.Grant
		want  bool
	}{
		"not by a clock that went back": {g, false},
		"by a new sign-in":              {renewed, true},
		"by a date that is a later one": {later, true},
		"by a date that is gone":        {wellGrant(), true},
		"not by a second more or less":  {ending(5*day + time.Second), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := told.Over(tc.grant, accounts); got != tc.want {
				t.Errorf("over: %t", got)
			}
		})
	}
	t.Run("a refusal that the provider took back", func(t *testing.T) {
		t.Parallel()
		dead := wellGrant()
		dead.Verdict = refused(social.CauseRevoked)
		found, _ := attend(dead, accounts...)
		told, _, _ := social.Incident{}.Next(found, noon)
		if !told.Over(wellGrant(), accounts) {
			t.Error("it is not over")
		}
	})
}
