package view

import (
	"fmt"
	"time"
)

// DefaultPreferences are those of an admin who has chosen nothing yet.
func DefaultPreferences() Preferences {
	return Preferences{
		Language: Portuguese, Theme: ThemeSystem, Background: true, Updates: true,
		Notices: NoticeSettings{Desktop: true, QuietFrom: "22:00", QuietTo: "08:00"},
	}
}

// Valid reports whether language and theme are known ones, and the quiet hours
// times of day.
func (p Preferences) Valid() bool {
	language := p.Language == Portuguese || p.Language == English || p.Language == Spanish
	theme := p.Theme == ThemeSystem || p.Theme == ThemeLight || p.Theme == ThemeDark
	return language && theme && p.Notices.valid()
}

// valid reports whether the quiet hours are times of day; they may be left
// out where there are none.
func (n NoticeSettings) valid() bool {
	if !n.Quiet && n.QuietFrom == "" && n.QuietTo == "" {
		return true
	}
	_, fromErr := TimeOfDay(n.QuietFrom)
	_, toErr := TimeOfDay(n.QuietTo)
	return fromErr == nil && toErr == nil
}

// TimeOfDay reads a time such as "22:00" as the time since midnight.
func TimeOfDay(text string) (time.Duration, error) {
	t, err := time.Parse("15:04", text)
	if err != nil || len(text) != len("15:04") {
		return 0, fmt.Errorf("no time of day: %.8q", text)
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}
