package agent

import (
	"cmp"
	"slices"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/tray"
	"github.com/kontent/kontent-connect/backend/view"
)

// trayRows is how many accounts the tray's menu names.
const trayRows = 8

// The spans for which the tray's menu pauses notices.
const (
	pauseHour     = "hour"
	pauseTomorrow = "tomorrow"
)

// menuOf is the tray's menu as snapshot s stands.
func (s speech) menuOf(v view.Snapshot) tray.Menu {
	accounts := slices.DeleteFunc(slices.Clone(v.Accounts), func(a view.Account) bool { return a.State != social.AccountActive })
	needy := slices.DeleteFunc(slices.Clone(accounts), func(a view.Account) bool { return a.Health == social.Healthy })
	slices.SortStableFunc(needy, byNeed)
	word := s.status(v, accounts)
	m := tray.Menu{
		Shape: shapeOf(v, accounts), Attention: slices.ContainsFunc(needy, needsPerson), Tooltip: appName + " – " + word, Status: word,
		More: s.more(len(needy)-trayRows, len(accounts)-len(needy)), NextExpiry: s.nextExpiry(v.Grants, accounts),
		CheckNow: s.texts.Get("tray.check", nil), Checking: v.Watch.Checking,
		Open: s.texts.Get("tray.open", nil), Quit: s.texts.Get("tray.quit", nil),
	}
	if m.Checking {
		m.CheckNow = s.texts.Get("tray.checking", nil)
	}
	for _, a := range needy[:min(len(needy), trayRows)] {
		m.Accounts = append(m.Accounts, tray.Entry{ID: string(a.ID), Label: s.row(a)})
	}
	if v.Watch.PausedUntil != "" {
		m.Resume = s.texts.Get("tray.resume", nil)
		return m
	}
	m.Pause = s.texts.Get("tray.pause", nil)
	m.PauseFor = []tray.Entry{
		{ID: pauseHour, Label: s.texts.Get("tray.pause_hour", nil)},
		{ID: pauseTomorrow, Label: s.texts.Get("tray.pause_tomorrow", nil)},
	}
	return m
}

// byNeed puts the most urgent first, and of those alike what ends first.
func byNeed(a, b view.Account) int {
	switch {
	case a.Health.Worse(b.Health):
		return -1
	case b.Health.Worse(a.Health):
		return 1
	default:
		return cmp.Or(cmp.Compare(a.EndsAt, b.EndsAt), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	}
}

// needsPerson reports whether nobody but a person can mend it.
func needsPerson(a view.Account) bool {
	return a.Health == social.Reconnect || a.Health == social.Missing || a.Health == social.Checkpoint
}

// shapeOf is the worst state as a shape. What nobody could ask about is
// unknown, and no better for having been well once.
func shapeOf(v view.Snapshot, accounts []view.Account) tray.Shape {
	worst := social.Healthy
	for _, a := range accounts {
		if a.Health.Worse(worst) {
			worst = a.Health
		}
	}
	switch {
	case worst == social.Reconnect || worst == social.Missing || worst == social.Checkpoint:
		return tray.ShapeBroken
	case worst == social.Keychain || v.Keychain != nil || v.Watch.ClockWrong:
		return tray.ShapeUnknown
	case worst == social.Expiring:
		return tray.ShapeSoon
	case worst == social.Unverified || v.Watch.Offline:
		return tray.ShapeUnknown
	default:
		return tray.ShapeOK
	}
}

// status says the worst state in words.
func (s speech) status(v view.Snapshot, accounts []view.Account) string {
	count := map[social.Health]int{}
	for _, a := range accounts {
		count[a.Health]++
	}
	broken := count[social.Reconnect] + count[social.Missing] + count[social.Checkpoint]
	switch {
	case len(accounts) == 0:
		return s.texts.Get("tray.none", nil)
	case broken > 0:
		return s.texts.Count("tray.broken", broken, nil)
	case v.Watch.ClockWrong:
		return s.texts.Get("tray.clock", nil)
	case v.Keychain != nil || count[social.Keychain] > 0:
		return s.texts.Get("tray.keychain", nil)
	case count[social.Expiring] > 0:
		return s.texts.Count("tray.soon", count[social.Expiring], nil)
	case v.Watch.Offline:
		return s.texts.Get("tray.offline", nil)
	case count[social.Unverified] > 0:
		return s.texts.Count("tray.unsure", count[social.Unverified], nil)
	case count[social.Limited] > 0:
		return s.texts.Count("tray.limited", count[social.Limited], nil)
	default:
		return s.texts.Get("tray.well", nil)
	}
}

// row is one account's line.
func (s speech) row(a view.Account) string {
	title := social.Account{Kind: a.Kind, Name: a.Name, Username: a.Username}.Title()
	return s.texts.Get("tray.row", map[string]string{
		"account": s.name(title), "kind": s.texts.Get("desk.kind."+string(a.Kind), nil), "state": s.rowState(a),
	})
}

func (s speech) rowState(a view.Account) string {
	if a.Health != social.Expiring {
		return s.texts.Get("tray.row_"+string(a.Health), nil)
	}
	end, err := time.Parse(time.RFC3339, a.EndsAt)
	if days := daysBetween(s.now(), end.In(s.zone)); err == nil && days > 0 {
		return s.texts.Count("tray.row_days", days, nil)
	}
	return s.texts.Get("tray.row_today", nil)
}

// more says how many accounts are not named: those that need something before
// those that are well.
func (s speech) more(needy, well int) string {
	switch {
	case needy > 0:
		return s.texts.Count("tray.more_needy", needy, nil)
	case well > 0:
		return s.texts.Count("tray.more_well", well, nil)
	default:
		return ""
	}
}

// nextExpiry says when the next access ends that has not ended.
func (s speech) nextExpiry(grants []view.Grant, accounts []view.Account) string {
	now, next := view.Time(s.at), ""
	consider := func(clocks view.Clocks) {
		for _, c := range []*view.Clock{clocks.Token, clocks.DataAccess} {
			if c != nil && c.At > now && (next == "" || c.At < next) {
				next = c.At
			}
		}
	}
	serving := map[social.GrantID]bool{}
	for _, a := range accounts {
		serving[a.GrantID] = true
		consider(a.Clocks)
	}
	for _, g := range grants {
		if g.State == social.GrantActive && serving[g.ID] {
			consider(g.Clocks)
		}
	}
	if next == "" {
		return ""
	}
	end, err := time.Parse(time.RFC3339, next)
	if err != nil {
		return ""
	}
	return s.texts.Get("tray.next", map[string]string{"date": s.date(end.In(s.zone))})
}
