package notify

import (
	"context"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"time"
)

const (
	// settingsReader is named whole: what a search through PATH finds first need
	// not be the system's.
	settingsReader = "/usr/bin/gsettings"
	// readPatience is how long one reading may take. A status is asked for every
	// minute.
	readPatience = time.Second

	gnomeSettings = "org.gnome.desktop.notifications"
	gnomePerApp   = gnomeSettings + ".application:/org/gnome/desktop/notifications/application/"
)

// gnome reads what GNOME's person has switched off. Its shell says neither on
// the bus: its settings have no service to read from there, and the portal's
// Settings.Read passes on appearance and the like, not notifications. So the
// settings' own reader is run, which knows defaults and administrators' locks
// as the shell does.
type gnome struct {
	reader  string
	address string // of the bus: without one, the reader might start its own
	entry   string // name of our desktop entry
}

// state is Denied where the program is switched off, Silenced where nothing
// pops up, be it ours or anybody's, and Available otherwise: what cannot be
// read is not silenced.
func (g gnome) state(ctx context.Context) State {
	app := g.ofProgram(ctx)
	switch {
	case app["enable"] == "false":
		return Denied
	case app["show-banners"] == "false", g.read(ctx, gnomeSettings)["show-banners"] == "false":
		return Silenced
	default:
		return Available
	}
}

// denies reports whether the shell would drop our messages without a word.
func (g gnome) denies(ctx context.Context) bool { return g.ofProgram(ctx)["enable"] == "false" }

func (g gnome) ofProgram(ctx context.Context) map[string]string {
	return g.read(ctx, gnomePerApp+gnomeID(g.entry)+"/")
}

// read returns the settings of a schema.
func (g gnome) read(ctx context.Context, schema string) map[string]string {
	ctx, cancel := context.WithTimeout(ctx, readPatience)
	defer cancel()
	reader := exec.CommandContext(ctx, g.reader, "list-recursively", schema) //nolint:gosec // G204: the schema is ours
	reader.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS="+g.address)
	reader.WaitDelay = readPatience // a child of its own may hold the pipe
	out, err := reader.Output()
	if err != nil {
		return nil
	}
	settings := map[string]string{}
	for line := range strings.Lines(string(out)) { // schema, key and value
		if words := strings.Fields(line); len(words) == 3 && words[0] == strings.SplitN(schema, ":", 2)[0] {
			settings[words[1]] = words[2]
		}
	}
	return settings
}

// gnomeID is a desktop entry's name as the shell writes it into a path of its
// settings: small letters, digits and single dashes.
func gnomeID(entry string) string {
	return regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(entry), "-")
}
