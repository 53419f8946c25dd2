package notify

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/notify/notifytest"
)

// person is somebody with settings of their own, kept by the real service on a
// bus of their own.
type person struct {
	t   *testing.T
	bus *notifytest.Bus
}

// newPerson has their program read their settings, which takes the whole
// process: not in parallel.
func newPerson(t *testing.T) *person {
	t.Helper()
	notifytest.Need(t, settingsReader)
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"} {
		t.Setenv(name, t.TempDir())
	}
	t.Setenv("GSETTINGS_BACKEND", "dconf")
	// The service that keeps the settings is the bus's child.
	return &person{t: t, bus: notifytest.StartBus(t, "/usr/share/dbus-1/services")}
}

// set sets a setting as the control centre does.
func (p *person) set(schema, key, value string) {
	p.t.Helper()
	c := exec.CommandContext(p.t.Context(), settingsReader, "set", schema, key, value)
	c.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS="+p.bus.Address)
	if out, err := c.CombinedOutput(); err != nil {
		p.t.Fatalf("%v: %s", err, out)
	}
}

func TestWhatIsSwitchedOffInGNOME(t *testing.T) { //nolint:paralleltest // the settings are of the process
	const own = gnomePerApp + "kontent-connect/"
	for _, c := range []struct {
		name, schema, key string
		daemon            string
		want              State
	}{
		{"nothing", own, "force-expanded", "gnome-shell", Available},
		{"do not disturb", gnomeSettings, "show-banners", "gnome-shell", Silenced},
		{"banners of this program", own, "show-banners", "gnome-shell", Silenced},
		{"this program", own, "enable", "gnome-shell", Denied},
		{"another program", gnomePerApp + "org-example-other/", "enable", "gnome-shell", Available},
		{"do not disturb, of a desktop whose service is not the one that runs", gnomeSettings, "show-banners", "dunst", Available},
	} {
		t.Run(c.name, func(t *testing.T) { //nolint:paralleltest // see above
			p := newPerson(t)
			daemon := notifytest.StartDaemon(t, p.bus, notifytest.Behaviour{Name: c.daemon})
			w := newWorld(t, p.bus.Address)
			w.wantStatus(t, Status{Available, true})
			p.set(c.schema, c.key, "false")
			w.wantStatus(t, Status{c.want, true})
			err := w.Show(t.Context(), reconnect())
			if denied := errors.Is(err, ErrDenied); denied != (c.want == Denied) || denied != (daemon.Waiting() == 0) {
				t.Errorf("show: %v, and %d arrived", err, daemon.Waiting())
			}
			p.set(c.schema, c.key, "true")
			w.wantStatus(t, Status{Available, true})
		})
	}
}

func TestSettingsThatCannotBeReadSilenceNothing(t *testing.T) {
	t.Parallel()
	for what, script := range map[string]string{
		"no reader":       "",
		"a schema is new": "#!/bin/sh\necho 'No such schema' >&2; exit 1\n",
		"noise":           "#!/bin/sh\necho \"$2 show-banners maybe\"; echo enable false; yes false | head -c 100000\n",
		"it hangs":        "#!/bin/sh\nexec sleep 1000\n",
		"its child hangs": "#!/bin/sh\nsleep 1000 &\n",
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			w, _, _ := withDaemon(t, notifytest.Behaviour{Name: "gnome-shell"})
			w.service.reader = filepath.Join(t.TempDir(), "gsettings")
			if script != "" {
				if err := os.WriteFile(w.service.reader, []byte(script), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			w.patience = time.Minute
			w.wantStatus(t, Status{Available, true})
		})
	}
}

func TestTheNameOfAProgramInGNOMEsSettings(t *testing.T) {
	t.Parallel()
	for entry, want := range map[string]string{
		"kontent-connect": "kontent-connect", "br.com.Kontent.Connect": "br-com-kontent-connect", "a--b._c": "a-b-c", "Ação 2": "a-o-2",
	} {
		if got := gnomeID(entry); got != want || strings.Contains(got, "--") {
			t.Errorf("%q is %q, want %q", entry, got, want)
		}
	}
}
