package desktop

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Zone is where the desktop is. It was about noon there when it was put up:
// what ends in three days and an hour would end in four late in the evening.
func (d *Desktop) Zone() *time.Location { return d.zone }

// noonZone is a zone in which now is between twelve and one, by its name in the
// tz database, whose sign counts westwards.
func noonZone(now time.Time) *time.Location {
	ahead := 12 - now.UTC().Hour()
	return time.FixedZone(fmt.Sprintf("Etc/GMT%+d", -ahead), ahead*int(time.Hour/time.Second))
}

// Env is the environment of every program on the desktop. Little is taken over
// from whoever runs the tests: a stray setting would make them pass here only.
func (d *Desktop) Env() []string {
	env := []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + d.Home(),
		"TMPDIR=" + d.Path("tmp"),
		"USER=" + os.Getenv("USER"),
		"LANG=" + d.options.Language,
		"TZ=" + d.zone.String(),
		"XDG_RUNTIME_DIR=" + filepath.Join(d.dir, "run"),
		"XDG_CONFIG_HOME=" + filepath.Join(d.dir, "config"),
		"XDG_DATA_HOME=" + filepath.Join(d.dir, "data"),
		"XDG_STATE_HOME=" + filepath.Join(d.dir, "state"),
		"XDG_CACHE_HOME=" + filepath.Join(d.dir, "cache"),
		"GDK_BACKEND=x11",
		"GSETTINGS_BACKEND=memory", // no settings daemon on this bus
		"LIBGL_ALWAYS_SOFTWARE=1",
	}
	if d.display != "" {
		env = append(env, "DISPLAY="+d.display)
	}
	if d.bus != "" {
		env = append(env, "DBUS_SESSION_BUS_ADDRESS="+d.bus)
	}
	if !d.options.Accessibility {
		env = append(env, "NO_AT_BRIDGE=1")
	}
	return env
}
