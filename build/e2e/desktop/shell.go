package desktop

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/godbus/dbus/v5"

	"github.com/kontent/kontent-connect/build/e2e/buslog"
	"github.com/kontent/kontent-connect/build/e2e/notice"
)

// Notifications say who shows notifications on the desktop.
type Notifications int

// What a program may find on a desktop.
const (
	NoNotifications       Notifications = iota // nobody: whoever sends one gets an error
	RealNotifications                          // a daemon that draws them, with buttons to press
	ScriptedNotifications                      // one that does as the test says; see Notices
)

// Tray says who shows the icons of programs that stay in the background.
type Tray int

// What a program may find on a desktop.
const (
	NoTray   Tray = iota // nobody, as on a desktop without such a place
	RealTray             // a panel along the lower edge of the screen
)

//go:embed settings/*.xml
var settings embed.FS

// startShell starts what a desktop has around its windows, and the keeper of the
// settings that both parts of it ask.
func (d *Desktop) startShell(ctx context.Context) error {
	if d.options.Notifications == RealNotifications || d.options.Tray == RealTray {
		if err := d.startSettings(ctx); err != nil {
			return err
		}
	}
	if d.options.Tray == RealTray {
		if err := d.startPanel(ctx); err != nil {
			return err
		}
	}
	switch d.options.Notifications {
	case RealNotifications:
		return d.startService(ctx, "org.xfce.xfce4-notifyd.Notifications.service", notice.Service)
	case ScriptedNotifications:
		return d.startNotices(ctx)
	default:
		return nil
	}
}

// startSettings puts the settings where their keeper looks for them.
func (d *Desktop) startSettings(ctx context.Context) error {
	folder := d.Path("config", "xfce4", "xfconf", "xfce-perchannel-xml")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for _, file := range []string{"xfce4-notifyd.xml", "xfce4-panel.xml"} {
		text, err := settings.ReadFile("settings/" + file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, file), text, 0o600); err != nil {
			return err
		}
	}
	return d.startService(ctx, "org.xfce.Xfconf.service", "org.xfce.Xfconf")
}

// startService starts by hand what our bus does not start by itself, from the
// file that tells a bus how.
func (d *Desktop) startService(ctx context.Context, file, name string) error {
	text, err := os.ReadFile(filepath.Join("/usr/share/dbus-1/services", file))
	if err != nil {
		return fmt.Errorf("%w; install it with \"make setup\"", err)
	}
	for line := range strings.Lines(string(text)) {
		if command, found := strings.CutPrefix(strings.TrimSpace(line), "Exec="); found {
			words := strings.Fields(command)
			if _, err := d.Launch(ctx, words[0], words[1:]...); err != nil {
				return err
			}
			return d.awaitName(ctx, name)
		}
	}
	return fmt.Errorf("%s does not say what to start", file)
}

func (d *Desktop) startNotices(ctx context.Context) error {
	conn, err := d.Bus(context.WithoutCancel(ctx)) // ends with the desktop
	if err != nil {
		return err
	}
	d.notices, err = notice.Serve(conn)
	return err
}

// Notices is the service of ScriptedNotifications, and nil with any other.
func (d *Desktop) Notices() *notice.Daemon { return d.notices }

// startRecord begins to write down what crosses the bus, before anybody is on it.
func (d *Desktop) startRecord(ctx context.Context) error {
	if d.options.BusRecord == "" {
		return nil
	}
	connect := func() (*dbus.Conn, error) { return d.Bus(context.WithoutCancel(ctx)) }
	var err error
	d.record, err = buslog.Start(ctx, connect, d.options.BusRecord)
	return err
}

// BusRecord is what crossed the bus so far, nil where Options name no file for it.
func (d *Desktop) BusRecord() *buslog.Log { return d.record }

// closeEars ends what listens on the bus from within the tests.
func (d *Desktop) closeEars() error {
	var err error
	if d.notices != nil {
		err = d.notices.Close()
	}
	if d.record != nil {
		err = errors.Join(err, d.record.Close())
	}
	return err
}
