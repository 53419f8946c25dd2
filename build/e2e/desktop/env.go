package desktop

import (
	"os"
	"path/filepath"
)

// Env is the environment of every program on the desktop. Little is taken over
// from whoever runs the tests: a stray setting would make them pass here only.
func (d *Desktop) Env() []string {
	env := []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + d.Home(),
		"TMPDIR=" + d.Path("tmp"),
		"USER=" + os.Getenv("USER"),
		"LANG=" + d.options.Language,
		"TZ=America/Sao_Paulo",
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
