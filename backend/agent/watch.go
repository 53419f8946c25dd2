package agent

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/monitor"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/text"
	"github.com/kontent/kontent-connect/backend/view"
)

// pausedSetting is where it stands until when the admin wants no notifications.
const pausedSetting = "notices_paused_until"

// openMonitor prepares the watcher. Without a desktop it looks, and tells
// nobody: a claim that nobody saw would be a notice lost.
func (a *Agent) openMonitor(context.Context) error {
	begun := a.now()
	if a.desktop.Notifications != nil {
		a.voice = newVoice(a.desktop.Notifications, a.speech)
		a.teller = &monitor.Teller{
			Ledger: a.db, Voice: a.voice, Rules: a.rules, Policy: social.DefaultPolicy(), Now: a.now, Log: a.log,
		}
	}
	a.monitor = monitor.New(monitor.Options{
		Checker: a.manager, Teller: a.teller, Now: a.now, Elapsed: func() time.Duration { return time.Since(begun) },
		ServerTime: a.serverTime, Log: a.log,
	})
	return nil
}

// serverTime asks the first provider that answers what time it is.
func (a *Agent) serverTime(ctx context.Context) (at time.Time, err error) {
	for i, base := range []string{a.settings.Bases.MetaGraph, a.settings.Bases.LinkedInAPI} {
		if at, err = a.clients[i].ServerTime(ctx, base); err == nil {
			return at, nil
		}
	}
	return at, err
}

// preferences returns what the admin chose about the faces.
func (a *Agent) preferences(ctx context.Context) (view.Preferences, error) {
	p := view.DefaultPreferences()
	stored, err := a.db.Setting(ctx, preferencesSetting)
	if err != nil || stored == "" {
		return p, err
	}
	if err := json.Unmarshal([]byte(stored), &p); err != nil || !p.Valid() {
		a.log.Warn("read the preferences", "err", err)
		return view.DefaultPreferences(), nil
	}
	return p, nil
}

// rules returns what the admin chose about being told.
func (a *Agent) rules(ctx context.Context) (monitor.Rules, error) {
	p, err := a.preferences(ctx)
	if err != nil {
		return monitor.Rules{}, err
	}
	paused, err := a.pausedUntil(ctx)
	rules := monitor.Rules{Desktop: p.Notices.Desktop, Quiet: p.Notices.Quiet, PausedUntil: paused}
	if rules.Quiet {
		// They are valid: SetPreferences lets no others in.
		rules.QuietFrom, _ = view.TimeOfDay(p.Notices.QuietFrom)
		rules.QuietTo, _ = view.TimeOfDay(p.Notices.QuietTo)
	}
	return rules, err
}

// pausedUntil returns until when no notifications are wanted; the zero time
// when they are. A pause that is longer than any that can be chosen was chosen
// by a clock that ran ahead (security.md CK03).
func (a *Agent) pausedUntil(ctx context.Context) (time.Time, error) {
	stored, err := a.db.Setting(ctx, pausedSetting)
	if err != nil || stored == "" {
		return time.Time{}, err
	}
	until, err := time.Parse(time.RFC3339, stored)
	left := until.Sub(a.now())
	if err != nil || left <= 0 || left > longestPause*time.Minute {
		return time.Time{}, nil //nolint:nilerr // what cannot be read pauses nothing
	}
	return until, nil
}

// changed is told of every change. What changes about a sign-in alone changes
// nothing that is watched.
func (a *Agent) changed(attempt string) {
	a.hub.publish(attempt)
	if attempt == "" {
		a.refresh()
	}
}

// refresh has what the desktop shows worked out anew.
func (a *Agent) refresh() {
	if a.monitor != nil {
		a.monitor.Poke()
	}
	if a.face != nil {
		a.face.poke()
	}
}

// speech returns how the admin wants to be spoken to.
func (a *Agent) speech(ctx context.Context) speech {
	p, err := a.preferences(ctx)
	if err != nil {
		a.log.Warn("read the preferences", "err", err)
	}
	texts, err := a.texts.in(p.Language)
	if err != nil {
		a.log.Error("read the texts", "err", err)
	}
	now := a.now()
	return speech{texts: texts, discreet: p.Notices.Discreet, at: now, zone: now.Location()}
}

// texts keeps the texts of each language that was spoken: reading them takes
// longer than drawing the tray.
type texts struct {
	mu    sync.Mutex
	known map[view.Language]*text.Texts
}

// in returns the texts of a language.
func (t *texts) in(language view.Language) (*text.Texts, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if known := t.known[language]; known != nil {
		return known, nil
	}
	read, err := text.New(string(language))
	if err != nil {
		return nil, err
	}
	if t.known == nil {
		t.known = map[view.Language]*text.Texts{}
	}
	t.known[language] = read
	return read, nil
}
