package agent

import (
	"strings"
	"time"

	"github.com/kontent/kontent-connect/backend/notify"
	"github.com/kontent/kontent-connect/backend/social"
)

// notice is the notification of what logins need: the account first, then
// what, then until when (peers.md C6).
func (s speech) notice(needed []social.Attention) notify.Message {
	first := needed[0]
	if len(needed) > 1 {
		return s.summary(needed)
	}
	m := notify.Message{
		Key: loginKey + string(first.Grant.ID), Urgent: first.Health != social.Expiring,
		Title: s.title(first.Account), Body: s.sentence(first),
		Buttons: []notify.Button{
			{ID: buttonReconnect, Label: s.texts.Get(buttonText(first.Health), nil)},
			{ID: buttonSnooze, Label: s.texts.Get("desk.button_snooze", nil)},
		},
	}
	return s.hush(m, "desk.discreet")
}

func buttonText(h social.Health) string {
	if h == social.Expiring {
		return "desk.button_renew"
	}
	return "desk.button_reconnect"
}

// hush leaves out whom a notification is about, where the admin wants that.
func (s speech) hush(m notify.Message, instead string) notify.Message {
	if s.discreet {
		m.Title, m.Body = appName, s.texts.Get(instead, nil)
	}
	return m
}

// title names an account and its network.
func (s speech) title(a social.Account) string {
	return s.texts.Get("desk.title", map[string]string{
		"account": s.name(a.Title()), "kind": s.texts.Get("desk.kind."+string(a.Kind), nil),
	})
}

// name cleans a provider's name for the desktop (security.md W9).
func (s speech) name(raw string) string {
	return notify.CleanOr(raw, s.texts.Get("desk.someone", nil))
}

// sentence says what a login needs, and what to do about it.
func (s speech) sentence(a social.Attention) string {
	person := map[string]string{"person": s.name(a.Grant.Subject.Name)}
	parts := []string{s.cause(a), s.texts.Get(cure(a), person)}
	if a.Accounts > 1 {
		parts = append(parts, s.texts.Count("desk.others", a.Accounts-1, nil))
	}
	return strings.Join(parts, " ")
}

// cause says what is the matter, and when.
func (s speech) cause(a social.Attention) string {
	if a.Health != social.Expiring {
		return s.texts.Get("cause."+string(a.Cause), nil)
	}
	end, now := a.EndsAt.In(s.zone), s.now()
	args := map[string]string{"date": s.date(end), "time": end.Format("15:04")}
	switch days := daysBetween(now, end); days {
	case 0:
		return s.texts.Get("desk.ends_today", args)
	case 1:
		return s.texts.Get("desk.ends_tomorrow", args)
	default:
		return s.texts.Count("desk.ends_in", days, args)
	}
}

// cure names the sentence that says what to do.
func cure(a social.Attention) string {
	switch {
	case a.Health == social.Missing:
		return "desk.choose_again"
	case a.Health == social.Checkpoint:
		return "desk.confirm"
	case a.Health != social.Expiring:
		return "desk.reconnect"
	case a.Grant.Provider == social.LinkedIn && a.Clock == social.TokenClock:
		// While the old access lives LinkedIn skips its consent page
		// (linkedin.md 1.7).
		return "desk.renew_quick"
	default:
		return "desk.renew"
	}
}

// summary is one notification for several logins.
func (s speech) summary(needed []social.Attention) notify.Message {
	m := notify.Message{
		Key: summaryKey, Urgent: needed[0].Health != social.Expiring, Title: s.texts.Count("desk.summary", len(needed), nil),
		Buttons: []notify.Button{
			{ID: buttonShow, Label: s.texts.Get("desk.button_show", nil)},
			{ID: buttonSnooze, Label: s.texts.Get("desk.button_snooze", nil)},
		},
	}
	var lines []string
	for _, a := range needed[:min(len(needed), summaryLines)] {
		lines = append(lines, s.texts.Get("desk.summary_line", map[string]string{
			"account": s.title(a.Account), "state": s.texts.Get("health."+string(a.Health), nil),
		}))
	}
	if rest := len(needed) - summaryLines; rest > 0 {
		lines = append(lines, s.texts.Count("desk.summary_rest", rest, nil))
	}
	m.Body = strings.Join(lines, "\n")
	return s.hush(m, "desk.discreet")
}

// recovered is the notification that logins are well again. That of one takes
// the place of what was said about it.
func (s speech) recovered(well []social.Attention) notify.Message {
	m := notify.Message{
		Key: loginKey + string(well[0].Grant.ID), Quiet: true, Title: s.title(well[0].Account), Body: s.texts.Get("desk.recovered", nil),
	}
	if len(well) > 1 {
		m.Key, m.Title = recoveredKey, s.texts.Count("desk.recovered_summary", len(well), nil)
	}
	return s.hush(m, "desk.discreet_recovered")
}

// now is the present where days are counted.
func (s speech) now() time.Time { return s.at.In(s.zone) }

// date renders a day as people here write it.
func (s speech) date(t time.Time) string {
	if s.texts.Language() == "en" {
		return t.Format("Jan 2")
	}
	return t.Format("02/01")
}

// daysBetween counts the midnights between two times.
func daysBetween(from, to time.Time) int {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(day(to).Sub(day(from)) / (24 * time.Hour))
}
