package social_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/social"
)

var (
	explicit    = &social.Trouble{Cause: social.CauseRevoked, Refused: true, Explicit: true}
	unexplained = &social.Trouble{Cause: social.CauseRefused, Refused: true}
	offline     = &social.Trouble{Cause: social.CauseOffline}
)

func TestVerdictAfter(t *testing.T) {
	t.Parallel()
	was := social.Verdict{}.Good(noon.Add(-day))

	t.Run("the provider's explicit word counts at once", func(t *testing.T) {
		t.Parallel()
		want := social.Verdict{Outcome: social.OutcomeRefused, Cause: social.CauseRevoked, At: noon, GoodAt: was.GoodAt}
		if diff := cmp.Diff(want, was.After(explicit, noon)); diff != "" {
			t.Errorf("verdict (-want +got):\n%s", diff)
		}
	})
	t.Run("one unexplained refusal is a suspicion that keeps the last good date", func(t *testing.T) {
		t.Parallel()
		want := social.Verdict{Outcome: social.OutcomeSuspected, Cause: social.CauseRefused, At: noon, GoodAt: was.GoodAt, SuspectedAt: noon}
		if diff := cmp.Diff(want, was.After(unexplained, noon)); diff != "" {
			t.Errorf("verdict (-want +got):\n%s", diff)
		}
	})
	t.Run("a second refusal counts from ten minutes on", func(t *testing.T) {
		t.Parallel()
		suspected := was.After(unexplained, noon)
		early := suspected.After(unexplained, noon.Add(social.ConfirmRefusalAfter-time.Second))
		if early.Outcome != social.OutcomeSuspected || !early.SuspectedAt.Equal(noon) {
			t.Errorf("too early: %+v; the suspicion must stay and keep its date", early)
		}
		if late := early.After(unexplained, noon.Add(social.ConfirmRefusalAfter)); late.Outcome != social.OutcomeRefused {
			t.Errorf("after ten minutes: %+v, want refused", late)
		}
	})
	t.Run("being offline in between does not clear the suspicion", func(t *testing.T) {
		t.Parallel()
		v := was.After(unexplained, noon).After(offline, noon.Add(5*time.Minute))
		if v.Outcome != social.OutcomeInconclusive || v.Cause != social.CauseOffline {
			t.Errorf("offline: %+v", v)
		}
		if v = v.After(unexplained, noon.Add(15*time.Minute)); v.Outcome != social.OutcomeRefused {
			t.Errorf("the second refusal: %+v, want refused", v)
		}
	})
	for name, later := range map[string]*social.Trouble{"being offline": offline, "an unexplained refusal": unexplained} {
		t.Run(name+" does not replace what is settled", func(t *testing.T) {
			t.Parallel()
			v := was.After(explicit, noon).After(later, noon.Add(time.Hour))
			want := social.Verdict{Outcome: social.OutcomeRefused, Cause: social.CauseRevoked, At: noon.Add(time.Hour), GoodAt: was.GoodAt}
			if !later.Refused {
				want.Tries = 1 // it was no answer
			}
			if diff := cmp.Diff(want, v); diff != "" {
				t.Errorf("verdict (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("another explicit word replaces the cause", func(t *testing.T) {
		t.Parallel()
		again := &social.Trouble{Cause: social.CausePasswordChanged, Refused: true, Explicit: true}
		if v := was.After(explicit, noon).After(again, noon); v.Cause != social.CausePasswordChanged {
			t.Errorf("cause %q, want the newer one", v.Cause)
		}
	})
	t.Run("a good answer clears everything", func(t *testing.T) {
		t.Parallel()
		v := was.After(unexplained, noon).After(explicit, noon).Good(noon.Add(time.Minute))
		want := social.Verdict{Outcome: social.OutcomeGood, At: noon.Add(time.Minute), GoodAt: noon.Add(time.Minute)}
		if diff := cmp.Diff(want, v); diff != "" {
			t.Errorf("verdict (-want +got):\n%s", diff)
		}
	})
}

func TestTrouble(t *testing.T) {
	t.Parallel()
	below := errors.New("connection refused")
	trouble := &social.Trouble{Cause: social.CauseOffline, Err: below}
	if got := trouble.Error(); got != "offline: connection refused" || !errors.Is(trouble, below) {
		t.Errorf("trouble %q must name its cause and keep its chain", got)
	}
	if got := (&social.Trouble{Cause: social.CauseOffline}).Error(); got != "offline" {
		t.Errorf("trouble without a chain: %q", got)
	}
}

func TestVerdictCountsTheAnswersThatWereNone(t *testing.T) {
	t.Parallel()
	v := social.Verdict{}.Good(noon).After(offline, noon).After(offline, noon)
	if v.Tries != 2 {
		t.Errorf("after two: %d", v.Tries)
	}
	if v = v.After(unexplained, noon); v.Tries != 0 {
		t.Errorf("after an answer: %d", v.Tries)
	}
	limited := &social.Trouble{Cause: social.CauseRateLimited, RetryAfter: time.Hour, TraceID: "A1"}
	if v = v.After(limited, noon); v.Tries != 1 || v.TraceID != "A1" || !v.NotBefore.Equal(noon.Add(time.Hour)) {
		t.Errorf("limited for an hour: %+v", v)
	}
	if v = v.After(offline, noon.Add(time.Minute)); !v.NotBefore.IsZero() || v.TraceID != "" {
		t.Errorf("an older wish to be left alone, or an older trace, was kept: %+v", v)
	}
	if v = v.Good(noon); v.Tries != 0 {
		t.Errorf("after a good answer: %d", v.Tries)
	}
}
