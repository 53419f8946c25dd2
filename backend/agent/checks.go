package agent

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/notify"
	"github.com/kontent/kontent-connect/backend/oauth"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// checks is the table of what the diagnosis looks at.
func (a *Agent) checks() map[view.Check]check {
	return map[view.Check]check{
		view.CheckKeychain:      a.checkKeychain,
		view.CheckNotifications: a.checkNotifications,
		view.CheckTray:          a.checkTray,
		view.CheckOpener:        checkOpener,
		view.CheckPorts:         a.checkPorts,
		view.CheckClock:         a.checkClock,
		view.CheckReachMeta:     a.reach(social.Meta),
		view.CheckReachLinkedIn: a.reach(social.LinkedIn),
		view.CheckAppMeta:       a.app(social.Meta),
		view.CheckAppLinkedIn:   a.app(social.LinkedIn),
		view.CheckDatabase:      a.checkDatabase,
		view.CheckFolder:        a.checkFolder,
		view.CheckVersions:      a.checkVersions,
	}
}

// checkKeychain saves, reads and deletes an entry. It never has the system ask
// for a password: that it would is what it finds.
func (a *Agent) checkKeychain(ctx context.Context) view.Finding {
	if err := a.vault.Probe(ctx); err != nil {
		return failedWith(err)
	}
	if a.settings.KeychainMemory {
		return ok("memory", nil)
	}
	return ok("works", nil)
}

func (a *Agent) checkNotifications(ctx context.Context) view.Finding {
	if a.desktop.Notifications == nil {
		return unknown("no_desktop", nil)
	}
	status := a.desktop.Notifications.Status(ctx)
	switch status.State {
	case notify.Available:
		if !status.Buttons {
			return ok("no_buttons", nil)
		}
		return ok("available", nil)
	case notify.NoService, notify.Denied, notify.Silenced:
		return trouble(string(status.State), nil)
	case notify.Unknown:
	}
	return unknown("not_told", nil)
}

// checkTray finds no trouble without a tray: not every desktop has one, and
// everything in it is in the window too (security.md PL09).
func (a *Agent) checkTray(ctx context.Context) view.Finding {
	switch {
	case a.desktop.Tray == nil:
		return unknown("no_desktop", nil)
	case a.desktop.Tray.Hosted(ctx):
		return ok("shown", nil)
	}
	return ok("not_shown", nil)
}

func checkOpener(context.Context) view.Finding {
	program, err := oauth.Opener()
	if err != nil {
		return trouble("missing", nil)
	}
	return ok("found", map[string]string{"program": program})
}

// checkPorts takes the ports of the apps that are set up; of the usual ones
// where none is.
func (a *Agent) checkPorts(ctx context.Context) view.Finding {
	for _, attempt := range a.manager.Attempts() {
		if attempt.State == connection.Waiting {
			return ok("waiting", nil)
		}
	}
	apps, err := a.db.ProviderApps(ctx)
	if err != nil {
		return failedWith(err)
	}
	if len(apps) == 0 {
		apps = append(apps, connection.NewApp(social.Meta))
	}
	for _, app := range apps {
		if app.Redirect == social.RedirectPaste {
			continue
		}
		if _, err := oauth.TryPort(ctx, app); err != nil {
			return failedWith(err)
		}
	}
	return ok("free", nil)
}

// clockTolerance is how far this computer's clock may be from a provider's
// before dates here mislead.
const clockTolerance = 2 * time.Minute

func (a *Agent) checkClock(ctx context.Context) view.Finding {
	there, err := a.serverTime(ctx)
	if err != nil {
		return unknown("not_asked", nil)
	}
	apart := a.now().Sub(there).Abs()
	if apart > clockTolerance {
		return trouble("wrong", map[string]string{"minutes": strconv.Itoa(int(apart.Round(time.Minute) / time.Minute))})
	}
	return ok("right", nil)
}

// reach asks a provider for nothing but an answer.
func (a *Agent) reach(p social.Provider) check {
	client, base := a.clients[0], a.settings.Bases.MetaGraph
	if p == social.LinkedIn {
		client, base = a.clients[1], a.settings.Bases.LinkedInAPI
	}
	return func(ctx context.Context) view.Finding {
		if _, err := client.ServerTime(ctx, base); err != nil {
			return failedWith(err)
		}
		return ok("answers", nil)
	}
}

// app asks a provider whether it takes the organisation's app.
func (a *Agent) app(p social.Provider) check {
	return func(ctx context.Context) view.Finding {
		err := a.manager.TestApp(ctx, p)
		switch {
		case err == nil:
			return ok("accepted", nil)
		case problem.CodeOf(err) == problem.AppMissing:
			return unknown("not_set_up", nil)
		}
		return failedWith(err)
	}
}

func (a *Agent) checkDatabase(ctx context.Context) view.Finding {
	found, err := a.db.Examine(ctx)
	if err != nil {
		return failedWith(err)
	}
	return ok("sound", map[string]string{"size": sizeOf(uint64(max(found.Bytes, 0))), "schema": strconv.FormatInt(found.Schema, 10)})
}

// littleSpace is the free space below which the program may soon be unable to
// write.
const littleSpace = 200 << 20

func (a *Agent) checkFolder(context.Context) view.Finding {
	path := a.settings.Paths.Data
	info, err := os.Stat(path)
	if err != nil {
		return failedWith(problem.New(problem.DataFolder, err).With("path", path))
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return trouble("open", map[string]string{"path": path, "mode": fmt.Sprintf("%04o", info.Mode().Perm())})
	}
	free, err := freeSpace(path)
	if err != nil {
		return unknown("not_measured", map[string]string{"path": path})
	}
	args := map[string]string{"path": path, "free": sizeOf(free)}
	if free < littleSpace {
		return trouble("little_space", args)
	}
	return ok("private", args)
}

// checkVersions finds no trouble in a newer version: this one works.
func (a *Agent) checkVersions(ctx context.Context) view.Finding {
	args := map[string]string{
		"version": config.ThisBuild().String(), "protocol": control.Protocol, "system": runtime.GOOS + "/" + runtime.GOARCH, "desktop": desktopName(os.Getenv),
	}
	if news, isNewer := a.newer(ctx); isNewer {
		args["newer"] = news.Version
		return ok("newer", args)
	}
	return ok("these", args)
}

// desktopName says which desktop this is: "XFCE (x11)". The environment may
// hold anything; only a short word of it is passed on.
func desktopName(getenv func(string) string) string {
	word := func(name string) string {
		value := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == ':' || r == '-' {
				return r
			}
			return -1
		}, getenv(name))
		return value[:min(len(value), 30)]
	}
	name, session := word("XDG_CURRENT_DESKTOP"), word("XDG_SESSION_TYPE")
	switch {
	case name == "":
		return "–"
	case session == "":
		return name
	}
	return name + " (" + session + ")"
}

// sizeOf writes a size as people do, roughly.
func sizeOf(bytes uint64) string {
	for _, unit := range []struct {
		name string
		size uint64
	}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", 1 << 10}} {
		if bytes >= unit.size {
			return strconv.FormatUint(bytes/unit.size, 10) + " " + unit.name
		}
	}
	return strconv.FormatUint(bytes, 10) + " B"
}
