package command

import (
	"context"
	"slices"
	"strings"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/view"
)

type settingsCommand struct {
	List settingsList `cmd:"" default:"1"`
	Set  settingsSet  `cmd:""`
}

// setting is one of the window's preferences that make sense without it.
type setting struct {
	name   string
	values []string
	get    func(view.Preferences) string
	set    func(*view.Preferences, string)
}

// settings lists them in the order of display.
func settings() []setting {
	onOff := []string{"on", "off"}
	word := func(on bool) string {
		if on {
			return "on"
		}
		return "off"
	}
	return []setting{
		{
			"allow-token", onOff, func(p view.Preferences) string { return word(p.AllowToken) },
			func(p *view.Preferences, v string) { p.AllowToken = v == "on" },
		},
		{
			"background", onOff, func(p view.Preferences) string { return word(p.Background) },
			func(p *view.Preferences, v string) { p.Background = v == "on" },
		},
		{
			"notifications", onOff, func(p view.Preferences) string { return word(p.Notices.Desktop) },
			func(p *view.Preferences, v string) { p.Notices.Desktop = v == "on" },
		},
		{
			"language", []string{string(view.Portuguese), string(view.English), string(view.Spanish)},
			func(p view.Preferences) string { return string(p.Language) },
			func(p *view.Preferences, v string) { p.Language = view.Language(v) },
		},
	}
}

type settingsList struct{}

// Run implements the command.
func (settingsList) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		snapshot, err := service.Snapshot(ctx)
		if err != nil {
			return err
		}
		return s.writeSettings(snapshot.Preferences)
	})
}

func (s *session) writeSettings(p view.Preferences) error {
	return s.write(map[string]any{"preferences": p}, func() {
		var rows [][]string
		for _, one := range settings() {
			rows = append(rows, []string{one.name, one.get(p), s.say("setting_" + strings.ReplaceAll(one.name, "-", "_"))})
		}
		s.table(rows)
	})
}

type settingsSet struct {
	Name  string `arg:"" enum:"allow-token,background,notifications,language"`
	Value string `arg:""`
}

// Run implements the command.
func (c settingsSet) Run(ctx context.Context, s *session) error {
	all := settings()
	i := slices.IndexFunc(all, func(one setting) bool { return one.name == c.Name })
	if i < 0 || !slices.Contains(all[i].values, c.Value) {
		return usageError(s.say("bad_setting", "name", c.Name, "values", strings.Join(all[max(i, 0)].values, ", ")))
	}
	return s.service(ctx, func(service control.Service) error {
		snapshot, err := service.Snapshot(ctx)
		if err != nil {
			return err
		}
		p := snapshot.Preferences
		all[i].set(&p, c.Value)
		if err := service.SetPreferences(ctx, p); err != nil {
			return err
		}
		return s.writeSettings(p)
	})
}
