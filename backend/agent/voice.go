package agent

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/monitor"
	"github.com/kontent/kontent-connect/backend/notify"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/text"
)

// The keys of notifications: one for each login, one for a summary, and one for
// several that are well again, which leaves alone what others still need.
const (
	loginKey     = "login/"
	summaryKey   = "summary"
	recoveredKey = "recovered"
	testKey      = "test"
)

// The buttons of notifications.
const (
	buttonReconnect = "reconnect"
	buttonSnooze    = "snooze"
	buttonShow      = "show"
)

// summaryLines is how many accounts a summary names.
const summaryLines = 3

// speech is how the admin wants to be spoken to.
type speech struct {
	texts *text.Texts
	// discreet leaves names out.
	discreet bool
	// at is the present, and zone where days are counted.
	at   time.Time
	zone *time.Location
}

// appName is the program's name as people know it.
const appName = "Kontent Connect"

// voice says to the admin what is due to be said, as notifications. It
// implements the teller's voice.
type voice struct {
	desktop notifications
	speech  func(context.Context) speech

	mu sync.Mutex // protects what follows
	// summary are the logins of the summary that is shown, with what was said.
	summary map[social.GrantID]social.Attention
}

func newVoice(d notifications, s func(context.Context) speech) *voice {
	return &voice{desktop: d, speech: s, summary: map[social.GrantID]social.Attention{}}
}

// Tell shows what logins need. What is news about a login of a summary that is
// still there is said in the summary, whose lines would be out of date beside it.
func (v *voice) Tell(ctx context.Context, needed []social.Attention) error {
	needed = v.withSummary(ctx, needed)
	message := v.speech(ctx).notice(needed)
	former := v.noteSummary(needed)
	err := v.desktop.Show(ctx, message)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return nil // it may have been shown; saying it twice is worse
	case err != nil:
		v.setSummary(former) // which is what is still there
		return err
	case len(needed) > 1:
		for _, a := range needed {
			v.take(ctx, loginKey+string(a.Grant.ID))
		}
	case v.forget([]social.GrantID{needed[0].Grant.ID}):
		v.take(ctx, summaryKey) // it was about this one alone
	}
	return nil
}

// withSummary adds to what is news the rest of the summary that is there, if it
// belongs to that or would take its place.
func (v *voice) withSummary(ctx context.Context, news []social.Attention) []social.Attention {
	there := v.desktop.There(ctx, summaryKey)
	v.mu.Lock()
	defer v.mu.Unlock()
	if _, named := v.summary[news[0].Grant.ID]; !there || len(news) == 1 && !named {
		return news
	}
	rest := maps.Clone(v.summary)
	for _, a := range news {
		delete(rest, a.Grant.ID)
	}
	return monitor.ByUrgency(slices.AppendSeq(slices.Clone(news), maps.Values(rest)))
}

// Recovered shows that logins are well again.
func (v *voice) Recovered(ctx context.Context, well []social.Attention) error {
	return v.desktop.Show(ctx, v.speech(ctx).recovered(well))
}

// Withdraw takes back what is shown about logins.
func (v *voice) Withdraw(ctx context.Context, ids []social.GrantID) {
	for _, id := range ids {
		v.take(ctx, loginKey+string(id))
	}
	if v.forget(ids) {
		v.take(ctx, summaryKey)
	}
}

// Ready reports whether a notification would reach the admin now.
func (v *voice) Ready(ctx context.Context) bool {
	state := v.desktop.Status(ctx).State
	return state != notify.NoService && state != notify.Denied
}

// try shows that notifications work.
func (v *voice) try(ctx context.Context) error {
	texts := v.speech(ctx).texts
	return v.desktop.Show(ctx, notify.Message{
		Key: testKey, Title: texts.Get("desk.test_title", nil), Body: texts.Get("desk.test_body", nil),
	})
}

// take takes one notification back. That it cannot be is no trouble: it is
// older than what the window says, and goes by itself.
func (v *voice) take(ctx context.Context, key string) { _ = v.desktop.Withdraw(ctx, key) }

// noteSummary remembers whom the summary that is about to be shown is about,
// before a click on it can come, and returns whom the former one is about.
func (v *voice) noteSummary(needed []social.Attention) (former map[social.GrantID]social.Attention) {
	v.mu.Lock()
	defer v.mu.Unlock()
	former = v.summary
	if len(needed) < 2 {
		return former
	}
	v.summary = make(map[social.GrantID]social.Attention, len(needed))
	for _, a := range needed {
		v.summary[a.Grant.ID] = a
	}
	return former
}

func (v *voice) setSummary(about map[social.GrantID]social.Attention) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.summary = about
}

// forget takes logins out of the summary, and reports whether it was about
// nobody else.
func (v *voice) forget(ids []social.GrantID) (empty bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	before := len(v.summary)
	for _, id := range ids {
		delete(v.summary, id)
	}
	return before > 0 && len(v.summary) == 0
}

// logins returns the logins that a notification with this key is about.
func (v *voice) logins(key string) []social.GrantID {
	if id, ok := strings.CutPrefix(key, loginKey); ok {
		return []social.GrantID{social.GrantID(id)}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	var ids []social.GrantID
	if key == summaryKey {
		for id := range v.summary {
			ids = append(ids, id)
		}
	}
	return ids
}
